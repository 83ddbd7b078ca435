package main

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"text/tabwriter"

	"gen/generator"
	"gen/generator/reconcile"
)

// printUpdate says what gen update did, or would do.
func printUpdate(w io.Writer, r generator.UpdateReport, plan bool) error {
	out := newPage(w)
	for _, name := range r.Recovered {
		fmt.Fprintf(out, "%s was left to write by an update that was interrupted.\n", name)
	}
	printSecurity(out, r.Files)
	printChanges(out, r.Files)
	switch {
	case !r.Drift && r.Pending():
		fmt.Fprintln(out, "\nNothing to write. What is left is yours to settle.")
	case !r.Drift:
		fmt.Fprintln(out, "Nothing to do: the project is what gen writes, and what you made of it.")
	case plan:
		fmt.Fprintln(out, "\nNothing was written. gen update does this.")
	}
	printOrphans(out, r.Orphans)
	printCompileErrors(out, r)
	printRowChanges(out, r.Rows)
	printToWrite(out, r.ToWrite)
	printWarnings(out, r.Warnings)
	if r.Drift && r.From != "" {
		fmt.Fprintf(out, "\ngen %s wrote this project, this is %s: gen's CHANGELOG.md says what is new, from [%s] down to [%s].\n",
			r.From, r.Gen, strings.TrimPrefix(r.Gen, "v"), strings.TrimPrefix(r.From, "v"))
	}
	printRewritten(out, r)
	return out.show()
}

// printCheck says what gen check found, and the command that mends it.
func printCheck(w io.Writer, r generator.UpdateReport) error {
	if !r.Drift && !r.Pending() {
		_, err := fmt.Fprintln(w, "The project is what gen writes, and what you made of it.")
		return err
	}
	out := newPage(w)
	printSecurity(out, r.Files)
	printChanges(out, r.Files)
	printCompileErrors(out, r)
	if !r.Drift {
		fmt.Fprintln(out, "\nThe project is what gen writes, and what you made of it; but this is not settled.")
		return out.show()
	}
	command := "gen update"
	if r.Dir != "." {
		command += " --dir " + generator.Quoted(r.Dir)
	}
	fmt.Fprintf(out, "\nThe project is not what gen writes. This mends it:\n  %s\n", command)
	return out.show()
}

// printSecurity says which packages get a security fix, or wait for one that the author has to take over.
func printSecurity(w *page, files []reconcile.FileChange) {
	type fix struct{ folder, text string }
	var fixes []fix
	offers := map[fix][]string{}
	for _, file := range files {
		if file.Security == "" {
			continue
		}
		of := fix{path.Dir(file.Path), file.Security}
		if !slices.Contains(fixes, of) {
			fixes = append(fixes, of)
		}
		if file.Offer != "" {
			offers[of] = append(offers[of], path.Base(file.Offer))
		}
	}
	for _, fix := range fixes {
		fmt.Fprintf(w, "security: %s: %s", fix.folder, fix.text)
		if names := offers[fix]; len(names) > 0 {
			fmt.Fprintf(w, " You changed this package: take the fix over from %s.", strings.Join(names, ", "))
		}
		fmt.Fprintln(w)
	}
	if len(fixes) > 0 {
		fmt.Fprintln(w)
	}
}

// printChanges writes a line for each file, and one for each declaration in it that changed. Files that
// are what gen writes are only counted.
func printChanges(w *page, files []reconcile.FileChange) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	identical := 0
	for _, file := range files {
		if file.Action == reconcile.Identical {
			identical++
			continue
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", file.Action, file.Path, file.Reason)
		for _, change := range file.Declarations {
			fmt.Fprintf(table, "\t  %s %s\t%s\n", change.Action, change.Name, change.Reason)
		}
	}
	if identical > 0 {
		fmt.Fprintf(table, "%s\t%s\t\n", reconcile.Identical, count(identical, "file"))
	}
	_ = table.Flush() // into memory
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func printOrphans(w *page, orphans []reconcile.Orphan) {
	var lines []string
	for _, o := range orphans {
		what := "api." + o.Name
		if o.Handler {
			what = o.Name
		}
		lines = append(lines, fmt.Sprintf("%s:%d: %s", o.File, o.Line, what))
	}
	printList(w, "Not in the document any more, and kept because your code has it:", lines)
}

func printCompileErrors(w *page, r generator.UpdateReport) {
	var lines []string
	for _, e := range r.Errors {
		line := fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Text)
		if e.Cause != "" {
			line += " (see " + e.Cause + ")"
		}
		lines = append(lines, line)
	}
	printList(w, "Does not compile:", lines)
	if r.Unchecked != "" {
		fmt.Fprintf(w, "\nNot looked at whether it compiles: %s\n", r.Unchecked)
	}
}

// printRowChanges says which rows keep what the document no longer has, which lack what it requires, which have it as
// another type, and where the author mends that.
func printRowChanges(w *page, rows []generator.RowChange) {
	var lost, lacking, retyped []string
	for _, r := range rows {
		if line := r.Resource + ": " + strings.Join(r.Lost, ", "); len(r.Lost) > 0 {
			if len(r.Gained) > 0 {
				line += "; new: " + strings.Join(r.Gained, ", ")
			}
			lost = append(lost, line)
		}
		if len(r.Lacking) > 0 {
			lacking = append(lacking, r.Resource+": "+strings.Join(r.Lacking, ", "))
		}
		if len(r.Retyped) > 0 {
			retyped = append(retyped, r.Resource+": "+retypedText(r.Retyped))
		}
	}
	printList(w, "Rows keep these under the old name; an UPDATE in internal/schema/sqlite.sql or postgres.sql moves or removes them:", lost)
	printList(w, "Rows that lack these required properties answer a zero value, or the first of an enum, until an UPDATE "+
		"in internal/schema/sqlite.sql or postgres.sql gives them one (gen's docs/update.md shows it):", lacking)
	printList(w, "Rows that have these cannot be read, and are answered with 500, until an UPDATE in internal/schema/sqlite.sql "+
		"or postgres.sql changes them (gen's docs/update.md shows it):", retyped)
}

func retypedText(changes []generator.Retyped) string {
	texts := make([]string, len(changes))
	for i, c := range changes {
		texts[i] = fmt.Sprintf("%s (%s → %s)", c.Property, c.Was, c.Is)
		if c.Some {
			texts[i] = fmt.Sprintf("%s (%s → %s, unless it is one)", c.Property, c.Was, c.Is)
		}
	}
	return strings.Join(texts, ", ")
}
