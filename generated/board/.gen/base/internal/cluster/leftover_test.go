//go:build unix

package cluster

import (
	"os"
	"runtime"
	"runtime/pprof"
	"strings"
	"syscall"
	"testing"
	"time"
)

// held is what a process holds that has to be given back.
type held struct{ goroutines, descriptors int }

func holding(t *testing.T) held {
	t.Helper()
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("this system does not say which descriptors a process has")
	}
	return held{runtime.NumGoroutine(), len(files)}
}

// becomes waits until no more is held than was.
func (was held) becomes(t *testing.T, r *running, when string) {
	t.Helper()
	var is held
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); runtime.Gosched() {
		r.control.client.CloseIdleConnections()
		if is = holding(t); is.goroutines <= was.goroutines && is.descriptors <= was.descriptors {
			return
		}
	}
	var stacks strings.Builder
	_ = pprof.Lookup("goroutine").WriteTo(&stacks, 1)
	t.Errorf("%s %+v have become %+v:\n%s", when, was, is, stacks.String())
}

// TestNothingIsLeftOver: a launcher holds no more after workers have come and gone, and nothing when it has ended.
func TestNothingIsLeftOver(t *testing.T) {
	before := holding(t)
	r := launch(t, 2)
	r.serving()
	r.control.client.CloseIdleConnections()
	serving := holding(t)
	kill(t, r.serving().Workers[0].PID, syscall.SIGKILL)
	r.await("another worker", func(s Status) bool { return s.ready() == 2 && s.Workers[0].Restarts == 1 })
	for _, change := range []func() error{
		func() error { _, err := r.control.Reload(t.Context()); return err },
		func() error { return r.control.Scale(t.Context(), 4) },
		func() error { return r.control.Scale(t.Context(), 2) },
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
	}
	serving.becomes(t, r, "while it serves")
	if err := r.control.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-r.ended; err != nil {
		t.Error(err)
	}
	r.ended = nil
	before.becomes(t, r, "after its end")
}
