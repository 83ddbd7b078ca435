//go:build unix

package e2e

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const (
	slowConnections = 2000
	// slowLasts is longer than a client may take for the header of a request.
	slowLasts = 9 * time.Second
)

// TestSlowloris sends 2,000 requests that never end, each a header a second.
func TestSlowloris(t *testing.T) {
	bare, held := beSlow(t, unprotected)
	if held < slowConnections {
		t.Errorf("without protection the server lets %d connections go, and so this shows nothing: %v", slowConnections-held, bare)
	}
	here, left := beSlow(t, plain)
	if left > 0 {
		t.Errorf("%d connections are open after %v", left, slowLasts)
	}
	// There is no bound on connections: this is what they cost while they last.
	if here.suffered(attack{memory: 48 << 20}) {
		t.Errorf("the server suffers: %v", here)
	}
	t.Logf("without protection: %v, %d connections held; with: %v, %d held", bare, held, here, left)
}

// beSlow says how many connections are open in the end.
func beSlow(t *testing.T, program func() (string, error)) (ordeal, int) {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	s := spawn(t, path, t.TempDir(), "LOG_LEVEL=info", "VALIDATE_RESPONSES=false")
	s.await(t)
	s.waits(quietLasts) // Warm.
	o := ordeal{quiet: s.waits(quietLasts)}
	before := s.memory(t)
	var (
		open    atomic.Int64
		clients sync.WaitGroup
	)
	end := time.Now().Add(slowLasts)
	for range slowConnections {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		open.Add(1)
		clients.Go(func() {
			defer conn.Close()
			if !crawl(conn, end) {
				open.Add(-1)
			}
		})
	}
	o.attacked = s.waits(2 * time.Second)
	o.growth = s.memory(t) - before
	clients.Wait()
	return o, int(open.Load())
}

// crawl sends a header a second and says whether the server still listens in the end.
func crawl(conn net.Conn, end time.Time) bool {
	_, _ = io.WriteString(conn, "GET /v1/posts HTTP/1.1\r\nHost: board\r\n")
	for i := 0; time.Now().Before(end); i++ {
		if _, err := fmt.Fprintf(conn, "X-%d: slow\r\n", i); err != nil {
			return false
		}
		_ = conn.SetReadDeadline(time.Now().Add(time.Second))
		if _, err := conn.Read(make([]byte, 1)); err == nil || !isTimeout(err) {
			return false
		}
	}
	return true
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}
