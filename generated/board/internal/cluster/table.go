package cluster

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// Print writes a status as a table.
func (s Status) Print(w io.Writer, now time.Time) error {
	fmt.Fprintf(w, "%s  launcher %d, up %s, %d of %d workers\n\n", s.Launcher.URL, s.Launcher.PID, span(now.Sub(s.Launcher.Started)), s.ready(), s.Launcher.Slots)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "SLOT\tPID\tSTATE\tGENERATION\tBUILD\tUPTIME\tRESTARTS\tMEMORY\tCONNECTIONS\tREQUESTS/S\tLAST EXIT\t")
	for _, worker := range append(s.Workers, s.Draining...) {
		fmt.Fprintf(table, "%d\t%d\t%s\t%d\t%s\t%s\t%d\t%s\t%d\t%.1f\t%s\t\n", worker.Slot, worker.PID, worker.State, worker.Generation, worker.Build,
			span(now.Sub(worker.Started)), worker.Restarts, mebibytes(worker.Memory), worker.Connections, worker.Rate, or(worker.LastExit))
	}
	for _, slot := range s.Waiting {
		fmt.Fprintf(table, "%d\t-\twaiting\t-\t-\t-\t%d\t-\t-\t-\t%s\t\n", slot.Slot, slot.Restarts, or(slot.LastExit))
	}
	return table.Flush()
}

// ready is how many workers serve.
func (s Status) ready() int {
	n := 0
	for _, worker := range s.Workers {
		if worker.State == "ready" {
			n++
		}
	}
	return n
}

// span is a time in its two largest units.
func span(d time.Duration) string {
	d = max(0, d)
	day := 24 * time.Hour
	switch {
	case d >= day:
		return fmt.Sprintf("%dd%dh", d/day, d%day/time.Hour)
	case d >= time.Hour:
		return fmt.Sprintf("%dh%dm", d/time.Hour, d%time.Hour/time.Minute)
	case d >= time.Minute:
		return fmt.Sprintf("%dm%ds", d/time.Minute, d%time.Minute/time.Second)
	}
	return fmt.Sprintf("%ds", d/time.Second)
}

func mebibytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

func or(text string) string {
	if text == "" {
		return "-"
	}
	return text
}
