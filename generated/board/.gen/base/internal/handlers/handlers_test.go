package handlers_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/board/api"
	"example.com/board/internal/handlers"
	"example.com/board/internal/schema"
	"example.com/board/internal/session"
	"example.com/board/internal/store"
	"example.com/board/internal/web"
)

// server is the whole API on a database of its own. Each answer is held against the document.
type server struct {
	*httptest.Server
	t *testing.T
}

func start(t *testing.T) *server {
	t.Helper()
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "test.db"), schema.Files)
	if err != nil {
		t.Fatal(err)
	}
	sessions, err := session.Open(t.Context(), session.Config{Store: "memory", Idle: time.Hour, Lifetime: time.Hour}, session.Carriers{Cookie: "board_session"}, db)
	if err != nil {
		t.Fatal(err)
	}
	contract, err := api.New(handlers.New(db, sessions))
	if err != nil {
		t.Fatal(err)
	}
	config := web.Config{
		MaxBody:           1 << 20,
		ValidateResponses: true,
		Log:               slog.New(slog.NewTextHandler(t.Output(), nil)),
	}
	schemes := everybody(contract)
	schemes["session"] = sessions.Cookie()
	srv, err := web.New(config, contract, schemes, db.Ping)
	if err != nil {
		t.Fatal(err)
	}
	srv.Use(sessions.Middleware)
	s := &server{Server: httptest.NewServer(srv.Handler()), t: t}
	if s.Client().Jar, err = cookiejar.New(nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Close()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// everybody passes the document's security schemes.
func everybody(contract *api.API) map[string]web.Scheme {
	schemes := map[string]web.Scheme{}
	for _, route := range contract.Routes {
		for _, requirement := range route.Operation.Security {
			for _, use := range requirement {
				schemes[use.Scheme] = web.Scheme{
					Authenticate: func(*http.Request, []string) (string, error) { return "tester", nil },
				}
			}
		}
	}
	return schemes
}

// create makes a resource and returns its path.
func (s *server) create(path, mediaType, body string, want int) string {
	s.t.Helper()
	location := s.do(http.MethodPost, path, mediaType, body, want).Get("Location")
	if location == "" {
		s.t.Fatalf("POST %s: no Location", path)
	}
	return strings.TrimPrefix(strings.TrimPrefix(location, s.URL), api.BasePath)
}

// do sends a request and returns the header of the answer, whose status must be want.
func (s *server) do(method, path, mediaType, body string, want int) http.Header {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.URL+api.BasePath+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if mediaType != "" {
		req.Header.Set("Content-Type", mediaType)
	}
	res, err := s.Client().Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	got, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if res.StatusCode != want {
		s.t.Fatalf("%s %s answers %d, want %d: %s", method, path, res.StatusCode, want, got)
	}
	return res.Header
}
