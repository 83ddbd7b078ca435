package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// mostFindings is how many findings of a kind a row shows where it is one of many.
const mostFindings = 5

// table prints rows as they come.
type table struct {
	w  io.Writer
	mu sync.Mutex
}

func newTable(w io.Writer) *table {
	fmt.Fprintf(w, "%-24s", "document")
	for _, stage := range stages {
		fmt.Fprintf(w, "%7s", stage.name)
	}
	fmt.Fprintf(w, "%8s%7s%8s%12s%9s%12s%6s%9s  %s\n", "gen MB", "build", "values", "reached", "sessions", "walked/live", "calls", "warnings", "")
	return &table{w: w}
}

func (t *table) add(r row) {
	t.mu.Lock()
	defer t.mu.Unlock()
	fmt.Fprintf(t.w, "%-24s%s  %s\n", r.name, columns(r), verdict(r))
	if r.err != nil {
		fmt.Fprintf(t.w, "    %s\n", strings.ReplaceAll(r.err.Error(), "\n", "\n    "))
	}
	shown := map[findingKind]int{}
	for _, f := range r.findings {
		if shown[f.kind]++; shown[f.kind] <= mostFindings {
			fmt.Fprintf(t.w, "    %s\n", f)
		}
	}
	for _, kind := range []findingKind{notKept, notReached, notWalked, violation} {
		if more := shown[kind] - mostFindings; more > 0 {
			fmt.Fprintf(t.w, "    %s: %d more\n", kind, more)
		}
	}
}

func columns(r row) string {
	var out strings.Builder
	for i := range stages {
		if i < len(r.took) {
			fmt.Fprintf(&out, "%7.1f", r.took[i].Seconds())
		} else {
			fmt.Fprintf(&out, "%7s", "-")
		}
	}
	fmt.Fprintf(&out, "%8d%7d%8d%12s%9d%12s%6d%9d", r.genMemory>>20, r.buildMemory>>20, r.values,
		fmt.Sprintf("%d/%d", r.reached, r.operations), r.sessions, fmt.Sprintf("%d/%d", r.walked, r.live), r.calls, r.warnings)
	return out.String()
}

func verdict(r row) string {
	switch {
	case r.failed != "":
		return "FAILED to " + r.failed
	case r.violations > 0:
		return fmt.Sprintf("%d VIOLATIONS", r.violations)
	case r.lost > 0:
		return fmt.Sprintf("%d values NOT KEPT", r.lost)
	}
	return "ok"
}

// summarise prints the totals. Its error says which documents are not ok.
func summarise(w io.Writer, rows []row) error {
	var sum row
	var bad []string
	took := make([]time.Duration, len(stages))
	for _, r := range rows {
		sum.operations += r.operations
		sum.reached += r.reached
		sum.sessions += r.sessions
		sum.hidden += r.hidden
		sum.live += r.live
		sum.walked += r.walked
		sum.calls += r.calls
		sum.violations += r.violations
		sum.values += r.values
		sum.lost += r.lost
		sum.warnings += r.warnings
		for i, d := range r.took {
			took[i] += d
		}
		if !r.ok() {
			bad = append(bad, cmp.Or(r.name, "one that was not tried"))
		}
	}
	fmt.Fprintf(w, "\n%d documents, %d ok, %d operations: %d reached (%s), %d more need a session, %d cannot be told from others; %d live (%s), %d of them walked (%s); %d calls, %d violations; %d values, %d not kept; %d warnings\n",
		len(rows), len(rows)-len(bad), sum.operations, sum.reached, percent(sum.reached, sum.operations), sum.sessions, sum.hidden,
		sum.live, percent(sum.live, sum.operations), sum.walked, percent(sum.walked, sum.live), sum.calls, sum.violations, sum.values, sum.lost, sum.warnings)
	printSlowest(w, rows, took)
	if len(bad) > 0 {
		return fmt.Errorf("%d of %d documents are not ok: %s", len(bad), len(rows), strings.Join(bad, ", "))
	}
	return nil
}

func printSlowest(w io.Writer, rows []row, took []time.Duration) {
	stage, slowest, at := 0, time.Duration(0), ""
	for i, d := range took {
		if d > took[stage] {
			stage = i
		}
	}
	for _, r := range rows {
		if stage < len(r.took) && r.took[stage] > slowest {
			slowest, at = r.took[stage], r.name
		}
	}
	fmt.Fprintf(w, "slowest stage: %s, %.0f s in all, %.0f s of them for %s\n", stages[stage].name, took[stage].Seconds(), slowest.Seconds(), at)
}

func percent(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(whole))
}

// writeFindings writes a line for each finding of all rows.
func writeFindings(path string, rows []row) error {
	var out strings.Builder
	for _, r := range rows {
		for _, f := range r.findings {
			fmt.Fprintf(&out, "%s\t%s\t%s\t%d\t%s\n", r.name, f.kind, f.operation, f.status, f.reason)
		}
	}
	return os.WriteFile(path, []byte(out.String()), 0o600)
}
