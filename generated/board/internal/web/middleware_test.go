package web

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
)

func TestRequestID(t *testing.T) {
	server := start(t, Config{}, routed(), nil)
	for offered, taken := range map[string]bool{
		"6f1c-4.b:2": true, "": false, "two words": false, strings.Repeat("x", 129): false, `a"b`: false,
	} {
		got := server.do(t, "GET", "/v1/posts", "", "X-Request-ID: "+offered).Header.Get("X-Request-ID")
		if got == "" || (got == offered) != taken {
			t.Errorf("%q became %q", offered, got)
		}
	}
}

func TestTrustedProxies(t *testing.T) {
	server := start(t, Config{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}, &api.API{Routes: []api.Route{
		route("GET", "/scheme", func(c echo.Context) error { return c.JSON(http.StatusOK, c.Scheme()) }),
	}}, nil)
	server.do(t, "GET", "/scheme", "", "X-Forwarded-For: 6.6.6.6, 127.0.0.9", "X-Forwarded-Proto: https").wants(t, 200, "https")
	if client := server.logged(t, "request")["client"]; client != "6.6.6.6" {
		t.Errorf("the client is %v", client)
	}

	stranger := start(t, Config{}, server.api, nil)
	stranger.do(t, "GET", "/scheme", "", "X-Forwarded-Proto: https").wants(t, 200, `"http"`)
}

func TestSecurityHeaders(t *testing.T) {
	server := start(t, Config{}, routed(), nil)
	for _, path := range []string{"/v1/posts", "/v1/nothing", "/healthz"} {
		header := server.do(t, "GET", path, "").Header
		for name, want := range map[string]string{
			"X-Content-Type-Options":  "nosniff",
			"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
			"Referrer-Policy":         "no-referrer",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if header.Get("Server-Timing") != "" || header.Get("Server") != "" {
			t.Errorf("%s tells about the server: %v", path, header)
		}
	}
}

func TestCompression(t *testing.T) {
	long := strings.Repeat("board ", 1000)
	answers := func(kind string) echo.HandlerFunc {
		return func(c echo.Context) error { return c.Blob(http.StatusOK, kind, []byte(long)) }
	}
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/long", answers("application/json")),
		route("GET", "/image", answers("image/png")),
		route("GET", "/short", nil),
		route("GET", "/tagged", func(c echo.Context) error {
			SetETag(c.Request().Context(), 1)
			return answers("application/json")(c)
		}),
	}}, nil)
	tests := []struct {
		path, accept string
		compressed   bool
	}{
		{"/long", "gzip", true},
		{"/long", "br, GZIP;q=0.5", true},
		{"/long", "", false},
		{"/long", "gzip;q=0", false},
		{"/image", "gzip", false},
		{"/short", "gzip", false},
		{"/tagged", "gzip", false},
	}
	for _, test := range tests {
		t.Run(test.path+" "+test.accept, func(t *testing.T) {
			got := server.do(t, "GET", test.path, "", "Accept-Encoding: "+test.accept)
			if compressed := got.Header.Get("Content-Encoding") == "gzip"; compressed != test.compressed {
				t.Fatalf("compressed is %v", compressed)
			}
			if test.path == "/long" && got.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("Vary is %q", got.Header.Get("Vary"))
			}
			if !test.compressed {
				return
			}
			reader, err := gzip.NewReader(strings.NewReader(got.body))
			if err != nil {
				t.Fatal(err)
			}
			if text, err := io.ReadAll(reader); err != nil || string(text) != long {
				t.Errorf("decompressed to %d bytes, %v", len(text), err)
			}
		})
	}
	head := server.do(t, "HEAD", "/long", "", "Accept-Encoding: gzip")
	if head.StatusCode != http.StatusOK || head.Header.Get("Content-Encoding") != "gzip" || head.body != "" {
		t.Errorf("HEAD: %d %v", head.StatusCode, head.Header)
	}
}

func TestStreamIsFlushed(t *testing.T) {
	next := make(chan struct{})
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/stream", func(c echo.Context) error {
			c.Response().Header().Set("Content-Type", "text/event-stream")
			_, _ = io.WriteString(c.Response(), "data: 1\n\n")
			c.Response().Flush()
			<-next
			return errors.New("broken")
		}),
	}}, nil)
	response, err := http.Get(server.url + "/stream")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	first := make([]byte, 9)
	if _, err := io.ReadFull(response.Body, first); err != nil || string(first) != "data: 1\n\n" {
		t.Fatalf("got %q, %v", first, err)
	}
	close(next)
	if _, err := io.ReadAll(response.Body); err == nil {
		t.Error("an answer that was cut off looks whole")
	}
	server.logged(t, "answer cut off")
}

func TestBodyLimit(t *testing.T) {
	server := start(t, Config{MaxBody: 10}, &api.API{Routes: []api.Route{
		route("POST", "/unread", nil),
		route("POST", "/posts", func(c echo.Context) error {
			body, err := io.ReadAll(c.Request().Body)
			if err != nil {
				return &api.Error{Status: 400, Detail: "unreadable", Err: err}
			}
			return c.JSON(http.StatusOK, string(body))
		}),
	}}, nil)
	chunked := func(body string) answer {
		// A reader of unknown length is sent in chunks.
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.url+"/posts", io.MultiReader(strings.NewReader(body)))
		if err != nil {
			t.Fatal(err)
		}
		return server.send(t, req)
	}
	server.do(t, "POST", "/posts", "0123456789").wants(t, 200, "0123456789")
	server.do(t, "POST", "/posts", "0123456789a").wants(t, 413, "larger than 10 bytes")
	server.do(t, "POST", "/unread", "0123456789a").wants(t, 413, "larger than 10 bytes")
	chunked("0123456789").wants(t, 200, "0123456789")
	chunked("0123456789a").wants(t, 413, "larger than 10 bytes")
}

func TestClientThatHasGone(t *testing.T) {
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/work", func(echo.Context) error {
			t.Error("the handler begins to work")
			return nil
		}),
	}}, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	recorder := httptest.NewRecorder()
	server.Handler().ServeHTTP(recorder, httptest.NewRequestWithContext(ctx, http.MethodGet, "/work", nil))
	if recorder.Code != statusClientGone {
		t.Errorf("the status is %d", recorder.Code)
	}
}

func TestSlowBody(t *testing.T) {
	server := start(t, Config{}, routed(), nil)
	stall, finish := io.Pipe()
	defer func() { _ = finish.Close() }()
	e := echo.New()
	e.HTTPErrorHandler = server.writeError
	e.Use(server.begin, server.limitBody(50*time.Millisecond))
	e.POST("/", func(c echo.Context) error {
		_, err := io.ReadAll(c.Request().Body)
		return err
	})
	slow := &running{url: serve(t, e)}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, slow.url, stall)
	if err != nil {
		t.Fatal(err)
	}
	slow.send(t, req).wants(t, 408, "too slowly")
}

// TestUnfinishedBody has clients stop within a body, over the wire: they get their answer all the same, also
// where nobody reads that body.
func TestUnfinishedBody(t *testing.T) {
	server := start(t, Config{}, routed(), nil)
	e := echo.New()
	e.HTTPErrorHandler = server.writeError
	e.Use(server.begin, limitAnswer(300*time.Millisecond), server.answerErrors, server.limitBody(300*time.Millisecond))
	e.POST("/read", func(c echo.Context) error {
		_, err := io.ReadAll(c.Request().Body)
		return err
	})
	url := serve(t, e)
	for path, want := range map[string]string{"/read": "HTTP/1.1 408 ", "/nothing": "HTTP/1.1 404 "} {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, "POST "+path+" HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"); err != nil {
			t.Fatal(err)
		}
		answer, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil || !strings.HasPrefix(answer, want) {
			t.Errorf("%s: the answer is %q, %v; want %s", path, answer, err, want)
		}
	}
}
