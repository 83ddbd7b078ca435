package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// listed is a session as its user sees it.
type listed struct {
	ID         string    `json:"id"`
	CreatedAt  time.Time `json:"createdAt"`
	LastSeenAt time.Time `json:"lastSeenAt"`
	Current    bool      `json:"current"`
	Address    string    `json:"address"`
	UserAgent  string    `json:"userAgent"`
}

// visitor is another client of the same server.
func (s *server) visitor() *server {
	other := *s
	other.cookie = ""
	return &other
}

// TestSession: sign up, log in, ask who one is, log out.
func TestSession(t *testing.T) {
	t.Parallel()
	s := start(t)
	u := createUser(t, s, "ann")
	s.do(t, "GET", "/v1/session", nil).problem(t, http.StatusUnauthorized)

	in := s.do(t, "POST", "/v1/session", object{"name": "ann", "password": password}).want(t, http.StatusOK)
	if got := decode[user](t, in); got.ID != u.ID || strings.Contains(string(in.body), "assword") {
		t.Errorf("%v; want the account %d without its password", in, u.ID)
	}
	set := in.header.Get("Set-Cookie")
	for _, attribute := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(set, attribute) {
			t.Errorf("Set-Cookie: %s lacks %s", set, attribute)
		}
	}
	s.cookie = in.cookie(t)
	who := s.do(t, "GET", "/v1/session", nil).want(t, http.StatusOK)
	if got := decode[user](t, who); got.Name != "ann" {
		t.Errorf("%v; want ann", who)
	}
	if who.header.Get("Set-Cookie") != "" || who.header.Get("Cache-Control") != "no-store" {
		t.Errorf("reading a session answers with %v; want no cookie and no-store", who.header)
	}

	out := s.do(t, "DELETE", "/v1/session", nil).want(t, http.StatusNoContent)
	if !strings.Contains(out.header.Get("Clear-Site-Data"), "cookies") {
		t.Errorf("logging out answers with %v; want Clear-Site-Data", out.header)
	}
	s.do(t, "GET", "/v1/session", nil).problem(t, http.StatusUnauthorized)
}

// TestLogInKeepsSecrets: whether an account exists, a log-in does not tell.
func TestLogInKeepsSecrets(t *testing.T) {
	t.Parallel()
	s := start(t)
	createUser(t, s, "ann")
	wrong := s.do(t, "POST", "/v1/session", object{"name": "ann", "password": "not the password"}).want(t, http.StatusUnauthorized)
	nobody := s.do(t, "POST", "/v1/session", object{"name": "nobody", "password": "not the password"}).want(t, http.StatusUnauthorized)
	if string(wrong.body) != string(nobody.body) {
		t.Errorf("a wrong password answers %s, an unknown name %s", wrong.body, nobody.body)
	}
	if strings.Contains(s.log.String(), "not the password") {
		t.Error("the log has a password")
	}
}

// TestLogInLimit: guessing ends, also for those who then guess right.
func TestLogInLimit(t *testing.T) {
	t.Parallel()
	s := start(t)
	createUser(t, s, "ann")
	createUser(t, s, "bob")
	var refused response
	for range 50 {
		refused = s.do(t, "POST", "/v1/session", object{"name": "ann", "password": "a guess at a password"})
		if refused.status != http.StatusUnauthorized {
			break
		}
	}
	if refused.status != http.StatusTooManyRequests || refused.header.Get("Retry-After") == "" {
		t.Fatalf("after many guesses %v with Retry-After %q", refused, refused.header.Get("Retry-After"))
	}
	s.do(t, "POST", "/v1/session", object{"name": "ann", "password": password}).want(t, http.StatusTooManyRequests)
	s.logIn(t, "bob")
}

// TestSessions: a user sees all sessions, ends one, and ends all.
func TestSessions(t *testing.T) {
	t.Parallel()
	s := start(t)
	createUser(t, s, "ann")
	s.logIn(t, "ann")
	phone, stranger := s.visitor(), s.visitor()
	phone.logIn(t, "ann")
	createUser(t, stranger, "bob")
	stranger.logIn(t, "bob")

	list := decode[[]listed](t, s.do(t, "GET", "/v1/sessions", nil).want(t, http.StatusOK))
	if len(list) != 2 || !list[0].Current || list[1].Current || list[0].UserAgent == "" || list[0].Address != "127.0.0.1" {
		t.Fatalf("%+v; want two sessions, the first of them this one", list)
	}
	if strings.Contains(s.cookie, list[0].ID) {
		t.Error("the id of a session tells its key")
	}
	stranger.do(t, "DELETE", "/v1/sessions/"+list[1].ID, nil).problem(t, http.StatusNotFound)
	phone.do(t, "GET", "/v1/session", nil).want(t, http.StatusOK)
	s.do(t, "DELETE", "/v1/sessions/"+list[1].ID, nil).want(t, http.StatusNoContent)
	phone.do(t, "GET", "/v1/session", nil).problem(t, http.StatusUnauthorized)

	phone.logIn(t, "ann")
	s.do(t, "DELETE", "/v1/sessions", nil).want(t, http.StatusNoContent)
	for _, ended := range []*server{s, phone} {
		ended.do(t, "GET", "/v1/session", nil).problem(t, http.StatusUnauthorized)
	}
	stranger.do(t, "GET", "/v1/session", nil).want(t, http.StatusOK)
}

// TestRotation: logging in changes the key, and the one before is dead.
func TestRotation(t *testing.T) {
	t.Parallel()
	s := start(t)
	createUser(t, s, "ann")
	s.logIn(t, "ann")
	stolen := s.visitor()
	stolen.cookie = s.cookie
	s.logIn(t, "ann")
	if s.cookie == stolen.cookie {
		t.Error("logging in kept the key")
	}
	stolen.do(t, "GET", "/v1/session", nil).problem(t, http.StatusUnauthorized)
	s.do(t, "GET", "/v1/session", nil).want(t, http.StatusOK)
}

// TestNewPasswordEndsOtherSessions, but not the one that changed it.
func TestNewPasswordEndsOtherSessions(t *testing.T) {
	t.Parallel()
	s := start(t)
	u := createUser(t, s, "ann")
	s.logIn(t, "ann")
	other := s.visitor()
	other.logIn(t, "ann")
	s.do(t, "PATCH", userPath(u.ID), object{"about": "Writes."}).want(t, http.StatusOK)
	other.do(t, "GET", "/v1/session", nil).want(t, http.StatusOK)
	s.do(t, "PATCH", userPath(u.ID), object{"password": "a better password"}).want(t, http.StatusOK)
	other.do(t, "GET", "/v1/session", nil).problem(t, http.StatusUnauthorized)
	s.do(t, "GET", "/v1/session", nil).want(t, http.StatusOK)
	other.do(t, "POST", "/v1/session", object{"name": "ann", "password": password}).want(t, http.StatusUnauthorized)
	other.do(t, "POST", "/v1/session", object{"name": "ann", "password": "a better password"}).want(t, http.StatusOK)
}

// TestOwners: nobody changes another's account, post or comment.
func TestOwners(t *testing.T) {
	t.Parallel()
	s := start(t)
	ann := createUser(t, s, "ann")
	s.logIn(t, "ann")
	p := createPost(t, s, nil)
	c := createComment(t, s, p.ID, "Mine")
	if p.AuthorID != ann.ID || c.AuthorID != ann.ID {
		t.Errorf("post by %d, comment by %d; want %d", p.AuthorID, c.AuthorID, ann.ID)
	}
	bob := s.visitor()
	createUser(t, bob, "bob")
	bob.logIn(t, "bob")
	for _, call := range []struct {
		method, path string
		body         any
	}{
		{"PATCH", userPath(ann.ID), object{"about": "changed"}},
		{"DELETE", userPath(ann.ID), nil},
		{"PUT", postPath(p.ID), object{"title": "x", "body": "x"}},
		{"PATCH", postPath(p.ID), object{"title": "x"}},
		{"DELETE", postPath(p.ID), nil},
		{"PUT", commentPath(p.ID, c.ID), object{"text": "x"}},
		{"DELETE", commentPath(p.ID, c.ID), nil},
	} {
		bob.do(t, call.method, call.path, call.body).problem(t, http.StatusForbidden)
	}
	if got := decode[post](t, bob.do(t, "GET", postPath(p.ID), nil)); got.Title != p.Title {
		t.Errorf("the post is called %q now", got.Title)
	}
	s.do(t, "DELETE", postPath(p.ID), nil).want(t, http.StatusNoContent)
}

// TestAccountGone: with an account go its sessions.
func TestAccountGone(t *testing.T) {
	t.Parallel()
	s := start(t)
	u := createUser(t, s, "ann")
	s.logIn(t, "ann")
	other := s.visitor()
	other.logIn(t, "ann")
	s.do(t, "DELETE", userPath(u.ID), nil).want(t, http.StatusNoContent)
	for _, gone := range []*server{s, other} {
		gone.do(t, "GET", "/v1/session", nil).problem(t, http.StatusUnauthorized)
	}
}

// TestCrossOrigin: a page of another site cannot act for who is logged in.
func TestCrossOrigin(t *testing.T) {
	t.Parallel()
	s := signedIn(t, "TRUSTED_ORIGINS=https://friend.example")
	body := object{"title": "x", "body": "x"}
	s.do(t, "POST", "/v1/posts", body, "Sec-Fetch-Site", "cross-site").problem(t, http.StatusForbidden)
	s.do(t, "POST", "/v1/posts", body, "Origin", "https://evil.example").problem(t, http.StatusForbidden)
	s.do(t, "POST", "/v1/posts", body, "Sec-Fetch-Site", "same-origin").want(t, http.StatusCreated)
	s.do(t, "POST", "/v1/posts", body, "Origin", "https://friend.example", "Sec-Fetch-Site", "cross-site").want(t, http.StatusCreated)
	s.do(t, "GET", "/v1/posts", nil, "Sec-Fetch-Site", "cross-site").want(t, http.StatusOK)
}

// TestSessionsSurviveARestart of the server, in its database.
func TestSessionsSurviveARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := startIn(t, dir, "LAME_DUCK=0s")
	var cookies []string
	for i := range 5 {
		name := fmt.Sprintf("user-%d", i)
		visitor := s.visitor()
		createUser(t, visitor, name)
		visitor.logIn(t, name)
		cookies = append(cookies, visitor.cookie)
	}
	s.stop(t, syscall.SIGKILL)
	s = startIn(t, dir)
	for i, cookie := range cookies {
		s.cookie = cookie
		if got := decode[user](t, s.do(t, "GET", "/v1/session", nil).want(t, http.StatusOK)); got.Name != fmt.Sprintf("user-%d", i) {
			t.Errorf("the session of user-%d is that of %s", i, got.Name)
		}
	}
}
