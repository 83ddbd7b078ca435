//go:build unix

package e2e

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestWorkersKilled kills one worker after the other under load: only what is in flight in it fails, and it has a
// successor soon. CLUSTER_KILLS says how many, CLUSTER_READY_MS within which time they have to be ready again.
func TestWorkersKilled(t *testing.T) {
	c := startCluster(t, "4")
	tr := startTraffic(c.url, 300, newConnections, keptPOST)
	var killed []time.Time
	var took []time.Duration
	for i := range number(t, "CLUSTER_KILLS", 8) {
		victim := c.settled(t, i%4)
		killed = append(killed, time.Now())
		signalTo(t, victim.PID, syscall.SIGKILL)
		next := c.awaitStatus(t, "a successor", func(s clusterStatus) bool { return s.allReady() && s.Workers[i%4].PID != victim.PID }).Workers[i%4]
		took = append(took, time.Since(killed[i]))
		if next.LastExit != "killed, out of memory?" || next.Restarts != victim.Restarts+1 {
			t.Errorf("after %+v comes %+v", victim, next)
		}
	}
	tr.stop(t)
	for name, o := range tr.outcomes {
		for _, f := range o.failures {
			if !slices.ContainsFunc(killed, f.during) {
				t.Errorf("%s: a request of %v failed, and nobody was killed then: %s", name, f.began, f.why)
			}
		}
	}
	slices.Sort(took)
	p99 := took[(len(took)*99+99)/100-1]
	t.Logf("ready again after %v, p99 %v", took[len(took)/2], p99)
	if limit := time.Duration(number(t, "CLUSTER_READY_MS", 5000)) * time.Millisecond; p99 > limit {
		t.Errorf("ready again after %v; want %v", p99, limit)
	}
}

// during says that a request was in flight when a worker was killed, or that its client could not know of it yet.
func (f failure) during(killed time.Time) bool {
	return f.began.Before(killed.Add(50*time.Millisecond)) && f.ended.After(killed)
}

// settled waits until the worker of a slot has been ready for a second.
func (c *cluster) settled(t *testing.T, slot int) workerStatus {
	t.Helper()
	return c.awaitStatus(t, "a worker that has been ready for a second", func(s clusterStatus) bool {
		return s.allReady() && time.Since(s.Workers[slot].Started) > 2*time.Second
	}).Workers[slot]
}

// TestASlotThatCrashes kills the workers of one slot as soon as they are there: the others notice nothing.
func TestASlotThatCrashes(t *testing.T) {
	c := startCluster(t, "3")
	tr := startTraffic(c.url, 300, newConnections)
	var killed []time.Time
	for end := time.Now().Add(time.Duration(number(t, "CLUSTER_CRASH_SECONDS", 5)) * time.Second); time.Now().Before(end); {
		for _, w := range c.status(t).Workers {
			if w.Slot == 1 && syscall.Kill(w.PID, syscall.SIGKILL) == nil {
				killed = append(killed, time.Now())
			}
		}
	}
	tr.stop(t)
	o := tr.outcomes[newConnections.name]
	for _, f := range o.failures {
		if !slices.ContainsFunc(killed, f.during) {
			t.Errorf("a request failed, and nobody was killed then: %s", f.why)
		}
	}
	if n := len(o.slow); n > 0 {
		t.Errorf("%d requests took more than %s", n, patience)
	}
	if len(killed) < 3 || len(killed) > 40 {
		t.Errorf("%d workers were started in the slot; want a few, less and less often", len(killed))
	}
}

// TestAStoppedWorker stops a worker: next to nobody waits for it, and it is replaced.
func TestAStoppedWorker(t *testing.T) {
	c := startCluster(t, "3")
	tr := startTraffic(c.url, 300, newConnections)
	victim := c.settled(t, 1)
	signalTo(t, victim.PID, syscall.SIGSTOP)
	stopped := time.Now() // what it was asked before waits with it
	next := c.awaitStatus(t, "another worker", func(s clusterStatus) bool { return s.allReady() && s.Workers[1].PID != victim.PID }).Workers[1]
	tr.stop(t)
	if next.Restarts != 1 {
		t.Errorf("it is %+v", next)
	}
	o := tr.outcomes[newConnections.name]
	if n := o.slowSince(stopped); n > 3 {
		t.Errorf("%d requests took more than %s", n, patience)
	}
	if len(o.failures) > len(o.slow) {
		t.Errorf("%d requests failed, of which %d waited", len(o.failures), len(o.slow))
	}
	if !strings.Contains(c.log.String(), "worker is stuck") {
		t.Error("the log does not say that it was stuck")
	}
}

// TestLauncherKilled: idle workers end at once, and a new launcher serves on the same port.
func TestLauncherKilled(t *testing.T) {
	c := startCluster(t, "2", "LAME_DUCK=30s")
	workers := c.status(t).pids()
	c.do(t, "GET", "/healthz", nil).want(t, http.StatusOK) // leaves an idle connection
	signalTo(t, c.cmd.Process.Pid, syscall.SIGKILL)
	killed := time.Now()
	c.restart(t, "WORKERS=2", "ADDR="+strings.TrimPrefix(c.url, "http://"))
	c.do(t, "GET", "/healthz", nil).want(t, http.StatusOK)
	t.Logf("served again after %v", time.Since(killed).Round(time.Millisecond))
	c.awaitThat(t, "the end of the workers", time.Second, func() bool { return !slices.ContainsFunc(workers, alive) })
}

// TestLauncherKilledInFlight: what is in flight is answered all the same.
func TestLauncherKilledInFlight(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2")
	c.logInOnce(t)
	body := `{"title": "In flight", "body": "when the launcher was killed"}`
	conn, answers := half(t, c.server, body)
	signalTo(t, c.cmd.Process.Pid, syscall.SIGKILL)
	refusesConnections(t, c.server)
	if _, err := io.WriteString(conn, body[len(body)/2:]); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(answers, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := read("POST /v1/posts", res)
	if err != nil {
		t.Fatal(err)
	}
	answer.want(t, http.StatusCreated)
}

// alive says that a process runs: one that has ended may still wait for its parent to look.
func alive(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	return !strings.HasPrefix(rest, "Z")
}

// TestBadRelease puts programs in place that are none: nobody notices, but whoever reloads.
func TestBadRelease(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ program, want string }{
		"crashes":     {"#!/bin/sh\nexit 3\n", "the new worker ended: exit status 3; 0 of 2 workers were replaced"},
		"never ready": {"#!/bin/sh\nexec sleep 100\n", "the new worker was not ready within 30s; 0 of 2 workers were replaced"},
		"no program":  {"nonsense", "exec format error; 0 of 2 workers were replaced"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := startCluster(t, "2")
			was := c.ready(t)
			tr := startTraffic(c.url, 200, newConnections, keptPOST)
			c.releaseText(t, []byte(test.program))
			text, err := c.command("reload")
			if err == nil || !strings.Contains(text, test.want) || strings.Count(text, "\n") != 1 {
				t.Errorf("reload says %q (%v); want %s", text, err, test.want)
			}
			tr.awaitAsked(t, 200)
			if failed := tr.stop(t); failed > 0 {
				t.Errorf("%d requests failed", failed)
			}
			if is := c.ready(t); !slices.Equal(is.pids(), was.pids()) {
				t.Errorf("the workers were %v, and are %v", was.pids(), is.pids())
			}
		})
	}
}

// TestAWorkerComesBackAsItWas: a crash rolls nothing out, neither a release that was refused nor that its file is gone.
func TestAWorkerComesBackAsItWas(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2")
	for name, spoil := range map[string]func(){
		"a refused release": func() {
			c.releaseText(t, []byte("#!/bin/sh\nexit 4\n"))
			if text, err := c.command("reload"); err == nil || !strings.Contains(text, "exit status 4; 0 of 2 workers were replaced") {
				t.Errorf("reload says %s, %v", text, err)
			}
		},
		"no program": func() {
			if err := os.Remove(c.program); err != nil {
				t.Fatal(err)
			}
		},
	} {
		spoil()
		victim := c.settled(t, 1)
		signalTo(t, victim.PID, syscall.SIGKILL)
		c.awaitStatus(t, "a successor after "+name, func(s clusterStatus) bool { return s.allReady() && s.Workers[1].PID != victim.PID })
		c.release(t, c.commands)
	}
	c.must(t, "reload")
}
