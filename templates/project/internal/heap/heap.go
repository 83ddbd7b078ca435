// Package heap decides how much garbage there may be.
package heap

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// least is how far a heap may grow before it is collected, in bytes. Go collects one of 4 MB already, which a
	// server that keeps little in memory fills a hundred times a second.
	least = 32 << 20
	// usualPercent is GOGC where nobody sets it, mostPercent what makes least of Go's 4 MB.
	usualPercent, mostPercent = 100, 800
)

// CollectLess lets a small heap grow to 32 MB before it is collected, for as long as the process lives. A larger one
// is collected as ever, and so are all where memory gets short (GOMEMLIMIT). An operator who sets GOGC has decided.
func CollectLess() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(mostPercent)
	runtime.SetFinalizer(&collection{mostPercent, []metrics.Sample{{Name: "/gc/heap/live:bytes"}}}, (*collection).end)
}

// collection is garbage itself: its finalizer runs whenever all was collected.
type collection struct {
	percent int
	live    []metrics.Sample
}

// end sets the goal of the next collection by what this one has left, and waits for its end.
func (c *collection) end() {
	metrics.Read(c.live)
	if percent := percentFor(int(min(c.live[0].Value.Uint64(), math.MaxInt))); percent != c.percent {
		c.percent = percent
		debug.SetGCPercent(percent)
	}
	runtime.SetFinalizer(c, (*collection).end)
}

// percentFor is the GOGC with which a heap that holds live bytes is collected at least. It goes in steps, as each
// change stops all goroutines for a moment.
func percentFor(live int) int {
	const step = 50
	if live >= least/2 {
		return usualPercent
	}
	percent := (least - live) * 100 / max(live, 1)
	return min(percent/step*step, mostPercent)
}
