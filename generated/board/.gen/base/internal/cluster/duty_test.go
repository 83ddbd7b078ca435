//go:build unix

package cluster

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"
)

// TestDuty: the launcher has its duty done from when a worker serves until it stops, and its workers hear of it.
func TestDuty(t *testing.T) {
	var url string
	var tell func()
	begun, ended := make(chan struct{}), make(chan struct{})
	r := launchWith(t, 2, "", func(config *Config) {
		config.Duty = func(addr net.Addr, tellAll func()) (func(context.Context), error) {
			url, tell = "http://"+addr.String(), tellAll
			return func(ctx context.Context) {
				close(begun)
				<-ctx.Done()
				close(ended)
			}, nil
		}
	})
	<-begun
	if url != r.url {
		t.Errorf("the duty is done for %s, want %s", url, r.url)
	}
	r.serving()
	tell()
	heard := map[int]bool{}
	for deadline := time.Now().Add(15 * time.Second); len(heard) < 2 && time.Now().Before(deadline); {
		slot, times, err := r.ask("/news")
		if err != nil {
			t.Fatal(err)
		}
		if times == 1 {
			heard[slot] = true
		}
	}
	if len(heard) != 2 {
		t.Errorf("slots %v heard of it", heard)
	}
	select {
	case <-ended:
		t.Error("the duty ended before the launcher")
	default:
	}
	if err := r.control.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-r.ended; err != nil {
		t.Error(err)
	}
	r.ended = nil
	select {
	case <-ended:
	default:
		t.Error("the launcher ended before its duty")
	}
	tell() // nobody is there
}

// TestNoDuty: a launcher that cannot do its duty starts no worker.
func TestNoDuty(t *testing.T) {
	r := launchWith(t, 2, "", func(config *Config) {
		config.Duty = func(net.Addr, func()) (func(context.Context), error) { return nil, errors.New("not today") }
	})
	err := <-r.ended
	r.ended = nil
	if err == nil || !strings.Contains(err.Error(), "not today") {
		t.Error(err)
	}
}
