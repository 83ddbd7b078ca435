package session

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"gen/templates/project/internal/store/postgrestest"
)

const (
	// downTime is how soon there is an answer without the store, upTime how soon it is used again.
	downTime = 300 * time.Millisecond
	upTime   = 2 * time.Second
)

// flaky is a Store that fails as it is told to.
type flaky struct {
	Store

	err error
}

func (f *flaky) Put(ctx context.Context, rec Record, merge func(Record) (Record, error)) (Record, error) {
	if f.err != nil {
		return Record{}, f.err
	}
	return f.Store.Put(ctx, rec, merge)
}

func (f *flaky) Get(ctx context.Context, hash string) (Record, error) {
	if f.err != nil {
		return Record{}, f.err
	}
	return f.Store.Get(ctx, hash)
}

func newFlaky(t *testing.T) (*site, *flaky) {
	t.Helper()
	var f *flaky
	s := newSite(t, setup{config: Config{Store: "memory"}, wrap: func(s Store) Store {
		f = &flaky{Store: s}
		return f
	}})
	return s, f
}

// TestFailingCommit holds that nothing goes out of an answer whose session could not be written.
func TestFailingCommit(t *testing.T) {
	s, f := newFlaky(t)
	b := s.loggedIn(t, "ann")
	done := b.sendHeld(t, "POST", "/value?key=a&value=1")
	f.err = errors.New("the disk is full")
	s.leave <- struct{}{}
	r := <-done
	r.want(t, http.StatusServiceUnavailable, "cannot be answered now")
	if r.Header.Get("X-Answer") != "" || r.Header.Get("Retry-After") == "" || r.Header.Get("X-Request-ID") == "" ||
		strings.Contains(r.body, "done") || strings.Contains(r.body, "disk") {
		t.Errorf("the answer has %v %s", r.Header, r.body)
	}
	f.err = nil
	b.holds(t, "a", nil)
	b.is(t, "ann")
}

// TestStoreDown holds who gets what while the store does not answer.
func TestStoreDown(t *testing.T) {
	s, f := newFlaky(t)
	b := s.loggedIn(t, "ann")
	f.err = errors.New("no route to host")
	b.down(t)
	if log := s.log.String(); strings.Contains(log, b.cookie) || !strings.Contains(log, "no route to host") {
		t.Errorf("the log is %s", log)
	}
	f.err = nil
	b.is(t, "ann")
}

// down checks all answers that there are while the store does not answer, and how soon they come.
func (b *browser) down(t *testing.T) {
	t.Helper()
	for _, test := range []struct {
		method, path string
		status       int
		body         string
	}{
		{"GET", "/me", http.StatusServiceUnavailable, "problem"},
		{"GET", "/free", http.StatusOK, "free"},
		{"GET", "/optional", http.StatusOK, `""`},
		{"GET", "/public", http.StatusOK, `""`},
		{"POST", "/value?key=a&value=1", http.StatusServiceUnavailable, ""},
		{"POST", "/logout", http.StatusServiceUnavailable, ""},
		{"POST", "/rotate", http.StatusServiceUnavailable, ""},
	} {
		var r reply
		took := time.Hour
		for try := 0; took > downTime && try < 3; try++ { // The machine may be busy otherwise.
			began := time.Now()
			r = b.stolen().do(t, test.method, test.path)
			took = time.Since(began)
		}
		if r.StatusCode != test.status || !strings.Contains(r.body+r.Header.Get("Content-Type"), test.body) || took > downTime {
			t.Errorf("%s %s answers %d %s after %s", test.method, test.path, r.StatusCode, r.body, took)
		}
		if r.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie: %v", test.path, r.Header)
		}
	}
}

// loggedInAtLast is loggedIn for a Redis that is soon given up, on a machine that may be busy otherwise.
func (s *site) loggedInAtLast(t *testing.T, user string) *browser {
	t.Helper()
	b := s.browser()
	await(t, "the log-in", func(context.Context) bool {
		return b.do(t, "POST", "/login?user="+user).StatusCode == http.StatusOK
	})
	return b
}

// outages are the ways in which a Redis goes and comes back.
var outages = []struct {
	name     string
	down, up func(*redisServer, testing.TB)
}{
	{"killed", (*redisServer).kill, (*redisServer).start},
	{"paused", (*redisServer).pause, (*redisServer).resume},
}

// TestRedisDown takes a Redis away in two ways, and gives it back.
func TestRedisDown(t *testing.T) {
	for _, outage := range outages {
		t.Run(outage.name, func(t *testing.T) {
			r := startRedis(t, "--appendonly", "yes", "--appendfsync", "always")
			s := newSite(t, setup{config: Config{Store: r.url()}})
			b := s.loggedInAtLast(t, "ann")
			outage.down(r, t)
			b.down(t)
			if s.Ping(t.Context()) == nil {
				t.Error("the check for /readyz passes")
			}
			outage.up(r, t)
			began := time.Now()
			await(t, "the session", func(context.Context) bool {
				return b.stolen().do(t, "GET", "/me").StatusCode == http.StatusOK
			})
			if took := time.Since(began); took > upTime {
				t.Errorf("the session is back after %s", took)
			}
		})
	}
}

// TestPostgresDown takes a PostgreSQL away, and gives it back.
func TestPostgresDown(t *testing.T) {
	p := postgrestest.Start(t)
	s := newSite(t, setup{config: Config{Store: "database"}, db: openDB(t, p.URL(t))})
	b := s.loggedInAtLast(t, "ann")
	p.Kill(t)
	b.down(t)
	if s.Ping(t.Context()) == nil {
		t.Error("the check for /readyz passes")
	}
	p.Up(t)
	began := time.Now()
	await(t, "the session", func(context.Context) bool {
		return b.stolen().do(t, "GET", "/me").StatusCode == http.StatusOK
	})
	if took := time.Since(began); took > upTime {
		t.Errorf("the session is back after %s", took)
	}
}

// TestRedisForgets holds that a Redis which comes back empty leaves everybody logged out, not in error.
func TestRedisForgets(t *testing.T) {
	r := startRedis(t)
	s := newSite(t, setup{config: Config{Store: r.url()}})
	b := s.loggedInAtLast(t, "ann")
	r.kill(t)
	r.start(t)
	await(t, "the answer", func(context.Context) bool {
		return b.stolen().do(t, "GET", "/me").StatusCode == http.StatusUnauthorized
	})
	s.loggedInAtLast(t, "ann")
}

func TestRedisWarnings(t *testing.T) {
	for args, want := range map[string]string{
		"":                                     "sessions end when Redis restarts",
		"--appendonly yes":                     "",
		"--maxmemory-policy allkeys-lru":       "sessions may end early",
		"--appendonly yes --requirepass hush!": "",
	} {
		r := startRedis(t, strings.Fields(args)...)
		url := r.url()
		if strings.Contains(args, "hush!") {
			url = StoreURL(strings.Replace(string(url), "//", "//:hush%21@", 1))
		}
		log := newSite(t, setup{config: Config{Store: url}}).log.String()
		if (want == "") != (log == "") || !strings.Contains(log, want) {
			t.Errorf("%q: the log is %s", args, log)
		}
	}
}
