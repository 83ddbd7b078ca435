package session

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// benchStores are the stores of the benchmarks, each with a server of its own.
var benchStores = []struct {
	name string
	site func(*testing.B) *site
}{
	{"memory", func(b *testing.B) *site {
		b.Helper()
		return newSite(b, setup{config: Config{Store: "memory"}})
	}},
	{"database", func(b *testing.B) *site {
		b.Helper()
		db, _ := newDatabase(b)
		return newSite(b, setup{config: Config{Store: "database"}, db: db})
	}},
	{"redis", func(b *testing.B) *site {
		b.Helper()
		return newSite(b, setup{config: Config{Store: startRedis(b).url()}})
	}},
}

// BenchmarkRequest is what a request costs, and how often it asks the store: without a session, with one
// that nobody reads, with one that is read, and with one that is written.
func BenchmarkRequest(b *testing.B) {
	for _, store := range benchStores {
		s := store.site(b)
		cookie := s.loggedIn(b, "ann").cookie
		for _, request := range []struct{ name, method, path, cookie string }{
			{"without", "GET", "/free", ""},
			{"unread", "GET", "/free", cookie},
			{"read", "GET", "/me", cookie},
			{"written", "POST", "/value?key=a&value=1", cookie},
		} {
			b.Run(store.name+"/"+request.name, func(b *testing.B) {
				before := s.calls.all()
				for b.Loop() {
					s.serveOnce(b, request.method, request.path, request.cookie)
				}
				b.ReportMetric(float64(s.calls.all()-before)/float64(b.N), "calls/op")
			})
		}
	}
}

func (s *site) serveOnce(b *testing.B, method, path, cookie string) {
	b.Helper()
	r := httptest.NewRequestWithContext(b.Context(), method, path, nil)
	r.RemoteAddr = "127.0.0.1:1"
	if cookie != "" {
		r.Header.Set("Cookie", s.cookie.name+"="+cookie)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		b.Fatalf("%s answers %d %s", path, w.Code, w.Body)
	}
}

// all is the sum of what was asked.
func (c *counted) all() int64 {
	return c.gets.Load() + c.creates.Load() + c.puts.Load() + c.touches.Load()
}

// BenchmarkStoreDown is how long requests wait for their 503, at most.
func BenchmarkStoreDown(b *testing.B) {
	for _, outage := range outages {
		b.Run(outage.name, func(b *testing.B) {
			r := startRedis(b)
			s := newSite(b, setup{config: Config{Store: r.url()}})
			ann := s.loggedIn(b, "ann")
			outage.down(r, b)
			var longest time.Duration
			for b.Loop() {
				began := time.Now()
				ann.do(b, "GET", "/me").want(b, http.StatusServiceUnavailable, "")
				longest = max(longest, time.Since(began))
			}
			outage.up(r, b)
			b.ReportMetric(float64(longest.Milliseconds()), "max-ms")
		})
	}
}

// BenchmarkRecovery is how long after the return of the store sessions are there again, at most.
func BenchmarkRecovery(b *testing.B) {
	for _, outage := range outages {
		b.Run(outage.name, func(b *testing.B) {
			r := startRedis(b, "--appendonly", "yes")
			s := newSite(b, setup{config: Config{Store: r.url()}})
			ann := s.loggedIn(b, "ann")
			var longest time.Duration
			for b.Loop() {
				outage.down(r, b)
				for range 50 { // Until the client has noticed.
					ann.do(b, "GET", "/me").want(b, http.StatusServiceUnavailable, "")
				}
				outage.up(r, b)
				began := time.Now()
				await(b, "the session", func(context.Context) bool {
					return ann.do(b, "GET", "/me").StatusCode == http.StatusOK
				})
				longest = max(longest, time.Since(began))
			}
			b.ReportMetric(float64(longest.Milliseconds()), "max-ms")
		})
	}
}
