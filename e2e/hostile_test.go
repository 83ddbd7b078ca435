//go:build unix

package e2e

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestBodyLimit(t *testing.T) {
	t.Parallel()
	s := signedIn(t, "MAX_BODY=4KiB")
	sized := func(size int) string {
		head, tail := `{"title":"x","body":"`, `"}`
		return head + strings.Repeat("x", size-len(head)-len(tail)) + tail
	}
	fits, over := sized(4<<10), sized(4<<10+1)
	s.do(t, "POST", "/v1/posts", fits).want(t, http.StatusCreated)
	s.do(t, "POST", "/v1/posts", over).problem(t, http.StatusRequestEntityTooLarge)
	s.do(t, "POST", "/v1/posts", strings.NewReader(fits)).want(t, http.StatusCreated) // chunked
	s.do(t, "POST", "/v1/posts", strings.NewReader(over)).problem(t, http.StatusRequestEntityTooLarge)
	s.do(t, "PATCH", "/v1/posts/1", over).problem(t, http.StatusRequestEntityTooLarge)
	if got := decode[page[post]](t, s.do(t, "GET", "/v1/posts", nil)); len(got.Items) != 2 {
		t.Errorf("there are %d posts; want the two that fit", len(got.Items))
	}
}

func TestDefaultBodyLimit(t *testing.T) {
	t.Parallel()
	s := start(t)
	over := bytes.Repeat([]byte(" "), 8<<20+1)
	s.do(t, "POST", "/v1/posts", over).problem(t, http.StatusRequestEntityTooLarge)
}

// TestNotQuiteHTTP sends what net/http answers itself, before any code of the project runs: plain
// text then, and the connection is closed.
func TestNotQuiteHTTP(t *testing.T) {
	t.Parallel()
	s := start(t)
	tests := map[string]string{
		"a NUL in the path":       "GET /v1/posts/\x00 HTTP/1.1\r\nHost: board\r\n\r\n",
		"no host":                 "GET /v1/posts HTTP/1.1\r\n\r\n",
		"a header without a name": "GET /v1/posts HTTP/1.1\r\nHost: board\r\n: x\r\n\r\n",
		"two lengths":             "POST /v1/posts HTTP/1.1\r\nHost: board\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
		"a negative length":       "POST /v1/posts HTTP/1.1\r\nHost: board\r\nContent-Length: -1\r\n\r\n",
		"a bad escape":            "GET /v1/posts/%zz HTTP/1.1\r\nHost: board\r\n\r\n",
		"not HTTP":                "hello\r\n\r\n",
		"giant headers":           "GET /v1/posts HTTP/1.1\r\nHost: board\r\nX-Giant: " + strings.Repeat("x", 2<<20) + "\r\n\r\n",
	}
	for name, request := range tests {
		if r := s.raw(t, request); r.status < 400 || r.status > 499 {
			t.Errorf("%s: %v; want 4xx", name, r)
		}
	}
	s.do(t, "GET", "/healthz", nil).want(t, http.StatusOK)
}

// TestOddButLawful: what is neither clearly right nor clearly wrong is answered all the same.
func TestOddButLawful(t *testing.T) {
	t.Parallel()
	s := start(t)
	createPost(t, s, nil)
	requests := []string{
		"GET /v1/posts?tag=%ff%fe HTTP/1.1\r\nHost: board\r\n\r\n",
		"GET /v1/posts?tag=%00 HTTP/1.1\r\nHost: board\r\n\r\n",
		"GET /v1/posts?limit=1&limit=2 HTTP/1.1\r\nHost: board\r\n\r\n",
		"GET /v1/posts?%zz HTTP/1.1\r\nHost: board\r\n\r\n",
		"GET /v1/posts?unknown=1;2 HTTP/1.1\r\nHost: board\r\n\r\n",
		"GET //v1//posts HTTP/1.1\r\nHost: board\r\n\r\n",
		"GET /v1/posts/../posts HTTP/1.1\r\nHost: board\r\n\r\n",
		"GET http://elsewhere/v1/posts HTTP/1.1\r\nHost: board\r\n\r\n",
		"GET /v1/posts HTTP/1.1\r\nHost: board\r\nAccept: rubbish;;q=\r\n\r\n",
		"GET /v1/posts HTTP/1.1\r\nHost: board\r\nCookie: \x80=;;=;\r\n\r\n",
		"GET /v1/posts/1 HTTP/1.1\r\nHost: board\r\nIf-None-Match: \"\r\n\r\n",
		"PATCH /v1/posts/1 HTTP/1.1\r\nHost: board\r\nIf-Match: rubbish\r\nContent-Type: application/merge-patch+json\r\nContent-Length: 2\r\n\r\n{}",
		"OPTIONS * HTTP/1.1\r\nHost: board\r\n\r\n",
		"BREW /v1/posts HTTP/1.1\r\nHost: board\r\n\r\n",
		"GET /v1/posts HTTP/1.1\r\nHost: board\r\nContent-Length: 5\r\n\r\nhello",
	}
	for _, request := range requests {
		s.raw(t, request)
	}
	s.do(t, "GET", "/readyz", nil).want(t, http.StatusOK)
}

// TestManyHeaders stays below the limit of all headers together.
func TestManyHeaders(t *testing.T) {
	t.Parallel()
	s := start(t)
	var headers []string
	for i := range 100 {
		headers = append(headers, fmt.Sprintf("X-Number-%d", i), strings.Repeat("x", 100))
	}
	s.do(t, "GET", "/healthz", nil, headers...).want(t, http.StatusOK)
}
