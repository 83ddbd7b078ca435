package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

// TestClusterMetrics: the counters of all workers are summed, and never run backwards when one dies or is replaced.
func TestClusterMetrics(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2", "ADMIN_ADDR=127.0.0.1:0")
	_, line, _ := strings.Cut(c.log.String(), "serving metrics")
	_, line, _ = strings.Cut(line, "url=")
	admin := &server{url: strings.Fields(line)[0], client: http.DefaultClient}
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

// counted is how many lists of posts were asked for.
func (s *server) counted(t *testing.T) (n int) {
	t.Helper()
	const of = `http_request_duration_seconds_count{method="GET",route="/v1/posts",status="200"} `
	_, rest, found := strings.Cut(string(s.do(t, "GET", "/metrics", nil).want(t, http.StatusOK).body), of)
	if _, err := fmt.Sscan(rest, &n); found && err != nil {
		t.Fatal(err)
	}
	return n
}
