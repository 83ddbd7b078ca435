package web

import (
	"errors"
	"log/slog"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
)

func TestRequestLog(t *testing.T) {
	routes := routed()
	routes.Routes = append(routes.Routes, route("GET", "/cart", func(c echo.Context) error {
		NameSession(c.Request().Context(), "0a1b2c3d")
		return c.NoContent(http.StatusNoContent)
	}))
	server := start(t, Config{Worker: 2}, routes, nil)
	tests := map[string]struct {
		method, path string
		headers      []string
		want         map[string]any
	}{
		"an item": {"GET", "/v1/posts/7", nil, map[string]any{
			"level": "INFO", "method": "GET", "route": "/v1/posts/{id}", "status": 200.0, "bytes": 4.0, "client": "127.0.0.1", "worker": 2.0,
		}},
		"a session":     {"GET", "/v1/cart", nil, map[string]any{"session": "0a1b2c3d", "status": 204.0}},
		"a trace":       {"GET", "/v1/posts", []string{"traceparent: " + traceparent}, map[string]any{"trace_id": traceparentID, "parent_id": traceparentParent}},
		"a wrong trace": {"GET", "/v1/posts", []string{"traceparent: " + strings.ToUpper(traceparent)}, map[string]any{"trace_id": nil, "parent_id": nil}},
		"no route":      {"GET", "/v1/hunter2", nil, map[string]any{"route": "", "status": 404.0, "level": "INFO"}},
		"odd method":    {"HUNTER2", "/v1/posts", nil, map[string]any{"method": "other", "status": 405.0}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			id := strings.ReplaceAll(name, " ", "-")
			headers := slices.Concat(test.headers, []string{"X-Request-ID: " + id, "Authorization: Bearer hunter2", "Cookie: session=hunter2", "X-Forwarded-For: 6.6.6.6"})
			server.do(t, test.method, test.path+"?token=hunter2", "hunter2", headers...)
			line := server.loggedOf(t, id)
			for field, want := range test.want {
				if line[field] != want {
					t.Errorf("%s is %v, want %v", field, line[field], want)
				}
			}
		})
	}
	if log := server.logs.String(); strings.Contains(strings.ToLower(log), "hunter2") {
		t.Errorf("the log has the credential: %s", log)
	}
	all := slices.Sorted(maps.Keys(server.loggedOf(t, "an-item")))
	if want := []string{"bytes", "client", "duration", "id", "level", "method", "msg", "route", "status", "time", "worker"}; !slices.Equal(all, want) {
		t.Errorf("a line has %v, want %v", all, want)
	}
}

// loggedOf waits for the line about the request with an id.
func (r *running) loggedOf(t *testing.T, id string) map[string]any {
	t.Helper()
	for {
		for _, line := range r.logs.all() {
			if line["msg"] == "request" && line["id"] == id {
				return line
			}
		}
		select {
		case <-r.logs.added:
		case <-t.Context().Done():
			t.Fatalf("no line about %s in %s", id, r.logs)
		}
	}
}

func TestRequestLogOfFailures(t *testing.T) {
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/broken", fails(errors.New("the disk is full"))),
		route("GET", "/unwritten", fails(NotImplemented("unwritten"))),
		route("GET", "/panics", func(echo.Context) error { panic("oh") }),
	}}, nil)
	for path, want := range map[string]struct{ level, failure string }{
		"/broken":    {"ERROR", "the disk is full"},
		"/unwritten": {"WARN", "unwritten"},
		"/panics":    {"ERROR", "panic: oh"},
	} {
		server.do(t, "GET", path, "", "X-Request-ID: "+path)
		line := server.loggedOf(t, path)
		failure, _ := line["error"].(string)
		_, stack := line["stack"]
		if line["level"] != want.level || !strings.Contains(failure, want.failure) || stack != (path == "/panics") {
			t.Errorf("%s: %v", path, line)
		}
	}
}

// TestCostOfTheRequestLog holds that lines which nobody wants cost nothing, and the others little.
func TestCostOfTheRequestLog(t *testing.T) {
	const lines, none = 1000, slog.LevelError + 1
	for level, most := range map[slog.Level]float64{none: 0, slog.LevelInfo: 2} {
		log := slog.New(slog.NewJSONHandler(unread{http.Header{}}, &slog.HandlerOptions{Level: level}))
		server := &Server{log: log, api: &api.API{}}
		handle := newRequestLog(log, 0).middleware(func(echo.Context) error { return nil })
		c := echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/", nil), httptest.NewRecorder())
		begun := server.begin(func(c echo.Context) error {
			n := math.Inf(1)
			for range 5 { // what other goroutines allocate counts, too
				n = min(n, testing.AllocsPerRun(lines, func() { _ = handle(c) }))
			}
			if n > most {
				t.Errorf("at level %v a line makes %v allocations, want %v at most", level, n, most)
			}
			return nil
		})
		if err := begun(c); err != nil {
			t.Fatal(err)
		}
	}
}
