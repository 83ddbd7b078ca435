package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// FuzzBody sends anything as a post: it is taken, or refused with a problem.
func FuzzBody(f *testing.F) {
	for _, bad := range badBodies() {
		if text, ok := bad.body.(string); ok && len(text) < 1000 {
			f.Add([]byte(text))
		}
	}
	s := start(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		s.logInOnce(t)
		if r := s.do(t, "POST", "/v1/posts", body); r.status != http.StatusCreated {
			r.problem(t, http.StatusBadRequest)
		}
	})
}

// FuzzAddress asks for anything: it is there, or refused with a problem.
func FuzzAddress(f *testing.F) {
	for _, bad := range append(badPaths(), badQueries()...) {
		if address, err := url.Parse(bad.path); err == nil && len(bad.path) < 1000 {
			f.Add(strings.TrimPrefix(address.Path, "/"), address.RawQuery)
		}
	}
	s := start(f)
	f.Fuzz(func(t *testing.T, path, query string) {
		target := (&url.URL{Path: "/" + path}).EscapedPath() + "?" + (&url.URL{Path: query}).EscapedPath()
		if len(target) > 16<<10 {
			return // net/http answers itself, in plain text
		}
		if r := s.do(t, "GET", target, nil); r.status >= http.StatusBadRequest {
			r.problem(t, http.StatusBadRequest, http.StatusUnauthorized, http.StatusNotFound, http.StatusMethodNotAllowed)
		}
	})
}
