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
	c := startCluster(t, "2", "TLS=dev", "CAROOT=", "XDG_DATA_HOME="+t.TempDir())
	if failed := reloads(t, c, http2GET); failed > 0 {
		t.Errorf("%d requests failed", failed)
	}
}

// TestHTTP2POSTsDuringReloads measures what is lost of that which no client may send again: a server says in one frame
// that it leaves and which request was the last that it took, and a request on its way just then is not among them.
func TestHTTP2POSTsDuringReloads(t *testing.T) {
	c := startCluster(t, "2", "TLS=dev", "CAROOT=", "XDG_DATA_HOME="+t.TempDir())
	if failed := reloads(t, c, http2POST); failed > 4*number(t, "CLUSTER_RELOADS", 3) {
		t.Errorf("%d requests failed", failed)
	}
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
	})
})

// TestShutdownAloneLosesRequests holds that the tests above can fail.
func TestShutdownAloneLosesRequests(t *testing.T) {
	program, err := shutdownOnly()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("CLUSTER_RATE", "20000") // as fast as they can: the moment between two requests is what it gets wrong
	if failed := reloads(t, startClusterOf(t, program, "2"), newConnections, keptPOST); failed == 0 {
		t.Error("no request failed")
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
