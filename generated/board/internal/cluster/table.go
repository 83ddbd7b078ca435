package cluster

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Print writes a status as a table, as it is now. With colour the states are easier to find.
func (s Status) Print(w io.Writer, now time.Time, colour bool) error {
	var text strings.Builder
	fmt.Fprintf(&text, "%s  launcher %d, up %s, %d of %d workers%s\n\n",
		s.Launcher.URL, s.Launcher.PID, span(now.Sub(s.Launcher.Started)), s.ready(), s.Launcher.Slots, s.stopping())
	rows := s.rows(now)
	widths := make([]int, len(columns))
	for i, column := range columns {
		widths[i] = len(column.title)
		for _, row := range rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(row.cells[i]))
		}
	}
	text.WriteString(paint(colour, bold, line(widths, titles())) + "\n")
	for _, row := range rows {
		text.WriteString(paint(colour, row.colour, line(widths, row.cells)) + "\n")
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// columns have numbers on the right, and text on the left.
var columns = []struct {
	title string
	text  bool
}{
	{"SLOT", false}, {"PID", false}, {"STATE", true}, {"GENERATION", false}, {"BUILD", true}, {"UPTIME", false}, {"RESTARTS", false},
	{"MEMORY", false}, {"CONNECTIONS", false}, {"REQUESTS/S", false}, {"LAST EXIT", true},
}

func titles() []string {
	all := make([]string, len(columns))
	for i, column := range columns {
		all[i] = column.title
	}
	return all
}

type row struct {
	cells  []string
	colour string
}

// What terminals make of these is bold, faint, green, yellow and red.
const (
	bold, faint        = "\x1b[1m", "\x1b[2m"
	green, yellow, red = "\x1b[32m", "\x1b[33m", "\x1b[31m"
	plain              = "\x1b[0m"
)

func paint(colour bool, how, text string) string {
	if !colour || how == "" {
		return text
	}
	return how + text + plain
}

// rows are the workers, then the slots that wait, and the sum of what there is more than one of.
func (s Status) rows(now time.Time) (rows []row) {
	var memory int64
	var connections, sum int
	var rate float64
	restarts := map[int]int{} // of each slot, which may have several workers
	for _, worker := range slices.Concat(s.Workers, s.Starting, s.Draining) {
		rows = append(rows, worker.row(now))
		memory, connections, rate = memory+worker.Memory, connections+worker.Connections, rate+worker.Rate
		restarts[worker.Slot] = max(restarts[worker.Slot], worker.Restarts)
	}
	for _, slot := range s.Waiting {
		rows = append(rows, slot.row(now))
		restarts[slot.Slot] = slot.Restarts
	}
	for _, n := range restarts {
		sum += n
	}
	if len(rows) > 1 {
		rows = append(rows, row{[]string{
			"", "", "all", "", "", "", fmt.Sprint(sum), mebibytes(memory), fmt.Sprint(connections), fmt.Sprintf("%.1f", rate), "",
		}, faint})
	}
	return rows
}

func (w WorkerStatus) row(now time.Time) row {
	colour := map[string]string{"ready": green, "starting": yellow, "draining": yellow}[w.State]
	return row{[]string{
		fmt.Sprint(w.Slot), fmt.Sprint(w.PID), w.State, fmt.Sprint(w.Generation), w.Build, span(now.Sub(w.Started)), fmt.Sprint(w.Restarts),
		mebibytes(w.Memory), fmt.Sprint(w.Connections), fmt.Sprintf("%.1f", w.Rate), or(w.LastExit),
	}, colour}
}

func (s WaitingSlot) row(now time.Time) row {
	state := "waiting"
	if !s.Next.IsZero() {
		state = fmt.Sprintf("again in %.1fs", max(0, s.Next.Sub(now).Seconds()))
	}
	return row{[]string{fmt.Sprint(s.Slot), "-", state, "-", "-", "-", fmt.Sprint(s.Restarts), "-", "-", "-", or(s.LastExit)}, red}
}

// line puts cells into their columns.
func line(widths []int, cells []string) string {
	var text strings.Builder
	for i, cell := range cells {
		gap := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
		if columns[i].text {
			text.WriteString("  " + cell + gap)
		} else {
			text.WriteString("  " + gap + cell)
		}
	}
	return strings.TrimRight(text.String()[2:], " ")
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

func (s Status) stopping() string {
	if s.Launcher.Stopping {
		return ", stopping"
	}
	return ""
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
