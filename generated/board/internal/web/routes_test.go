package web

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
)

// echoParameter answers the value of the parameter id, decoded as the validation of requests does.
func echoParameter(c echo.Context) error {
	value, err := url.PathUnescape(c.Param("id"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, value)
}

func routed() *api.API {
	return &api.API{BasePath: "/v1", Routes: []api.Route{
		route("GET", "/posts", nil),
		route("POST", "/posts", nil),
		route("GET", "/posts/{id}", echoParameter),
		route("DELETE", "/posts/{id}", nil),
		route("GET", "/posts/search", nil),
		route("GET", "/posts/{id}/comments", echoParameter),
		route("GET", "/tags/{id}", echoParameter),
		route("GET", "/odd:name*", nil),
		route("GET", "/headed", nil),
		route("HEAD", "/headed", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) }),
		route("OPTIONS", "/headed", nil),
	}}
}

func TestRouting(t *testing.T) {
	server := start(t, Config{}, routed(), nil)
	tests := []struct {
		method, path string
		status       int
		body         string
	}{
		{"GET", "/v1/posts", 200, `"GET/posts"`},
		{"GET", "/v1/p%6Fsts", 200, `"GET/posts"`},
		{"GET", "/v1/posts/7", 200, `"7"`},
		{"GET", "/v1/posts/a%2Fb", 200, `"a/b"`},
		{"GET", "/v1/posts/100%25", 200, `"100%"`},
		{"GET", "/v1/posts/%252F", 200, `"%2F"`},
		{"GET", "/v1/posts/a:b*c", 200, `"a:b*c"`},
		{"GET", "/v1/posts/%EA%B0%80/comments", 200, `"가"`},
		{"GET", "/v1/posts/search", 200, `"GET/posts/search"`},
		{"GET", "/v1/odd:name*", 200, `"GET/odd:name*"`},
		{"GET", "/posts", 404, "problem"},
		{"GET", "/v1/nothing", 404, `"there is nothing at this path"`},
		{"GET", "/v1/posts/", 404, ""},
		{"GET", "/v1/posts//comments", 404, ""},
		{"GET", "/v1/posts/7/8", 404, ""},
		{"GET", "/v1/tags/7", 200, `"7"`},
		{"GET", "/v1/tags/7/8", 404, ""},
		{"DELETE", "/v1/tags/7/8", 404, ""},
		{"GET", "/v1/posts/%00", 400, `"status":400`},
		{"GET", "/v1/posts/%FF", 400, `"status":400`},
		{"GET", "/v1/posts/%C3%28", 400, `"status":400`},
		{"BREW", "/v1/posts", 405, `"status":405`},
	}
	for _, test := range tests {
		t.Run(test.method+test.path, func(t *testing.T) {
			got := server.do(t, test.method, test.path, "")
			if test.body == "problem" {
				test.body = `"title":"Not Found","status":404`
			}
			got.wants(t, test.status, test.body)
			if kind := got.Header.Get("Content-Type"); test.status >= 400 && kind != "application/problem+json" {
				t.Errorf("Content-Type is %q", kind)
			}
		})
	}
}

func TestMethods(t *testing.T) {
	server := start(t, Config{}, routed(), nil)

	got := server.do(t, "PUT", "/v1/posts/7", "")
	got.wants(t, 405, "the method")
	if allow := got.Header.Get("Allow"); allow != "OPTIONS, DELETE, GET, HEAD" {
		t.Errorf("Allow of 405 is %q", allow)
	}

	got = server.do(t, "OPTIONS", "/v1/posts", "")
	got.wants(t, 204, "")
	if allow := got.Header.Get("Allow"); allow != "OPTIONS, GET, HEAD, POST" {
		t.Errorf("Allow of OPTIONS is %q", allow)
	}
	server.do(t, "OPTIONS", "/v1/nothing", "").wants(t, 404, "")
	server.do(t, "OPTIONS", "/v1/headed", "").wants(t, 200, "OPTIONS/headed")
	server.do(t, "HEAD", "/v1/headed", "").wants(t, 204, "")

	get, head := server.do(t, "GET", "/v1/posts", ""), server.do(t, "HEAD", "/v1/posts", "")
	head.wants(t, 200, "")
	if head.body != "" {
		t.Errorf("HEAD has the body %q", head.body)
	}
	for _, name := range []string{"Content-Type", "Content-Length"} {
		if get.Header.Get(name) == "" || get.Header.Get(name) != head.Header.Get(name) {
			t.Errorf("%s: GET has %q, HEAD %q", name, get.Header.Get(name), head.Header.Get(name))
		}
	}
}

func TestNegotiation(t *testing.T) {
	produces := func(types ...string) func(*api.Operation) {
		return func(op *api.Operation) { op.Produces = types }
	}
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/json", nil),
		route("GET", "/vendor", nil, produces("application/vnd.board+json; version=1")),
		route("GET", "/any", nil, produces("image/*")),
		route("GET", "/empty", nil, produces()),
		route("GET", "/fails", fails(NotImplemented("fails"))),
	}}, nil)
	tests := []struct {
		path, accept string
		status       int
	}{
		{"/json", "", 200},
		{"/json", "*/*", 200},
		{"/json", "text/html, application/*;q=0.1", 200},
		{"/json", "Application/JSON", 200},
		{"/json", "text/html", 406},
		{"/json", "application/json;q=0, */*", 406},
		{"/json", "application/json; q=0.0", 406},
		{"/vendor", "application/vnd.board+json", 200},
		{"/vendor", "application/json", 406},
		{"/any", "text/html", 200},
		{"/empty", "text/html", 200},
		{"/fails", "application/json", 501},
	}
	for _, test := range tests {
		t.Run(test.path+" "+test.accept, func(t *testing.T) {
			server.do(t, "GET", test.path, "", "Accept: "+test.accept).wants(t, test.status, "")
		})
	}
}
