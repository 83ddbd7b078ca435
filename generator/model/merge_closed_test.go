package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/spec"
)

// TestClosedParts holds what is said of an allOf with a part that takes its own properties only.
func TestClosedParts(t *testing.T) {
	const base = "    Base: {type: object, additionalProperties: false, properties: {a: {type: string}, b: {type: string}}}\n"
	const here = "test.yaml:6:26: additionalProperties: false here forbids "
	for _, tt := range []struct{ name, version, whole, want string }{
		{"a sibling requires a property", "3.0.3", "allOf: [{$ref: '#/components/schemas/Base'}, {required: [c], properties: {c: {}, a: {type: string}}}]",
			here + "c of the allOf at test.yaml:7:13, which requires c: no request or answer of it is valid; drop it"},
		{"a sibling has properties", "3.0.3", "allOf: [{$ref: '#/components/schemas/Base'}, {properties: {c: {}, d: {}}}]",
			here + "c, d of the allOf at test.yaml:7:13: no valid request or answer has c or d; drop it"},
		{"a sibling requires what is nowhere described", "3.0.3", "allOf: [{$ref: '#/components/schemas/Base'}], required: [c]",
			here + "c of the allOf at test.yaml:7:13, which requires c: no request or answer of it is valid; drop it"},
		{"what is required is not for requests", "3.0.3", "allOf: [{$ref: '#/components/schemas/Base'}, {required: [c], properties: {c: {type: string, readOnly: true}}}]",
			here + "c of the allOf at test.yaml:7:13: no valid request or answer has c; drop it"},
		{"there is a better way", "3.1.0", "allOf: [{$ref: '#/components/schemas/Base'}, {properties: {c: {type: string}}}]",
			here + "c of the allOf at test.yaml:7:13: no valid request or answer has c; drop it, or say unevaluatedProperties: false beside the allOf instead"},
		{"what is beside the allOf is closed", "3.0.3", "allOf: [{properties: {c: {type: string}}}], properties: {a: {}}, additionalProperties: false",
			"test.yaml:7:78: additionalProperties: false here forbids c of the allOf at test.yaml:7:13: no valid request or answer has c; drop it"},
		{"siblings have nothing else", "3.0.3", "allOf: [{$ref: '#/components/schemas/Base'}, {required: [a], properties: {b: {maxLength: 3}}}]", ""},
		{"siblings have what a pattern names", "3.1.0", "allOf: [{additionalProperties: false, patternProperties: {'^c': {}}}, {properties: {c: {type: string}}}]", ""},
		{"no allOf", "3.0.3", "properties: {c: {$ref: '#/components/schemas/Base'}}", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := "openapi: " + tt.version + "\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n" + base + "    Whole: {" + tt.whole + "}\n"
			doc, err := spec.Parse("test.yaml", []byte(text), spec.Options{})
			if err != nil {
				t.Fatal(err)
			}
			api, err := Lower(doc)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if len(api.Warnings) > 0 {
				got = api.Warnings.Sort().Error()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
