//go:build unix

package e2e

import (
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
)

// reloads replaces all workers a few times under load, and returns how many requests failed. CLUSTER_RELOADS says
// how often, CLUSTER_RATE how many requests a second there are of each kind.
func reloads(t *testing.T, c *cluster, kinds ...kind) (failed int) {
	t.Helper()
	tr := startTraffic(c.url, number(t, "CLUSTER_RATE", 300), kinds...)
	for range number(t, "CLUSTER_RELOADS", 3) {
		was := c.status(t).pids()
		c.must(t, "reload")
		is := c.status(t)
		if len(is.Draining) > 0 || slices.ContainsFunc(is.pids(), func(pid int) bool { return slices.Contains(was, pid) }) {
			t.Errorf("after the reload there is still one of the workers %v: %+v", was, is)
		}
	}
	return tr.stop(t)
}

func TestReloadsLoseNothing(t *testing.T) {
	c := startCluster(t, "2")
	if failed := reloads(t, c, newConnections, keptPOST); failed > 0 {
		t.Errorf("%d requests failed", failed)
	}
}

func TestReloadsLoseNothingOverHTTP2(t *testing.T) {
	c := startCluster(t, "2", overTLS(t)...)
	if failed := reloads(t, c, http2GET, http2POST, http2OnceGET, http2OncePOST); failed > 0 {
		t.Errorf("%d requests failed", failed)
	}
}

func overTLS(tb testing.TB) (env []string) {
	tb.Helper()
	return []string{"TLS=dev", "CAROOT=", "XDG_DATA_HOME=" + tb.TempDir()}
}

// shutdownOnly is the reference server with workers that leave by http.Server.Shutdown alone.
var shutdownOnly = sync.OnceValues(func() (string, error) {
	web, err := filepath.Abs(filepath.Join("..", "generated", "board", "internal", "web"))
	if err != nil {
		return "", err
	}
	return without([]protection{
		{filepath.Join(web, "listen.go"), "	s.draining.Store(true)\n", ""},
		{filepath.Join(web, "listen.go"), "	case <-time.After(s.config.LameDuck):\n", "	default:\n"},
		{filepath.Join(web, "farewell.go"), "	c.due = goAway\n", ""},
	})
})

// TestShutdownAloneLosesRequests holds that the tests above can fail, each kind of traffic by itself, but for clients
// of HTTP/2 that send again what a leaving server refuses. They ask as fast as they can: the moment between two
// requests is what Shutdown gets wrong.
func TestShutdownAloneLosesRequests(t *testing.T) {
	program, err := shutdownOnly()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("CLUSTER_RATE", "20000")
	for _, test := range []struct {
		kind
		env []string
	}{
		{newConnections, nil},
		{keptPOST, nil},
		{http2OnceGET, overTLS(t)},
		{http2OncePOST, overTLS(t)},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := startClusterOf(t, program, "2", test.env...)
			for range 10 {
				if reloads(t, c, test.kind) > 0 {
					return
				}
			}
			t.Error("no request failed")
		})
	}
}

// TestHangupReloads: a signal does what the command does.
func TestHangupReloads(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2")
	was := c.ready(t)
	signalTo(t, was.Launcher.PID, syscall.SIGHUP)
	c.awaitStatus(t, "other workers", func(s clusterStatus) bool {
		return s.allReady() && !slices.ContainsFunc(s.pids(), func(pid int) bool { return slices.Contains(was.pids(), pid) })
	})
}
