package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// object is a JSON object to send or to look into.
type object = map[string]any

// response is an answer, read to its end.
type response struct {
	call   string // "GET /v1/posts", for messages
	status int
	header http.Header
	body   []byte
}

// do sends a request and returns its answer. A string, []byte or io.Reader is sent as it is (a
// reader in chunks), nil as no body, anything else as JSON. headers are names and values in turn.
// Any 5xx but 501 fails the test.
func (s *server) do(t *testing.T, method, path string, body any, headers ...string) response {
	t.Helper()
	res, err := s.try(method, path, body, headers...)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return res.noFailure(t)
}

// try is do for other goroutines than the test's own, and for servers that may be gone.
func (s *server) try(method, path string, body any, headers ...string) (response, error) {
	reader, err := encode(body)
	if err != nil {
		return response{}, err
	}
	req, err := http.NewRequest(method, s.url+path, reader)
	if err != nil {
		return response{}, err
	}
	if body != nil {
		req.Header.Set("Content-Type", contentType(method))
	}
	if s.cookie != "" {
		req.Header.Set("Cookie", s.cookie)
	}
	for pair := range slices.Chunk(headers, 2) {
		req.Header.Set(pair[0], pair[1])
	}
	res, err := s.client.Do(req)
	if err != nil {
		return response{}, err
	}
	return read(method+" "+path, res)
}

// raw sends bytes that net/http would refuse to send and returns the answer.
func (s *server) raw(t *testing.T, request string) response {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(deadline)); err != nil {
		t.Fatal(err)
	}
	// The server may answer and close before it has read all: then only the answer counts.
	go func() { _, _ = io.WriteString(conn, request) }()
	line, _, _ := strings.Cut(request, "\r\n")
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("%.80q: %v", line, err)
	}
	answer, err := read(fmt.Sprintf("%.80q", line), res)
	if err != nil {
		t.Fatalf("%.80q: %v", line, err)
	}
	return answer.noFailure(t)
}

func encode(body any) (io.Reader, error) {
	switch b := body.(type) {
	case nil:
		return nil, nil
	case io.Reader:
		return struct{ io.Reader }{b}, nil // hides its length: net/http sends it chunked
	case string:
		return strings.NewReader(b), nil
	case []byte:
		return bytes.NewReader(b), nil
	}
	text, err := json.Marshal(body)
	return bytes.NewReader(text), err
}

func contentType(method string) string {
	if method == http.MethodPatch {
		return "application/merge-patch+json"
	}
	return "application/json"
}

func read(call string, res *http.Response) (response, error) {
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return response{call: call, status: res.StatusCode, header: res.Header, body: body}, err
}

func (r response) String() string {
	return fmt.Sprintf("%s: %d %s", r.call, r.status, r.body)
}

func (r response) noFailure(t *testing.T) response {
	t.Helper()
	if r.status >= 500 && r.status != http.StatusNotImplemented {
		t.Errorf("%v; want no failure of the server", r)
	}
	return r
}

// want ends the test unless the answer has one of these statuses.
func (r response) want(t *testing.T, statuses ...int) response {
	t.Helper()
	if !slices.Contains(statuses, r.status) {
		t.Fatalf("%v; want %v", r, statuses)
	}
	return r
}

// is reports whether the answer's media type is this one, whatever its parameters.
func (r response) is(mediaType string) bool {
	got, _, err := mime.ParseMediaType(r.header.Get("Content-Type"))
	return err == nil && got == mediaType
}

// decode reads the JSON of an answer.
func decode[T any](t *testing.T, r response) T {
	t.Helper()
	var value T
	if err := json.Unmarshal(r.body, &value); err != nil {
		t.Fatalf("%v: %v", r, err)
	}
	return value
}

// problem is RFC 9457 with the errors member of board.yaml.
type problem struct {
	Type   string
	Title  string
	Status int
	Detail string
	Errors []struct{ Pointer, Parameter, Detail string }
}

// problem ends the test unless the answer is problem+json with one of these statuses.
func (r response) problem(t *testing.T, statuses ...int) problem {
	t.Helper()
	r.want(t, statuses...)
	if !r.is("application/problem+json") {
		t.Fatalf("%v has Content-Type %q; want application/problem+json", r, r.header.Get("Content-Type"))
	}
	p := decode[problem](t, r)
	if p.Status != r.status || p.Title == "" || p.Type == "" {
		t.Fatalf("%v; want a body with type, title and status %d", r, r.status)
	}
	return p
}

// names reports whether the problem lists an error with this pointer or parameter.
func (p problem) names(place string) bool {
	for _, e := range p.Errors {
		if e.Detail != "" && (e.Pointer == place || e.Parameter == place) {
			return true
		}
	}
	return false
}
