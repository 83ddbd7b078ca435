package main

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"gen/generator"
	"gen/generator/change"
)

// signs stand before what changed, as in a diff.
var signs = map[change.Kind]string{change.Added: "+", change.Removed: "-", change.Changed: "~", change.Renamed: "~"}

// printDiff says what changed, for clients and for code.
func printDiff(w io.Writer, r generator.DiffReport) error {
	out := newPage(w)
	if r.Same() {
		fmt.Fprintf(out, "No changes: code and clients of %s notice nothing.\n", filepath.ToSlash(r.To))
	} else {
		fmt.Fprintln(out, diffHead(r))
		printOperationChanges(out, r.Operations)
		printTypeChanges(out, r.Types)
		printClients(out, r.Clients)
		printCode(out, r.Code)
		printRowChanges(out, r.Rows)
		printLeft(out, r.Left)
	}
	printWarnings(out, r.Warnings)
	return out.show()
}

func diffHead(r generator.DiffReport) string {
	breaking := "nothing that breaks clients"
	if r.Breaking > 0 {
		breaking = count(r.Breaking, "breaking change")
	}
	return fmt.Sprintf("%s: %s; %s to look at in your own code", filepath.ToSlash(r.To), breaking, count(r.Places, "place"))
}

func printOperationChanges(w *page, operations []generator.OperationChange) {
	printRows(w, "Operations:", len(operations), func(i int) string {
		op := operations[i]
		note := ""
		switch op.Change {
		case change.Removed:
			note = "\tbreaking"
		case change.Renamed:
			note = "\twas " + op.WasID
		}
		return fmt.Sprintf("%s %s %s\t%s%s", signs[op.Change], op.Method, op.Path, op.ID, note)
	})
}

func printTypeChanges(w *page, types []generator.TypeChange) {
	var rows []string
	for _, t := range types {
		rows = append(rows, fmt.Sprintf("%s %s\t%s", signs[t.Change], t.Name, fromTo(t.Was, t.Is)))
		for _, m := range t.Members {
			rows = append(rows, fmt.Sprintf("    %s %s\t%s", signs[m.Change], m.Name, fromTo(m.Was, m.Is)))
		}
	}
	printRows(w, "Types:", len(rows), func(i int) string { return rows[i] })
}

// fromTo is what changed, or the side that there is.
func fromTo(was, is string) string {
	if was != "" && is != "" && was != is {
		return was + " → " + is
	}
	return was + strings.TrimPrefix(is, was)
}

// printRows writes a headed table whose cells are parted by tabs.
func printRows(w *page, head string, n int, row func(i int) string) {
	var rows bytes.Buffer
	table := tabwriter.NewWriter(&rows, 0, 0, 2, ' ', 0)
	for i := range n {
		fmt.Fprintln(table, row(i))
	}
	_ = table.Flush() // into memory
	var lines []string
	for line := range strings.Lines(rows.String()) {
		lines = append(lines, strings.TrimRight(line, " \n"))
	}
	printList(w, head, lines)
}

func printClients(w *page, changes []change.Wire) {
	for _, level := range []struct {
		change.Level
		head string
	}{
		{change.Breaking, "Breaks clients:"},
		{change.Risky, "May break clients:"},
		{change.Compatible, "Clients need not care:"},
	} {
		var lines []string
		for _, c := range changes {
			if c.Level == level.Level {
				lines = append(lines, c.Text+where(c.Operations))
			}
		}
		printList(w, level.head, lines)
	}
}

// where lists operations behind a change, of many the first.
func where(operations []string) string {
	const shown = 4
	switch {
	case len(operations) == 0:
		return ""
	case len(operations) > shown+1:
		return fmt.Sprintf("\n      %s and %d more", strings.Join(operations[:shown], ", "), len(operations)-shown)
	}
	return "\n      " + strings.Join(operations, ", ")
}

func printCode(w *page, changes []generator.CodeChange) {
	if len(changes) == 0 {
		return
	}
	var out bytes.Buffer
	gens := 0
	for _, c := range changes {
		var rows bytes.Buffer
		table := tabwriter.NewWriter(&rows, 0, 0, 2, ' ', 0)
		for _, use := range c.Uses {
			if !use.Edited && use.Left == "" {
				gens++
				continue
			}
			fmt.Fprintf(table, "      %s:%d:%d\t%s%s\n", use.File, use.Line, use.Column, use.Declaration, useNote(use))
		}
		_ = table.Flush() // into memory
		if rows.Len() > 0 {
			fmt.Fprintf(&out, "  %s\n%s", codeHead(c), rows.String())
		}
	}
	if out.Len() > 0 {
		w.heading("Your code:")
		_, _ = out.WriteTo(w) // into memory
	}
	if gens > 0 {
		fmt.Fprintf(w, "\n%s as gen wrote it: gen update brings that along.\n", count(gens, "place"))
	}
}

func codeHead(c generator.CodeChange) string {
	head := c.Symbol + " is " + string(c.Change)
	switch c.Change {
	case change.Renamed:
		head = c.Was + " is now " + c.Is
	case change.Changed:
		head = fmt.Sprintf("%s was %s, is %s", c.Symbol, c.Was, c.Is)
	}
	if c.Subject != "" {
		head += " (" + c.Subject + ")"
	}
	if c.At != "" {
		head += ", " + c.At
	}
	return head
}

func useNote(use generator.Use) string {
	switch {
	case use.Left != "":
		return "\t" + use.Left
	case len(use.Others) > 0:
		return "\tperhaps: the name fits, also that of " + strings.Join(use.Others, ", ")
	case use.Guessed:
		return "\tperhaps: the name fits"
	}
	return ""
}

// printLeft lists what gen update leaves to the author.
func printLeft(w *page, left []generator.Left) {
	printRows(w, "Left to you by gen update:", len(left), func(i int) string {
		place := left[i].File
		if left[i].Line > 0 {
			place = fmt.Sprintf("%s:%d", place, left[i].Line)
		}
		return fmt.Sprintf("%s\t%s\t%s", place, left[i].Declaration, left[i].Reason)
	})
}
