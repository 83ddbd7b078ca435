package web

import (
	"net/http"
	"strings"
	"testing"

	"example.com/board/api"
	"example.com/board/internal/page"
)

func TestFrontPage(t *testing.T) {
	server := start(t, Config{}, routed(), nil)
	got := server.do(t, "GET", "/", "", "Accept: text/html,application/xhtml+xml,*/*;q=0.8")
	got.wants(t, 200, `src="/_page/main.js"`)
	for name, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache", "Vary": "Accept", "Content-Security-Policy": page.Policy,
	} {
		if got.Header.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.Header.Get(name), want)
		}
	}
	if strings.Contains(page.Policy, "unsafe") || !strings.HasPrefix(page.Policy, "default-src 'none'") {
		t.Errorf("the policy is %s", page.Policy)
	}
	if head := server.do(t, "HEAD", "/", ""); head.StatusCode != http.StatusOK || head.body != "" || head.Header.Get("ETag") != got.Header.Get("ETag") {
		t.Errorf("HEAD answers %d with the ETag %s and %q", head.StatusCode, head.Header.Get("ETag"), head.body)
	}
	server.do(t, "POST", "/", "").wants(t, 405, "")
}

func TestFrontPageIsKept(t *testing.T) {
	server := start(t, Config{}, routed(), nil)
	for _, path := range []string{"/", "/_page/main.js", "/_page/page.css"} {
		first := server.do(t, "GET", path, "")
		first.wants(t, 200, "")
		again := server.do(t, "GET", path, "", "If-None-Match: "+first.Header.Get("ETag"))
		if first.Header.Get("ETag") == "" || again.StatusCode != http.StatusNotModified || again.body != "" {
			t.Errorf("%s with the ETag %q answers %d", path, first.Header.Get("ETag"), again.StatusCode)
		}
	}
	server.do(t, "GET", "/_page/nothing.js", "").wants(t, 404, "there is nothing at this path")
	server.do(t, "GET", "/_page/", "").wants(t, 404, "")
}

func TestFrontPageByAccept(t *testing.T) {
	server := start(t, Config{}, routed(), nil)
	for accept, location := range map[string]string{
		"*/*": "", "text/html": "", "text/*;q=0.9,application/json;q=0.1": "", "image/png": "",
		"application/json": "/openapi.json", "text/html;q=0.1,application/json": "/openapi.json",
	} {
		got := server.do(t, "GET", "/", "", "Accept: "+accept)
		if want := map[bool]int{true: http.StatusOK, false: http.StatusFound}[location == ""]; got.StatusCode != want || got.Header.Get("Location") != location {
			t.Errorf("Accept: %s is answered with %d %q, want %d %q", accept, got.StatusCode, got.Header.Get("Location"), want, location)
		}
	}
}

func TestFrontPageYields(t *testing.T) {
	own := start(t, Config{}, &api.API{Routes: []api.Route{route("GET", "/", nil), route("GET", "/{a}/{b}", nil)}}, nil)
	own.do(t, "GET", "/", "").wants(t, 200, "GET/")
	own.do(t, "GET", "/_page/main.js", "").wants(t, 200, "GET/{a}/{b}")

	folder := start(t, Config{}, &api.API{Routes: []api.Route{route("GET", "/_page/{id}", nil)}}, nil)
	folder.do(t, "GET", "/_page/main.js", "").wants(t, 200, "GET/_page/{id}")
	if got := folder.do(t, "GET", "/", ""); got.StatusCode != http.StatusFound || got.Header.Get("Location") != "/docs" {
		t.Errorf("/ answers %d %s", got.StatusCode, got.Header.Get("Location"))
	}

	slugs := start(t, Config{}, &api.API{Routes: []api.Route{route("GET", "/{slug}", nil), route("GET", "/{a}/{b}", nil)}}, nil)
	slugs.do(t, "GET", "/", "").wants(t, 200, "/_page/main.js")
	slugs.do(t, "GET", "/_page/main.js", "").wants(t, 200, "start()")
	slugs.do(t, "GET", "/x/y", "").wants(t, 200, "GET/{a}/{b}")
}
