package api

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestNothingIsKeptOfARequest holds what becomes of memory that requests share.
func TestNothingIsKeptOfARequest(t *testing.T) {
	op := &Operation{
		Method: http.MethodPost, Path: "/things/{id}",
		body: requestBody{contents: []content{{name: "application/json", compiled: true}}},
	}
	q := &requests{}
	q.free.New = func() any { return new(incoming) }
	var first, second string
	read := func(into *string) func(*incoming) {
		return func(in *incoming) {
			in.body()
			if r := in.json(); r != nil {
				readString(r, into)
			}
		}
	}
	if err := taken(t, q, op, post("application/json", `"first"`), read(&first)); err != nil {
		t.Fatal(err)
	}
	if err := taken(t, q, op, post("application/json", `"other"`), read(&second)); err != nil {
		t.Fatal(err)
	}
	if first != "first" || second != "other" {
		t.Errorf("read %q, then %q", first, second)
	}
	large := `"` + strings.Repeat("x", 2*largestKept) + `"`
	if err := taken(t, q, op, post("application/json", large), func(in *incoming) {
		read(&first)(in)
		if len(first) != len(large)-2 {
			t.Errorf("read %d of %d bytes", len(first), len(large)-2)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if kept := keep(make([]byte, largestKept+1)); kept != nil {
		t.Errorf("a buffer of %d bytes is kept", cap(kept))
	}
}

// bodyDocument is what the validator is told, bodyOperation what is generated of it.
const bodyDocument = `{"requestBody": {"required": true, "content": {
	"application/json": {"schema": {"type": "string"}},
	"application/x-www-form-urlencoded": {"schema": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}},
	"text/plain": {"schema": {"type": "string", "maxLength": 3}}}}, "responses": {}}`

func bodyOperation() *Operation {
	return &Operation{
		Method: http.MethodPost, Path: "/things/{id}", Invalid: http.StatusUnprocessableEntity,
		body: requestBody{required: true, contents: []content{
			{name: "application/json", compiled: true}, {name: "application/x-www-form-urlencoded", object: true}, {name: "text/plain"},
		}},
	}
}

// takeBody reads a body as generated code does, and returns it as JSON.
func takeBody(t *testing.T, in *incoming) string {
	t.Helper()
	in.body()
	switch {
	case in.is("application/json"):
		var s string
		if r := in.json(); r != nil && readString(r, &s) {
			return jsonOf(t, s)
		}
	case in.is("application/x-www-form-urlencoded"):
		var form *struct {
			N int `json:"n"`
		}
		if in.form(&form); form != nil {
			return jsonOf(t, form)
		}
	case in.is("text/plain"):
		var s *string
		if in.text(&s); s != nil {
			return jsonOf(t, s)
		}
	}
	return ""
}

// TestBodies holds what is answered to bodies, for which the validator is asked only where it must be.
func TestBodies(t *testing.T) {
	tests := []struct {
		name, contentType, body string
		status                  int
		want                    string
	}{
		{"JSON", "application/json", `"a"`, 0, `"a"`},
		{"JSON of another name", "application/merge-patch+json; charset=utf-8", `"a"`, 0, `"a"`},
		{"not of the schema", "application/json", `1`, 422, "must be a string"},
		{"no JSON", "application/json", `"a`, 400, "line 1, column 2: unexpected end of JSON input"},
		{"more than one value", "application/json", `"a" 1`, 400, "line 1, column 5: invalid character '1' after top-level value"},
		{"nothing", "application/json", ``, 422, "a body is required"},
		{"nothing of any type", "image/png", ``, 422, "a body is required"},
		{"of an unknown type", "image/png", `x`, 415, ""},
		{"of no type", "", `x`, 415, ""},
		{"JSON in another charset", "application/json; charset=UTF-16", `"a"`, 415, "the body must be in UTF-8"},
		{"JSON in its charset", "application/json; charset=UTF-8", `"a"`, 0, `"a"`},
		{"JSON in less than its charset", "application/json; charset=us-ascii", `"a"`, 0, `"a"`},
		{"text in another charset", "text/plain; charset=latin1", `abc`, 415, "the body must be in UTF-8"},
		{"a form", "application/x-www-form-urlencoded", `n=1`, 0, `{"n":1}`},
		{"a form that is wrong", "application/x-www-form-urlencoded", `n=x`, 422, "must be an integer"},
		{"a form that cannot be read", "application/x-www-form-urlencoded", `n=%`, 400, "the form cannot be read: it has a malformed escape or a semicolon"},
		{"text", "text/plain", `abc`, 0, `"abc"`},
		{"text that is wrong", "text/plain", `abcd`, 422, "must have at most 3 characters"},
	}
	q := &requests{validator: document(t, "3.0.3", bodyDocument)}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			failure := taken(t, q, bodyOperation(), post(test.contentType, test.body), func(in *incoming) { got = takeBody(t, in) })
			switch {
			case test.status == 0:
				if failure != nil || got != test.want {
					t.Errorf("got %s, %v; want %s", got, failure, test.want)
				}
			case failure == nil || failure.Status != test.status:
				t.Errorf("got %v, want status %d", failure, test.status)
			case failure.Status == http.StatusUnsupportedMediaType:
				if !strings.HasPrefix(failure.Detail, test.want) {
					t.Errorf("got %q, want %q", failure.Detail, test.want)
				}
			case test.want != "" && (len(failure.Invalid) != 1 || failure.Invalid[0].Detail != test.want):
				t.Errorf("got %v, want %q", failure.Invalid, test.want)
			}
		})
	}
}

func TestContentEncoding(t *testing.T) {
	q := &requests{validator: document(t, "3.0.3", bodyDocument)}
	for _, test := range []struct {
		contentType, coding string
		status              int
	}{
		{"application/json", "gzip", 415},
		{"text/plain", "br", 415},
		{"application/json", "Identity", 0},
		{"application/json", "identity gzip", 415},
	} {
		req := post(test.contentType, `"a"`)
		req.Header["Content-Encoding"] = strings.Fields(test.coding)
		failure := taken(t, q, bodyOperation(), req, func(in *incoming) { takeBody(t, in) })
		if test.status == 0 && failure != nil || test.status > 0 && (failure == nil || failure.Status != test.status) {
			t.Errorf("%s: got %v, want status %d", test.coding, failure, test.status)
		}
	}
}

// TestABodyThatBreaksOff holds that the reason is told apart from what is wrong with the text so far.
func TestABodyThatBreaksOff(t *testing.T) {
	op := &Operation{
		Method: http.MethodPost, Path: "/things/{id}",
		body: requestBody{contents: []content{{name: "application/json", compiled: true}}},
	}
	req := post("application/json", "")
	req.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"a`), failing{}))
	failure := taken(t, &requests{}, op, req, func(in *incoming) {
		if in.body(); in.json() != nil {
			t.Error("half a body was given out")
		}
	})
	if failure == nil || failure.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("got %v", failure)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, &http.MaxBytesError{Limit: 3} }

// TestBodiesOfAnyType holds that where a document names no media type JSON is read, and nothing else.
func TestBodiesOfAnyType(t *testing.T) {
	op := &Operation{
		Method: http.MethodPost, Path: "/things/{id}",
		body: requestBody{contents: []content{{name: "*/*", object: true, many: true, compiled: true}}},
	}
	for _, test := range []struct {
		contentType, body string
		status            int
		want              string
	}{
		{"application/json", `["a"]`, 0, "a"},
		{"application/vnd.x+json", `["a"]`, 0, "a"},
		{"application/octet-stream", `["a"]`, 0, "a"},
		{"", `["a"]`, 0, "a"},
		{"", ``, 0, ""},
		{"", `["a"`, 400, ""},
		{"application/x-www-form-urlencoded", `["a"]`, 415, ""},
		{"text/plain; charset=utf-8", `["a"]`, 415, ""},
	} {
		got := ""
		failure := taken(t, &requests{}, op, post(test.contentType, test.body), func(in *incoming) {
			in.body()
			if r := in.json(); r != nil && r.array() {
				for r.item() {
					readString(r, &got)
				}
			}
		})
		switch {
		case test.status == 0 && (failure != nil || got != test.want):
			t.Errorf("%s %s: got %q, %v, want %q", test.contentType, test.body, got, failure, test.want)
		case test.status > 0 && (failure == nil || failure.Status != test.status):
			t.Errorf("%s %s: got %v, want status %d", test.contentType, test.body, failure, test.status)
		}
	}
}
