package codec_test

import (
	"encoding/json"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/codec"
	"gen/generator/model"
)

func TestNotation(t *testing.T) {
	tests := []struct {
		param        model.Param
		schema       string
		want, reason string
	}{
		{model.Param{In: "query", Style: "form", Explode: true}, `{"type":"integer"}`, "asInteger", ""},
		{model.Param{In: "query", Style: "form", Required: true}, `{"type":"string"}`, "required|asText", ""},
		{model.Param{In: "path", Style: "simple", Required: true}, `{"type":"string"}`, "asText", ""},
		{model.Param{In: "path", Style: "label"}, `{"type":"number"}`, "labelled|asNumber", ""},
		{model.Param{In: "path", Style: "matrix", Explode: true}, `{"type":"array","items":{"type":"integer"}}`, "asList|exploded|matrixed|asInteger", ""},
		{model.Param{In: "query", Style: "form", Explode: true}, `{"type":"array","items":{"type":"string"}}`, "asList|exploded|asText", ""},
		{model.Param{In: "query", Style: "pipeDelimited"}, `{"type":"array","items":{"type":"string"}}`, "asList|piped|asText", ""},
		{model.Param{In: "query", Style: "spaceDelimited"}, `{"type":"string"}`, "asText", ""},
		{model.Param{In: "header", Style: "simple", Explode: true}, `{"type":"array","items":{"type":"boolean"}}`, "asList|asBoolean", ""},
		{model.Param{In: "cookie", Style: "form", Explode: true}, `{"anyOf":[{"type":"integer"},{"type":"null"}]}`, "asInteger|asNull", ""},
		{model.Param{In: "query", Style: "form"}, `{"oneOf":[{"type":"integer"},{"type":"number"},{"type":"string"}]}`, "asNumber|asText", ""},
		{model.Param{In: "query", Style: "form"}, ``, "asText", ""},
		{model.Param{In: "query", Style: "form"}, `{"type":"object"}`, "", "properties"},
		{model.Param{In: "query", Style: "deepObject"}, `{"type":"string"}`, "", "the style deepObject"},
		{model.Param{In: "query", Style: "form"}, `{"enum":["a"]}`, "", "no type"},
		{model.Param{In: "query", Style: "form", Content: true}, `{"type":"string"}`, "", "a media type"},
		{model.Param{In: "query", Style: "form", AllowEmpty: true}, `{"type":"boolean"}`, "", "allowEmptyValue"},
		{model.Param{In: "query", Style: "form"}, `{"oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}`, "", "lists beside single values"},
		{model.Param{In: "query", Style: "form"}, `{"type":"array","items":{"type":"object"}}`, "", "lists of what is no single value"},
	}
	for _, test := range tests {
		if test.schema != "" {
			test.param.Schema = new(openapi3.Schema)
			if err := json.Unmarshal([]byte(test.schema), test.param.Schema); err != nil {
				t.Fatal(err)
			}
		}
		got, reason := codec.Notation(&test.param)
		if got != test.want || reason != test.reason {
			t.Errorf("%s %s %s: %q, %q; want %q, %q", test.param.In, test.param.Style, test.schema, got, reason, test.want, test.reason)
		}
	}
}
