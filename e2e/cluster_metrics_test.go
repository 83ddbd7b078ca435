//go:build unix

package e2e

import (
	"bytes"
	"net/http"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestClusterMetrics: the counters of all workers are summed, and never run backwards when one dies or is replaced.
func TestClusterMetrics(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2", "ADMIN_ADDR=127.0.0.1:0")
	admin := c.admin()
	was := 0
	for i, happens := range []func(){
		func() {},
		func() { signalTo(t, c.settled(t, 1).PID, syscall.SIGKILL); c.ready(t) },
		func() { c.must(t, "reload") },
		func() { c.must(t, "scale", "1") },
	} {
		for range 10 {
			newConnections.ask(&http.Client{Transport: newConnections.client()}, c.url)
		}
		if is := admin.counted(t); is != was+10 {
			t.Errorf("step %d: %d requests were counted, want %d", i, is, was+10)
		} else {
			was = is
		}
		happens()
		if is := admin.counted(t); is != was {
			t.Errorf("step %d: %d requests have become %d", i, was, is)
		}
	}
}

// admin is what the launcher serves for its operator.
func (c *cluster) admin() *server {
	_, line, _ := strings.Cut(c.log.String(), "serving metrics and profiles")
	_, line, _ = strings.Cut(line, "url=")
	return &server{url: strings.Fields(line)[0], client: http.DefaultClient}
}

// TestMetricsTellWorkersApart: an operator sees which worker is slow or idle.
func TestMetricsTellWorkersApart(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2", "ADMIN_ADDR=127.0.0.1:0")
	for range 40 {
		newConnections.ask(&http.Client{Transport: newConnections.client()}, c.url)
	}
	if by := c.admin().countedBy(t); len(by) != 2 || by["0"] == 0 || by["1"] == 0 || by["0"]+by["1"] != 40 {
		t.Errorf("of 40 requests the workers counted %v", by)
	}
}

// TestSumsNeverRunBackwards asks for metrics again and again while workers die with what they have not reported.
func TestSumsNeverRunBackwards(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "3", "ADMIN_ADDR=127.0.0.1:0")
	admin := c.admin()
	tr := startTraffic(c.url, 300, newConnections)
	was := 0
	for kill := range 3 {
		victim := c.settled(t, kill).PID
		signalTo(t, victim, syscall.SIGKILL)
		for range 20 {
			is := admin.counted(t)
			if is < was {
				t.Errorf("%d requests have become %d", was, is)
			}
			was = is
		}
	}
	tr.stop(t)
	if was == 0 {
		t.Error("nothing was counted")
	}
}

// TestProfiles: the launcher has its own, and leads to those of its workers.
func TestProfiles(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2", "ADMIN_ADDR=127.0.0.1:0")
	admin := c.admin()
	const goroutines = "/debug/pprof/goroutine?debug=2"
	contains := func(path string, status int, want string) {
		t.Helper()
		if text := string(admin.do(t, "GET", path, nil).want(t, status).body); !strings.Contains(text, want) {
			t.Errorf("%s says %.1000s; want %s", path, text, want)
		}
	}
	contains("/debug/pprof/", http.StatusOK, "goroutine?debug=1")
	contains(goroutines, http.StatusOK, "cluster.Launch(")
	for _, slot := range []string{"/workers/0", "/workers/1"} {
		contains(slot+"/debug/pprof/", http.StatusOK, "goroutine?debug=1")
		contains(slot+goroutines, http.StatusOK, "(*Worker).beat(")
		contains(slot+"/debug/pprof/profile?seconds=1", http.StatusOK, "\x1f\x8b")
		contains(slot+"/metrics", http.StatusOK, "go_goroutines")
	}
	contains("/workers/2"+goroutines, http.StatusNotFound, "worker 2 is not running")
	contains("/workers/x/metrics", http.StatusNotFound, `"x" is no slot of a worker`)

	signalTo(t, c.settled(t, 1).PID, syscall.SIGKILL)
	c.ready(t)
	contains("/workers/1"+goroutines, http.StatusOK, "(*Worker).beat(")
	c.must(t, "reload")
	contains("/workers/0"+goroutines, http.StatusOK, "(*Worker).beat(")
	if left, err := filepath.Glob(filepath.Join(c.dir, ".run", "*.sock")); err != nil || len(left) != 3 {
		t.Errorf("there are the sockets %v (%v), and two workers with a launcher", left, err)
	}
}

// counted is how many lists of posts were asked for, of all workers.
func (s *server) counted(t *testing.T) (n int) {
	t.Helper()
	for _, ofOne := range s.countedBy(t) {
		n += ofOne
	}
	return n
}

// countedBy is how many lists of posts each worker was asked for.
func (s *server) countedBy(t *testing.T) map[string]int {
	t.Helper()
	counts := map[string]int{}
	for line := range bytes.Lines(s.do(t, "GET", "/metrics", nil).want(t, http.StatusOK).body) {
		found := listsCounted.FindSubmatch(line)
		if found == nil {
			continue
		}
		n, err := strconv.Atoi(string(found[2]))
		if err != nil {
			t.Fatal(err)
		}
		counts[string(found[1])] = n
	}
	return counts
}

var listsCounted = regexp.MustCompile(`^http_request_duration_seconds_count\{method="GET",route="/v1/posts",status="200",worker="([0-9]+)"\} ([0-9]+)\n`)
