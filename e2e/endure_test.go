//go:build unix

package e2e

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	rounds       = 3
	quietLasts   = time.Second
	goodInterval = 4 * time.Millisecond
	// noise is what other work on two cores makes of the 99th percentile without any attack.
	noise = 20 * time.Millisecond
)

// ordeal is what an attack did to a server: the least of several rounds, because all else that the
// machine does only adds.
type ordeal struct {
	quiet, attacked time.Duration // 99th percentile of what a good client waits
	growth          int64         // bytes of resident memory
}

func (o ordeal) suffered(a attack) bool {
	return o.attacked > max(2*o.quiet, noise) || o.growth > a.memory
}

func (o ordeal) String() string {
	return fmt.Sprintf("p99 %v, %v when attacked, %d MiB more memory", o.quiet, o.attacked, o.growth>>20)
}

// endure attacks a server of its own, between times of quiet.
func endure(t *testing.T, a attack, program func() (string, error), rounds int) ordeal {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	// Without GOGC a small heap grows to its 16 MB by anybody's requests, and what an attacker adds would not show.
	s := spawn(t, path, t.TempDir(), "GOGC=100", "TRUSTED_PROXIES=127.0.0.1", "LOG_LEVEL=info", "VALIDATE_RESPONSES=false")
	s.await(t)
	s.waits(quietLasts) // Warm.
	before := s.memory(t)
	var quiet, attacked []time.Duration
	var peak int64
	for range rounds {
		quiet = append(quiet, s.waits(quietLasts))
		ctx, stop := context.WithCancel(t.Context())
		attackers := a.launch(ctx, s)
		attacked = append(attacked, s.waits(a.lasts))
		peak = max(peak, s.memory(t))
		stop()
		attackers.Wait()
	}
	return ordeal{slices.Min(quiet), slices.Min(attacked), peak - before}
}

// waits is the 99th percentile of what a client waits that asks now and then. A request that fails
// counts as one that took as long as the client would wait.
func (s *server) waits(lasts time.Duration) time.Duration {
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	var all []time.Duration
	for end := time.Now().Add(lasts); time.Now().Before(end); time.Sleep(goodInterval) {
		start := time.Now()
		response, err := client.Get(s.url + "/v1/posts")
		if err != nil || response.Body.Close() != nil || response.StatusCode != http.StatusOK {
			all = append(all, client.Timeout)
			continue
		}
		all = append(all, time.Since(start))
	}
	slices.Sort(all)
	return all[len(all)*99/100]
}

// memory is what the process has resident.
func (s *server) memory(t *testing.T) int64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		t.Skipf("only Linux says how much memory a process has: %v", err)
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kilobytes, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return kilobytes << 10
		}
	}
	t.Fatalf("no VmRSS in %s", text)
	return 0
}
