package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/labstack/echo/v4"
)

// taken passes a request through Echo to what takes from it, as generated code does, and returns what is
// wrong then.
func taken(t *testing.T, q *requests, op *Operation, req *http.Request, take func(*incoming)) *Error {
	t.Helper()
	var err error
	reached := false
	e := echo.New()
	e.POST("/things/:id", func(c echo.Context) error {
		reached = true
		in := q.request(c, op)
		take(in)
		err = in.err()
		return nil
	})
	e.ServeHTTP(httptest.NewRecorder(), req)
	if !reached {
		t.Fatal("the request did not reach the handler")
	}
	var failure *Error
	if err != nil && !errors.As(err, &failure) {
		t.Fatalf("err returned a %T: %v", err, err)
	}
	return failure
}

// TestParametersAreReadAlike holds that a parameter that is read piece by piece is what the validator makes
// of it, and is refused alike where it cannot be read at all.
func TestParametersAreReadAlike(t *testing.T) {
	const either = `{"oneOf":[{"type":"integer"},{"type":"boolean"},{"type":"null"}]}`
	texts := `{"type":"array","items":{"type":"string"}}`
	tests := []struct {
		name, in, options, schema string
		how                       notation
		requests                  []func(*http.Request)
	}{
		{"integer", "query", ``, intSchema, asInteger, []func(*http.Request){
			query("p=1"), query("p=-0"), query("p=01"), query("p=1e0"), query("p=1.0"), query("p=+1"), query("p="), query("p"), query("p=%31"),
			query("p=1&p=2"), query("p=%ff"), query("q=1"), query(""), query("p=1;q=2"), query("p=%"), query("&&p=1&"), query("q=%zz&p=1"),
		}},
		{"number", "query", ``, `{"type":"number"}`, asNumber, []func(*http.Request){query("p=1e3"), query("p=1.50"), query("p=.5"), query("p=NaN"), query("p=1.0")}},
		{"boolean", "query", ``, `{"type":"boolean"}`, asBoolean, []func(*http.Request){query("p=1"), query("p=T"), query("p=false"), query("p=yes")}},
		{"text", "query", ``, textSchema, asText, []func(*http.Request){query(`p=a"b\%0a%00`), query("p=%f0%9f%98%80+%2B"), query("p=12"), query("p=null"), query("p=a&p=b")}},
		{"one of many", "query", ``, either, asInteger | asBoolean | asNull, []func(*http.Request){query("p=1"), query("p=true"), query("p=null"), query("p="), query("p=x")}},
		{"required", "query", `,"required":true`, textSchema, required | asText, []func(*http.Request){query(""), query("p="), query("P=1")}},
		{"form exploded", "query", ``, intsSchema, asList | exploded | asInteger, []func(*http.Request){
			query("p=1&q=2&p=3"), query("p=+1+"), query("p="), query("p=1,2"), query(""), query("p=1&p=%ff"),
		}},
		{"form", "query", `,"explode":false`, intsSchema, asList | asInteger, []func(*http.Request){query("p=1,2,x"), query("p="), query("p=,"), query("p=1&p=2"), query("p=1%2C2")}},
		{"spaces", "query", `,"style":"spaceDelimited"`, texts, asList | spaced | asText, []func(*http.Request){query("p=a%20b+c"), query("p=a++b")}},
		{"pipes", "query", `,"style":"pipeDelimited"`, texts, asList | piped | asText, []func(*http.Request){query("p=a|b%7Cc"), query("p=a%20|b")}},
		{"simple", "path", ``, textSchema, asText, []func(*http.Request){path("a%2Fb%20%C3%A9"), path("%ff"), path("a%2Cb"), path("a%252F")}},
		{"simple list", "path", ``, texts, asList | asText, []func(*http.Request){path("a,b%2Cc,%20d"), path("a,%ff")}},
		{"label", "path", `,"style":"label"`, intSchema, labelled | asInteger, []func(*http.Request){path(".5"), path("5"), path(".5.6")}},
		{"label list", "path", `,"style":"label"`, intsSchema, asList | labelled | asInteger, []func(*http.Request){path(".3,4"), path(".3.4"), path(".")}},
		{"label exploded", "path", `,"style":"label","explode":true`, intsSchema, asList | exploded | labelled | asInteger, []func(*http.Request){path(".3.4"), path(".3,4")}},
		{"matrix", "path", `,"style":"matrix"`, intSchema, matrixed | asInteger, []func(*http.Request){path(";id=5"), path("5"), path(";x=5")}},
		{"matrix list", "path", `,"style":"matrix"`, intsSchema, asList | matrixed | asInteger, []func(*http.Request){path(";id=3,4"), path(";id=3;id=4"), path(";id=")}},
		{"matrix exploded", "path", `,"style":"matrix","explode":true`, intsSchema, asList | exploded | matrixed | asInteger, []func(*http.Request){path(";id=3;id=4"), path(";id=3,4")}},
		{"header", "header", ``, textSchema, asText, []func(*http.Request){header(" a, b "), header(""), header("\xff")}},
		{"header list", "header", ``, intsSchema, asList | asInteger, []func(*http.Request){header("3, 4,5"), header(""), twice("1", "2, 3")}},
		{"cookie", "cookie", ``, intSchema, asInteger, []func(*http.Request){cookie("5"), cookie(`"5"`), cookie("x"), header("1")}},
		{"cookie list", "cookie", ``, texts, asList | asText, []func(*http.Request){cookie("a,b"), cookie("")}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, prepare := range test.requests {
				want, wantErr := validated(t, test.in, test.options, test.schema, prepare)
				got, gotErr := pieced(t, test.in, test.how, prepare)
				req := httptest.NewRequest(http.MethodPost, "/things/1", nil)
				prepare(req)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s %v: %s", req.URL, req.Header, diff)
				}
				if diff := cmp.Diff(wantErr, gotErr); diff != "" {
					t.Errorf("%s %v: %s", req.URL, req.Header, diff)
				}
			}
		})
	}
}

func twice(values ...string) func(*http.Request) {
	return func(req *http.Request) { req.Header["P"] = values }
}

// validated is a parameter as the validator reads it, before it is held against its schema.
func validated(t *testing.T, in, options, schema string, prepare func(*http.Request)) (value string, failure *Error) {
	t.Helper()
	declared := `{"name":"p","in":"` + in + `","schema":` + schema + options + `}`
	if in == "path" {
		declared = `{"name":"id","in":"path","required":true,"schema":` + schema + options + `}`
	}
	v := document(t, "3.1.0", `{"parameters":[`+declared+`],"responses":{}}`)
	p := v.operations["POST /things/{id}"].params[0]
	op := &Operation{Method: http.MethodPost, Path: "/things/{id}", Invalid: http.StatusBadRequest}
	req := httptest.NewRequest(http.MethodPost, "/things/1", nil)
	prepare(req)
	return value, taken(t, &requests{}, op, req, func(got *incoming) {
		query, err := url.ParseQuery(req.URL.RawQuery)
		if err != nil {
			return
		}
		read, found, problem := p.read(got.context, query)
		switch {
		case problem != "":
			got.wrong(p.name, problem)
		case found:
			value = jsonOf(t, read)
		case p.required:
			got.wrong(p.name, missing)
		}
	})
}

func jsonOf(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		t.Fatal(err)
	}
	if text, err = json.Marshal(plain); err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// pieced is a parameter as generated code reads it.
func pieced(t *testing.T, in string, how notation, prepare func(*http.Request)) (value string, failure *Error) {
	t.Helper()
	op := &Operation{Method: http.MethodPost, Path: "/things/{id}", Invalid: http.StatusBadRequest}
	req := httptest.NewRequest(http.MethodPost, "/things/1", nil)
	prepare(req)
	return value, taken(t, &requests{}, op, req, func(got *incoming) {
		var r *reader
		switch in {
		case "path":
			r = got.path("id", how)
		case "query":
			r = got.query("p", how)
		case "header":
			r = got.header("p", how)
		case "cookie":
			r = got.cookie("p", how)
		}
		if r == nil {
			return
		}
		var read any
		if err := json.Unmarshal(r.raw(), &read); err != nil {
			t.Fatal(err)
		}
		value = jsonOf(t, read)
	})
}
