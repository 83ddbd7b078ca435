package web

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"testing"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
	"example.com/board/internal/store"
)

func TestConditionalGet(t *testing.T) {
	tagged := func(c echo.Context) error {
		SetETag(c.Request().Context(), 3)
		return c.JSON(http.StatusOK, "representation")
	}
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/posts/{id}", tagged),
		route("POST", "/posts/{id}", tagged),
		route("GET", "/fails", func(c echo.Context) error {
			SetETag(c.Request().Context(), 3)
			return store.ErrNotFound
		}),
	}}, nil)
	tests := []struct {
		method, path, offered string
		status                int
	}{
		{"GET", "/posts/1", "", 200},
		{"GET", "/posts/1", `"3"`, 304},
		{"HEAD", "/posts/1", `"3"`, 304},
		{"GET", "/posts/1", `W/"3"`, 304},
		{"GET", "/posts/1", `"1", "3"`, 304},
		{"GET", "/posts/1", `*`, 304},
		{"GET", "/posts/1", `"2"`, 200},
		{"GET", "/posts/1", `3`, 200},
		{"POST", "/posts/1", `"3"`, 200},
		{"GET", "/fails", `"3"`, 404},
	}
	for _, test := range tests {
		t.Run(test.method+test.path+" "+test.offered, func(t *testing.T) {
			got := server.do(t, test.method, test.path, "", "If-None-Match: "+test.offered)
			if got.StatusCode != test.status {
				t.Fatalf("got %d", got.StatusCode)
			}
			wantTag := `"3"`
			if test.status == 404 {
				wantTag = ""
			}
			if tag := got.Header.Get("ETag"); tag != wantTag {
				t.Errorf("ETag is %q", tag)
			}
			if test.status == 304 && (got.body != "" || got.Header.Get("Content-Type") != "") {
				t.Errorf("304 has a body: %q %q", got.Header.Get("Content-Type"), got.body)
			}
		})
	}
}

func TestIfMatch(t *testing.T) {
	tests := []struct {
		header  string
		version int64
		want    bool
	}{
		{`If-Match: "3"`, 3, true},
		{`If-Match: "2", "3"`, 3, true},
		{`If-Match: "2"`, 3, false},
		{`If-Match: W/"3"`, 3, false},
		{`If-Match: *`, 3, true},
		{`If-Match: *`, 0, false},
		{`If-Match: "0"`, 0, false},
		{`If-None-Match: *`, 0, true},
		{`If-None-Match: *`, 3, false},
		{`If-None-Match: W/"3"`, 3, false},
		{`If-None-Match: "2"`, 3, true},
	}
	contract := &api.API{Routes: []api.Route{route("PUT", "/posts/{id}", func(c echo.Context) error {
		holds := IfMatch(c.Request().Context())
		if holds == nil {
			return c.JSON(http.StatusOK, "asks nothing")
		}
		version := map[string]int64{"0": 0, "3": 3}[c.Param("id")]
		return c.JSON(http.StatusOK, holds(version))
	})}}
	server := start(t, Config{}, contract, nil)
	for _, test := range tests {
		t.Run(test.header, func(t *testing.T) {
			path := map[int64]string{0: "/posts/0", 3: "/posts/3"}[test.version]
			want := map[bool]string{true: "true", false: "false"}[test.want]
			server.do(t, "PUT", path, "", test.header).wants(t, 200, want)
		})
	}
	server.do(t, "PUT", "/posts/3", "").wants(t, 200, "asks nothing")
}

func TestHeaders(t *testing.T) {
	server := start(t, Config{}, &api.API{BasePath: "/v1", Routes: []api.Route{
		route("POST", "/posts", func(c echo.Context) error {
			SetLocation(c.Request().Context(), "/posts/7")
			return c.NoContent(http.StatusCreated)
		}),
		route("GET", "/posts", func(c echo.Context) error {
			SetNextLink(c.Request().Context(), url.Values{"after": {"x y"}})
			AddLink(c.Request().Context(), "first", url.Values{"after": nil})
			SetHeader(c.Request().Context(), "Content-Type", "text/plain")
			SetHeader(c.Request().Context(), "X-Note", "before")
			SetHeader(c.Request().Context(), "x-note", "after")
			return c.JSON(http.StatusOK, nil)
		}),
	}}, nil)
	if got := server.do(t, "POST", "/v1/posts", "").Header.Get("Location"); got != "/v1/posts/7" {
		t.Errorf("Location is %q", got)
	}
	got := server.do(t, "GET", "/v1/posts?status=draft&after=a", "").Header
	if links := got.Values("Link"); len(links) != 2 ||
		links[0] != `</v1/posts?after=x+y&status=draft>; rel="next"` || links[1] != `</v1/posts?status=draft>; rel="first"` {
		t.Errorf("Link is %q", links)
	}
	if kind := got.Get("Content-Type"); kind != "application/json" {
		t.Errorf("Content-Type of the answer was replaced by %q", kind)
	}
	if notes := got.Values("X-Note"); !slices.Equal(notes, []string{"after"}) {
		t.Errorf("X-Note is %q", notes)
	}
}

func TestURL(t *testing.T) {
	contract := &api.API{BasePath: "/v1", Routes: []api.Route{route("GET", "/posts", func(c echo.Context) error {
		return c.String(http.StatusOK, URL(c.Request().Context(), "/posts/7"))
	})}}
	forwarded := []string{"X-Forwarded-Proto: https", "X-Forwarded-Host: board.example"}
	direct := start(t, Config{}, contract, nil)
	if got := direct.do(t, "GET", "/v1/posts", "", forwarded...).body; got != direct.url+"/v1/posts/7" {
		t.Errorf("a stranger's headers make it %q", got)
	}
	behind := start(t, Config{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}}, contract, nil)
	if got := behind.do(t, "GET", "/v1/posts", "", forwarded...).body; got != "https://board.example/v1/posts/7" {
		t.Errorf("behind a proxy it is %q", got)
	}
}

func TestConditional(t *testing.T) {
	patch := route("PATCH", "/posts/{id}", func(c echo.Context) error { return c.NoContent(http.StatusOK) })
	patch.Operation.Conditional = true
	server := start(t, Config{}, &api.API{Routes: []api.Route{patch}}, nil)
	if got := server.do(t, "PATCH", "/posts/1", "").StatusCode; got != http.StatusPreconditionRequired {
		t.Errorf("without If-Match: %d", got)
	}
	if got := server.do(t, "PATCH", "/posts/1", "", `If-Match: "1"`).StatusCode; got != http.StatusOK {
		t.Errorf("with If-Match: %d", got)
	}
}

func TestContextOfNoRequest(t *testing.T) {
	ctx := context.Background()
	SetETag(ctx, 1)
	SetLocation(ctx, "/posts/1")
	SetNextLink(ctx, nil)
	if IfMatch(ctx) != nil || Principal(ctx, "basic") != "" {
		t.Error("a context of no request asks for something")
	}
}
