package model

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// TestSamplesVary holds that among the values of a schema are those that a Go type may lose.
func TestSamplesVary(t *testing.T) {
	for _, test := range []struct {
		schema string
		want   []string
	}{
		{`{"type":"string"}`, []string{`"text"`, `""`, `"<&> \"'` + "`" + `\\/ é 가 \u2028\n"`}},
		{`{"type":"boolean"}`, []string{`true`, `false`}},
		{`{"type":"integer"}`, []string{`1`, `0`, `-1`, `9007199254740993`}},
		{`{"type":"integer","format":"int64"}`, []string{`9223372036854775807`, `-9223372036854775808`}},
		{`{"type":"integer","minimum":3}`, []string{`3`}},
		{`{"type":"number","nullable":true}`, []string{`19.99`, `0`, `null`}},
		{`{"type":"string","enum":["a","b",null],"nullable":true}`, []string{`"a"`, `"b"`, `null`}},
		{`{"type":"array","items":{"type":"string","nullable":true},"maxItems":2}`, []string{`[]`, `["text"]`, `[""]`, `[null]`}},
		{`{"type":"object","additionalProperties":{"type":"boolean"}}`, []string{`{}`}},
		{`{"type":"object","properties":{"a":{"type":"boolean"},"b":{"type":"boolean","nullable":true}},"required":["b"]}`,
			[]string{`{"b":true}`, `{"a":false,"b":false}`, `{"a":true,"b":true}`, `{"b":null}`}},
		{`{"type":"object","properties":{"id":{"type":"boolean","readOnly":true},"key":{"type":"boolean","writeOnly":true}},"required":["id","key"]}`,
			[]string{`{"id":true,"key":true}`, `{"id":false,"key":true}`}},
		{`{"oneOf":[{"type":"object","properties":{"a":{"type":"boolean"}},"required":["a"],"additionalProperties":false},{"type":"boolean"}]}`,
			[]string{`{"a":true}`, `{"a":false}`, `true`, `false`}},
		{`{"allOf":[{"type":"object","required":["a"]},{"type":"object","properties":{"a":{"type":"boolean"}}}]}`, []string{`{"a":true}`}},
		{`{"allOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},{"type":"object","properties":{"a":{"type":"string","enum":["x"]}}}]}`,
			[]string{`{"a":"x"}`}},
	} {
		s := schemaOf(t, test.schema)
		var got []string
		for _, v := range Samples(s) {
			text, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			if got = append(got, unescaped(t, text)); s.VisitJSON(v) != nil {
				t.Errorf("%s: %s is not valid", test.schema, text)
			}
		}
		for _, want := range test.want {
			if !slices.Contains(got, unescaped(t, []byte(want))) {
				t.Errorf("%s: %s is not among %q", test.schema, want, got)
			}
		}
	}
}

func schemaOf(t *testing.T, text string) *openapi3.Schema {
	t.Helper()
	var s openapi3.Schema
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		t.Fatal(err)
	}
	return &s
}

// unescaped is a JSON text in one way of writing, its numbers as they are.
func unescaped(t *testing.T, text []byte) string {
	t.Helper()
	var v any
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(again)
}
