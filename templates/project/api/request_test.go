package api

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"
)

// document is an OpenAPI document with one operation, POST /things/{id} unless the text says otherwise.
func document(t *testing.T, version, operation string) *validator {
	t.Helper()
	doc := fmt.Sprintf(`{"openapi": %q, "info": {"title": "t", "version": "1"}, "paths": {"/things/{id}": {"post": %s}}}`, version, operation)
	v, err := newValidator([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// withBody is an operation that takes JSON with the given schema.
func withBody(schema string) string {
	return `{"requestBody": {"required": true, "content": {"application/json": {"schema": ` + schema + `}}}, "responses": {}}`
}

// send passes a request to the validator through Echo, as the server does.
func send(t *testing.T, v *validator, req *http.Request, status int) (*input, *Error) {
	t.Helper()
	op := &Operation{Method: http.MethodPost, Path: "/things/{id}", Invalid: status}
	var in *input
	e := echo.New()
	e.POST("/things/:id", func(c echo.Context) error {
		in = v.request(c, op)
		return nil
	})
	e.ServeHTTP(httptest.NewRecorder(), req)
	if in == nil {
		t.Fatal("the request did not reach the handler")
	}
	err := in.err()
	if err == nil {
		return in, nil
	}
	var failure *Error
	if !errors.As(err, &failure) {
		t.Fatalf("request returned a %T: %v", err, err)
	}
	return in, failure
}

func post(contentType, body string) *http.Request {
	req := httptest.NewRequest(http.MethodPost, "/things/1", strings.NewReader(body))
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	return req
}

func faultsOf(err *Error) []Invalid {
	if err == nil {
		return nil
	}
	return err.Invalid
}

// TestNothingComesOfAnInvalidRequest holds what a handler would be given: it reads before it asks for the error.
func TestNothingComesOfAnInvalidRequest(t *testing.T) {
	v := document(t, "3.1.0", `{"parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
		"requestBody": {"content": {"application/json": {"schema": {"required": ["title"]}}}}, "responses": {}}`)
	in, failure := send(t, v, post("application/json", `{"name": "x"}`), http.StatusBadRequest)
	if failure == nil {
		t.Fatal("the request is accepted")
	}
	var body *map[string]any
	id := "unchanged"
	in.path("id", "simple", false, &id)
	in.json(&body)
	rest, err := io.ReadAll(in.stream())
	if id != "unchanged" || body != nil || len(rest) > 0 || err != nil || in.is("application/json") {
		t.Errorf("got id %q, body %v, %q, %v", id, body, rest, err)
	}
}

func TestEachKeyword(t *testing.T) {
	tests := []struct{ name, schema, body, pointer, detail string }{
		{"type", `{"type":"string"}`, `1`, "", "must be a string"},
		{"types", `{"properties":{"a":{"type":"integer"}}}`, `{"a":"x"}`, "/a", "must be an integer"},
		{"integer", `{"type":"integer"}`, `1.5`, "", "must be an integer"},
		{"required", `{"required":["a"]}`, `{}`, "/a", "is required"},
		{"null", `{"properties":{"a":{"type":"string"}}}`, `{"a":null}`, "/a", "must not be null"},
		{"null in an enum of texts", `{"properties":{"a":{"type":"string","enum":["a",null]}}}`, `{"a":null}`, "/a", "must not be null"},
		{"enum", `{"enum":["a","b"]}`, `"c"`, "", `must be one of "a", "b"`},
		{"minLength", `{"type":"string","minLength":2}`, `"a"`, "", "must have at least 2 characters"},
		{"maxLength", `{"type":"string","maxLength":1}`, `"ab"`, "", "must have at most 1 character"},
		{"minItems", `{"type":"array","items":{},"minItems":1}`, `[]`, "", "must have at least 1 item"},
		{"maxItems", `{"type":"array","items":{},"maxItems":1}`, `[1,2]`, "", "must have at most 1 item"},
		{"uniqueItems", `{"type":"array","items":{},"uniqueItems":true}`, `[1,1]`, "", "must not have the same item twice"},
		{"items", `{"type":"array","items":{"type":"boolean"}}`, `[true,1]`, "/1", "must be a boolean"},
		{"minimum", `{"type":"number","minimum":2}`, `1`, "", "must be at least 2"},
		{"maximum", `{"type":"number","maximum":2}`, `3`, "", "must be at most 2"},
		{"large", `{"type":"number","minimum":1000000}`, `1`, "", "must be at least 1000000"},
		{"exclusive", `{"type":"number","minimum":2,"exclusiveMinimum":true}`, `2`, "", "must be more than 2"},
		{"beyond an exclusive limit", `{"type":"number","minimum":2,"exclusiveMinimum":true}`, `1`, "", "must be more than 2"},
		{"above an exclusive limit", `{"type":"number","maximum":2,"exclusiveMaximum":true}`, `3`, "", "must be less than 2"},
		{"multipleOf", `{"type":"number","multipleOf":0.01}`, `0.005`, "", "must be a multiple of 0.01"},
		{"too large", `{"type":"number"}`, `1e400`, "", "is out of range"},
		{"int32", `{"type":"integer","format":"int32"}`, `3000000000`, "", "must be within the range of int32"},
		{"pattern", `{"type":"string","pattern":"^[a-z]+$"}`, `"A"`, "", "must match the pattern ^[a-z]+$"},
		{"properties", `{"additionalProperties":false}`, `{"a/b":1}`, "/a~1b", "is not allowed"},
		{"minProperties", `{"type":"object","minProperties":2}`, `{"a":1}`, "", "must have at least 2 members"},
		{"maxProperties", `{"type":"object","maxProperties":1}`, `{"a":1,"b":2}`, "", "must have at most 1 member"},
		{"additional", `{"additionalProperties":{"type":"string"}}`, `{"a":1}`, "/a", "must be a string"},
		{"not", `{"not":{"type":"string"}}`, `"a"`, "", "must not be of the form that the document rules out"},
		{"allOf", `{"properties":{"x":{"allOf":[{"properties":{"a":{"type":"string"}}}]}}}`, `{"x":{"a":1}}`, "/x/a", "must be a string"},
		{"oneOf", `{"oneOf":[{"type":"string"},{"type":"boolean"}]}`, `1`, "", "matches none of the documented alternatives"},
		{"oneOf by type", `{"oneOf":[{"type":"string"},{"type":"object","properties":{"a":{"type":"string"}}}]}`, `{"a":1}`, "/a", "must be a string"},
		{"anyOf by tag", `{"properties":{"x":{"anyOf":[
			{"type":"object","properties":{"kind":{"enum":["cat"]},"lives":{"type":"integer"}}},
			{"type":"object","properties":{"kind":{"enum":["dog"]},"bark":{"type":"string"}}, "required": ["bark"]}]}}}`,
			`{"x":{"kind":"dog","bark":1}}`, "/x/bark", "must be a string"},
		{"both of oneOf", `{"oneOf":[{"type":"string"},{"type":"string"}]}`, `"a"`, "", "matches more than one of the documented alternatives"},
		{"discriminator", `{"oneOf":[{"type":"object"}],"discriminator":{"propertyName":"kind"}}`, `{}`, "/kind", "is required"},
		{"discriminator of no name", `{"oneOf":[{"type":"object"}],"discriminator":{"propertyName":"kind"}}`, `{"kind":1}`, "/kind", "must name one of the documented types"},
		{"date-time", `{"type":"string","format":"date-time"}`, `"2026-02-30T00:00:00Z"`, "", "must be a date and time such as 2026-01-31T12:00:00Z"},
		{"date", `{"type":"string","format":"date"}`, `"2026-02-30"`, "", "must be a date such as 2026-01-31"},
		{"uuid", `{"type":"string","format":"uuid"}`, `"{7d444840-9dc0-11d1-b245-5ffdce74fad2}"`, "", "must be a UUID"},
		{"email", `{"type":"string","format":"email"}`, `"a b"`, "", "must be an e-mail address"},
		{"uri", `{"type":"string","format":"uri"}`, `"/a"`, "", "must be an absolute URI"},
		{"ipv4", `{"type":"string","format":"ipv4"}`, `"::1"`, "", "must be an IPv4 address"},
		{"ipv6", `{"type":"string","format":"ipv6"}`, `"1.2.3.4"`, "", "must be an IPv6 address"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := send(t, document(t, "3.0.3", withBody(test.schema)), post("application/json", test.body), 422)
			want := []Invalid{{Pointer: test.pointer, Detail: test.detail}}
			if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
				t.Fatal(diff)
			}
			if err.Status != 422 {
				t.Errorf("status %d", err.Status)
			}
		})
	}
}

func TestAccepted(t *testing.T) {
	tests := []struct{ name, version, schema, body string }{
		{"formats", "3.0.3", `{"properties":{
			"a":{"type":"string","format":"date-time"},"b":{"type":"string","format":"uuid"},"c":{"type":"string","format":"email"},
			"d":{"type":"string","format":"uri"},"e":{"type":"string","format":"ipv6"},"f":{"type":"string","format":"color"}}}`,
			`{"a":"2026-01-31T12:00:00.5+02:00","b":"7D444840-9dc0-11d1-b245-5ffdce74fad2","c":"a@b.example","d":"urn:a:b","e":"::1","f":"x"}`},
		{"readOnly sent", "3.0.3", `{"properties":{"id":{"type":"integer","readOnly":true}}}`, `{"id":1}`},
		{"readOnly required", "3.0.3", `{"required":["id"],"properties":{"id":{"type":"integer","readOnly":true}}}`, `{}`},
		{"pattern beyond Go", "3.0.3", `{"type":"string","pattern":"^(?<=a)b"}`, `"anything"`},
		{"pattern of Unicode", "3.0.3", `{"type":"string","pattern":"^[\\u00e0-\\u00ff]$"}`, `"é"`},
		{"nullable", "3.0.3", `{"type":"string","nullable":true}`, `null`},
		{"whole number", "3.0.3", `{"type":"integer"}`, `1.0`},
		{"large number in exponent form", "3.0.3", `{"type":"integer","format":"int64"}`, `1e16`},
		{"type list", "3.1.0", `{"type":["string","null"]}`, `null`},
		{"null is any value in 3.1", "3.1.0", `{"properties":{"a":{"description":"Anything."},"b":{"readOnly":true}}}`, `{"a":null,"b":null}`},
		{"null is any value in 3.0", "3.0.3", `{"properties":{"a":{"description":"Anything."},"b":{"type":"array","items":{}}}}`, `{"a":null,"b":[null]}`},
		{"not nothing", "3.0.3", `{"properties":{"a":{"not":{}}}}`, `{"b":1}`},
		{"exclusive bound", "3.1.0", `{"type":"number","exclusiveMinimum":2}`, `2.1`},
		{"const", "3.1.0", `{"const":"a"}`, `"a"`},
		{"examples", "3.1.0", `{"type":"string","examples":["a",1]}`, `"b"`},
		{"tuple", "3.1.0", `{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}]}`, `[1,"a"]`},
		{"named by a pattern", "3.1.0", `{"type":"object","patternProperties":{"^x-":{"type":"integer"}},"additionalProperties":false}`, `{"x-a":1}`},
		{"null in an enum without a type", "3.1.0", `{"properties":{"a":{"enum":["open",null]}}}`, `{"a":null}`},
		{"modern readOnly", "3.1.0", `{"required":["id"],"properties":{"id":{"type":"integer","readOnly":true}},"propertyNames":{"maxLength":2}}`, `{}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := send(t, document(t, test.version, withBody(test.schema)), post("application/json", test.body), 0); err != nil {
				t.Fatal(err, err.Invalid)
			}
		})
	}
}

func TestOpenAPI31(t *testing.T) {
	tests := []struct{ name, schema, body, pointer, detail string }{
		{"type list", `{"type":["string","null"]}`, `1`, "", "must be one of string, null"},
		{"exclusive bound", `{"type":"number","exclusiveMinimum":2}`, `2`, "", "must be more than 2"},
		{"const", `{"properties":{"a":{"const":"x"}}}`, `{"a":"y"}`, "/a", `must be "x"`},
		{"tuple", `{"properties":{"a":{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}]}}}`, `{"a":[1,2]}`, "/a/1", "is of the wrong type"},
		{"dependent", `{"type":"object","dependentRequired":{"a":["b"]}}`, `{"a":1}`, "/b", "is required"},
		{"one of the items", `{"type":"array","contains":{"type":"integer"}}`, `["a"]`, "", "has no item of those that it must have"},
		{"unevaluated", `{"type":"object","allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false}`, `{"z":1}`, "/z", "is not allowed"},
		{"within a tuple", `{"type":"array","prefixItems":[{"type":"string","minLength":3}]}`, `["ab"]`, "/0", "is too short"},
		{"a pattern within a tuple", `{"type":"array","prefixItems":[{"pattern":"^[\\u00e0-\\u00ff]$"},{"pattern":"^\\S+$"}]}`, `["e"]`, "/0", "does not match its pattern"},
		{"white space within a tuple", `{"type":"array","prefixItems":[{"pattern":"^[\\u00e0-\\u00ff]$"},{"pattern":"^\\S+$"}]}`, `["é","a\u00a0b"]`, "/1", "does not match its pattern"},
		{"names", `{"properties":{"m":{"propertyNames":{"pattern":"^[a-z]+$"}}}}`, `{"m":{"A":1}}`, "/m", "has a member whose name is not allowed"},
		{"then", `{"if":{"required":["a"]},"then":{"required":["b"]}}`, `{"a":1}`, "/b", "is required"},
		{"not named by a pattern", `{"patternProperties":{"^x-":{"type":"integer"}},"additionalProperties":false}`, `{"y":1}`, "/y", "is not allowed"},
		{"beside a pattern beyond Go", `{"properties":{"look":{"pattern":"^(?!no)[a-z]+$"},"dep":{"dependentSchemas":{"a":{"required":["b"]}}}}}`, `{"dep":{"a":1}}`, "/dep/b", "is required"},
		{"a pattern beyond Go", `{"properties":{"look":{"pattern":"^(?!no)[a-z]+$"},"m":{"propertyNames":{"maxLength":1}}}}`, `{"look":"none"}`, "/look", "must match the pattern ^(?!no)[a-z]+$"},
		{"additional beside names", `{"properties":{"m":{"propertyNames":{"maxLength":1}}},"additionalProperties":{"type":"integer"}}`, `{"z":"x"}`, "/z", "must be an integer"},
		{"nothing within a tuple", `{"type":"array","prefixItems":[{"not":{}}]}`, `[1]`, "/0", "is not allowed"},
		{"alternatives within a tuple", `{"type":"array","prefixItems":[{"oneOf":[{"type":"string"},{"type":"boolean"}]}]}`, `[1]`, "/0", "is not what the document asks for"},
		{"some required are readOnly", `{"type":"array","prefixItems":[{"required":["id","name"],"properties":{"id":{"readOnly":true}}}]}`, `[{}]`, "/0/name", "is required"},
		{"nothing", `{"properties":{"a":{"not":{}}}}`, `{"a":null}`, "/a", "is not allowed"},
		{"before the modern ones", `{"properties":{"a":{"type":"string"}},"propertyNames":{"maxLength":1}}`, `{"a":1}`, "/a", "must be a string"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := send(t, document(t, "3.1.0", withBody(test.schema)), post("application/json", test.body), 0)
			want := []Invalid{{Pointer: test.pointer, Detail: test.detail}}
			if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
				t.Fatal(diff)
			}
		})
	}
}

func TestAllErrorsAtOnce(t *testing.T) {
	v := document(t, "3.0.3", `{
		"parameters": [
			{"name": "id", "in": "path", "required": true, "schema": {"type": "integer", "minimum": 1}},
			{"name": "limit", "in": "query", "schema": {"type": "integer"}},
			{"name": "X-Trace", "in": "header", "required": true, "schema": {"type": "string"}}],
		"requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["title", "body"],
			"properties": {"title": {"type": "string"}, "secret": {"type": "string", "writeOnly": true, "maxLength": 3}}}}}},
		"responses": {}}`)
	req := httptest.NewRequest(http.MethodPost, "/things/0?limit=many", strings.NewReader(`{"title":1,"secret":"hunter2"}`))
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	_, err := send(t, v, req, http.StatusBadRequest)
	want := []Invalid{
		{Parameter: "id", Detail: "must be at least 1"},
		{Parameter: "limit", Detail: "must be an integer"},
		{Parameter: "X-Trace", Detail: "is required"},
		{Pointer: "/body", Detail: "is required"},
		{Pointer: "/secret", Detail: "must have at most 3 characters"},
		{Pointer: "/title", Detail: "must be a string"},
	}
	if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
		t.Fatal(diff)
	}
	if strings.Contains(fmt.Sprintf("%+v", err), "hunter2") {
		t.Error("the answer repeats a secret")
	}
}

func TestFaultsListedOfMany(t *testing.T) {
	v := document(t, "3.0.3", withBody(`{"type":"array","items":{"type":"integer"}}`))
	_, err := send(t, v, post("application/json", `[`+strings.Repeat(`"x",`, mostFaults)+`"x"]`), 422)
	found := faultsOf(err)
	if len(found) != mostFaults+1 || found[mostFaults] != (Invalid{Detail: moreFaults}) {
		t.Errorf("%d faults, the last is %v", len(found), found[len(found)-1])
	}
}

func TestBrokenJSON(t *testing.T) {
	deep := strings.Repeat("[", 20000) + strings.Repeat("]", 20000)
	tests := []struct{ name, body, pointer, detail string }{
		{"cut off", `{"a":`, "", "line 1, column 5: unexpected end of JSON input"},
		{"single quotes", "{\n  'a': 1}", "", "line 2, column 3: invalid character '\\'' looking for beginning of object key string"},
		{"more behind it", `{} {}`, "", "line 1, column 4: invalid character '{' after top-level value"},
		{"trailing comma", `[1,]`, "", "line 1, column 4: invalid character ']' looking for beginning of value"},
		{"white space", ` `, "", "line 1, column 1: unexpected end of JSON input"},
		{"NaN", `NaN`, "", "line 1, column 1: invalid character 'N' looking for beginning of value"},
		{"leading zero", `01`, "", "line 1, column 2: invalid character '1' after top-level value"},
		{"name twice", `{"a":{"b":1,"b":2}}`, "/a/b", "is given twice"},
		{"invalid UTF-8", "{\"a\":\"é\xff\"}", "", "line 1, column 8: not valid UTF-8"},
		{"half a surrogate pair", `{"a":"é\ud800"}`, "", "line 1, column 8: half of a surrogate pair"},
		{"half in a name", `{"\\\udc00":1}`, "", "line 1, column 5: half of a surrogate pair"},
		{"halves in the wrong order", `"\udc00\ud800"`, "", "line 1, column 2: half of a surrogate pair"},
		{"deep", strings.Repeat("[", 1001) + strings.Repeat("]", 1001), "", "nested more than 1000 levels deep"},
		{"very deep", deep, "", "line 1, column 10001: invalid character '[' exceeded max depth"},
	}
	v := document(t, "3.0.3", withBody(`{}`))
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := send(t, v, post("application/json", test.body), 422)
			if err == nil || err.Status != http.StatusBadRequest {
				t.Fatalf("got %v", err)
			}
			want := []Invalid{{Pointer: test.pointer, Detail: test.detail}}
			if diff := cmp.Diff(want, err.Invalid); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBind(t *testing.T) {
	type body struct {
		Title string                    `json:"title"`
		Count *int32                    `json:"count,omitempty"`
		At    time.Time                 `json:"at"`
		On    openapi_types.Date        `json:"on"`
		Key   openapi_types.UUID        `json:"key"`
		Note  nullable.Nullable[string] `json:"note,omitempty"`
		Any   any                       `json:"any"`
	}
	v := document(t, "3.0.3", withBody(`{"type":"object"}`))
	in, err := send(t, v, post("application/merge-patch+json",
		`{"title":"a","Title":"b","count":1.0,"at":"2026-01-31T12:00:00Z","on":"2026-01-31","key":"7d444840-9dc0-11d1-b245-5ffdce74fad2","note":null,"any":[1]}`), 0)
	if err != nil {
		t.Fatal(err)
	}
	var got *body
	in.json(&got)
	if err := in.err(); err != nil {
		t.Fatal(err)
	}
	if got.Title != "a" {
		t.Errorf("title %q: names must match exactly", got.Title)
	}
	if got.Count == nil || *got.Count != 1 || !got.Note.IsNull() || got.On.Day() != 31 || got.At.Hour() != 12 {
		t.Errorf("got %+v", got)
	}
	if !in.is("application/json") || in.contentType() != "application/merge-patch+json" {
		t.Errorf("media type %q, sent as %q", in.media, in.contentType())
	}
}

func TestBindOutOfRange(t *testing.T) {
	v := document(t, "3.0.3", withBody(`{"type":"object"}`))
	in, err := send(t, v, post("application/json", `{"inner":{"count":99999999999999999999}}`), 0)
	if err != nil {
		t.Fatal(err)
	}
	var got *struct {
		Inner struct {
			Count int64 `json:"count"`
		} `json:"inner"`
	}
	in.json(&got)
	var failure *Error
	if !errors.As(in.err(), &failure) || failure.Status != http.StatusBadRequest {
		t.Fatalf("got %v", in.err())
	}
	if diff := cmp.Diff([]Invalid{{Pointer: "/inner/count", Detail: "is out of range"}}, failure.Invalid); diff != "" {
		t.Error(diff)
	}
}

func TestBodyPresence(t *testing.T) {
	optional := `{"requestBody": {"content": {"application/json": {"schema": {"type":"string","nullable":true}}}}, "responses": {}}`
	in, err := send(t, document(t, "3.0.3", optional), post("", ""), 0)
	if err != nil {
		t.Fatal(err)
	}
	var body *string
	in.json(&body)
	if body != nil || in.is("application/json") {
		t.Error("a body out of nothing")
	}
	in, err = send(t, document(t, "3.0.3", optional), post("application/json", "null"), 0)
	if err != nil {
		t.Fatal(err)
	}
	if in.json(&body); body != nil || in.err() != nil {
		t.Errorf("null: %v, %v", body, in.err())
	}
	_, err = send(t, document(t, "3.0.3", withBody(`{}`)), post("application/json", ""), 422)
	if diff := cmp.Diff([]Invalid{{Detail: "a body is required"}}, faultsOf(err)); diff != "" {
		t.Fatal(diff)
	}
	if _, err := send(t, document(t, "3.0.3", `{"responses": {}}`), post("application/json", "{"), 0); err != nil {
		t.Errorf("a body that nothing documents: %v", err)
	}
}

func TestTooLarge(t *testing.T) {
	req := post("application/json", `{"a":"`+strings.Repeat("x", 100)+`"}`)
	req.Body = http.MaxBytesReader(httptest.NewRecorder(), req.Body, 10)
	if _, err := send(t, document(t, "3.0.3", withBody(`{}`)), req, 0); err == nil || err.Status != http.StatusRequestEntityTooLarge {
		t.Fatalf("got %v", err)
	}
}

func TestUnknownOperation(t *testing.T) {
	v, err := newValidator([]byte(`{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{}}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := send(t, v, post("", ""), 0); err == nil || err.Status != http.StatusInternalServerError {
		t.Fatalf("got %v", err)
	}
}
