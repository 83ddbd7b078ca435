//go:build unix

package e2e

import (
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// startACMECluster serves board.test on port with two workers and certificates of p; the folder keep has the keys.
func startACMECluster(t *testing.T, p pebble, keep string, port int, env ...string) *cluster {
	t.Helper()
	return startCluster(t, "2", append(env, "TLS=acme", "ACME_DOMAINS=board.test", "ACME_FOLDER="+keep,
		"ACME_DIRECTORY="+p.directory, "SSL_CERT_FILE="+p.rootCA, fmt.Sprintf("ADDR=127.0.0.1:%d", port))...)
}

// TestACMEWithWorkers: the launcher obtains and renews, all workers show it, and those that start in a reload have it
// at once.
func TestACMEWithWorkers(t *testing.T) {
	t.Parallel()
	port, keep := freePort(t), t.TempDir()
	p := startPebble(t, freePort(t), port)
	c := startACMECluster(t, p, keep, port)
	roots := p.roots(t)
	first := c.awaitShownByAll(t, roots, "", deadline)
	p.wantAsked(t, 1)

	failures := make(chan error, 1)
	stop := make(chan struct{})
	go func() { failures <- c.keepShowing(roots, stop) }()
	c.must(t, "reload")
	close(stop)
	if err := <-failures; err != nil {
		t.Errorf("during a reload: %v", err)
	}
	signalTo(t, c.ready(t).Workers[1].PID, syscall.SIGKILL)
	second := c.awaitShownByAll(t, roots, first, 2*deadline)
	p.wantAsked(t, 2)
	t.Logf("after %s comes %s", first, second)
	log := c.log.String()
	if strings.Contains(log, "letsencrypt") {
		t.Errorf("another authority was asked:\n%s", log)
	}
	if n := strings.Count(log, "asking for certificates"); n != 1 {
		t.Errorf("%d processes ask for certificates, want 1", n)
	}
}

// TestACMEWorkersKilled kills all workers while the authority waits for them to answer its challenge.
func TestACMEWorkersKilled(t *testing.T) {
	t.Parallel()
	for _, challenge := range []string{"HTTP-01", "TLS-ALPN-01"} {
		t.Run(challenge, func(t *testing.T) {
			t.Parallel()
			port, redirect, dead, keep := freePort(t), freePort(t), freePort(t), t.TempDir()
			calls := newDetour(t)
			ports, answers := [2]int{dead, calls.port}, port
			if challenge == "HTTP-01" {
				ports, answers = [2]int{calls.port, dead}, redirect
			}
			p := startPebble(t, ports[0], ports[1])
			c := startACMECluster(t, p, keep, port, fmt.Sprintf("REDIRECT_ADDR=127.0.0.1:%d", redirect))
			select {
			case <-calls.called:
			case <-time.After(deadline):
				t.Fatal("the authority does not call back")
			}
			for _, pid := range c.status(t).pids() {
				signalTo(t, pid, syscall.SIGKILL)
			}
			calls.lead <- answers
			c.awaitShownByAll(t, p.roots(t), "", deadline)
		})
	}
}

// detour is a port whose connections are led to another, once it is known which.
type detour struct {
	port   int
	called chan struct{} // closed with the first connection
	lead   chan int      // where to, once
}

func newDetour(t *testing.T) *detour {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	d := &detour{listener.Addr().(*net.TCPAddr).Port, make(chan struct{}), make(chan int, 1)}
	go d.run(listener)
	return d
}

func (d *detour) run(listener net.Listener) {
	target := sync.OnceValue(func() string {
		close(d.called)
		return fmt.Sprintf("127.0.0.1:%d", <-d.lead)
	})
	for {
		from, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer from.Close()
			to, err := net.Dial("tcp", target())
			if err != nil {
				return
			}
			defer to.Close()
			go func() { _, _ = io.Copy(to, from) }()
			_, _ = io.Copy(from, to)
		}()
	}
}

var counted = regexp.MustCompile(`There are now (\d+) (accounts|orders)`)

// wantAsked holds how often the authority was asked for a certificate, by one account.
func (p pebble) wantAsked(t *testing.T, orders int) {
	t.Helper()
	got := map[string]string{}
	for _, match := range counted.FindAllStringSubmatch(p.log.String(), -1) {
		got[match[2]] = match[1]
	}
	if got["accounts"] != "1" || got["orders"] != fmt.Sprint(orders) {
		t.Errorf("the authority counts %v, want 1 account and %d orders", got, orders)
	}
}

// awaitShownByAll waits until many clients in a row see the same certificate, which is not old.
func (c *cluster) awaitShownByAll(t *testing.T, roots *x509.CertPool, old string, limit time.Duration) (serial string) {
	t.Helper()
	const many = 30
	c.awaitThat(t, "one certificate of all workers", limit, func() bool {
		serial = ""
		for range many {
			now, err := c.shown(roots)
			if err != nil || now == old || serial != "" && now != serial {
				return false
			}
			serial = now
		}
		return true
	})
	return serial
}

// keepShowing shakes hands until stop is closed, or one fails.
func (c *cluster) keepShowing(roots *x509.CertPool, stop <-chan struct{}) error {
	for {
		select {
		case <-stop:
			return nil
		default:
			if _, err := c.shown(roots); err != nil {
				return err
			}
		}
	}
}
