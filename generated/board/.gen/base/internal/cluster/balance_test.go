//go:build unix

package cluster

import (
	"errors"
	"io"
	"net/http"
	"testing"
	"time"
)

// TestLongConnectionsAreSpread opens connections that stay, one after the other.
func TestLongConnectionsAreSpread(t *testing.T) {
	const n = 64
	r := launch(t, 4)
	r.serving()
	for range n {
		client := http.Client{Transport: &http.Transport{}}
		res, err := client.Get(r.url + "/slot")
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, res.Body)
		if err := errors.Join(err, res.Body.Close()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(client.CloseIdleConnections)
	}
	s := r.serving()
	least, most := n, 0
	for _, w := range s.Workers {
		least, most = min(least, w.Connections), max(most, w.Connections)
	}
	if float64(most) > 1.3*float64(least) {
		t.Errorf("the connections of the workers are %+v", s.Workers)
	}
}

// TestConnectionsAreCounted holds that nothing is left of connections that have ended.
func TestConnectionsAreCounted(t *testing.T) {
	r := launch(t, 3)
	r.serving()
	for range 300 {
		if _, _, err := r.get(); err != nil {
			t.Fatal(err)
		}
	}
	r.await("no connection", func(s Status) bool {
		for _, w := range s.Workers {
			if w.Connections != 0 {
				return false
			}
		}
		return true
	})
}

func TestIdlest(t *testing.T) {
	now := time.Now()
	p := &page{make([]entry, 6)}
	for i, e := range []struct {
		state       uint32
		connections int32
		silent      time.Duration
	}{{active, 9, 0}, {active, 4, 0}, {draining, 0, 0}, {active, 3, time.Minute}, {absent, 0, 0}, {starting, 0, 0}} {
		p.entries[i].state.Store(e.state)
		p.entries[i].connections.Store(e.connections)
		p.entries[i].beat.Store(now.Add(-e.silent).UnixNano())
	}
	if got := p.idlest(0, now); got != 1 {
		t.Errorf("the idlest is %d, want 1", got)
	}
	if got := p.idlest(1, now); got != 0 {
		t.Errorf("but for itself it is %d, want 0", got)
	}
}
