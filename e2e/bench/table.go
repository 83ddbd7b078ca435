package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"gen/e2e/bench/suite"
)

// median is the middle one of what value reads from the samples.
func median[S any, T cmp.Ordered](samples []S, value func(S) T) T {
	values := make([]T, len(samples))
	for i, sample := range samples {
		values[i] = value(sample)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// printInProcess prints the costs of a document's requests, and their ratios to the server by hand.
func printInProcess(out io.Writer, document suite.Document, costs [][]cost) error {
	fmt.Fprintf(out, "\n%s in-process: CPU a request (ratio to the server by hand; allocations, bytes)\n\n", document.Name)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, request := range document.Measured {
		fmt.Fprintf(table, "\t%s", request.Name)
	}
	fmt.Fprintln(table)
	hand := index(document, suite.Hand)
	for i, server := range document.Servers {
		fmt.Fprint(table, server.Name)
		for _, row := range costs {
			c := row[i]
			fmt.Fprintf(table, "\t%d ns (%.2f; %.0f, %.0f)", c.cpu.Nanoseconds(), ratio(c, row[hand]), c.allocations, c.bytes)
		}
		fmt.Fprintln(table)
	}
	return table.Flush()
}

func ratio(c, by cost) float64 { return c.cpu.Seconds() / by.cpu.Seconds() }

func index(document suite.Document, server string) int {
	return slices.IndexFunc(document.Servers, func(s suite.Server) bool { return s.Name == server })
}

// summary is the last line: gen's ratios.
func summary(document suite.Document, costs [][]cost) string {
	hand, gen := index(document, suite.Hand), index(document, suite.Gen)
	var line strings.Builder
	line.WriteString("ratio")
	for i, request := range document.Measured {
		if !strings.Contains(request.Name, " ") {
			fmt.Fprintf(&line, " %s=%.2f", request.Name, ratio(costs[i][gen], costs[i][hand]))
		}
	}
	return line.String()
}
