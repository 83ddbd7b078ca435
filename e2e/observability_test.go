package e2e

import (
	"bufio"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// requestLine is a line of the log about a request.
type requestLine struct {
	Message  string  `json:"msg"`
	Worker   *int    `json:"worker"`
	ID       string  `json:"id"`
	Method   string  `json:"method"`
	Route    *string `json:"route"`
	Status   int     `json:"status"`
	Duration int64   `json:"duration"`
	Bytes    *int64  `json:"bytes"`
	Session  string  `json:"session"`
	TraceID  string  `json:"trace_id"`
	ParentID string  `json:"parent_id"`
	Client   string  `json:"client"`
}

// requestLines stops the server and returns its lines about requests by their ids. Lines that are no JSON fail the test.
func (s *server) requestLines(t *testing.T) map[string]requestLine {
	t.Helper()
	s.stop(t, syscall.SIGTERM)
	lines := map[string]requestLine{}
	scanner := bufio.NewScanner(strings.NewReader(s.log.String()))
	for scanner.Scan() {
		var line requestLine
		if err := json.Unmarshal(scanner.Bytes(), &line); err != nil {
			t.Errorf("%v: %s", err, scanner.Text())
		}
		if line.Message == "request" {
			lines[line.ID] = line
		}
	}
	return lines
}

// TestRequestLines: each request has a line that says what was asked, how it ended, in which worker and whose it was.
func TestRequestLines(t *testing.T) {
	t.Parallel()
	for _, workers := range []string{"1", "2"} {
		t.Run(workers, func(t *testing.T) {
			t.Parallel()
			s := start(t, "LOG_FORMAT=auto", "LOG_LEVEL=info", "LAME_DUCK=0s", "WORKERS="+workers)
			s.logInOnce(t)
			const id, trace, parent = "X-Request-ID", "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
			s.do(t, "GET", "/v1/session", nil, id, "first")
			s.do(t, "GET", "/v1/session", nil, id, "second")
			s.logIn(t, "author")
			s.do(t, "GET", "/v1/session", nil, id, "after", "traceparent", "00-"+trace+"-"+parent+"-01")
			s.cookie = ""
			s.do(t, "GET", "/v1/posts/1?fields=all", nil, id, "nobody")
			s.do(t, "GET", "/v1/nowhere", nil, id, "lost")
			lines := s.requestLines(t)
			for name, want := range map[string]requestLine{
				"first": {Method: "GET", Status: 200}, "after": {Method: "GET", Status: 200, TraceID: trace, ParentID: parent},
				"nobody": {Method: "GET", Status: 404}, "lost": {Method: "GET", Status: 404},
			} {
				got := lines[name]
				if got.Method != want.Method || got.Status != want.Status || got.TraceID != want.TraceID || got.ParentID != want.ParentID ||
					got.Worker == nil || got.Route == nil || got.Bytes == nil || got.Duration <= 0 || got.Client != "127.0.0.1" {
					t.Errorf("the line of %s is %+v", name, got)
				}
			}
			first, second, after := lines["first"].Session, lines["second"].Session, lines["after"].Session
			if len(first) != 8 || first != second || len(after) != 8 || after == first || lines["nobody"].Session != "" {
				t.Errorf("the sessions are %q, %q, after another log-in %q, and of nobody %q", first, second, after, lines["nobody"].Session)
			}
			for name, want := range map[string]string{"first": "/v1/session", "nobody": "/v1/posts/{postId}", "lost": ""} {
				if route := lines[name].Route; route == nil || *route != want {
					t.Errorf("the route of %s is not %q", name, want)
				}
			}
		})
	}
}

// TestTheLogKeepsNoSecrets plants secrets wherever a client can write one, and has requests succeed and fail in every
// way. Whoever reads the log of all of that, with all details, learns none of them.
func TestTheLogKeepsNoSecrets(t *testing.T) {
	t.Parallel()
	const planted = "hunter2-secret"
	for _, format := range []string{"json", "text"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			s := start(t, "LOG_FORMAT="+format, "LAME_DUCK=0s", "MAX_BODY=64kB", "TRUSTED_ORIGINS=https://friend.example")
			account := object{"name": "ann", "password": planted + "-password"}
			secrets := []string{planted}
			headers := []string{
				"Authorization", "Bearer " + planted, "X-Api-Key", planted, "X-Csrf-Token", planted, "Referer", "https://a.example/?token=" + planted,
				"User-Agent", planted, "Origin", "https://friend.example", "X-Forwarded-For", planted, "traceparent", planted, "X-Request-ID", `"` + planted + `"`,
			}
			ask := func(method, path string, body any) response {
				r := s.do(t, method, path+"?token="+planted, body, headers...)
				for _, cookie := range (&http.Response{Header: r.header}).Cookies() {
					secrets = append(secrets, cookie.Value)
				}
				return r
			}
			ask("POST", "/v1/users", account).want(t, http.StatusCreated)
			ask("POST", "/v1/users", account).want(t, http.StatusConflict)
			ask("POST", "/v1/session", object{"name": "ann", "password": planted}).want(t, http.StatusUnauthorized)
			s.cookie = ask("POST", "/v1/session", account).want(t, http.StatusOK).cookie(t)
			ask("POST", "/v1/posts", object{"title": planted, "body": planted}).want(t, http.StatusCreated)
			for _, method := range []string{"GET", "PUT", "PATCH", "DELETE", "TRACE", "BREW"} {
				for _, path := range []string{"/v1/session", "/v1/sessions", "/v1/users/1", "/v1/posts/" + planted, "/" + planted, "/docs/" + planted} {
					ask(method, path, `{"password": "`+planted)
				}
			}
			ask("POST", "/v1/posts", object{"title": strings.Repeat(planted, 10_000)}).want(t, http.StatusRequestEntityTooLarge)
			for _, broken := range []string{
				"GET /" + planted + " HTTP/1.1\r\nHost: x\r\nBad " + planted + ": x\r\n\r\n", "GET /?" + planted + " HTTP/x\r\n\r\n",
				"POST /v1/posts HTTP/1.1\r\nHost: x\r\nContent-Length: " + planted + "\r\n\r\n", "GET /%zz" + planted + " HTTP/1.1\r\nHost: x\r\n\r\n",
			} {
				s.raw(t, broken)
			}
			s.cookie = ask("POST", "/v1/session", account).want(t, http.StatusOK).cookie(t)
			ask("DELETE", "/v1/session", nil)
			s.stop(t, syscall.SIGTERM)
			s.wantNoSecrets(t, secrets...)
			if len(secrets) < 3 || strings.Count(s.log.String(), "request") < 40 {
				t.Errorf("of %d secrets too little was logged:\n%s", len(secrets), s.log)
			}
		})
	}
}

// wantNoSecrets fails the test if the log has one of them.
func (s *server) wantNoSecrets(tb testing.TB, secrets ...string) {
	tb.Helper()
	log := strings.ToLower(s.log.String())
	for _, secret := range slices.Compact(slices.Sorted(slices.Values(secrets))) {
		if at := strings.Index(log, strings.ToLower(secret)); secret != "" && at >= 0 {
			tb.Errorf("the log has the secret %s: %.300s", secret, log[max(0, at-100):])
		}
	}
}

// TestListeningIsAlwaysSaid: where a server listens is not a matter of the level of the log.
func TestListeningIsAlwaysSaid(t *testing.T) {
	t.Parallel()
	for _, workers := range []string{"1", "2"} {
		s := start(t, "LOG_LEVEL=error", "LAME_DUCK=0s", "WORKERS="+workers)
		s.do(t, "GET", "/v1/posts", nil).want(t, http.StatusOK)
		s.stop(t, syscall.SIGTERM)
		if log := s.log.String(); strings.Count(log, "\n") != 1 || !strings.Contains(log, "level=INFO msg=listening") {
			t.Errorf("with %s workers it says %s", workers, log)
		}
	}
}
