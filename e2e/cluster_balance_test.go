//go:build unix

package e2e

import (
	"crypto/tls"
	"net/http"
	"sync"
	"testing"
)

// eachScheme runs a test with four workers over HTTP and over HTTPS.
func eachScheme(t *testing.T, test func(t *testing.T, c *cluster)) {
	t.Helper()
	t.Run("HTTP", func(t *testing.T) { test(t, startCluster(t, "4")) })
	t.Run("HTTPS", func(t *testing.T) {
		test(t, startCluster(t, "4", "TLS=dev", "CAROOT=", "XDG_DATA_HOME="+t.TempDir()))
	})
}

// newClient has connections of its own, one for each request or one that it keeps. Whom to trust is the subject of
// other tests.
func newClient(t *testing.T, keeps bool) *http.Client {
	t.Helper()
	transport := &http.Transport{DisableKeepAlives: !keeps, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: deadline}
}

// TestShortConnectionsAreSpread: each worker gets its share of ten thousand.
func TestShortConnectionsAreSpread(t *testing.T) {
	eachScheme(t, func(t *testing.T, c *cluster) {
		t.Helper()
		const connections, ratio = 10_000, 1.15
		least, most := c.spread(t, connections)
		for try := 0; try < 2 && float64(most) > ratio*float64(least); try++ { // the machine may keep one worker waiting
			least, most = c.spread(t, connections)
		}
		if float64(most) > ratio*float64(least) {
			t.Errorf("between %d and %d of %d connections a worker; want %v at most", least, most, connections, ratio)
		}
	})
}

// spread opens short connections, and returns how many the workers got at least and at most.
func (c *cluster) spread(t *testing.T, connections int) (least, most int64) {
	t.Helper()
	const clients = 16
	before := c.status(t)
	var all sync.WaitGroup
	for range clients {
		client := newClient(t, false)
		all.Go(func() {
			for range connections / clients {
				if why := newConnections.ask(client, c.url); why != "" {
					t.Error(why)
					return
				}
			}
		})
	}
	all.Wait()
	least = int64(connections)
	for i, w := range c.status(t).Workers {
		n := w.Requests - before.Workers[i].Requests
		least, most = min(least, n), max(most, n)
	}
	t.Logf("between %d and %d a worker", least, most)
	return least, most
}

// TestLongConnectionsAreSpread opens connections that stay.
func TestLongConnectionsAreSpread(t *testing.T) {
	eachScheme(t, func(t *testing.T, c *cluster) {
		t.Helper()
		open := 0
		for _, test := range []struct {
			connections int
			ratio       float64
		}{{16, 16}, {64, 1.3}} {
			for ; open < test.connections; open++ {
				if why := newConnections.ask(newClient(t, true), c.url); why != "" {
					t.Fatal(why)
				}
			}
			s := c.status(t)
			least, most := test.connections, 0
			for _, w := range s.Workers {
				least, most = min(least, w.Connections), max(most, w.Connections)
			}
			t.Logf("of %d connections between %d and %d a worker", test.connections, least, most)
			if least == 0 || float64(most) > test.ratio*float64(least) {
				t.Errorf("of %d connections the workers have %+v", test.connections, s.Workers)
			}
		}
	})
}
