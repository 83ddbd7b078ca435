package spec

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSwagger2(t *testing.T) {
	for _, test := range []struct{ name, document, pointer, want string }{
		{"servers", "host: a.example\nbasePath: v1\nschemes: [https, http]\npaths: {}\n", "/servers", `[{"url":"https://a.example/v1"},{"url":"http://a.example/v1"}]`},
		{"base path alone", "basePath: /v1\npaths: {}\n", "/servers", `[{"url":"/v1"}]`},
		{"body", "consumes: [a/json, b/json]\n" + operation20("{name: b, in: body, required: true, schema: {$ref: '#/definitions/A'}}") + "definitions: {A: {type: object}}\n",
			"/paths/~1a/post/requestBody", `{"required":true,"content":{"a/json":{"schema":{"$ref":"#/components/schemas/A"}},"b/json":{"schema":{"$ref":"#/components/schemas/A"}}}}`},
		{"shared body", operation20("{$ref: '#/parameters/B'}") + "parameters: {B: {name: b, in: body, schema: {type: string}}}\n", "/paths/~1a/post/requestBody", `{"$ref":"#/components/requestBodies/B"}`},
		{"form", operation20("{name: n, in: formData, type: string, required: true}\n        - {name: m, in: formData, type: integer}"),
			"/paths/~1a/post/requestBody", `{"content":{"application/x-www-form-urlencoded":{"schema":{"type":"object","properties":{"n":{"type":"string"},"m":{"type":"integer"}},"required":["n"]}}},"required":true}`},
		{"file", operation20("{name: f, in: formData, type: file}"), "/paths/~1a/post/requestBody", `{"content":{"multipart/form-data":{"schema":{"type":"object","properties":{"f":{"type":"string","format":"binary"}}}}}}`},
		{"shared field", operation20("{$ref: '#/parameters/F'}") + "parameters: {F: {name: f, in: formData, type: string}}\n", "/paths/~1a/post/requestBody/content", `{"application/x-www-form-urlencoded":{"schema":{"type":"object","properties":{"f":{"type":"string"}}}}}`},
		{"body of the path", "paths:\n  /a:\n    parameters:\n      - {name: b, in: body, schema: {type: string}}\n    post:\n      responses: {'200': {description: x}}\n", "/paths/~1a", `{"parameters":[],"post":{"responses":{"200":{"description":"x"}},"requestBody":{"content":{"application/json":{"schema":{"type":"string"}}}}}}`},
		{"list in a query", operation20("{name: q, in: query, type: array, items: {type: string, collectionFormat: csv}}"), "/paths/~1a/post/parameters/0", `{"name":"q","in":"query","schema":{"type":"array","items":{"type":"string"}},"style":"form","explode":false}`},
		{"collectionFormat", operation20("{name: q, in: query, type: array, items: {type: string}, collectionFormat: pipes}"), "/paths/~1a/post/parameters/0", `{"name":"q","in":"query","schema":{"type":"array","items":{"type":"string"}},"style":"pipeDelimited","explode":false}`},
		{"response", "produces: [text/plain]\npaths:\n  /a:\n    get:\n      responses:\n        200: {description: x, schema: {type: string}, headers: {X-A: {type: integer}}, examples: {text/plain: hi}}\n",
			"/paths/~1a/get/responses/200", `{"description":"x","headers":{"X-A":{"schema":{"type":"integer"}}},"content":{"text/plain":{"schema":{"type":"string"},"example":"hi"}}}`},
		{"schema", "paths: {}\ndefinitions: {A: {type: object, discriminator: kind, x-nullable: true, properties: {a: {$ref: '#/definitions/A'}}}}\n",
			"/components/schemas/A", `{"type":"object","discriminator":{"propertyName":"kind"},"nullable":true,"properties":{"a":{"$ref":"#/components/schemas/A"}}}`},
		{"security", "paths: {}\nsecurityDefinitions: {b: {type: basic}, o: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {r: read}}}\n",
			"/components/securitySchemes", `{"b":{"type":"http","scheme":"basic"},"o":{"type":"oauth2","flows":{"authorizationCode":{"authorizationUrl":"https://a","tokenUrl":"https://t","scopes":{"r":"read"}}}}}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := parse(t, "api.yaml", head20+test.document)
			if len(doc.Warnings) > 0 || doc.Version != "2.0" || doc.T.OpenAPI != "3.0.3" {
				t.Errorf("got version %s, warnings %v", doc.Version, doc.Warnings)
			}
			n := doc.tree.root.find(splitPointer(test.pointer))
			if n == nil {
				t.Fatalf("nothing at %s: %s", test.pointer, doc.JSON)
			}
			if diff := cmp.Diff(test.want, string(n.appendJSON(nil))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func operation20(parameter string) string {
	return "paths:\n  /a:\n    post:\n      parameters:\n        - " + parameter + "\n      responses: {'200': {description: x}}\n"
}

// TestSwagger2Positions shows that pointers of OpenAPI 3 find their place in Swagger 2.0, and that
// issues name the pointers of the source.
func TestSwagger2Positions(t *testing.T) {
	doc := parse(t, "api.yaml", head20+noPath+"definitions:\n  A: {type: array, items: [{type: string}, {type: integer}]}\n")
	if got := doc.Position("/components/schemas/A/type").String(); got != "api.yaml:5:7" {
		t.Errorf("got %s", got)
	}
	if len(doc.Warnings) != 1 || doc.Warnings[0].Pointer != "/definitions/A/items" {
		t.Errorf("got %#v", doc.Warnings)
	}
}

func TestJSONIsValid(t *testing.T) {
	doc := parse(t, "api.yaml", head20+noPath+"x-text: \"a\\tb\\u2028\\x7f <&> \\\\ \\\"\"\n")
	var compact bytes.Buffer
	if err := json.Compact(&compact, doc.JSON); err != nil || compact.String() != string(doc.JSON) {
		t.Errorf("got %v: %s", err, doc.JSON)
	}
}
