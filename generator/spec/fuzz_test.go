package spec

import (
	"errors"
	"testing"
)

// FuzzParse feeds mutated documents: each is read or refused with issues, without a panic.
func FuzzParse(f *testing.F) {
	for _, document := range []string{
		board,
		head30 + operation("'200': {$ref: '#/components/responses/R'}", "{name: q, in: query, schema: {type: [string, 'null']}}"),
		head30 + schema("$ref: '#/components/responses/R'") + "  responses: {R: {content: {a/json: {schema: {$ref: '#/components/schemas/A'}}}}}\n",
		head31 + schema("nullable: true, $ref: '#/components/schemas/A'"),
		head30 + schema("properties: {$ref: '#/components/schemas/A'}"),
		head20 + operation20("{name: f, in: formData, type: file}\n        - {$ref: '#/parameters/B'}") + "parameters: {B: {in: body}}\n",
		`{"swagger": "2.0", "paths": [], "definitions": {"A": {"type": "array"}}, "parameters": 1, "responses": {"R": null}}`,
		`{"openapi": "3.1.0", "info": {}, "webhooks": {"w": {"post": {"security": [{"a": null}]}}}}`,
	} {
		f.Add([]byte(document))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Parse("api.yaml", data, Options{})
		var issues Issues
		switch {
		case err != nil && (!errors.As(err, &issues) || len(issues) == 0):
			t.Fatalf("no issues, but %v", err)
		case err == nil && doc.T == nil:
			t.Fatal("neither document nor error")
		case err == nil:
			if _, err := doc.Clone(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
