package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// badRequest is one that the server has to refuse.
type badRequest struct {
	name, method, path string
	body               any
	contentType        string
	statuses           []int
	places             []string // pointers or parameters that the answer has to name
}

var (
	invalid = []int{http.StatusBadRequest}
	// An address that nothing can have is as much an unknown one as an invalid one.
	nowhere     = []int{http.StatusBadRequest, http.StatusNotFound}
	unsupported = []int{http.StatusUnsupportedMediaType}
	// JSON is UTF-8 (RFC 8259 §8.1): another charset is refused by its name or by its bytes.
	badCharset = []int{http.StatusBadRequest, http.StatusUnsupportedMediaType}
)

// TestBadInput sends everything to one server, which has to live on.
func TestBadInput(t *testing.T) {
	t.Parallel()
	s := start(t)
	createPost(t, s, nil)
	for _, requests := range [][]badRequest{badBodies(), badMediaTypes(), badPaths(), badQueries()} {
		for _, bad := range requests {
			t.Run(bad.name, func(t *testing.T) { refused(t, s, bad) })
		}
	}
	s.do(t, "GET", "/readyz", nil).want(t, http.StatusOK)
	createPost(t, s, nil)
}

func refused(t *testing.T, s *server, bad badRequest) {
	t.Helper()
	if bad.method == "" {
		bad.method = http.MethodGet
	}
	var headers []string
	if bad.contentType != "" {
		headers = []string{"Content-Type", bad.contentType}
	}
	r := s.do(t, bad.method, bad.path, bad.body, headers...)
	p := r.problem(t, bad.statuses...)
	for _, place := range bad.places {
		if !p.names(place) {
			t.Errorf("%v; want errors to name %q and to say what is wrong", r, place)
		}
	}
}

func badBodies() []badRequest {
	post := func(name, body string, places ...string) badRequest {
		return badRequest{name: name, method: "POST", path: "/v1/posts", body: body, statuses: invalid, places: places}
	}
	patch := func(name, body string, places ...string) badRequest {
		return badRequest{name: name, method: "PATCH", path: "/v1/posts/1", body: body, statuses: invalid, places: places}
	}
	comment := badRequest{name: "missing in a child", method: "POST", path: "/v1/posts/1/comments", body: `{}`, statuses: invalid, places: []string{"/text"}}
	return []badRequest{
		post("wrong type", `{"title":1,"body":"x"}`, "/title"),
		post("wrong type in a list", `{"title":"x","body":"x","tags":["a",2]}`, "/tags/1"),
		post("missing", `{"body":"x"}`, "/title"),
		post("too short", `{"title":"","body":"x"}`, "/title"),
		post("too long", `{"title":"`+strings.Repeat("x", 121)+`","body":"x"}`, "/title"),
		post("too many", `{"title":"x","body":"x","tags":["0","1","2","3","4","5","6","7","8","9","10"]}`, "/tags"),
		post("twice in a set", `{"title":"x","body":"x","tags":["a","a"]}`, "/tags"),
		post("not in the enum", `{"title":"x","body":"x","status":"secret"}`, "/status"),
		post("too small", `{"title":"x","body":"x","rating":-0.1}`, "/rating"),
		post("too big", `{"title":"x","body":"x","rating":1e300}`, "/rating"),
		post("a number beyond all floats", `{"title":"x","body":"x","rating":1e999}`),
		post("null", `{"title":null,"body":"x"}`, "/title"),
		post("unknown property", `{"title":"x","body":"x","color":"red"}`, "/color"),
		post("a read-only property", `{"id":7,"title":"x","body":"x"}`, "/id"),
		post("all that is wrong", `{"title":"","body":7,"tags":"go"}`, "/title", "/body", "/tags"),
		post("no body", ""),
		post("not an object", `["title"]`),
		post("null for a body", `null`),
		post("broken JSON", `{"title":"x","body":`),
		post("not JSON", `title=x&body=x`),
		post("two values", `{"title":"x","body":"x"}{"title":"y","body":"y"}`),
		post("a name twice", `{"title":"x","title":"y","body":"x"}`),
		post("invalid UTF-8", "{\"title\":\"\xff\xfe\",\"body\":\"x\"}"),
		post("a control character", "{\"title\":\"a\x00b\",\"body\":\"x\"}"),
		post("deep nesting", `{"title":"x","body":"x","tags":`+strings.Repeat("[", 10_000)+strings.Repeat("]", 10_000)+`}`),
		post("deep nesting without an end", strings.Repeat(`{"title":`, 100_000)),
		patch("an empty patch", `{}`),
		patch("null where it is no value", `{"title":null}`, "/title"),
		patch("unknown property in a patch", `{"color":"red"}`, "/color"),
		patch("a patch that is a list", `[{"op":"remove","path":"/title"}]`),
		comment,
	}
}

func badMediaTypes() []badRequest {
	const body = `{"title":"x","body":"x"}`
	send := func(name, method, contentType string, statuses ...int) badRequest {
		path := map[string]string{"POST": "/v1/posts", "PATCH": "/v1/posts/1"}[method]
		return badRequest{name: name, method: method, path: path, body: body, contentType: contentType, statuses: statuses}
	}
	return []badRequest{
		send("text", "POST", "text/plain", unsupported...),
		send("a form", "POST", "application/x-www-form-urlencoded", unsupported...),
		send("XML", "POST", "application/xml", unsupported...),
		send("no media type", "POST", "rubbish", unsupported...),
		send("a broken parameter", "POST", "application/json; charset", badCharset...),
		send("text for a patch", "PATCH", "text/plain", unsupported...),
		send("XML for a patch", "PATCH", "application/xml", unsupported...),
		{
			name: "Latin-1", method: "POST", path: "/v1/posts", body: "{\"title\":\"caf\xe9\",\"body\":\"x\"}",
			contentType: "application/json; charset=iso-8859-1", statuses: badCharset,
		},
		{
			name: "UTF-16", method: "POST", path: "/v1/posts", body: "\xfe\xff\x00{\x00}",
			contentType: "application/json; charset=utf-16", statuses: badCharset,
		},
	}
}

func badPaths() []badRequest {
	get := func(name, path string) badRequest {
		return badRequest{name: name, path: path, statuses: nowhere}
	}
	return []badRequest{
		get("a word for a number", "/v1/posts/one"),
		get("zero", "/v1/posts/0"),
		get("negative", "/v1/posts/-1"),
		get("beyond 64 bits", "/v1/posts/9223372036854775808"),
		get("a thousand digits", "/v1/posts/"+strings.Repeat("9", 1000)),
		get("a fraction", "/v1/posts/1.5"),
		get("a NUL", "/v1/posts/%00"),
		get("a NUL behind a number", "/v1/posts/1%00"),
		get("a slash", "/v1/posts/1%2Fcomments"),
		get("dots", "/v1/posts/..%2F..%2Fetc%2Fpasswd"),
		get("invalid UTF-8 in a path", "/v1/posts/%ff%fe"),
		get("a NUL outside the base path", "/%00"),
		get("a newline", "/v1/posts/1%0d%0aX-Injected:%20yes"),
		get("a bad parent", "/v1/posts/one/comments"),
		get("a bad child", "/v1/posts/1/comments/one"),
		get("a quote", "/v1/posts/1'%20OR%20'1'='1"),
		{name: "a bad key with a body", method: "PUT", path: "/v1/posts/one", body: `{"title":"x","body":"x"}`, statuses: nowhere},
	}
}

func badQueries() []badRequest {
	posts := func(name, query string, places ...string) badRequest {
		return badRequest{name: name, path: "/v1/posts?" + query, statuses: invalid, places: places}
	}
	return []badRequest{
		posts("limit zero", "limit=0", "limit"),
		posts("limit too big", "limit=101", "limit"),
		posts("limit negative", "limit=-1", "limit"),
		posts("limit a word", "limit=many", "limit"),
		posts("limit huge", "limit=99999999999999999999", "limit"),
		posts("limit a fraction", "limit=1.5", "limit"),
		posts("limit empty", "limit=", "limit"),
		posts("unknown status", "status=secret", "status"),
		posts("unknown order", "order=sideways", "order"),
		posts("unknown sort", "sort=body", "sort"),
		posts("two at once", "limit=0&order=sideways", "limit", "order"),
		posts("a cursor that nobody gave", "after=rubbish"),
		posts("a cursor of bytes", "after="+url.QueryEscape("\x00\xff"), "after"),
		posts("a cursor too long", "after="+strings.Repeat("a", 1001), "after"),
		{name: "offset negative", path: "/v1/posts/1/comments?offset=-1", statuses: invalid, places: []string{"offset"}},
		{name: "offset a word", path: "/v1/posts/1/comments?offset=two", statuses: invalid, places: []string{"offset"}},
		{name: "offset huge", path: "/v1/posts/1/comments?offset=99999999999999999999", statuses: invalid, places: []string{"offset"}},
	}
}
