package session

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
	"example.com/board/internal/store"
	"example.com/board/internal/web"
)

// site is a server whose operations do to their session what the request asks for.
type site struct {
	*Manager
	url string
	// handler is the server without a connection.
	handler http.Handler
	log     *safeBuffer
	clock   *clock
	calls   *counted
	// held requests say in entered that they have read and changed their session, and answer after
	// something came from leave.
	entered, leave chan struct{}
	// strangers says that clients are no trusted proxies.
	strangers bool
}

type setup struct {
	config   Config
	carriers Carriers
	db       *store.DB
	wrap     func(Store) Store
	// name is shared by those who share a store; "" is one of the test's own.
	name string
}

// newSite serves until the test ends, with the defaults of a server.
func newSite(tb testing.TB, s setup) *site {
	tb.Helper()
	out := &site{log: &safeBuffer{}, clock: &clock{}, entered: make(chan struct{}), leave: make(chan struct{})}
	s.config.Name, s.config.Log = digest(cmp.Or(s.name, tb.Name()))[:8], slog.New(slog.NewTextHandler(out.log, nil))
	var err error
	out.Manager, err = open(tb.Context(), s.config, s.carriers, s.db, out.clock.now)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = out.Close() })
	if s.wrap != nil {
		out.store = s.wrap(out.store)
	}
	out.calls = &counted{Store: out.store}
	out.store = out.calls
	out.serve(tb)
	return out
}

func (s *site) serve(tb testing.TB) {
	tb.Helper()
	session := []api.Requirement{{{Scheme: "session"}}}
	token := []api.Requirement{{{Scheme: "token"}}}
	routes := []api.Route{
		s.route("GET", "/free", nil, func(c echo.Context) error { return c.JSON(http.StatusOK, "free") }),
		s.route("GET", "/public", nil, who),
		s.route("GET", "/me", session, who),
		s.route("GET", "/token", token, who),
		s.route("GET", "/either", append(session, token...), who),
		s.route("GET", "/optional", append(session, api.Requirement{}), who),
		s.route("POST", "/login", nil, s.login),
		s.route("POST", "/logout", session, func(c echo.Context) error {
			return answer(c, From(c.Request().Context()).Logout(c.Request().Context()))
		}),
		s.route("POST", "/rotate", nil, func(c echo.Context) error {
			return answer(c, From(c.Request().Context()).Rotate(c.Request().Context()))
		}),
		s.route("POST", "/others", nil, func(c echo.Context) error { return answer(c, s.EndOthers(c.Request().Context())) }),
		s.route("GET", "/value", nil, func(c echo.Context) error {
			value, _ := Key[any](c.QueryParam("key")).Get(From(c.Request().Context()))
			return c.JSON(http.StatusOK, value)
		}),
		s.route("POST", "/value", nil, s.setValue),
		s.route("POST", "/count", nil, func(c echo.Context) error {
			Key[int](c.QueryParam("key")).Update(From(c.Request().Context()), func(n int) int { return n + 1 })
			return answer(c, nil)
		}),
		s.route("GET", "/stream", nil, s.stream),
		s.route("GET", "/hijack", nil, s.hijack),
	}
	config := web.Config{MaxBody: 1 << 20, Log: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	if !s.strangers {
		config.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	}
	server, err := web.New(config,
		&api.API{Routes: routes, Document: []byte(`{"openapi":"3.0.3","info":{"title":"Site","version":"1"},"paths":{}}`)},
		map[string]web.Scheme{"session": s.Cookie(), "token": s.Bearer()}, s.Ping)
	if err != nil {
		tb.Fatal(err)
	}
	server.Use(s.Middleware)
	s.handler = server.Handler()
	listener := httptest.NewServer(s.handler)
	tb.Cleanup(listener.Close)
	s.url = listener.URL
}

func (s *site) route(method, path string, security []api.Requirement, handle echo.HandlerFunc) api.Route {
	return api.Route{
		Operation: &api.Operation{ID: method + path, Method: method, Path: path, Security: security, Produces: []string{"application/json"}},
		Handle:    handle,
	}
}

func who(c echo.Context) error { return c.JSON(http.StatusOK, From(c.Request().Context()).User()) }

// answer has a header of its own, which must not survive a failure.
func answer(c echo.Context, err error) error {
	if err != nil {
		return err
	}
	c.Response().Header().Set("X-Answer", "yes")
	return c.JSON(http.StatusOK, "done")
}

// login answers the session's key; what stands in right is the outcome of the check of credentials.
func (s *site) login(c echo.Context) error {
	ctx := c.Request().Context()
	err := s.Attempt(ctx, c.QueryParam("user"), func() (bool, error) {
		s.hold(c)
		if c.QueryParams().Has("broken") {
			return false, store.ErrBusy
		}
		return c.QueryParam("right") != "no", nil
	})
	if err == nil {
		err = Login(ctx, c.QueryParam("user"))
	}
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, From(ctx).Token())
}

func (s *site) setValue(c echo.Context) error {
	session := From(c.Request().Context())
	if c.QueryParams().Has("value") {
		Key[string](c.QueryParam("key")).Set(session, c.QueryParam("value"))
	} else {
		Key[string](c.QueryParam("key")).Delete(session)
	}
	session.User()
	s.hold(c)
	if c.QueryParams().Has("fail") {
		return &api.Error{Status: http.StatusConflict}
	}
	return answer(c, nil)
}

func (s *site) hold(c echo.Context) {
	if c.QueryParams().Has("hold") {
		s.entered <- struct{}{}
		<-s.leave
	}
}

// stream flushes before it writes anything, and sets a value then.
func (s *site) stream(c echo.Context) error {
	session := From(c.Request().Context())
	Key[string]("early").Set(session, "kept")
	if err := http.NewResponseController(c.Response()).Flush(); err != nil {
		return err
	}
	Key[string]("late").Set(session, "lost")
	if errors.Is(session.Login(c.Request().Context(), "ann"), errTooLate) && errors.Is(session.Rotate(c.Request().Context()), errTooLate) {
		_, err := io.WriteString(c.Response(), "streamed")
		return err
	}
	return nil
}

func (s *site) hijack(c echo.Context) error {
	Key[string]("early").Set(From(c.Request().Context()), "kept")
	connection, _, err := http.NewResponseController(c.Response()).Hijack()
	if err != nil {
		return err
	}
	c.Response().Committed = true
	_, err = io.WriteString(connection, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhijacked")
	_ = connection.Close()
	return err
}

// browser keeps the cookie that it is given.
type browser struct {
	site   *site
	cookie string
}

func (s *site) browser() *browser { return &browser{site: s} }

// loggedIn is a browser in which user has logged in.
func (s *site) loggedIn(tb testing.TB, user string) *browser {
	tb.Helper()
	b := s.browser()
	b.do(tb, "POST", "/login?user="+user).want(tb, http.StatusOK, "")
	return b
}

// stolen is another browser with the same cookie.
func (b *browser) stolen() *browser { return &browser{b.site, b.cookie} }

// reply is an answer with its body read.
type reply struct {
	*http.Response
	body string
}

// do sends a request; headers are "Name: value".
func (b *browser) do(tb testing.TB, method, path string, headers ...string) reply {
	tb.Helper()
	r, err := b.send(tb.Context(), method, path, headers...)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func (b *browser) send(ctx context.Context, method, path string, headers ...string) (reply, error) {
	req, err := http.NewRequestWithContext(ctx, method, b.site.url+path, nil)
	if err != nil {
		return reply{}, err
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		req.Header.Set(name, value)
	}
	if b.cookie != "" {
		req.Header.Set("Cookie", b.site.cookie.name+"="+b.cookie)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	for _, cookie := range res.Cookies() {
		b.cookie = cookie.Value
	}
	return reply{res, strings.TrimSpace(string(body))}, err
}

// sendHeld sends a request that is held, and returns when it is; done has its answer.
func (b *browser) sendHeld(tb testing.TB, method, path string) (done chan reply) {
	tb.Helper()
	done = make(chan reply, 1)
	go func() {
		r, err := b.send(tb.Context(), method, path+"&hold")
		if err != nil {
			tb.Error(err)
		}
		done <- r
	}()
	<-b.site.entered
	return done
}

func (r reply) want(tb testing.TB, status int, body string) {
	tb.Helper()
	if r.StatusCode != status || !strings.Contains(r.body, body) {
		tb.Errorf("%s %s answers %d %s, want %d with %s", r.Request.Method, r.Request.URL.RequestURI(), r.StatusCode, r.body, status, body)
	}
}

// is checks who the server thinks the browser is, "" for nobody.
func (b *browser) is(tb testing.TB, user string) {
	tb.Helper()
	b.stolen().do(tb, "GET", "/public").want(tb, http.StatusOK, `"`+user+`"`)
}

// holds checks a value of the session.
func (b *browser) holds(tb testing.TB, key string, want any) {
	tb.Helper()
	var got any
	if err := json.Unmarshal([]byte(b.stolen().do(tb, "GET", "/value?key="+key).body), &got); err != nil || got != want {
		tb.Errorf("%s is %v (%v), want %v", key, got, err, want)
	}
}

// clock is ahead of the machine's.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time          { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }

type safeBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// counted counts what a request asks of its store.
type counted struct {
	Store

	gets, creates, puts, touches atomic.Int64
}

func (c *counted) Get(ctx context.Context, hash string) (Record, error) {
	c.gets.Add(1)
	return c.Store.Get(ctx, hash)
}

func (c *counted) Create(ctx context.Context, rec Record, old *Record, mark int64) error {
	c.creates.Add(1)
	return c.Store.Create(ctx, rec, old, mark)
}

func (c *counted) Put(ctx context.Context, rec Record, merge func(Record) (Record, error)) (Record, error) {
	c.puts.Add(1)
	return c.Store.Put(ctx, rec, merge)
}

func (c *counted) Touch(ctx context.Context, rec Record) error {
	c.touches.Add(1)
	return c.Store.Touch(ctx, rec)
}

// takes checks the round trips since the last time.
func (c *counted) takes(tb testing.TB, gets, creates, puts, touches int64) {
	tb.Helper()
	got := [4]int64{c.gets.Swap(0), c.creates.Swap(0), c.puts.Swap(0), c.touches.Swap(0)}
	if want := [4]int64{gets, creates, puts, touches}; got != want {
		tb.Errorf("%v reads, creations, writes and touches, want %v", got, want)
	}
}

// newDatabase is an SQLite database without resources.
func newDatabase(tb testing.TB) (db *store.DB, file string) {
	tb.Helper()
	file = filepath.Join(tb.TempDir(), "test.db")
	return openDB(tb, "sqlite:"+file), file
}

func openDB(tb testing.TB, url string) *store.DB {
	tb.Helper()
	db, err := store.Open(tb.Context(), url, noResources())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	return db
}

func noResources() fs.FS {
	nothing := &fstest.MapFile{Data: []byte("SELECT 1;")}
	return fstest.MapFS{"sqlite.sql": nothing, "postgres.sql": nothing}
}
