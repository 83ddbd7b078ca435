//go:build unix

package e2e

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// unbalanced is the reference server with workers that keep all connections that they accept.
var unbalanced = sync.OnceValues(func() (string, error) {
	cluster, err := filepath.Abs(filepath.Join("..", "generated", "board", "internal", "cluster"))
	if err != nil {
		return "", err
	}
	return without([]protection{{filepath.Join(cluster, "page.go"), "return mine > fewest+1+fewest/8", "return false"}})
})

// BenchmarkCluster says what several processes cost and buy on the cores that there are, beside one process with all
// of them. CLUSTER_CORES says how many.
func BenchmarkCluster(b *testing.B) {
	cores := os.Getenv("CLUSTER_CORES")
	if cores == "" {
		cores = "2"
	}
	for _, servers := range []struct {
		name, workers string
		program       func() (string, error)
	}{
		{"one process", "1", plain},
		{cores + " processes", cores, plain},
		{cores + " processes that pass nothing on", cores, unbalanced},
	} {
		program, err := servers.program()
		if err != nil {
			b.Fatal(err)
		}
		for _, over := range []struct {
			name string
			kind kind
			env  []string
		}{
			{"64 kept connections", getOver(func() http.RoundTripper { return &http.Transport{} }), nil},
			{"short connections", newConnections, nil},
			{"64 over TLS", getOver(func() http.RoundTripper {
				return &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
			}), overTLS(b)},
			{"64 over HTTP 2", getOver(overHTTP2), overTLS(b)},
		} {
			b.Run(servers.name+"/"+over.name, func(b *testing.B) {
				env := append([]string{"GOMAXPROCS=", "LOG_LEVEL=info", "VALIDATE_RESPONSES=false"}, over.env...)
				if servers.workers == "1" {
					env = append(env, "GOMAXPROCS="+cores)
				}
				measure(b, startClusterOf(b, program, servers.workers, env...), over.kind)
			})
		}
	}
}

// getOver asks for a list on clients of some kind.
func getOver(client func() http.RoundTripper) kind {
	return kind{"", "GET", "/v1/posts", "", http.StatusOK, client, 1}
}

// measure reports what came of a load.
func measure(b *testing.B, c *cluster, k kind) {
	b.Helper()
	pids, workers := []int{c.cmd.Process.Pid}, []workerStatus(nil)
	if strings.Contains(c.log.String(), "workers=") {
		s := c.status(b)
		pids, workers = append(pids, s.pids()...), s.Workers
	}
	before := cpu(b, pids)
	b.ResetTimer()
	took, failed := askOften(b.N, k, c.url)
	elapsed := b.Elapsed()
	b.StopTimer()
	if failed > 0 {
		b.Errorf("%d of %d failed", failed, b.N)
	}
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	b.ReportMetric(float64(b.N)/elapsed.Seconds(), "req/s")
	b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
	b.ReportMetric(ms(took[len(took)*99/100]), "p99-ms")
	b.ReportMetric(float64((cpu(b, pids)-before).Microseconds())/float64(b.N), "cpu-µs/req")
	b.ReportMetric(float64(memory(b, pids))/(1<<20), "MiB")
	if workers != nil {
		b.ReportMetric(busiest(workers, c.status(b).Workers), "busiest-%")
	}
}

// askOften asks n times on 64 clients at once, and returns how long each answer took, in order.
func askOften(n int, k kind, url string) (took []time.Duration, failed int64) {
	const clients = 64
	each := make([][]time.Duration, clients)
	var asked, wrong atomic.Int64
	var all sync.WaitGroup
	for i := range clients {
		all.Go(func() {
			client := &http.Client{Transport: k.client(), Timeout: deadline}
			defer client.CloseIdleConnections()
			for asked.Add(1) <= int64(n) {
				began := time.Now()
				if k.ask(client, url) != "" {
					wrong.Add(1)
				}
				each[i] = append(each[i], time.Since(began))
			}
		})
	}
	all.Wait()
	took = slices.Concat(each...)
	slices.Sort(took)
	return took, wrong.Load()
}

// busiest is the share in percent that the worker had that answered most.
func busiest(before, after []workerStatus) float64 {
	var most, all int64
	for i, w := range after {
		n := w.Requests - before[i].Requests
		most, all = max(most, n), all+n
	}
	return 100 * float64(most) / float64(max(all, 1))
}

// cpu is what processes have used of it.
func cpu(b *testing.B, pids []int) (used time.Duration) {
	b.Helper()
	const tick = time.Second / 100
	for _, pid := range pids {
		_, rest, _ := strings.Cut(readProc(b, pid, "stat"), ") ")
		for _, field := range strings.Fields(rest)[11:13] {
			n, err := strconv.Atoi(field)
			if err != nil {
				b.Fatal(err)
			}
			used += time.Duration(n) * tick
		}
	}
	return used
}

// memory is what processes hold of their own, and their share of what they hold together.
func memory(b *testing.B, pids []int) (bytes int) {
	b.Helper()
	for _, pid := range pids {
		_, rest, _ := strings.Cut(readProc(b, pid, "smaps_rollup"), "Pss:")
		n, err := strconv.Atoi(strings.Fields(rest)[0])
		if err != nil {
			b.Fatal(err)
		}
		bytes += n << 10
	}
	return bytes
}

func readProc(b *testing.B, pid int, name string) string {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, name))
	if err != nil {
		b.Skip("needs Linux:", err)
	}
	return string(text)
}
