package e2e

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
)

// TestSessionsDuringReloads: who logged in while workers were replaced stays logged in.
func TestSessionsDuringReloads(t *testing.T) {
	t.Parallel()
	for name, store := range map[string]func(*testing.T) string{
		"SQLite": func(*testing.T) string { return "database" },
		"Redis": func(t *testing.T) string {
			t.Helper()
			return fmt.Sprintf("redis://127.0.0.1:%d?read_timeout=5s", startRedis(t).port)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := startCluster(t, "2", "SESSION_STORE="+store(t))
			done := make(chan struct{})
			cookies := make([][]string, 4)
			var all sync.WaitGroup
			for i := range cookies {
				name := fmt.Sprintf("user%d", i)
				createUser(t, c.server, name)
				all.Go(func() { cookies[i] = c.logInAgain(t, name, done) })
			}
			for range 2 {
				c.must(t, "reload")
			}
			close(done)
			all.Wait()
			n := 0
			for _, keys := range cookies {
				for _, key := range keys {
					n++
					c.do(t, "GET", "/v1/session", nil, "Cookie", key).want(t, http.StatusOK)
				}
			}
			t.Logf("%d sessions", n)
			if n == 0 {
				t.Error("nobody logged in")
			}
		})
	}
}

// logInAgain logs in until done is closed, and returns the cookies.
func (s *server) logInAgain(t *testing.T, name string, done <-chan struct{}) (cookies []string) {
	t.Helper()
	for {
		select {
		case <-done:
			return cookies
		default:
		}
		r, err := s.try("POST", "/v1/session", object{"name": name, "password": password})
		if err != nil || r.status != http.StatusOK {
			t.Errorf("logging in: %v, %v", r, err)
			return cookies
		}
		for _, cookie := range (&http.Response{Header: r.header}).Cookies() {
			if cookie.Name == "board_session" {
				cookies = append(cookies, cookie.Name+"="+cookie.Value)
			}
		}
	}
}
