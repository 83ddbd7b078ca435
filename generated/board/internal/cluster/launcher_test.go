//go:build unix

package cluster

import (
	"errors"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestWorkersShareThePort(t *testing.T) {
	r := launch(t, 3)
	r.serving()
	seen := map[int]bool{}
	for range 200 {
		slot, _, err := r.get()
		if err != nil {
			t.Fatal(err)
		}
		seen[slot] = true
	}
	if len(seen) != 3 {
		t.Errorf("only slots %v answered", seen)
	}
}

func TestAWorkerThatDiesIsStartedAgain(t *testing.T) {
	r := launch(t, 2)
	was := r.serving().Workers[1]
	time.Sleep(settled) // it has served for a second
	kill(t, was.PID, syscall.SIGKILL)
	is := r.await("another worker", func(s Status) bool { return s.ready() == 2 && s.Workers[1].PID != was.PID }).Workers[1]
	if is.Slot != 1 || is.Restarts != 1 || is.Generation != 2 || is.LastExit != "killed, out of memory?" {
		t.Errorf("it is %+v", is)
	}
}

func TestReloadReplacesAllAndLosesNothing(t *testing.T) {
	r := launch(t, 2)
	was := r.serving()
	stop, failed := make(chan struct{}), 0
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				if _, _, err := r.get(); err != nil {
					failed++
					t.Error(err)
				}
			}
		}
	})
	note, err := r.control.Reload(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(note, ": all workers were replaced by the same") {
		t.Errorf("it says of the program that ran before: %q", note)
	}
	close(stop)
	wg.Wait()
	is := r.serving()
	for i, worker := range is.Workers {
		if worker.PID == was.Workers[i].PID || worker.Generation != 2 || worker.Restarts != 0 {
			t.Errorf("after %+v comes %+v", was.Workers[i], worker)
		}
	}
}

// TestAHangupWaitsForItsTurn: nobody would send it again because workers were being replaced just then.
func TestAHangupWaitsForItsTurn(t *testing.T) {
	r := launch(t, 2)
	r.serving()
	reloaded := make(chan error, 1)
	go func() {
		_, err := r.control.Reload(t.Context())
		for err != nil && strings.Contains(err.Error(), errChanging.Error()) { // by scaling
			_, err = r.control.Reload(t.Context())
		}
		reloaded <- err
	}()
	for r.control.Scale(t.Context(), 2) == nil { // which changes nothing
	}
	kill(t, os.Getpid(), syscall.SIGHUP)
	if err := <-reloaded; err != nil {
		t.Fatal(err)
	}
	r.await("the third generation", func(s Status) bool {
		return s.ready() == 2 && s.Workers[0].Generation == 3 && s.Workers[1].Generation == 3
	})
}

func TestABadReleaseChangesNothing(t *testing.T) {
	for how, want := range map[string]string{
		"crash":      "the new worker ended: exit status 1; 0 of 2 workers were replaced",
		"crash soon": "exit status 7; 0 of 2 workers were replaced",
	} {
		t.Run(how, func(t *testing.T) {
			r := launch(t, 2)
			was := r.serving()
			r.fail(how)
			_, err := r.control.Reload(t.Context())
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("reload says %v", err)
			}
			is := r.serving()
			for i := range is.Workers {
				if is.Workers[i].LastExit != "" {
					t.Errorf("slot %d is said to have ended: %s", i, is.Workers[i].LastExit)
				}
				if is.Workers[i].PID != was.Workers[i].PID {
					t.Errorf("slot %d has another worker", i)
				}
			}
		})
	}
}

func TestNoWorkerEverReady(t *testing.T) {
	r := launchFailing(t, 2, "crash")
	err := <-r.ended
	r.ended = nil
	if err == nil || err.Error() != "no worker became ready: exit status 1" {
		t.Errorf("it ends with %v", err)
	}
}

// TestOneSlotThatCrashes holds that the others serve, and that its worker is started less and less often.
func TestOneSlotThatCrashes(t *testing.T) {
	r := launchFailing(t, 2, "crash 1")
	r.await("a worker", func(s Status) bool { return s.ready() == 1 })
	for range 100 {
		if slot, _, err := r.get(); err != nil || slot != 0 {
			t.Fatalf("slot %d answers: %v", slot, err)
		}
	}
	s := r.await("failures", func(s Status) bool { return len(s.Waiting) == 1 && s.Waiting[0].Restarts >= 3 })
	if s.Waiting[0].Slot != 1 || s.Waiting[0].LastExit != "exit status 1" || s.Waiting[0].Next.IsZero() || s.Launcher.Serving {
		t.Errorf("it is %+v", s)
	}
	r.fail("")
	r.await("both", func(s Status) bool { return s.ready() == 2 && s.Launcher.Serving })
}

func TestASecondLauncher(t *testing.T) {
	r := launch(t, 1)
	r.serving()
	err := Launch(t.Context(), Config{RunDir: r.dir})
	if !errors.Is(err, ErrRunning) {
		t.Errorf("a second launcher ends with %v", err)
	}
}

func TestScale(t *testing.T) {
	r := launch(t, 2)
	r.serving()
	for _, n := range []int{4, 1} {
		if err := r.control.Scale(t.Context(), n); err != nil {
			t.Fatal(err)
		}
		if s := r.serving(); len(s.Workers) != n {
			t.Errorf("%d workers, want %d", len(s.Workers), n)
		}
	}
	if err := r.control.Scale(t.Context(), 0); err == nil {
		t.Error("it may be scaled to nothing")
	}
}

// TestScaleToWorkersThatFail holds that there are as many as before, then.
func TestScaleToWorkersThatFail(t *testing.T) {
	r := launch(t, 1)
	r.serving()
	r.fail("crash 1")
	err := r.control.Scale(t.Context(), 2)
	if err == nil || err.Error() != "a new worker ended: exit status 1; the number of workers is 1 as before" {
		t.Errorf("it says %v", err)
	}
	if s := r.serving(); s.Launcher.Slots != 1 || len(s.Waiting) != 0 {
		t.Errorf("it is %+v", s)
	}
}

// TestStopThatLosesRequests holds that whoever stopped the server hears of it, and what its status is meanwhile.
func TestStopThatLosesRequests(t *testing.T) {
	r := launch(t, 2)
	for _, w := range r.serving().Workers {
		kill(t, w.PID, syscall.SIGSTOP)
	}
	stopped := make(chan error, 1)
	go func() { stopped <- r.control.Stop(t.Context()) }()
	s := r.await("the end", func(s Status) bool { return s.Launcher.Stopping })
	if len(s.Waiting) != 0 || len(s.Workers) != 0 || len(s.Draining) != 2 {
		t.Errorf("it is %+v", s)
	}
	if err := r.control.Scale(t.Context(), 3); err == nil || err.Error() != errStopping.Error() {
		t.Errorf("to be scaled then it answers %v", err)
	}
	kill(t, s.Draining[0].PID, syscall.SIGKILL)
	kill(t, s.Draining[1].PID, syscall.SIGKILL)
	if err := <-stopped; err == nil || err.Error() != errUnanswered.Error() {
		t.Errorf("stop answers %v", err)
	}
	if err := <-r.ended; !errors.Is(err, errUnanswered) {
		t.Errorf("it ends with %v", err)
	}
	r.ended = nil
}

// TestACanaryIsShown holds that the status tells who is about to take the place of whom.
func TestACanaryIsShown(t *testing.T) {
	r := launch(t, 1)
	r.serving()
	reloaded := make(chan error, 1)
	go func() {
		_, err := r.control.Reload(t.Context())
		reloaded <- err
	}()
	s := r.await("a canary", func(s Status) bool { return len(s.Starting) == 1 })
	if s.Starting[0].State != "starting" || len(s.Workers) != 1 || s.Workers[0].PID == s.Starting[0].PID {
		t.Errorf("it is %+v", s)
	}
	if err := <-reloaded; err != nil {
		t.Error(err)
	}
}

func TestStop(t *testing.T) {
	r := launch(t, 2)
	r.serving()
	if err := r.control.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-r.ended; err != nil {
		t.Error(err)
	}
	r.ended = nil
	if _, err := r.control.Status(t.Context()); !errors.Is(err, ErrNotRunning) {
		t.Errorf("after the end the status is %v", err)
	}
}

// TestASlotThatHasGone holds that it starts no worker any more, also when another one has its number.
func TestASlotThatHasGone(t *testing.T) {
	gone, other := &slot{number: 1}, &slot{number: 1}
	l := &launcher{slots: []*slot{{number: 0}}}
	if l.has(gone) || !l.has(l.slots[0]) {
		t.Error("it is still there")
	}
	if l.slots = append(l.slots, other); l.has(gone) || !l.has(other) {
		t.Error("it is taken for its successor")
	}
}

// TestTheFirstInterruptIsNotTheSecond sends the launcher one signal while it stops for another reason.
func TestTheFirstInterruptIsNotTheSecond(t *testing.T) {
	l := &launcher{stopping: true, leaving: map[*process]bool{}}
	l.signalled(syscall.SIGTERM)
	if l.failed != nil {
		t.Errorf("it ends with %v", l.failed)
	}
	l.signalled(syscall.SIGTERM)
	if !errors.Is(l.failed, errUnanswered) {
		t.Errorf("after the second it ends with %v", l.failed)
	}
}
