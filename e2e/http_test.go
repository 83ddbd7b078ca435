package e2e

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestHeadIsGetWithoutABody(t *testing.T) {
	t.Parallel()
	s := start(t)
	path := postPath(createPost(t, s, nil).ID)
	for _, path := range []string{path, "/v1/posts", "/healthz", "/openapi.json"} {
		get := s.do(t, "GET", path, nil).want(t, http.StatusOK)
		head := s.do(t, "HEAD", path, nil).want(t, http.StatusOK)
		if len(head.body) != 0 {
			t.Errorf("%v; want no body", head)
		}
		for _, name := range []string{"Content-Type", "ETag"} {
			if got, want := head.header.Get(name), get.header.Get(name); got != want {
				t.Errorf("HEAD %s has %s %q; want that of GET, %q", path, name, got, want)
			}
		}
	}
	s.do(t, "HEAD", postPath(999), nil).want(t, http.StatusNotFound)
}

func TestMethodsOfAPath(t *testing.T) {
	t.Parallel()
	s := start(t)
	tests := []struct {
		path  string
		allow []string
		deny  string
	}{
		{"/v1/posts", []string{"GET", "HEAD", "OPTIONS", "POST"}, "DELETE"},
		{"/v1/posts/1", []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "PUT"}, "POST"},
		{"/v1/users/1", []string{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH"}, "PUT"},
		{"/v1/session", []string{"DELETE", "GET", "HEAD", "OPTIONS", "POST"}, "PATCH"},
		{"/v1/posts/1/publish", []string{"OPTIONS", "POST"}, "GET"},
	}
	for _, test := range tests {
		options := s.do(t, "OPTIONS", test.path, nil).want(t, http.StatusNoContent, http.StatusOK)
		denied := s.do(t, test.deny, test.path, nil)
		denied.problem(t, http.StatusMethodNotAllowed)
		for _, r := range []response{options, denied} {
			if got := allowed(r); !slices.Equal(got, test.allow) {
				t.Errorf("%s has Allow %v; want %v", r.call, got, test.allow)
			}
		}
	}
}

// allowed is the Allow header in alphabetical order.
func allowed(r response) []string {
	methods := strings.FieldsFunc(r.header.Get("Allow"), func(c rune) bool { return c == ',' || c == ' ' })
	slices.Sort(methods)
	return methods
}

func TestNoSuchPath(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, path := range []string{"/nothing", "/v1", "/v1/nothing", "/posts", "/v1/posts/1/nothing", "/metrics", "/debug/pprof/"} {
		s.do(t, "GET", path, nil).problem(t, http.StatusNotFound)
		s.do(t, "POST", path, object{}).problem(t, http.StatusNotFound)
	}
}

func TestContentNegotiation(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, accept := range []string{"application/json", "*/*", "application/*", "text/html, application/json;q=0.1"} {
		s.do(t, "GET", "/v1/posts", nil, "Accept", accept).want(t, http.StatusOK)
	}
	s.do(t, "GET", "/v1/posts", nil, "Accept", "application/xml").problem(t, http.StatusNotAcceptable)
	s.do(t, "GET", postPath(999), nil, "Accept", "application/json").problem(t, http.StatusNotFound)
	s.do(t, "GET", "/nothing", nil, "Accept", "image/png").problem(t, http.StatusNotFound)
}

func TestHealth(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.do(t, "GET", "/healthz", nil).want(t, http.StatusOK)
	s.do(t, "GET", "/readyz", nil).want(t, http.StatusOK)
}

func TestTheDocumentIsServed(t *testing.T) {
	t.Parallel()
	s := start(t)
	yaml := s.do(t, "GET", "/openapi.yaml", nil).want(t, http.StatusOK)
	for _, line := range []string{"openapi: 3.1.0", "operationId: listPosts"} {
		if !bytes.Contains(yaml.body, []byte(line)) {
			t.Errorf("/openapi.yaml is not the document, it has no %q:\n%s", line, yaml.body)
		}
	}
	served := s.do(t, "GET", "/openapi.json", nil).want(t, http.StatusOK)
	if !served.is("application/json") {
		t.Errorf("/openapi.json has Content-Type %q", served.header.Get("Content-Type"))
	}
	document := decode[struct {
		OpenAPI string
		Paths   map[string]json.RawMessage
	}](t, served)
	if document.OpenAPI == "" || document.Paths["/posts/{postId}"] == nil {
		t.Errorf("/openapi.json is not the document:\n%s", served.body)
	}
}

// TestDocsWorkOffline follows every address on the page; none may lead to another host.
func TestDocsWorkOffline(t *testing.T) {
	t.Parallel()
	s := start(t)
	docs := s.do(t, "GET", "/docs", nil)
	if docs.status != http.StatusOK {
		docs = s.do(t, "GET", docs.location(t, s), nil)
	}
	if docs.want(t, http.StatusOK); !docs.is("text/html") || !bytes.Contains(docs.body, []byte("/openapi.")) {
		t.Fatalf("%v; want a page that reads the document", docs)
	}
	links := regexp.MustCompile(`(?:src|href)="([^"#]+)"`).FindAllSubmatch(docs.body, -1)
	if len(links) == 0 {
		t.Fatalf("%v; want scripts and style sheets", docs)
	}
	for _, link := range links {
		target := string(link[1])
		if strings.Contains(target, "//") {
			t.Errorf("/docs needs another host: %s", target)
			continue
		}
		s.do(t, "GET", "/"+strings.TrimLeft(strings.TrimPrefix(target, "."), "/"), nil).want(t, http.StatusOK)
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, path := range []string{"/v1/posts", "/nothing", "/healthz"} {
		r := s.do(t, "GET", path, nil)
		if r.header.Get("X-Content-Type-Options") != "nosniff" || r.header.Get("X-Request-ID") == "" {
			t.Errorf("%s has %v; want X-Content-Type-Options: nosniff and X-Request-ID", r.call, r.header)
		}
	}
}

func TestCompression(t *testing.T) {
	t.Parallel()
	s := start(t)
	createPost(t, s, object{"body": strings.Repeat("compressible ", 500)})
	for accept, want := range map[string]string{"gzip": "gzip", "identity": "", "gzip;q=0": ""} {
		r := s.do(t, "GET", "/v1/posts", nil, "Accept-Encoding", accept).want(t, http.StatusOK)
		if got := r.header.Get("Content-Encoding"); got != want || r.header.Get("Vary") == "" {
			t.Errorf("Accept-Encoding %s: Content-Encoding %q, Vary %q; want %q and a Vary", accept, got, r.header.Get("Vary"), want)
		}
	}
}
