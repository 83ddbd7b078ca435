package e2e

import (
	"net/http"
	"testing"
)

// TestTraceOperations: with the setting an answer names the operation whose handler ran; a request
// that was refused before has no such name.
func TestTraceOperations(t *testing.T) {
	t.Parallel()
	traced, plain := start(t, "TRACE_OPERATIONS=true"), start(t)
	for path, want := range map[string]string{
		"/v1/posts":           "listPosts",
		"/v1/posts/1":         "getPost", // there is none: the handler says so
		"/v1/posts?limit=few": "",
		"/v1/posts/one":       "",
		"/nothing":            "",
	} {
		if got := traced.do(t, "GET", path, nil).header.Get("X-Operation-Id"); got != want {
			t.Errorf("GET %s was answered by %q; want %q", path, got, want)
		}
	}
	refused := traced.do(t, "DELETE", "/v1/users/1", nil)
	if got := refused.want(t, http.StatusUnauthorized).header.Get("X-Operation-Id"); got != "" {
		t.Errorf("a request without a session was answered by %s", got)
	}
	if got := plain.do(t, "GET", "/v1/posts", nil).header.Get("X-Operation-Id"); got != "" {
		t.Errorf("without the setting the answer names %s", got)
	}
}
