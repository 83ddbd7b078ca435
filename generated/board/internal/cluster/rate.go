package cluster

import "time"

// rate is how many requests a worker answers a second, the last seconds counting most.
type rate struct {
	requests int64
	at       time.Time
	average  float64
}

// weight is what the newest second counts for.
const weight = 0.4

// note takes the number of requests so far.
func (r *rate) note(requests int64, now time.Time) {
	if elapsed := now.Sub(r.at).Seconds(); !r.at.IsZero() && elapsed > 0 {
		r.average += weight * (float64(requests-r.requests)/elapsed - r.average)
	}
	r.requests, r.at = requests, now
}
