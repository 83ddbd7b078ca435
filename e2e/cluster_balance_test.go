package e2e

import (
	"crypto/tls"
	"net/http"
	"sync"
	"testing"
)

// TestShortConnectionsAreSpread: each worker gets its share of ten thousand.
func TestShortConnectionsAreSpread(t *testing.T) {
	const connections, clients = 10_000, 16
	c := startCluster(t, "4")
	before := c.status(t)
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			client := &http.Client{Transport: newConnections.client(), Timeout: deadline}
			for range connections / clients {
				if why := newConnections.ask(client, c.url); why != "" {
					t.Error(why)
					return
				}
			}
		})
	}
	all.Wait()
	after := c.status(t)
	least, most := int64(connections), int64(0)
	for i, w := range after.Workers {
		n := w.Requests - before.Workers[i].Requests
		least, most = min(least, n), max(most, n)
	}
	t.Logf("between %d and %d a worker", least, most)
	if float64(most) > 1.15*float64(least) {
		t.Errorf("between %d and %d of %d connections a worker; want 1.15 at most", least, most, connections)
	}
}

// TestLongConnectionsAreSpread opens connections that stay.
func TestLongConnectionsAreSpread(t *testing.T) {
	c := startCluster(t, "4")
	var all []*http.Transport
	for _, test := range []struct {
		connections int
		ratio       float64
	}{{16, 16}, {64, 1.3}} {
		for len(all) < test.connections {
			transport := &http.Transport{}
			t.Cleanup(transport.CloseIdleConnections)
			all = append(all, transport)
			if why := newConnections.ask(&http.Client{Transport: transport, Timeout: deadline}, c.url); why != "" {
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
}

// TestResumptionAcrossWorkers: who comes back need not shake hands anew, whichever worker it meets, before and after
// a reload.
func TestResumptionAcrossWorkers(t *testing.T) {
	t.Parallel()
	const connections = 200
	c := startCluster(t, "4", "TLS=dev", "CAROOT=", "XDG_DATA_HOME="+t.TempDir())
	config := &tls.Config{InsecureSkipVerify: true, ClientSessionCache: tls.NewLRUClientSessionCache(1)}
	resumed := 0
	for i := range connections {
		if i == connections/2 {
			c.must(t, "reload")
		}
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: config, DisableKeepAlives: true}, Timeout: deadline}
		res, err := client.Get(c.url + "/healthz")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := read("GET /healthz", res); err != nil {
			t.Fatal(err)
		}
		if res.TLS.DidResume {
			resumed++
		}
	}
	t.Logf("%d of %d connections were resumed", resumed, connections)
	if resumed < connections-2 { // the first has nothing to resume
		t.Errorf("%d of %d connections were resumed", resumed, connections)
	}
}
