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

func startClusterOf(t testing.TB, program, workers string, env ...string) *cluster {
	t.Helper()
	dir := t.TempDir()
	c := &cluster{dir: dir, program: filepath.Join(dir, "board"), commands: program}
	c.release(t, program)
	c.restart(t, append([]string{"WORKERS=" + workers, "LOG_LEVEL=info", "LAME_DUCK=1s"}, env...)...)
	return c
}

// restart starts the launcher, and stops it when the test ends: its workers outlive it by a moment if it is killed.
func (c *cluster) restart(t testing.TB, env ...string) {
	t.Helper()
	c.server = spawn(t, c.program, c.dir, env...)
	s := c.server
	t.Cleanup(func() {
		for range 2 {
			_ = s.cmd.Process.Signal(syscall.SIGTERM) // fails where it is gone already
		}
		select {
		case <-s.ended:
		case <-time.After(deadline):
			t.Errorf("the launcher does not end")
		}
	})
	c.await(t)
}

// release puts a copy of another program where workers are started from.
func (c *cluster) release(t testing.TB, program string) {
	t.Helper()
	text, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	c.releaseText(t, text)
}

func (c *cluster) releaseText(t testing.TB, text []byte) {
	t.Helper()
	next := c.program + ".next"
	if err := os.WriteFile(next, text, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, c.program); err != nil {
		t.Fatal(err)
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
func (c *cluster) must(t testing.TB, args ...string) string {
	t.Helper()
	text, err := c.command(args...)
	if err != nil {
		t.Fatalf("board %s: %v\n%s\n%s", strings.Join(args, " "), err, text, c.log)
	}
	return text
}

func (c *cluster) status(t testing.TB) (s clusterStatus) {
	t.Helper()
	if err := json.Unmarshal([]byte(c.must(t, "status", "--json")), &s); err != nil {
		t.Fatal(err)
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
