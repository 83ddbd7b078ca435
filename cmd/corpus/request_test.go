package main

import (
	"io"
	"testing"

	"gen/generator/model"
	"gen/generator/wire"
)

// TestParameterStyles holds parameters against the examples of OpenAPI 3.1 §4.8.12.3.
func TestParameterStyles(t *testing.T) {
	list := []any{"blue", "black", "brown"}
	object := map[string]any{"R": 100.0, "G": 200.0, "B": 150.0}
	for _, test := range []struct {
		in, style string
		explode   bool
		value     any
		want      string
	}{
		{"path", "simple", false, "a/b", "/a%2Fb"},
		{"path", "simple", false, list, "/blue,black,brown"},
		{"path", "simple", false, object, "/B,150,G,200,R,100"},
		{"path", "simple", true, object, "/B=150,G=200,R=100"},
		{"path", "label", false, "blue", "/.blue"},
		{"path", "label", true, list, "/.blue.black.brown"},
		{"path", "matrix", false, "blue", "/;color=blue"},
		{"path", "matrix", false, list, "/;color=blue,black,brown"},
		{"path", "matrix", true, list, "/;color=blue;color=black;color=brown"},
		{"path", "matrix", true, object, "/;B=150;G=200;R=100"},
		{"query", "form", true, 1.5, "/x?color=1.5"},
		{"query", "form", true, list, "/x?color=blue&color=black&color=brown"},
		{"query", "form", false, list, "/x?color=blue%2Cblack%2Cbrown"},
		{"query", "form", true, object, "/x?B=150&G=200&R=100"},
		{"query", "form", false, object, "/x?color=B%2C150%2CG%2C200%2CR%2C100"},
		{"query", "pipeDelimited", false, list, "/x?color=blue%7Cblack%7Cbrown"},
		{"query", "spaceDelimited", false, list, "/x?color=blue+black+brown"},
		{"query", "deepObject", true, object, "/x?color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100"},
	} {
		p := &model.Param{Name: "color", In: test.in, Style: test.style, Explode: test.explode}
		path := "/x"
		if p.In == "path" {
			path = "/{color}"
		}
		r := &request{op: &model.Operation{Method: "GET", Path: path, Params: []*model.Param{p}}, params: map[*model.Param]any{p: test.value}}
		req, err := r.build(t.Context(), "http://localhost")
		if err != nil {
			t.Fatal(err)
		}
		if got := req.URL.RequestURI(); got != test.want {
			t.Errorf("%s, explode %t, %v: %s, want %s", test.style, test.explode, test.value, got, test.want)
		}
	}
}

func TestBodies(t *testing.T) {
	value := map[string]any{"a": 1.0, "list": []any{"x", "y"}, "rows": []any{map[string]any{"b": true}}}
	for _, test := range []struct {
		mediaType, tag string
		wantType, want string
	}{
		{"application/json", "JSON", "application/json", `{"a":1,"list":["x","y"],"rows":[{"b":true}]}`},
		{"*/*", "JSON", "application/json", `{"a":1,"list":["x","y"],"rows":[{"b":true}]}`},
		{"application/x-www-form-urlencoded", "JSON", "application/x-www-form-urlencoded", `a=1&list=x&list=y&rows%5B0%5D%5Bb%5D=true`},
		{"text/plain", "Text", "text/plain", "text"},
		{"image/*", "", "image/x-corpus", "bytes"},
	} {
		c := wire.Encode(&model.Body{MediaType: test.mediaType, Tag: test.tag}, value)
		if c.MediaType != test.wantType || string(c.Data) != test.want {
			t.Errorf("%s: %s %s", test.mediaType, c.MediaType, c.Data)
		}
	}
}

func TestPathsWithQueryAndFragment(t *testing.T) {
	op := &model.Operation{Method: "POST", Path: "/files?action=copy#now"}
	req, err := (&request{op: op, body: &wire.Content{MediaType: "text/plain", Data: []byte("x")}}).build(t.Context(), "http://localhost/v1")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(req.Body)
	if err != nil || req.URL.String() != "http://localhost/v1/files?action=copy" || string(body) != "x" {
		t.Errorf("%s %q: %v", req.URL, body, err)
	}
}
