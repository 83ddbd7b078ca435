package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"example.com/board/api"
)

func TestHealth(t *testing.T) {
	var down atomic.Bool
	check := func(context.Context) error {
		if down.Load() {
			return errors.New("password of the database is hunter2")
		}
		return nil
	}
	server := start(t, Config{}, routed(), nil, check)
	server.do(t, "GET", "/healthz", "").wants(t, 200, "ok")
	server.do(t, "GET", "/readyz", "").wants(t, 200, "ready")
	down.Store(true)
	got := server.do(t, "GET", "/readyz", "")
	got.wants(t, 503, "unavailable")
	if strings.Contains(got.body, "hunter2") {
		t.Errorf("the client sees %s", got.body)
	}
	server.do(t, "GET", "/healthz", "").wants(t, 200, "ok")
	if !strings.Contains(server.logs.String(), "hunter2") {
		t.Error("the log does not say what is wrong")
	}
}

func TestDocs(t *testing.T) {
	server := start(t, Config{}, routed(), nil)
	page := server.do(t, "GET", "/docs", "", "Accept: text/html")
	page.wants(t, 200, "<title>Board")
	policy := page.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'; connect-src 'self'") || strings.Contains(policy, "unsafe") {
		t.Errorf("Content-Security-Policy is %q", policy)
	}
	for name, least := range map[string]int{"swagger-ui-bundle.js": 10_000, "swagger-ui.css": 10_000, "docs.js": 100, "docs.css": 100} {
		if !strings.Contains(page.body, `"/docs/`+name+`"`) {
			t.Errorf("the page does not name %s", name)
		}
		if got := server.do(t, "GET", "/docs/"+name, ""); got.StatusCode != http.StatusOK || len(got.body) < least {
			t.Errorf("%s: %d, %d bytes", name, got.StatusCode, len(got.body))
		}
	}
	for line := range strings.SplitSeq(page.body, "\n") {
		if strings.Contains(line, "src=\"http") || strings.Contains(line, "href=\"http") {
			t.Errorf("the page needs the network: %s", line)
		}
	}
}

func TestDocument(t *testing.T) {
	const document = `{"openapi":"3.0.3","info":{"title":"Ünïcode \u2028","version":"1.0","description":"two\nlines: yes"},` +
		`"paths":{},"x-z":[1,2.5,1e3,true,null,"true","1","","null","~","2020-01-01"],"x-a":{},"servers":[{"url":"/"}]}`
	server := start(t, Config{}, &api.API{Document: []byte(document)}, nil)
	got := server.do(t, "GET", "/openapi.json", "")
	if got.body != document || got.Header.Get("Content-Type") != "application/json" {
		t.Errorf("got %q %s", got.Header.Get("Content-Type"), got.body)
	}
	got = server.do(t, "GET", "/openapi.yaml", "")
	if !strings.HasPrefix(got.body, "openapi: 3.0.3\ninfo:\n  title:") || strings.Index(got.body, "x-z") > strings.Index(got.body, "x-a") {
		t.Errorf("got %s", got.body)
	}
	var fromJSON, fromYAML map[string]any
	if err := json.Unmarshal([]byte(document), &fromJSON); err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal([]byte(got.body), &fromYAML); err != nil {
		t.Fatal(err)
	}
	normal, err := json.Marshal(fromYAML)
	if err != nil {
		t.Fatal(err)
	}
	var again map[string]any
	if err := json.Unmarshal(normal, &again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(fromJSON, again); diff != "" {
		t.Error(diff)
	}
}

func TestDocumentNamesThisServerFirst(t *testing.T) {
	for _, test := range []struct{ base, document, want string }{
		{"", `{"info":{},"paths":{}}`, `{"info":{},"paths":{},"servers":[{"url":"/"}]}`},
		{"/v1", `{"info":{},"servers":[{"url":"/v1"}],"paths":{}}`, `{"info":{},"servers":[{"url":"/v1"}],"paths":{}}`},
		{
			"/v1", `{"info":{},"servers": [ {"url": "https://api.example/v1", "x": 1} ], "paths":{}}`,
			`{"info":{},"servers": [{"url":"/v1"},{"url":"https://api.example/v1","x":1}], "paths":{}}`,
		},
	} {
		server := start(t, Config{}, &api.API{Document: []byte(test.document), BasePath: test.base}, nil)
		if got := server.do(t, "GET", "/openapi.json", "").body; got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestPagesYield(t *testing.T) {
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/", nil),
		route("GET", "/docs/{id}", echoParameter),
		route("POST", "/healthz", nil),
		route("GET", "/{slug}", nil),
	}}, nil)
	server.do(t, "GET", "/", "").wants(t, 200, `"GET/"`)
	server.do(t, "GET", "/docs/7", "").wants(t, 200, `"7"`)
	server.do(t, "GET", "/docs", "").wants(t, 200, `"GET/{slug}"`)
	server.do(t, "GET", "/readyz", "").wants(t, 200, "ready")
	server.do(t, "POST", "/healthz", "").wants(t, 200, "POST/healthz")
}

func TestResponseValidation(t *testing.T) {
	const document = `{"openapi":"3.0.3","info":{"title":"Board","version":"1"},"paths":{"/posts":{"get":{"responses":{"200":
		{"description":"","content":{"application/json":{"schema":{"type":"integer"}}}}}}}}}`
	contract := &api.API{Document: []byte(document), Routes: []api.Route{route("GET", "/posts", nil)}}
	start(t, Config{}, contract, nil).do(t, "GET", "/posts", "").wants(t, 200, "GET/posts")
	checked := start(t, Config{ValidateResponses: true}, contract, nil)
	checked.do(t, "GET", "/posts", "").wants(t, 500, "Internal Server Error")
	if line := checked.logged(t, "request"); !strings.Contains(line["error"].(string), "outside of the document") {
		t.Errorf("the log says %v", line["error"])
	}
}
