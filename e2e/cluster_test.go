//go:build unix

package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// cluster is a server of several processes, in a folder with a copy of its program.
type cluster struct {
	*server

	dir      string
	program  string // that workers are started from
	commands string // the program for commands: what is released may be good for nothing
}

// clusterStatus is what board status --json says.
type clusterStatus struct {
	Launcher struct {
		PID     int
		Slots   int
		Serving bool
	}
	Workers, Draining []workerStatus
	Waiting           []struct{ Slot, Restarts int }
}

type workerStatus struct {
	Slot, PID, Generation, Restarts, Connections int

	State, LastExit string
	Requests        int64
	Started         time.Time
}

func (s clusterStatus) pids() (pids []int) {
	for _, w := range s.Workers {
		pids = append(pids, w.PID)
	}
	return pids
}

// allReady says that each slot has a worker that serves, and that nobody leaves.
func (s clusterStatus) allReady() bool {
	return len(s.Workers) == s.Launcher.Slots && len(s.Draining) == 0 &&
		!slices.ContainsFunc(s.Workers, func(w workerStatus) bool { return w.State != "ready" })
}

// startCluster runs the reference server with workers, as many as it says, and waits until all are ready.
func startCluster(t *testing.T, workers string, env ...string) *cluster {
	t.Helper()
	return startClusterOf(t, boardProgram(t), workers, env...)
}

func startClusterOf(tb testing.TB, program, workers string, env ...string) *cluster {
	tb.Helper()
	dir := tb.TempDir()
	c := &cluster{dir: dir, program: filepath.Join(dir, "board"), commands: program}
	c.release(tb, program)
	c.restart(tb, append([]string{"WORKERS=" + workers, "LOG_LEVEL=info", "LAME_DUCK=1s"}, env...)...)
	return c
}

// restart starts the launcher, and stops it when the test ends: its workers outlive it by a moment if it is killed.
func (c *cluster) restart(tb testing.TB, env ...string) {
	tb.Helper()
	c.server = spawn(tb, c.program, c.dir, env...)
	s := c.server
	tb.Cleanup(func() {
		for range 2 {
			_ = s.cmd.Process.Signal(syscall.SIGTERM) // fails where it is gone already
		}
		select {
		case <-s.ended:
		case <-time.After(deadline):
			tb.Errorf("the launcher does not end")
		}
	})
	c.await(tb)
}

// release puts a copy of another program where workers are started from.
func (c *cluster) release(tb testing.TB, program string) {
	tb.Helper()
	text, err := os.ReadFile(program)
	if err != nil {
		tb.Fatal(err)
	}
	c.releaseText(tb, text)
}

func (c *cluster) releaseText(tb testing.TB, text []byte) {
	tb.Helper()
	next := c.program + ".next"
	syscall.ForkLock.RLock() // A process that another test starts just now would hold the file open: text file busy.
	err := os.WriteFile(next, text, 0o755)
	syscall.ForkLock.RUnlock()
	if err != nil {
		tb.Fatal(err)
	}
	if err := os.Rename(next, c.program); err != nil {
		tb.Fatal(err)
	}
}

// command runs one of the program's commands where the server runs.
func (c *cluster) command(args ...string) (string, error) {
	cmd := exec.Command(c.commands, args...)
	cmd.Dir, cmd.Env = c.dir, environment()
	text, err := cmd.CombinedOutput()
	return string(text), err
}

// must is command for those that have to succeed.
func (c *cluster) must(tb testing.TB, args ...string) string {
	tb.Helper()
	text, err := c.command(args...)
	if err != nil {
		tb.Fatalf("board %s: %v\n%s\n%s", strings.Join(args, " "), err, text, c.log)
	}
	return text
}

func (c *cluster) status(tb testing.TB) (s clusterStatus) {
	tb.Helper()
	if err := json.Unmarshal([]byte(c.must(tb, "status", "--json")), &s); err != nil {
		tb.Fatal(err)
	}
	return s
}

// awaitStatus asks for the status until it is as it should be.
func (c *cluster) awaitStatus(t *testing.T, what string, ok func(clusterStatus) bool) (s clusterStatus) {
	t.Helper()
	for end := time.Now().Add(deadline); time.Now().Before(end); {
		if s = c.status(t); ok(s) {
			return s
		}
	}
	t.Fatalf("%s did not come: %+v\n%s", what, s, c.log)
	return s
}

func (c *cluster) ready(t *testing.T) clusterStatus {
	t.Helper()
	return c.awaitStatus(t, "all workers", clusterStatus.allReady)
}

func signalTo(t *testing.T, pid int, sig syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(pid, sig); err != nil {
		t.Fatalf("signal %v to %d: %v", sig, pid, err)
	}
}
