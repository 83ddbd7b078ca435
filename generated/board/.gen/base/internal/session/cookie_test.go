package session

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestCookieNames(t *testing.T) {
	tests := []struct {
		name             string
		tls, proxied     bool
		bearer           bool
		want, complained string
	}{
		{"", false, false, false, "session", ""},
		{"", true, false, false, "__Host-session", ""},
		{"", false, true, false, "session", ""},
		{"", false, false, true, "", ""},
		{"sid", false, false, true, "sid", ""},
		{"board_session", true, false, false, "board_session", ""},
		{"__Host-sid", true, false, false, "__Host-sid", ""},
		{"__Secure-sid", false, true, false, "__Secure-sid", ""},
		{"__Host-sid", false, false, false, "", "__Host-sid over HTTPS only"},
		{"__secure-sid", false, false, false, "", "turn TLS on"},
	}
	for _, test := range tests {
		c, err := newCookie(Config{TLS: test.tls, Proxied: test.proxied}, Carriers{Cookie: test.name, Bearer: test.bearer})
		if c.name != test.want || (err == nil) != (test.complained == "") || err != nil && !strings.Contains(err.Error(), test.complained) {
			t.Errorf("%+v: %q, %v", test, c.name, err)
		}
	}
}

func TestCookieAttributes(t *testing.T) {
	for name, test := range map[string]struct {
		carriers Carriers
		https    bool
		want     string
	}{
		"http":  {Carriers{Cookie: "sid"}, false, "sid=KEY; Path=/; HttpOnly; SameSite=Lax"},
		"https": {Carriers{Cookie: "sid"}, true, "sid=KEY; Path=/; HttpOnly; Secure; SameSite=Lax"},
		"host":  {Carriers{Cookie: "__Host-sid"}, false, "__Host-sid=KEY; Path=/; HttpOnly; Secure; SameSite=Lax"},
	} {
		c, err := newCookie(Config{TLS: true}, test.carriers)
		noErr(t, err)
		header := http.Header{"Set-Cookie": {"theme=dark", c.name + "=old; Path=/"}}
		c.set(header, "KEY", test.https)
		if got := strings.Join(header["Set-Cookie"], " | "); got != "theme=dark | "+test.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestSecureBehindProxy holds that Secure follows the client's connection, which a proxy tells about.
func TestSecureBehindProxy(t *testing.T) {
	s := newSite(t, setup{config: Config{Store: "memory"}})
	for proto, want := range map[string]bool{"https": true, "http": false} {
		r := s.browser().do(t, "POST", "/login?user=ann", "X-Forwarded-Proto: "+proto)
		if got := r.Cookies()[0]; got.Secure != want || !got.HttpOnly || got.Path != "/" || got.SameSite != http.SameSiteLaxMode {
			t.Errorf("%s: %v", proto, got)
		}
	}
	s.strangers = true
	s.serve(t)
	if r := s.browser().do(t, "POST", "/login?user=ann", "X-Forwarded-Proto: https"); r.Cookies()[0].Secure {
		t.Error("a client that is no proxy is believed")
	}
}

// TestBearer has keys that travel as tokens.
func TestBearer(t *testing.T) {
	s := newSite(t, setup{config: Config{Store: "memory"}, carriers: Carriers{Bearer: true}})
	r := s.browser().do(t, "POST", "/login?user=ann")
	if r.Header.Get("Set-Cookie") != "" {
		t.Errorf("the answer has %v", r.Header)
	}
	token := "Authorization: Bearer " + strings.Trim(r.body, `"`)
	s.browser().do(t, "GET", "/token", token).want(t, 200, "ann")
	s.browser().do(t, "GET", "/public", token).want(t, 200, "ann")
	s.browser().do(t, "GET", "/either", token).want(t, 200, "ann")
	s.browser().do(t, "GET", "/me", token).want(t, http.StatusUnauthorized, "")
	refused := s.browser().do(t, "GET", "/token", "Authorization: Bearer "+newKey())
	refused.want(t, http.StatusUnauthorized, "")
	if got := refused.Header.Get("WWW-Authenticate"); got != "Bearer" {
		t.Errorf("the challenge is %q", got)
	}
	s.browser().do(t, "POST", "/rotate", token).want(t, 200, "")
	s.browser().do(t, "GET", "/token", token).want(t, http.StatusUnauthorized, "")
}

// TestBothCarriers holds that each scheme looks at its own.
func TestBothCarriers(t *testing.T) {
	s := newSite(t, setup{config: Config{Store: "memory"}, carriers: Carriers{Cookie: "sid", Bearer: true}})
	ann, bob := s.loggedIn(t, "ann"), s.loggedIn(t, "bob")
	token := "Authorization: Bearer " + bob.cookie
	ann.do(t, "GET", "/me", token).want(t, 200, "ann")
	ann.do(t, "GET", "/token", token).want(t, 200, "bob")
	ann.do(t, "GET", "/either", token).want(t, 200, "ann")
	ann.do(t, "GET", "/either", "Authorization: Bearer "+newKey()).want(t, 200, "ann")
	(&browser{s, newKey()}).do(t, "GET", "/either", token).want(t, 200, "bob")
	ann.do(t, "GET", "/token").want(t, http.StatusUnauthorized, "")
}

func TestOpenRefuses(t *testing.T) {
	good := Config{Store: "memory", Idle: time.Minute, Lifetime: time.Hour, Workers: 1}
	for want, change := range map[string]func(*Config){
		"SESSION_STORE memory is of one process, and 4 workers": func(c *Config) { c.Workers = 4 },
		"use database or redis://HOST:PORT, or one worker":      func(c *Config) { c.Workers = 2 },
		"SESSION_IDLE 2h0m0s is longer than SESSION_LIFETIME":   func(c *Config) { c.Idle = 2 * time.Hour },
		"SESSION_STORE does not answer":                         func(c *Config) { c.Store = "redis://:hunter2@127.0.0.1:1" },
	} {
		config := good
		change(&config)
		m, err := Open(t.Context(), config, Carriers{}, nil)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%+v: %v, %v", config, m, err)
		}
	}
	m, err := Open(t.Context(), good, Carriers{}, nil)
	noErr(t, err)
	noErr(t, m.Close())
}

// TestShorterSettings has a server that lets sessions live for a shorter time than the one that began them.
func TestShorterSettings(t *testing.T) {
	db, _ := newDatabase(t)
	first := newSite(t, setup{config: Config{Store: "database"}, db: db})
	b := first.loggedIn(t, "ann")
	for _, config := range []Config{
		{Store: "database", Idle: 10 * time.Minute, Lifetime: 12 * time.Hour},
		{Store: "database", Idle: 10 * time.Minute, Lifetime: 10 * time.Minute},
	} {
		second := newSite(t, setup{config: config, db: db})
		(&browser{second, b.cookie}).is(t, "ann")
		second.clock.advance(11 * time.Minute)
		(&browser{second, b.cookie}).is(t, "")
		if list, err := second.List(t.Context(), "ann"); len(list) != 0 || err != nil {
			t.Errorf("ann has %+v, %v", list, err)
		}
	}
	first.clock.advance(11 * time.Minute)
	b.is(t, "ann")
	second := newSite(t, setup{config: Config{Store: "database", Idle: 10 * time.Minute, Lifetime: 10 * time.Minute}, db: db})
	second.clock.advance(12 * time.Minute)
	(&browser{second, b.cookie}).is(t, "") // Seen a minute ago, but begun twelve ago.
}

// TestWithoutMiddleware is what a handler sees in a unit test.
func TestWithoutMiddleware(t *testing.T) {
	ctx := context.Background()
	s := From(ctx)
	Key[int]("n").Set(s, 1)
	if n, ok := Key[int]("n").Get(s); n != 1 || !ok {
		t.Errorf("the value is %d, %v", n, ok)
	}
	if id, ok := User[int64](ctx); s.User() != "" || s.Token() != "" || id != 0 || ok {
		t.Errorf("the user is %v", id)
	}
	noErr(t, s.Logout(ctx))
	noErr(t, s.Rotate(ctx))
	wantErr(t, Login(ctx, int64(7)), errNoManager)
}

// TestUser has users whose keys are of different types.
func TestUser(t *testing.T) {
	ctx := func(user string) context.Context {
		return context.WithValue(context.Background(), contextKey{}, &Session{read: true, rec: Record{User: user}})
	}
	if id, ok := User[int64](ctx("42")); id != 42 || !ok {
		t.Errorf("number %v, %v", id, ok)
	}
	if name, ok := User[string](ctx("ann")); name != "ann" || !ok {
		t.Errorf("text %v, %v", name, ok)
	}
	if id, ok := User[int64](ctx("ann")); ok {
		t.Errorf("ann is number %v", id)
	}
}
