package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"gen/generator"
	"gen/generator/model"
)

// linesOfAList are shown, of warnings or operations, before the rest is only counted.
const linesOfAList = 20

// printNew says what gen new did.
func printNew(w io.Writer, r generator.Report) error {
	out := newPage(w)
	printResources(out, r.Resources)
	printUnsure(out, r.Operations)
	printUnfed(out, r)
	printSessions(out, r)
	printToWrite(out, r.ToWrite)
	printWarnings(out, r.Warnings)
	printWritten(out, r)
	out.heading("Next:")
	for _, command := range r.Next {
		fmt.Fprintf(out, "  %s\n", command)
	}
	return out.show()
}

// printInspect says how gen understands a document.
func printInspect(w io.Writer, r generator.Report) error {
	out := newPage(w)
	fmt.Fprintf(out, "%s %s (OpenAPI %s)\n", r.Document.Title, r.Document.Version, r.Document.OpenAPI)
	printResources(out, r.Resources)
	printOperations(out, r.Operations)
	printUnsure(out, r.Operations)
	printUnfed(out, r)
	printSessions(out, r)
	printToWrite(out, r.ToWrite)
	printWarnings(out, r.Warnings)
	return out.show()
}

func printResources(w *page, resources []generator.Resource) {
	w.gap()
	if len(resources) == 0 {
		fmt.Fprintln(w, "No resources were found in this document.")
		return
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "RESOURCE\tOPERATIONS\tKIND\tSTORE\n")
	for _, r := range resources {
		store := r.Store
		if r.Key != nil && r.Key.Origin != "" && !r.Singleton {
			store += ", key " + string(r.Key.Origin)
		}
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\n", r.Name, len(r.Operations), kinds(r.Kinds), store)
	}
	_ = table.Flush()
}

// kinds lists what a resource's operations do: "list, create, 2 actions".
func kinds(of []model.OpKind) string {
	var order []model.OpKind
	count := map[model.OpKind]int{}
	for _, kind := range of {
		if count[kind] == 0 {
			order = append(order, kind)
		}
		count[kind]++
	}
	words := make([]string, len(order))
	for i, kind := range order {
		words[i] = string(kind)
		if n := count[kind]; n > 1 {
			words[i] = fmt.Sprintf("%d × %s", n, kind)
		}
	}
	return strings.Join(words, ", ")
}

func printOperations(w *page, operations []generator.Operation) {
	if len(operations) == 0 {
		return
	}
	w.gap()
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "OPERATION\tROUTE\tKIND\tRESOURCE\tWHY\n")
	for _, op := range operations {
		fmt.Fprintf(table, "%s\t%s %s\t%s\t%s\t%s\n", op.ID, op.Method, op.Path, op.Kind, op.Resource, op.Why)
	}
	_ = table.Flush()
}

// printUnsure lists where the document says too little for code that is right.
func printUnsure(w *page, operations []generator.Operation) {
	var guessed, refused, dropped, unheeded, streamed, uncompiled []string
	for _, op := range operations {
		for _, source := range op.Sources {
			if source.Guess {
				guessed = append(guessed, op.ID+": "+source.Field)
			}
		}
		for _, param := range op.Refused {
			refused = append(refused, op.ID+": "+param)
		}
		for _, field := range op.Dropped {
			dropped = append(dropped, op.ID+": "+field)
		}
		if op.DropsAdditional {
			dropped = append(dropped, op.ID+": additional properties")
		}
		for _, header := range op.Unheeded {
			unheeded = append(unheeded, op.ID+": "+header)
		}
		for _, body := range op.Streamed {
			streamed = append(streamed, op.ID+": "+body)
		}
		for _, part := range op.Uncompiled {
			uncompiled = append(uncompiled, op.ID+": "+part)
		}
	}
	printList(w, "Guessed, because nothing in the document gives these fields a value:", guessed)
	printList(w, "Refused with 501 when a client sends them, because the document does not say what these parameters do:", refused)
	printList(w, "Not kept, because no answer of the document shows these properties:", dropped)
	printList(w, "Checked and then ignored, because no handler that gen writes does anything with these headers:", unheeded)
	printList(w, "Not checked, because files and media types without Go types go to the handlers as they are sent:", streamed)
	printList(w, "Read and checked by kin-openapi, because no code can be generated for these:", uncompiled)
}

// printUnfed lists what works and will find nothing.
func printUnfed(w *page, r generator.Report) {
	toWrite := map[string]bool{}
	for _, op := range r.ToWrite {
		toWrite[op.ID] = true
	}
	var lines []string
	for _, op := range r.Operations {
		if !op.Live && !toWrite[op.ID] {
			lines = append(lines, fmt.Sprintf("%s  %s %s", op.ID, op.Method, op.Path))
		}
	}
	printList(w, "Nothing to find for these, because the document has no operation that creates it:", lines)
}

// printSessions lists what is closed to visitors and open to everybody else.
func printSessions(w *page, r generator.Report) {
	if s := r.Sessions; s.Accounts == "" && s.Cookie != "" {
		fmt.Fprintf(w, "\nNo operation logs in: the cookie of %s is read, and nobody gets one.\n", s.Cookie)
	}
	var lines []string
	for _, op := range r.Operations {
		if op.NeedsSession && !op.Owned {
			lines = append(lines, fmt.Sprintf("%s  %s %s", op.ID, op.Method, op.Path))
		}
	}
	printList(w, "Any session may use these; an owner in gen.yaml keeps updates and deletes to one account, auth.Own in a handler the rest:", lines)
}

func printToWrite(w *page, operations []generator.ToWrite) {
	var rows bytes.Buffer
	table := tabwriter.NewWriter(&rows, 0, 0, 2, ' ', 0)
	for _, op := range operations {
		place := ""
		switch {
		case op.Missing:
			place = "\tno handler"
		case op.File != "":
			place = fmt.Sprintf("\t%s:%d", op.File, op.Line)
		}
		fmt.Fprintf(table, "%s\t%s %s%s\n", op.ID, op.Method, op.Path, place)
	}
	_ = table.Flush()
	printList(w, "Left to write, answering 501 until then:", strings.FieldsFunc(rows.String(), func(r rune) bool { return r == '\n' }))
}

func printWarnings(w *page, warnings []generator.Issue) {
	texts := make([]string, len(warnings))
	for i, warning := range warnings {
		texts[i] = warning.Text
	}
	printList(w, "Warnings:", texts)
}

// printList writes a headed list, of a long one the beginning.
func printList(w *page, head string, lines []string) {
	if len(lines) == 0 {
		return
	}
	w.heading(head)
	for i, line := range lines {
		if i == linesOfAList && len(lines) > linesOfAList+1 {
			fmt.Fprintf(w, "  and %d more; --json has them all\n", len(lines)-i)
			return
		}
		fmt.Fprintf(w, "  %s\n", line)
	}
}
