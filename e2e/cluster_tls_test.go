//go:build unix

package e2e

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestCertificateSwapWithWorkers: all workers show a new certificate, and none a bad one, also those that come after it.
func TestCertificateSwapWithWorkers(t *testing.T) {
	ca, dir := newAuthority(t), t.TempDir()
	first := ca.issueTo(t, dir)
	c := startCluster(t, "2", append(settingsIn(dir), "VALIDATE_RESPONSES=false")...)
	c.trust(ca.pool())
	began := time.Now()
	l := startLoad(c.server, ca.pool(), 500)
	second := ca.issueTo(t, dir)
	if shown := c.awaitShownByAll(t, ca.pool(), first, 15*time.Second); shown != second {
		t.Errorf("clients see %s, want %s", shown, second)
	}
	certificate, _, _ := ca.issue(t)
	writeFile(t, filepath.Join(dir, "tls.crt"), certificate) // with the key of another
	c.awaitThat(t, "the complaint of each worker", 15*time.Second, func() bool {
		return strings.Count(c.log.String(), "the certificate in use stays") == 2
	})
	if shown := c.awaitShownByAll(t, ca.pool(), first, deadline); shown != second {
		t.Errorf("after a bad certificate clients see %s, want %s", shown, second)
	}
	l.end(t, time.Since(began))
	victim := c.settled(t, 0)
	signalTo(t, victim.PID, syscall.SIGKILL)
	c.awaitStatus(t, "a successor", func(s clusterStatus) bool { return s.allReady() && s.Workers[0].PID != victim.PID })
	if shown := c.awaitShownByAll(t, ca.pool(), first, deadline); shown != second {
		t.Errorf("with a worker that came back beside a bad certificate clients see %s, want %s", shown, second)
	}
}

// TestDevCAOfManyWorkers starts workers that find no CA: they all have the same one then.
func TestDevCAOfManyWorkers(t *testing.T) {
	t.Parallel()
	for range 10 {
		data := t.TempDir()
		c := startCluster(t, "4", "TLS=dev", "CAROOT=", "XDG_DATA_HOME="+data, "LAME_DUCK=0s")
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM([]byte(readFile(t, filepath.Join(data, "board", "ca", "rootCA.pem"))))
		if met := c.meetAll(t, &tls.Config{RootCAs: roots, ServerName: "localhost"}, 4); met != 4 {
			t.Errorf("clients met %d certificates, want one of each worker", met)
		}
		if made, err := filepath.Glob(filepath.Join(data, "board", "*")); err != nil || len(made) != 1 {
			t.Errorf("the folder holds %v (%v)", made, err)
		}
		c.must(t, "stop")
	}
}

// meetAll opens connections, and keeps them open so that each next one goes to who has fewest, until they have shown
// so many certificates or the deadline is over. It returns how many it met.
func (c *cluster) meetAll(t *testing.T, config *tls.Config, workers int) int {
	t.Helper()
	serials := map[string]bool{}
	for end := time.Now().Add(deadline); len(serials) < workers && time.Now().Before(end); {
		conn, err := tls.Dial("tcp", c.host(), config)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		serials[serialOf(conn.ConnectionState().PeerCertificates[0])] = true
		time.Sleep(time.Millisecond)
	}
	return len(serials)
}

// TestResumptionAcrossWorkers: who comes back need not shake hands anew, whichever worker it meets, before and after
// a reload.
func TestResumptionAcrossWorkers(t *testing.T) {
	t.Parallel()
	const connections = 200
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		t.Run(tls.VersionName(version), func(t *testing.T) {
			t.Parallel()
			c := startCluster(t, "4", "TLS=dev", "CAROOT=", "XDG_DATA_HOME="+t.TempDir())
			config := &tls.Config{InsecureSkipVerify: true, MaxVersion: version, ClientSessionCache: tls.NewLRUClientSessionCache(1)}
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
		})
	}
}

// TestRedirectsWithWorkers: there is always a worker that redirects.
func TestRedirectsWithWorkers(t *testing.T) {
	t.Parallel()
	redirect := freePort(t)
	c := startCluster(t, "2", "TLS=dev", "CAROOT=", "XDG_DATA_HOME="+t.TempDir(), fmt.Sprintf("REDIRECT_ADDR=127.0.0.1:%d", redirect))
	plain := &server{url: fmt.Sprintf("http://127.0.0.1:%d", redirect), client: &http.Client{
		Transport: newConnections.client(), CheckRedirect: noRedirect, Timeout: deadline,
	}}
	stop, redirected := make(chan struct{}), make(chan int)
	go func() {
		n := 0
		for {
			select {
			case <-stop:
				redirected <- n
				return
			default:
			}
			r, err := plain.try("GET", "/v1/posts", nil)
			if err != nil || r.status != http.StatusPermanentRedirect || r.header.Get("Location") != c.url+"/v1/posts" {
				t.Errorf("after %d: %v, %v", n, r, err)
			}
			n++
		}
	}()
	c.must(t, "reload")
	close(stop)
	if n := <-redirected; n < 10 {
		t.Errorf("there were %d redirects only", n)
	}
}

// TestMutualTLSWithWorkers: no worker takes a client that no CA vouches for, nor one of a CA that is trusted no longer.
func TestMutualTLSWithWorkers(t *testing.T) {
	t.Parallel()
	ca, clients, others, dir := newAuthority(t), newAuthority(t), newAuthority(t), t.TempDir()
	ca.issueTo(t, dir)
	trusted := filepath.Join(dir, "clients.pem")
	writeFile(t, trusted, pemText("CERTIFICATE", clients.certificate.Raw))
	c := startCluster(t, "2", append(settingsIn(dir), "TLS_CLIENT_CA="+trusted)...)
	mine, theirs := clients.issueToClient(t), others.issueToClient(t)
	served := func(certificates ...tls.Certificate) (n int) {
		for range 20 {
			transport := &http.Transport{
				DisableKeepAlives: true,
				TLSClientConfig:   &tls.Config{RootCAs: ca.pool(), ServerName: "board.test", Certificates: certificates},
			}
			if newConnections.ask(&http.Client{Transport: transport, Timeout: deadline}, c.url) == "" {
				n++
			}
		}
		return n
	}
	if all, none, foreign := served(mine), served(), served(theirs); all != 20 || none != 0 || foreign != 0 {
		t.Errorf("of 20 clients with a certificate %d are served, without one %d, with a foreign one %d", all, none, foreign)
	}
	writeFile(t, trusted, pemText("CERTIFICATE", others.certificate.Raw))
	c.awaitThat(t, "the new CA of clients in all workers", 15*time.Second, func() bool { return served(theirs) == 20 })
	if old := served(mine); old != 0 {
		t.Errorf("%d of 20 clients of the CA before are served", old)
	}
}

// issueToClient returns a certificate that a client shows.
func (a authority) issueToClient(t *testing.T) tls.Certificate {
	t.Helper()
	key := newKey(t)
	leaf := signed(t, &x509.Certificate{
		Subject:     pkix.Name{CommonName: "client"},
		NotAfter:    time.Now().Add(time.Hour),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}, a.certificate, key, a.key)
	return tls.Certificate{Certificate: [][]byte{leaf.Raw}, PrivateKey: key}
}
