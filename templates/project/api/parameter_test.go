package api

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	openapi_types "github.com/oapi-codegen/runtime/types"
)

// color is a parameter of every kind of value.
type color struct {
	R     int     `json:"R"`
	G     *int    `json:"G,omitempty"`
	Label string  `json:"label,omitempty"`
	Parts []int   `json:"parts,omitempty"`
	Inner *inner  `json:"inner,omitempty"`
	Alpha float64 `json:"alpha,omitempty"`
}

type inner struct {
	On bool `json:"on"`
}

const (
	intSchema   = `{"type":"integer"}`
	textSchema  = `{"type":"string"}`
	intsSchema  = `{"type":"array","items":{"type":"integer"}}`
	colorSchema = `{"type":"object","properties":{"R":{"type":"integer"},"G":{"type":"integer"},"label":{"type":"string"},
		"parts":{"type":"array","items":{"type":"integer"}},"inner":{"type":"object","properties":{"on":{"type":"boolean"}}},"alpha":{"type":"number"}}}`
)

// bound sends a request with one parameter "p" and puts it into a T.
func bound[T any](t *testing.T, in, options, schema string, prepare func(*http.Request)) (T, *Error) {
	t.Helper()
	declared := `{"name":"p","in":"` + in + `","schema":` + schema + options + `}`
	if in == "path" {
		declared = `{"name":"id","in":"path","required":true,"schema":` + schema + options + `}`
	}
	v := document(t, "3.0.3", `{"parameters":[`+declared+`],"responses":{}}`)
	req := httptest.NewRequest(http.MethodPost, "/things/1", nil)
	prepare(req)
	var got T
	input, err := send(t, v, req, 0)
	if err != nil {
		return got, err
	}
	switch in {
	case "path":
		input.path("id", "", false, &got)
	case "query":
		input.query("p", "", false, &got)
	case "header":
		input.header("p", false, &got)
	case "cookie":
		input.cookie("p", false, &got)
	}
	if err := input.err(); err != nil {
		t.Fatal(err)
	}
	return got, nil
}

func path(p string) func(*http.Request) {
	return func(req *http.Request) { *req = *httptest.NewRequest(http.MethodPost, "/things/"+p, nil) }
}

func query(q string) func(*http.Request) {
	return func(req *http.Request) { req.URL.RawQuery = q }
}

func header(value string) func(*http.Request) {
	return func(req *http.Request) { req.Header.Set("P", value) }
}

func cookie(value string) func(*http.Request) {
	return func(req *http.Request) { req.Header.Set("Cookie", "p="+value) }
}

func TestLists(t *testing.T) {
	tests := []struct {
		name, in, options string
		prepare           func(*http.Request)
	}{
		{"simple", "path", ``, path("3,4,5")},
		{"label", "path", `,"style":"label"`, path(".3,4,5")},
		{"label exploded", "path", `,"style":"label","explode":true`, path(".3.4.5")},
		{"matrix", "path", `,"style":"matrix"`, path(";id=3,4,5")},
		{"matrix exploded", "path", `,"style":"matrix","explode":true`, path(";id=3;id=4;id=5")},
		{"form exploded", "query", ``, query("p=3&p=4&p=5")},
		{"form", "query", `,"explode":false`, query("p=3,4,5")},
		{"form escaped", "query", `,"explode":false`, query("p=3%2C4%2C5")},
		{"space", "query", `,"style":"spaceDelimited"`, query("p=3%204+5")},
		{"pipe", "query", `,"style":"pipeDelimited"`, query("p=3|4%7C5")},
		{"pipe exploded", "query", `,"style":"pipeDelimited","explode":true`, query("p=3&p=4&p=5")},
		{"header", "header", ``, header("3, 4,5")},
		{"cookie", "cookie", ``, cookie("3,4,5")},
		{"cookie not exploded", "cookie", `,"explode":false`, cookie("3,4,5")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := bound[*[]int](t, test.in, test.options, intsSchema, test.prepare)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&[]int{3, 4, 5}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestObjects(t *testing.T) {
	g := 200
	want := color{R: 100, G: &g}
	tests := []struct {
		name, in, options string
		prepare           func(*http.Request)
	}{
		{"simple", "path", ``, path("R,100,G,200")},
		{"simple exploded", "path", `,"explode":true`, path("R=100,G=200")},
		{"label", "path", `,"style":"label"`, path(".R,100,G,200")},
		{"label exploded", "path", `,"style":"label","explode":true`, path(".R=100.G=200")},
		{"matrix", "path", `,"style":"matrix"`, path(";id=R,100,G,200")},
		{"matrix exploded", "path", `,"style":"matrix","explode":true`, path(";R=100;G=200")},
		{"form exploded", "query", ``, query("R=100&G=200&x=1")},
		{"form", "query", `,"explode":false`, query("p=R,100,G,200")},
		{"space", "query", `,"style":"spaceDelimited"`, query("p=R%20100%20G%20200")},
		{"pipe", "query", `,"style":"pipeDelimited"`, query("p=R|100|G|200")},
		{"deep", "query", `,"style":"deepObject","explode":true`, query("p[R]=100&p[G]=200")},
		{"header", "header", ``, header("R,100,G,200")},
		{"header exploded", "header", `,"explode":true`, header("R=100, G=200")},
		{"cookie", "cookie", `,"explode":false`, cookie("R,100,G,200")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := bound[color](t, test.in, test.options, colorSchema, test.prepare)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDeepObject(t *testing.T) {
	got, err := bound[*color](t, "query", `,"style":"deepObject"`, colorSchema,
		query("p[R]=1&p[label]=a%20b&p[parts][0]=1&p[parts][1]=2&p[inner][on]=true&p[alpha]=0.5&q[R]=9"))
	if err != nil {
		t.Fatal(err)
	}
	want := &color{R: 1, Label: "a b", Parts: []int{1, 2}, Inner: &inner{On: true}, Alpha: 0.5}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got, err = bound[*color](t, "query", `,"style":"deepObject"`, colorSchema, query("p[parts][]=1&p[parts][]=2"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&color{Parts: []int{1, 2}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestScalars(t *testing.T) {
	type status string
	if got, err := bound[status](t, "query", ``, textSchema, query("p=a,b")); err != nil || got != "a,b" {
		t.Errorf("enum: %q, %v", got, err)
	}
	if got, err := bound[*status](t, "query", ``, textSchema, query("")); err != nil || got != nil {
		t.Errorf("absent: %v, %v", got, err)
	}
	if got, err := bound[string](t, "path", ``, textSchema, path("a%2Fb%20%C3%A9")); err != nil || got != "a/b é" {
		t.Errorf("escaped path: %q, %v", got, err)
	}
	if got, err := bound[*bool](t, "query", ``, `{"type":"boolean"}`, query("p=1")); err != nil || got == nil || !*got {
		t.Errorf("boolean: %v, %v", got, err)
	}
	if got, err := bound[int64](t, "header", ``, intSchema, header("9223372036854775807")); err != nil || got != 9223372036854775807 {
		t.Errorf("int64: %d, %v", got, err)
	}
	day, err := bound[openapi_types.Date](t, "cookie", ``, `{"type":"string","format":"date"}`, cookie("2026-01-31"))
	if err != nil || day.Month() != time.January {
		t.Errorf("date: %v, %v", day, err)
	}
	at, err := bound[*time.Time](t, "query", ``, `{"type":"string","format":"date-time"}`, query("p=2026-01-31T12:00:00Z"))
	if err != nil || at == nil || at.Hour() != 12 {
		t.Errorf("date-time: %v, %v", at, err)
	}
	either, err := bound[any](t, "query", ``, `{"oneOf":[{"type":"integer"},{"type":"array","items":{"type":"integer"}}]}`, query("p=1"))
	if err != nil || either != 1.0 {
		t.Errorf("one of two: %v, %v", either, err)
	}
}

func TestDefaultsAreLeftToHandlers(t *testing.T) {
	req := httptest.NewRequest(http.MethodPost, "/things/1", nil)
	v := document(t, "3.0.3", `{"parameters":[{"name":"p","in":"query","schema":{"type":"integer","default":20}}],"responses":{}}`)
	in, err := send(t, v, req, 0)
	if err != nil {
		t.Fatal(err)
	}
	var p *int
	if in.query("p", "form", true, &p); p != nil || req.URL.RawQuery != "" {
		t.Errorf("got %d, query %q", *p, req.URL.RawQuery)
	}
}

func TestEmptyValues(t *testing.T) {
	const allowed, boolean = `,"allowEmptyValue":true`, `{"type":"boolean"}`
	for _, q := range []string{"p", "p="} {
		for _, options := range []string{allowed, allowed + `,"required":true`} {
			if got, err := bound[*bool](t, "query", options, boolean, query(q)); got != nil || err != nil {
				t.Errorf("%s as a boolean: %v, %v", q, got, err)
			}
		}
		if got, err := bound[*int](t, "query", allowed, intSchema, query(q)); got != nil || err != nil {
			t.Errorf("%s as an integer: %v, %v", q, got, err)
		}
		if got, err := bound[[]int](t, "query", allowed, intsSchema, query(q)); got != nil || err != nil {
			t.Errorf("%s as a list: %v, %v", q, got, err)
		}
		if got, err := bound[*openapi_types.UUID](t, "query", allowed, `{"type":"string","format":"uuid"}`, query(q)); got != nil || err != nil {
			t.Errorf("%s as a UUID: %v, %v", q, got, err)
		}
		if got, err := bound[*string](t, "query", allowed, `{"type":"string","minLength":2}`, query(q)); got == nil || *got != "" || err != nil {
			t.Errorf("%s as a string: %v, %v", q, got, err)
		}
	}
}

// TestNoEmptyValues holds what allowEmptyValue is not about.
func TestNoEmptyValues(t *testing.T) {
	const allowed, boolean = `,"allowEmptyValue":true`, `{"type":"boolean"}`
	if _, err := bound[[]int](t, "query", allowed, intsSchema, query("p=&p=1")); err == nil {
		t.Error("an empty item passes")
	}
	if _, err := bound[*bool](t, "header", allowed+`,"required":true`, boolean, query("p=")); err == nil {
		t.Error("what is in the query passes for a header")
	}
	if got, err := bound[*bool](t, "query", allowed, boolean, query("p=true")); got == nil || !*got || err != nil {
		t.Errorf("a value is %v, %v", got, err)
	}
	for options, q := range map[string]string{"": "p=", allowed: "p=x", allowed + ",\"required\":true": ""} {
		if _, err := bound[*bool](t, "query", options, boolean, query(q)); err == nil {
			t.Errorf("%q passes with %s", q, options)
		}
	}
}

func TestJSONParameter(t *testing.T) {
	v := document(t, "3.0.3", `{"parameters":[{"name":"p","in":"query","content":{"application/json":{"schema":`+colorSchema+`}}}],"responses":{}}`)
	get := func(q string) (*input, *Error) {
		req := httptest.NewRequest(http.MethodPost, "/things/1", nil)
		req.URL.RawQuery = q
		return send(t, v, req, 0)
	}
	in, err := get("p=%7B%22R%22:1%7D")
	if err != nil {
		t.Fatal(err)
	}
	var got color
	if in.query("p", "form", true, &got); got.R != 1 {
		t.Errorf("got %+v", got)
	}
	for q, detail := range map[string]string{
		"p={":             "is not JSON: line 1, column 1: unexpected end of JSON input",
		`p={"R":1,"R":1}`: "is not JSON: R is given twice",
		`p={"parts":[{"a":1},{"a":{"b":1,"b":1}}]}`: "is not JSON: parts: item 2: a.b is given twice",
	} {
		_, err := get(q)
		want := []Invalid{{Parameter: "p", Detail: detail}}
		if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestInvalidParameters(t *testing.T) {
	tests := []struct {
		name, in, options, schema string
		prepare                   func(*http.Request)
		detail                    string
	}{
		{"not a number", "query", ``, intSchema, query("p=0x1"), "must be an integer"},
		{"space behind", "query", ``, intSchema, query("p=1+"), "must be an integer"},
		{"empty", "query", ``, intSchema, query("p="), "must be an integer"},
		{"twice", "query", ``, intSchema, query("p=1&p=2"), "must be given only once"},
		{"item", "query", ``, intsSchema, query("p=1&p=x"), "item 2 must be an integer"},
		{"item of an item", "query", `,"style":"deepObject"`, `{"type":"array","items":{"type":"object","properties":{"a":{"type":"array","items":{"type":"integer"}}}}}`,
			query("p[0][a][1]=x&p[0][a][0]=1"), "item 1: a: item 2 must be an integer"},
		{"member", "query", `,"style":"deepObject"`, colorSchema, query("p[inner][on]=x"), "inner.on must be a boolean"},
		{"required", "header", `,"required":true`, textSchema, query(""), "is required"},
		{"label", "path", `,"style":"label"`, intSchema, path("5"), `must begin with "."`},
		{"matrix", "path", `,"style":"matrix"`, intSchema, path("5"), `must begin with ";id="`},
		{"odd pairs", "query", `,"explode":false`, colorSchema, query("p=R"), "must be a list of keys and values in turn"},
		{"value and keys", "query", `,"style":"deepObject"`, colorSchema, query("p[inner]=1&p[inner][on]=true"), "has a value and properties under one key"},
		{"UTF-8", "query", ``, textSchema, query("p=%ff"), "is not valid UTF-8"},
		{"UTF-8 in a path", "path", ``, textSchema, path("%ff"), "is not valid UTF-8"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			name := "p"
			if test.in == "path" {
				name = "id"
			}
			_, err := bound[any](t, test.in, test.options, test.schema, test.prepare)
			if diff := cmp.Diff([]Invalid{{Parameter: name, Detail: test.detail}}, faultsOf(err)); diff != "" {
				t.Error(diff)
			}
		})
	}
	_, err := bound[any](t, "query", ``, textSchema, query("p=%zz"))
	if err == nil || err.Status != http.StatusBadRequest {
		t.Errorf("malformed query: %v", err)
	}
}
