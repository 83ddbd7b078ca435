//go:build unix

package e2e

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// startProxy runs HAProxy as the project's deploy/haproxy.cfg says, on a free port and before these machines.
func startProxy(t *testing.T, machines ...*cluster) *server {
	t.Helper()
	if _, err := exec.LookPath("haproxy"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("HAProxy is not installed")
		}
		t.Skip("HAProxy is not installed")
	}
	addr := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	text, err := os.ReadFile("../generated/board/deploy/haproxy.cfg")
	if err != nil {
		t.Fatal(err)
	}
	config := strings.NewReplacer(
		"bind :8080", "bind "+addr,
		"192.0.2.11:8080", strings.TrimPrefix(machines[0].url, "http://"),
		"192.0.2.12:8080", strings.TrimPrefix(machines[1].url, "http://"),
	).Replace(string(text))
	file := filepath.Join(t.TempDir(), "haproxy.cfg")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	proxy := &server{
		url: "http://" + addr, cmd: exec.Command("haproxy", "-db", "-f", file), log: &processLog{}, ended: make(chan struct{}),
		client: &http.Client{Transport: &http.Transport{}, Timeout: deadline},
	}
	proxy.cmd.Stdout, proxy.cmd.Stderr = proxy.log, proxy.log
	if err := proxy.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = proxy.cmd.Wait() // it will be killed
		close(proxy.ended)
	}()
	t.Cleanup(func() { proxy.cleanUp(t) })
	proxy.awaitThat(t, "the proxy", deadline, func() bool {
		r, err := proxy.try("GET", "/readyz", nil)
		return err == nil && r.status == http.StatusOK
	})
	return proxy
}

// writer is a client that writes posts, and looks who it is, for as long as it is told to.
type writer struct {
	*server

	name string
	// posts are the addresses of those that the server has acknowledged.
	posts []string
	// lost are sessions and reads that were not answered as they should be, unsure writes without an answer.
	lost, unsure []string
}

func (w *writer) write(done <-chan struct{}, acknowledged *atomic.Int64) {
	for n := 0; ; n++ {
		select {
		case <-done:
			return
		default:
		}
		made, err := w.try("POST", "/v1/posts", object{"title": fmt.Sprintf("%s %d", w.name, n), "body": "B"})
		switch {
		case err == nil && made.status == http.StatusCreated:
			w.posts = append(w.posts, made.header.Get("Location"))
			acknowledged.Add(1)
		case err != nil:
			w.unsure = append(w.unsure, err.Error())
		case made.status < http.StatusInternalServerError:
			w.lost = append(w.lost, made.String())
		default:
			w.unsure = append(w.unsure, made.String())
		}
		if r, err := w.try("GET", "/v1/session", nil); err != nil || r.status != http.StatusOK || !strings.Contains(string(r.body), w.name) {
			w.lost = append(w.lost, fmt.Sprint(r, err))
		}
	}
}

// TestTwoMachines holds that nothing which was acknowledged is lost when one of two machines dies under load,
// with the data in PostgreSQL and the sessions in Redis; and that clients of the proxy notice it by nothing
// but writes that were in flight.
func TestTwoMachines(t *testing.T) {
	env := []string{
		"DATABASE_URL=" + startPostgres(t).url(), "TRUSTED_PROXIES=127.0.0.1", "VALIDATE_RESPONSES=false",
		fmt.Sprintf("SESSION_STORE=redis://127.0.0.1:%d?read_timeout=10s", startRedis(t).port),
	}
	one, two := startCluster(t, "2", env...), startCluster(t, "2", env...)
	proxy := startProxy(t, one, two)
	writers := make([]*writer, 4)
	for i := range writers {
		writers[i] = &writer{server: proxy.visitor(), name: fmt.Sprint("writer", i)}
		createUser(t, writers[i].server, writers[i].name)
		writers[i].logIn(t, writers[i].name)
	}
	var acknowledged atomic.Int64
	done := make(chan struct{})
	var all sync.WaitGroup
	for _, w := range writers {
		all.Go(func() { w.write(done, &acknowledged) })
	}
	more := func(n int64) {
		t.Helper()
		want := acknowledged.Load() + n
		proxy.awaitThat(t, "acknowledged writes", 2*deadline, func() bool { return acknowledged.Load() >= want })
	}
	more(100)
	workers := one.status(t).pids()
	for _, pid := range append([]int{one.cmd.Process.Pid}, workers...) { // a machine that loses its power
		signalTo(t, pid, syscall.SIGKILL)
	}
	killed := time.Now()
	more(200)
	t.Logf("200 writes after the machine died: %s", time.Since(killed))
	close(done)
	all.Wait()
	written := 0
	for _, w := range writers {
		written += len(w.posts)
		if len(w.lost) > 0 || len(w.unsure) > 2 {
			t.Errorf("%s lost %q, and does not know of %q", w.name, w.lost, w.unsure)
		}
		w.url = two.url
		w.do(t, "GET", "/v1/session", nil).want(t, http.StatusOK)
		for _, path := range w.posts {
			w.do(t, "GET", path, nil).want(t, http.StatusOK)
		}
	}
	t.Logf("%d posts were acknowledged, and are there", written)
}
