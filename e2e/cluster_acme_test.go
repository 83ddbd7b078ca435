package e2e

import (
	"crypto/x509"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestACMEWithWorkers: one worker obtains and renews, all show it, and those that start in a reload have it at once.
func TestACMEWithWorkers(t *testing.T) {
	t.Parallel()
	port, keep := freePort(t), t.TempDir()
	p := startPebble(t, freePort(t), port)
	c := startCluster(t, "2", "TLS=acme", "ACME_DOMAINS=board.test", "ACME_FOLDER="+keep,
		"ACME_DIRECTORY="+p.directory, "SSL_CERT_FILE="+p.rootCA, fmt.Sprintf("ADDR=127.0.0.1:%d", port))
	roots := p.roots(t)
	first := c.awaitShownByAll(t, roots, "", deadline)

	failures := make(chan error, 1)
	stop := make(chan struct{})
	go func() { failures <- c.keepShowing(roots, stop) }()
	c.must(t, "reload")
	close(stop)
	if err := <-failures; err != nil {
		t.Errorf("during a reload: %v", err)
	}
	second := c.awaitShownByAll(t, roots, first, 2*deadline)
	t.Logf("after %s comes %s", first, second)
	if log := c.log.String(); strings.Contains(log, "letsencrypt") {
		t.Errorf("another authority was asked:\n%s", log)
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
