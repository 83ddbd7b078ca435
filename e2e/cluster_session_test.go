//go:build unix

package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// TestSessionsDuringReloads: who logged in while workers were replaced stays logged in, also when all are killed.
// CLUSTER_RELOADS says how often they are replaced.
func TestSessionsDuringReloads(t *testing.T) {
	t.Parallel()
	for name, store := range map[string]func(*testing.T) string{
		"SQLite": func(*testing.T) string { return "database" },
		"Redis": func(t *testing.T) string {
			t.Helper()
			// Hashing passwords keeps the machine busy; how soon there is an answer then is not the subject.
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
			for range number(t, "CLUSTER_RELOADS", 2) {
				c.must(t, "reload")
			}
			close(done)
			all.Wait()
			for _, pid := range c.ready(t).pids() {
				signalTo(t, pid, syscall.SIGKILL)
			}
			n := 0
			for _, keys := range cookies {
				for _, key := range keys {
					n++
					c.do(t, "GET", "/v1/session", nil, "Cookie", key).want(t, http.StatusOK)
				}
			}
			t.Logf("%d sessions, none lost", n)
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

// TestSessionsEndInAllWorkers: whoever logs out, elsewhere or everywhere, or changes a password, is logged out in all
// workers at once.
func TestSessionsEndInAllWorkers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		method, path string // with SESSION for the other session, and USER
		body         any
		mine         int // what who did it is answered then
	}{
		"log out elsewhere":  {"DELETE", "/v1/sessions/SESSION", nil, http.StatusOK},
		"log out everywhere": {"DELETE", "/v1/sessions", nil, http.StatusUnauthorized},
		"a new password":     {"PATCH", "/v1/users/USER", object{"password": "a better password"}, http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := startCluster(t, "2")
			u := createUser(t, c.server, "ann")
			other := c.visitor()
			other.logIn(t, "ann")
			crowd := c.inAllWorkers(t, other.cookie)
			c.logIn(t, "ann")
			list := decode[[]listed](t, c.do(t, "GET", "/v1/sessions", nil).want(t, http.StatusOK))
			elsewhere := slices.IndexFunc(list, func(s listed) bool { return !s.Current })
			mine := c.inAllWorkers(t, c.cookie)
			path := strings.NewReplacer("SESSION", list[elsewhere].ID, "USER", fmt.Sprint(u.ID)).Replace(test.path)
			c.do(t, test.method, path, test.body).want(t, http.StatusOK, http.StatusNoContent)
			crowd.want(t, http.StatusUnauthorized)
			mine.want(t, test.mine)
		})
	}
}

// crowd are connections with one session, some to each worker.
type crowd []*server

// inAllWorkers opens them.
func (c *cluster) inAllWorkers(t *testing.T, cookie string) (all crowd) {
	t.Helper()
	for range 8 {
		s := c.visitor()
		s.cookie, s.client = cookie, &http.Client{Transport: &http.Transport{}, Timeout: deadline}
		t.Cleanup(s.client.CloseIdleConnections)
		all = append(all, s)
	}
	all.want(t, http.StatusOK)
	for _, w := range c.status(t).Workers {
		if w.Connections < 2 {
			t.Errorf("the workers hold %+v", w)
		}
	}
	return all
}

func (all crowd) want(t *testing.T, status int) {
	t.Helper()
	for _, s := range all {
		s.do(t, "GET", "/v1/session", nil).want(t, status)
	}
}

// TestAWorkerComesBackWithoutRedis: what needs no session is answered by the next worker, too.
func TestAWorkerComesBackWithoutRedis(t *testing.T) {
	t.Parallel()
	store := startRedis(t)
	c := startCluster(t, "2", fmt.Sprintf("SESSION_STORE=redis://127.0.0.1:%d", store.port))
	store.kill()
	victim := c.settled(t, 1)
	signalTo(t, victim.PID, syscall.SIGKILL)
	c.awaitStatus(t, "a successor", func(s clusterStatus) bool { return s.allReady() && s.Workers[1].PID != victim.PID })
	c.do(t, "GET", "/v1/posts", nil).want(t, http.StatusOK)
	if text, err := c.command("reload"); err == nil || !strings.Contains(text, "0 of 2 workers were replaced") {
		t.Errorf("a reload without Redis says %s, %v", text, err)
	}
}
