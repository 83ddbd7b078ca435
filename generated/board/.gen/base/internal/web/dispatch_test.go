package web

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
)

// shows is an operation that answers its path, its parameters by name, and how long its body was.
func shows(method, path string, when ...api.Distinction) api.Route {
	return route(method, path, func(c echo.Context) error {
		body, err := io.ReadAll(c.Request().Body)
		if err != nil {
			return err
		}
		named := map[string]string{}
		for _, name := range c.ParamNames() {
			named[name] = c.Param(name)
		}
		answer := path
		for _, name := range slices.Sorted(maps.Keys(named)) {
			answer += " " + name + "=" + named[name]
		}
		if len(body) > 0 {
			answer += fmt.Sprintf(" %d bytes", len(body))
		}
		return c.JSON(http.StatusOK, answer)
	}, func(op *api.Operation) { op.When = when })
}

func dispatched() *api.API {
	path := func(name string, values ...string) api.Distinction {
		return api.Distinction{In: "path", Name: name, Values: values}
	}
	return &api.API{BasePath: "/v1", Routes: []api.Route{
		shows("GET", "/posts/{id}"),
		shows("GET", "/posts/{key}.json"),
		shows("POST", "/posts/{id}:revoke"),
		shows("POST", "/posts/search"),
		shows("GET", "/files"),
		shows("GET", "/files?upload"),
		shows("GET", "/files?type={type}"),
		shows("GET", "/files?type=a"),
		shows("GET", "/only?upload"),
		shows("GET", "/twice/{id}/y/{id}"),
		shows("GET", "/repos/{owner}-{repo}"),
		shows("GET", "/{a}.json/items"),
		shows("GET", "/{a}/{b}"),
		shows("GET", "/{c}.txt/{d}/e"),
		shows("GET", "/x/{d}.xml/{f}"),
		shows("GET", "/{g}/{h}/{i}"),
		shows("POST", "/auth/{alpha}/login", path("alpha", "a")),
		shows("POST", "/auth/{beta}/login", path("beta", "b")),
		shows("PUT", "/auth/{gamma}/login"),
		shows("GET", "/users/{id}", api.Distinction{In: "path", Name: "id", Pattern: "^[0-9]+$"}),
		shows("GET", "/users/{name}"),
		shows("GET", "/chat#stream", api.Distinction{In: "query", Name: "stream", Values: []string{"true"}}),
		shows("GET", "/chat", api.Distinction{In: "query", Name: "stream", Values: []string{"false"}}),
	}}
}

func TestDispatch(t *testing.T) {
	server := start(t, Config{}, dispatched(), nil)
	tests := []struct {
		method, path, want string
	}{
		{"GET", "/posts/7", "/posts/{id} id=7"},
		{"GET", "/posts/7.json", "/posts/{key}.json key=7"},
		{"GET", "/posts/a%2Fb.json", "/posts/{key}.json key=a%2Fb"},
		{"GET", "/posts/7.xml", "/posts/{id} id=7.xml"},
		{"GET", "/posts/7:revoke", "/posts/{id} id=7%3Arevoke"},
		{"GET", "/posts/search", "/posts/{id} id=search"},
		{"HEAD", "/posts/7.json", ""},
		{"POST", "/posts/7:revoke", "/posts/{id}:revoke id=7"},
		{"POST", "/posts/a:b:revoke", "/posts/{id}:revoke id=a%3Ab"},
		{"POST", "/posts/search", "/posts/search"},
		{"GET", "/files", "/files"},
		{"GET", "/files?upload=x", "/files?upload"},
		{"GET", "/files?type=a", "/files?type=a"},
		{"GET", "/files?type=b%20c", "/files?type={type} type=b%20c"},
		{"GET", "/only?upload", "/only?upload"},
		{"GET", "/twice/1/y/2", "/twice/{id}/y/{id} id=2"},
		{"GET", "/repos/ann-board", "/repos/{owner}-{repo} owner=ann repo=board"},
		{"GET", "/foo.json/items", "/{a}.json/items a=foo"},
		{"GET", "/foo/items", "/{a}/{b} a=foo b=items"},
		{"GET", "/repos/plain", "/{a}/{b} a=repos b=plain"},
		{"GET", "/n.txt/1/e", "/{c}.txt/{d}/e c=n d=1"},
		{"GET", "/n/1/e", "/{g}/{h}/{i} g=n h=1 i=e"},
		{"GET", "/x/1.xml/2", "/x/{d}.xml/{f} d=1 f=2"},
		{"GET", "/x/1/2", "/{g}/{h}/{i} g=x h=1 i=2"},
		{"POST", "/auth/a/login", "/auth/{alpha}/login alpha=a"},
		{"POST", "/auth/b/login", "/auth/{beta}/login beta=b"},
		{"POST", "/auth/c/login", "/auth/{alpha}/login alpha=c"},
		{"PUT", "/auth/b/login", "/auth/{gamma}/login gamma=b"},
		{"GET", "/users/7", "/users/{id} id=7"},
		{"GET", "/users/ann", "/users/{name} name=ann"},
		{"GET", "/chat?stream=true", "/chat#stream"},
		{"GET", "/chat", "/chat"},
	}
	for _, test := range tests {
		t.Run(test.method+test.path, func(t *testing.T) {
			server.do(t, test.method, "/v1"+test.path, "").wants(t, 200, test.want)
		})
	}
}

// TestDispatchByAnswer: where nothing else tells operations apart, Accept does.
func TestDispatchByAnswer(t *testing.T) {
	answers := func(path, mediaType string) api.Route {
		r := shows("GET", path, api.Distinction{In: "query", Name: "kind", Values: []string{mediaType}})
		r.Operation.Produces = []string{mediaType}
		return r
	}
	server := start(t, Config{}, &api.API{Routes: []api.Route{answers("/x", "text/csv"), answers("/x#json", "application/json")}}, nil)
	for accept, want := range map[string]string{"*/*": `"/x"`, "application/json": `"/x#json"`, "text/*": `"/x"`} {
		server.do(t, "GET", "/x", "", "Accept: "+accept).wants(t, 200, want)
	}
	server.do(t, "GET", "/x?kind=application/json", "", "Accept: */*").wants(t, 200, `"/x#json"`)
}

func TestDispatchRefuses(t *testing.T) {
	server := start(t, Config{}, dispatched(), nil)
	tests := []struct {
		method, path string
		status       int
		allow        string
	}{
		{"POST", "/posts/7", 405, "OPTIONS, GET, HEAD"},
		{"PUT", "/posts/7:revoke", 405, "OPTIONS, GET, HEAD, POST"},
		{"PUT", "/posts/search", 405, "OPTIONS, GET, HEAD, POST"},
		{"GET", "/auth/a/login", 200, ""}, // "/{g}/{h}/{i}"
		{"DELETE", "/auth/a/login", 405, "OPTIONS, GET, HEAD, POST, PUT"},
		{"OPTIONS", "/auth/a/login", 204, "OPTIONS, GET, HEAD, POST, PUT"},
		{"GET", "/only", 404, ""},
		{"PUT", "/only", 404, ""},
		{"PUT", "/only?upload", 405, "OPTIONS, GET, HEAD"},
		{"OPTIONS", "/only", 404, ""},
		{"GET", "/posts/7/", 404, ""},
		{"GET", "/files?type=", 200, ""},
	}
	for _, test := range tests {
		t.Run(test.method+test.path, func(t *testing.T) {
			got := server.do(t, test.method, "/v1"+test.path, "")
			got.wants(t, test.status, "")
			if allow := got.Header.Get("Allow"); allow != test.allow {
				t.Errorf("Allow is %q, want %q", allow, test.allow)
			}
		})
	}
}

func TestDistinctions(t *testing.T) {
	has := func(in, name string, values ...string) api.Distinction {
		return api.Distinction{In: in, Name: name, Values: values}
	}
	server := start(t, Config{MaxBody: 1000}, &api.API{Routes: []api.Route{
		shows("PUT", "/x#header", has("header", "X-Kind", "a")),
		shows("PUT", "/x#query", has("query", "fields")),
		shows("PUT", "/x#null", has("query", "fields"), has("body", "link", "null")),
		shows("PUT", "/x#type", has("Content-Type", "", "text/csv", "image/*")),
		shows("PUT", "/x#accept", has("Accept", "", "text/event-stream")),
		shows("PUT", "/x#cookie", has("cookie", "beta", "on")),
		shows("PUT", "/x#stream", has("body", "stream", "true")),
		shows("PUT", "/x"),
	}}, nil)
	const (
		json = "Content-Type: application/json"
		form = "Content-Type: application/x-www-form-urlencoded"
	)
	tests := []struct {
		query, body, header, want string
	}{
		{"", "", "Accept: */*", "/x"},
		{"", `{"stream":false}`, json, "/x"},
		{"", `{"stream":true,"a":1}`, json, "/x#stream"},
		{"", `[true]`, json, "/x"},
		{"", `{"stream":true`, json, "/x"},
		{"", `stream=true`, form, "/x#stream"},
		{"", "--b\r\nContent-Disposition: form-data; name=\"stream\"\r\n\r\ntrue\r\n--b--\r\n", "Content-Type: multipart/form-data; boundary=b", "/x#stream"},
		{"?fields=a", `{"link":{}}`, json, "/x#query"},
		{"?fields=a", `{"link":null}`, json, "/x#null"},
		{"?fields=a", `{"link":"null "}`, json, "/x#query"},
		{"", "", "X-Kind: a", "/x#header"},
		{"", "", "X-Kind: b", "/x"},
		{"", "1,2", "Content-Type: text/csv; charset=utf-8", "/x#type"},
		{"", "1,2", "Content-Type: image/png", "/x#type"},
		{"", "", "Accept: application/json, text/event-stream;q=0.5", "/x#accept"},
		{"", "", "Cookie: beta=on", "/x#cookie"},
	}
	for _, test := range tests {
		t.Run(test.query+test.body+test.header, func(t *testing.T) {
			want := test.want
			if test.body != "" {
				want += fmt.Sprintf(" %d bytes", len(test.body))
			}
			server.do(t, "PUT", "/x"+test.query, test.body, test.header).wants(t, 200, `"`+want+`"`)
		})
	}

	unsized := struct{ io.Reader }{strings.NewReader(strings.Repeat("x", 2000))}
	req, err := http.NewRequestWithContext(t.Context(), "PUT", server.url+"/x", unsized)
	if err != nil {
		t.Fatal(err)
	}
	server.send(t, req).wants(t, 413, "")
}
