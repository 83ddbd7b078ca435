//go:build unix

package cluster

import (
	"math/rand/v2"
	"time"
)

// slot is the place of a worker: its number, which its successors keep.
type slot struct {
	number int
	// worker serves, or is about to; it is nil while the slot waits to start one again.
	worker *process
	// next is to take its place.
	next *process
	// generation counts the workers that served here.
	generation int
	// restarts counts those that were started because one died.
	restarts int
	// failures counts those that died without having served for long, in a row.
	failures int
	lastExit string
	// again starts a worker when it is time: when begins comes.
	again  *time.Timer
	begins time.Time
}

const (
	firstDelay = 100 * time.Millisecond
	longDelay  = 30 * time.Second
	// healthy is how long a worker has to serve for the failures before it to be forgotten.
	healthy = 30 * time.Second
)

// delay is how long the slot waits after a worker that had served for a time: not at all after a second,
// else twice as long after each failure, with up to a quarter more, so that not all slots begin at once.
func (s *slot) delay(lived time.Duration) time.Duration {
	if lived >= healthy {
		s.failures = 0
	}
	if lived >= settled {
		return 0
	}
	wait := longDelay
	if s.failures < 9 {
		wait = min(longDelay, firstDelay<<s.failures)
	}
	s.failures++
	return wait + rand.N(wait/4) //nolint:gosec // no secret
}

// patience stops the timer of a slot that waits.
func (s *slot) patience() {
	if s.again != nil {
		s.again.Stop()
		s.again, s.begins = nil, time.Time{}
	}
}
