package main

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"text/tabwriter"

	"gen/generator"
)

// filesInARow are shown of one folder before the rest is only counted.
const filesInARow = 7

// printWritten shows the project that gen new wrote.
func printWritten(w *page, r generator.Report) {
	paths := make([]string, len(r.Files))
	for i, file := range r.Files {
		paths[i] = file.Path
	}
	printTree(w, path.Clean(r.Dir)+"/", paths)
}

// printRewritten shows what gen update wrote of a project, and what it put beside the author's files.
func printRewritten(w *page, r generator.UpdateReport) {
	if r.Written && len(r.Writes) > 0 {
		printTree(w, "Written:", r.Writes)
	}
}

// printTree writes a line for each folder with its files.
func printTree(w *page, root string, paths []string) {
	names := map[string][]string{}
	for _, file := range paths {
		names[path.Dir(file)] = append(names[path.Dir(file)], path.Base(file))
	}
	w.heading(root)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(folder, files string) {
		fmt.Fprintf(table, "  %s\t%s\n", w.screen.in(blue, folder+"/"), files)
	}
	for _, folder := range slices.Sorted(maps.Keys(names)) {
		list, more := names[folder], ""
		if len(list) > filesInARow {
			more = fmt.Sprintf(" and %d more", len(list)-filesInARow)
			list = list[:filesInARow]
		}
		line(folder, strings.Join(list, " ")+more)
	}
	line(".gen", "what gen remembers, to bring the project along when the document changes")
	_ = table.Flush() // into memory
}
