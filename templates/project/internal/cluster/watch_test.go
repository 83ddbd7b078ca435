//go:build unix

package cluster

import (
	"log/slog"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// lines yields what is logged.
type lines chan string

func (l lines) Write(line []byte) (int, error) {
	l <- string(line)
	return len(line), nil
}

// watching is a launcher whose loop has ended, with one worker that is a process of another program.
func watching(t *testing.T, p *process) (*launcher, lines) {
	t.Helper()
	logged := make(lines, 10)
	l := post(t)
	l.log, l.changing, l.done = slog.New(slog.NewTextHandler(logged, nil)), make(chan struct{}, 1), make(chan struct{})
	close(l.done)
	p.cmd = exec.Command("sleep", "100")
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait() // again where the test has
	})
	p.slot = &slot{worker: p}
	l.slots = []*slot{p.slot}
	return l, logged
}

// TestWorkersThatHang holds which are killed, and that they may say first what they were doing.
func TestWorkersThatHang(t *testing.T) {
	long, now := time.Now().Add(-time.Hour), time.Now()
	for name, test := range map[string]struct {
		p      process
		beat   time.Time
		killed bool
	}{
		"it serves":             {process{started: long, served: long}, now, false},
		"it is silent":          {process{started: long, served: long}, long, true},
		"it is not ready yet":   {process{started: now}, now, false},
		"it does not get ready": {process{started: long}, now, true},
	} {
		t.Run(name, func(t *testing.T) {
			l, _ := watching(t, &test.p)
			l.page.entries[0].beat.Store(test.beat.UnixNano())
			l.watched = now
			l.watch()
			if killed := test.p.deadline != nil; killed != test.killed {
				t.Fatalf("it is killed: %v, want %v", killed, test.killed)
			}
			if test.killed == (test.p.shot == "") {
				t.Errorf("it is said to have ended as %q", test.p.shot)
			}
			if !test.killed {
				return
			}
			_ = test.p.cmd.Wait()
			if status := test.p.cmd.ProcessState.Sys().(syscall.WaitStatus); status.Signal() != syscall.SIGQUIT {
				t.Errorf("it ends by %v", status.Signal())
			}
		})
	}
}

// TestAfterSleep holds that nobody is taken for stuck because all stood still: each has its time again, and no more.
func TestAfterSleep(t *testing.T) {
	l := &launcher{}
	e := new(entry)
	start := time.Unix(1_800_000_000, 0)
	e.beat.Store(start.UnixNano())
	for _, step := range []struct{ at, silent time.Duration }{
		{0, 0}, {time.Second, time.Second}, {2 * time.Second, 2 * time.Second},
		{time.Hour, 0}, {time.Hour + time.Second, time.Second}, {time.Hour + 2*time.Second, 2 * time.Second},
		{-time.Hour, -time.Hour}, {time.Second - time.Hour, time.Second - time.Hour},
	} {
		l.wake(start.Add(step.at))
		if got := l.silent(e); got != step.silent {
			t.Errorf("at %s it is silent for %s, want %s", step.at, got, step.silent)
		}
	}
}

// TestMemoryLimit holds that a worker is replaced that holds too much, unless it has only just begun.
func TestMemoryLimit(t *testing.T) {
	long := time.Now().Add(-time.Hour)
	for name, test := range map[string]struct {
		served   time.Time
		memory   int64
		replaced bool
	}{
		"enough":         {long, 10, false},
		"too much":       {long, 11, true},
		"from the start": {time.Now(), 11, false},
	} {
		t.Run(name, func(t *testing.T) {
			l, logged := watching(t, &process{started: long, served: test.served})
			l.config.MaxMemory = 10
			l.page.entries[0].memory.Store(test.memory)
			l.page.entries[0].beat.Store(time.Now().UnixNano())
			if got := l.holdsTooMuch(l.slots[0].worker); got != test.replaced {
				t.Errorf("it holds too much: %v", got)
			}
			if !test.replaced {
				return
			}
			l.watch()
			if line := <-logged; !strings.Contains(line, "too much memory") {
				t.Errorf("the log says %s", line)
			}
		})
	}
}
