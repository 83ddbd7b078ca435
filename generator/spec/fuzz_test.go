package spec

import (
	"errors"
	"os"
	"path/filepath"
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

// FuzzFiles feeds mutated documents of three files: each is read or refused with issues, without a
// panic, and what is read needs no file any more.
func FuzzFiles(f *testing.F) {
	for _, files := range [][3]string{
		{operationTo("{$ref: 'a.yaml#/Pet'}") + "components: {schemas: {Owner: {$ref: b.yaml}}}\n", "Pet: {allOf: [{$ref: b.yaml}], properties: {self: {$ref: '#/Pet'}}}\n", "properties: {pet: {$ref: a.yaml#/Pet}, o: {$ref: 'api.yaml#/components/schemas/Owner'}}\n"},
		{operationTo("{anyOf: [{$ref: '#cat'}, {$ref: 'urn:dog'}, {$ref: 'a.yaml#cat'}]}") + "components: {schemas: {Cat: {$anchor: cat, properties: {n: {$ref: '#cat'}}}}}\n", "Cat: {$anchor: cat, $id: 'https://example.com/cat', properties: {d: {$ref: dog}, s: {$ref: '#'}, p: {$ref: '#/properties/d'}}}\nDog: {$id: 'https://example.com/dog'}\n", "$id: 'urn:dog'\n$ref: a.yaml\n"},
		{head31 + "paths: {/a: {$ref: a.yaml}, /b: {$ref: 'b.yaml#/paths/~1b'}}\n", "get: {parameters: {$ref: b.yaml#/p}, responses: {$ref: 'b.yaml#/r'}}\n", "openapi: 3.1.0\np: [{name: q, in: query, schema: {type: string}}]\nr: {default: {description: x}}\npaths: {/b: {get: {security: [{k: []}], responses: {$ref: '#/r'}}}}\ncomponents: {securitySchemes: {k: {type: http, scheme: basic}}}\n"},
	} {
		f.Add([]byte(files[0]), []byte(files[1]), []byte(files[2]))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, api, a, b []byte) {
		for name, data := range map[string][]byte{"api.yaml": api, "a.yaml": a, "b.yaml": b} {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		doc, err := Load(t.Context(), filepath.Join(dir, "api.yaml"), Options{})
		var issues Issues
		if err != nil {
			if !errors.As(err, &issues) || len(issues) == 0 {
				t.Fatalf("no issues, but %v", err)
			}
			return
		}
		if _, err := doc.Clone(); err != nil {
			t.Fatal(err)
		}
	})
}
