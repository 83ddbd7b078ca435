package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// redisServer is a redis-server of a test's own.
type redisServer struct {
	port int
	args []string
	cmd  *exec.Cmd
}

// startRedis starts a redis-server that keeps nothing, unless more arguments say so.
func startRedis(t *testing.T, args ...string) *redisServer {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("redis-server is not installed")
	}
	r := &redisServer{port: freePort(t), args: args}
	r.start(t)
	t.Cleanup(r.kill)
	return r
}

// start waits until the server answers.
func (r *redisServer) start(t *testing.T) {
	t.Helper()
	args := []string{"--port", fmt.Sprint(r.port), "--bind", "127.0.0.1", "--save", "", "--dir", t.TempDir()}
	r.cmd = exec.Command("redis-server", append(args, r.args...)...)
	stdout, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "Ready to accept connections") {
			go func() { _, _ = io.Copy(io.Discard, stdout) }()
			return
		}
	}
	t.Fatal("redis-server ended before it was ready")
}

func (r *redisServer) kill() {
	_ = r.cmd.Process.Kill()
	_ = r.cmd.Wait() // of a process that was killed
}

// TestSessionsWithoutTheirStore holds what a server does while Redis is gone: it serves what needs no
// session, refuses the rest at once, and is itself again when Redis is back.
func TestSessionsWithoutTheirStore(t *testing.T) {
	t.Parallel()
	redis := startRedis(t)
	s := start(t, fmt.Sprintf("SESSION_STORE=redis://127.0.0.1:%d", redis.port))
	cookie := "board_session=" + strings.Repeat("A", 43)
	status := func(path string) (int, time.Duration) {
		began := time.Now()
		r, err := s.try("GET", path, nil, "Cookie", cookie)
		if err != nil {
			t.Fatal(err)
		}
		return r.status, time.Since(began)
	}
	for _, step := range []struct {
		change           func()
		session, ready   int
		within, recovers time.Duration
	}{
		{func() {}, http.StatusUnauthorized, http.StatusOK, deadline, 0},
		{redis.kill, http.StatusServiceUnavailable, http.StatusServiceUnavailable, 300 * time.Millisecond, 0},
		{func() { redis.start(t) }, http.StatusUnauthorized, http.StatusOK, deadline, 2 * time.Second},
	} {
		step.change()
		changed := time.Now()
		got, took := status("/v1/session")
		for got != step.session && time.Since(changed) < step.recovers {
			got, took = status("/v1/session")
		}
		for try := 0; took > step.within && try < 2; try++ { // the machine may be busy otherwise
			got, took = status("/v1/session")
		}
		if got != step.session || took > step.within {
			t.Errorf("GET /v1/session answers %d after %s, want %d", got, took, step.session)
		}
		if got, took := status("/v1/posts"); got != http.StatusOK || took > step.within {
			t.Errorf("GET /v1/posts answers %d after %s", got, took)
		}
		if got, _ := status("/readyz"); got != step.ready {
			t.Errorf("GET /readyz answers %d, want %d", got, step.ready)
		}
	}
}

// TestStrangersGetNoCookie holds that a server begins no session for somebody who only looks around.
func TestStrangersGetNoCookie(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, path := range []string{"/v1/posts", "/v1/session", "/docs", "/healthz"} {
		r := s.do(t, "GET", path, nil, "Cookie", "board_session="+strings.Repeat("A", 43))
		if r.header.Get("Set-Cookie") != "" {
			t.Errorf("GET %s sets %s", path, r.header.Get("Set-Cookie"))
		}
	}
	s.do(t, "DELETE", "/v1/session", nil).problem(t, http.StatusUnauthorized)
}
