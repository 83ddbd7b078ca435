package spec

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// repair is a document, the warnings that it is read with, and what became of one place in it.
type repair struct{ name, document, want, pointer, became string }

func TestRepairs(t *testing.T) {
	for _, test := range []repair{
		{"no info", "openapi: 3.0.0\npaths: {}\n", `api.yaml:1:1: the document has no info; gen took "api" for its title and "0.0.0" for its version`, "/info", `{"title":"api","version":"0.0.0"}`},
		{"no version", "openapi: 3.0.0\ninfo: {title: A}\npaths: {}\n", `api.yaml:2:1: info has no version; gen took "0.0.0"`, "/info/version", `"0.0.0"`},
		{"path without slash", head30 + "paths:\n  a: {}\n", `api.yaml:4:3: the path "a" does not begin with a slash; gen read it as "/a"`, "/paths", `{"/a":{}}`},
		{"no description", head30 + operation("'404': {}", ""), `api.yaml:7:9: a response has no description; gen described it as "Not Found"`, "/paths/~1a/get/responses", `{"404":{"description":"Not Found"}}`},
		{"text for a response", head30 + operation("'404': Gone", ""), `api.yaml:7:9: a response is the string "Gone" where an object is expected; gen read it as its description`, "/paths/~1a/get/responses/404", `{"description":"Gone"}`},
		{"range in small letters", head30 + operation("4xx: {description: No}", ""), `api.yaml:7:9: "4xx" is no status; gen read it as "4XX"`, "/paths/~1a/get/responses", `{"4XX":{"description":"No"}}`},
		{"schema without a media type", head30 + operation("'200': {description: x, schema: {type: string}}", ""), `api.yaml:7:33: a response has its schema without a media type; gen took application/json`, "/paths/~1a/get/responses/200/content", `{"application/json":{"schema":{"type":"string"}}}`},
		{"text for a media type", head30 + operation("'200': {description: x, content: {text/html: page}}", ""), `api.yaml:7:43: a media type is the string "page" where an object is expected; gen left its schema open`, "/paths/~1a/get/responses/200/content", `{"text/html":{}}`},
		{"reference text for a media type", head30 + operation("'200': {description: x, content: {a/json: '#/components/schemas/A'}}", "") + "components: {schemas: {A: {}}}\n", `api.yaml:7:43: a media type is the string "#/components/schemas/A" where an object is expected; gen read it as a $ref
api.yaml:7:43: the reference "#/components/schemas/A" leads to a schema where a media type is expected; gen took it for its schema`, "/paths/~1a/get/responses/200/content", `{"a/json":{"schema":{"$ref":"#/components/schemas/A"}}}`},
		{"reference for content", head30 + operation("'200': {description: x, content: {$ref: '#/components/mediaTypes/M'}}", "") + "components: {mediaTypes: {M: {a/json: {}}}}\n", `api.yaml:7:43: content is a reference where objects by name are expected; gen copied what it refers to`, "/paths/~1a/get/responses/200/content", `{"a/json":{}}`},
		{"schema for a response", head30 + operation("'200': {$ref: '#/components/schemas/A'}", "") + "components: {schemas: {A: {}}}\n", `api.yaml:7:17: the reference "#/components/schemas/A" leads to a schema where a response is expected; gen took it for the schema of its application/json`, "/paths/~1a/get/responses/200", `{"description":"OK","content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}`},
		{"response for a schema", head30 + schema("$ref: '#/components/responses/R'") + "  responses: {R: {description: x, content: {a/json: {schema: {type: string}}}}}\n", `api.yaml:6:9: the reference "#/components/responses/R" leads to a response where a schema is expected; gen took the schema in it`, "/components/schemas/A", `{"type":"string"}`},
		{"reference without #", head30 + schema("$ref: components/schemas/B") + "    B: {}\n", `api.yaml:6:9: the reference "components/schemas/B" is written wrong; gen read it as "#/components/schemas/B"`, "/components/schemas/A", `{"$ref":"#/components/schemas/B"}`},
		{"reference of Swagger 2.0", head30 + schema("$ref: '#/definitions/B'") + "    B: {}\n", `api.yaml:6:9: the reference "#/definitions/B" leads nowhere; gen read it as "#/components/schemas/B"`, "/components/schemas/A", `{"$ref":"#/components/schemas/B"}`},
		{"reference to nothing known", head30 + schema("$ref: '#/components/schemas/Unknown'"), `api.yaml:6:9: the reference "#/components/schemas/Unknown" leads nowhere; gen takes any value there; define it under components.schemas`, "/components/schemas/A", `{}`},
		{"required on a property", head30 + schema("properties: {b: {type: string, required: true}, c: {required: false}}"), `api.yaml:6:40: required is a boolean where a list of property names is expected; gen added "b" to the list of the object
api.yaml:6:61: required is a boolean where a list of property names is expected; gen left it out`, "/components/schemas/A", `{"properties":{"b":{"type":"string"},"c":{}},"required":["b"]}`},
		{"stray text", head30 + schema("type: string") + "    dialect: https://example.com\n", `api.yaml:7:5: "dialect" is a string where a schema is expected; gen left it out`, "/components/schemas", `{"A":{"type":"string"}}`},
		{"type for a schema", head30 + schema("properties: {b: string}"), `api.yaml:6:22: a schema is the string "string" where an object is expected; gen read it as its type`, "/components/schemas/A", `{"properties":{"b":{"type":"string"}}}`},
		{"nullable type", head30 + schema("type: [string, 'null']"), `api.yaml:6:9: OpenAPI 3.0 and 2.0 have no list of types; gen read it as "string", nullable`, "/components/schemas/A", `{"type":"string","nullable":true}`},
		{"several types", head30 + schema("type: [string, integer]"), `api.yaml:6:9: OpenAPI 3.0 and 2.0 have no list of types; gen read it as anyOf`, "/components/schemas/A", `{"anyOf":[{"type":"string"},{"type":"integer"}]}`},
		{"type null", head30 + schema("type: 'null'"), `api.yaml:6:9: OpenAPI 3.0 has no type null; gen read it as nullable`, "/components/schemas/A", `{"nullable":true}`},
		{"type of another language", head30 + schema("type: datetime"), `api.yaml:6:9: there is no type "datetime"; gen read it as "string" with format "date-time"`, "/components/schemas/A", `{"type":"string","format":"date-time"}`},
		{"type in capitals", head30 + schema("type: String"), `api.yaml:6:9: there is no type "String"; gen read it as "string"`, "/components/schemas/A", `{"type":"string"}`},
		{"number as exclusive bound", head30 + schema("exclusiveMinimum: 3"), `api.yaml:6:9: exclusiveMinimum is a number, as in OpenAPI 3.1; gen read it as minimum with a flag`, "/components/schemas/A", `{"exclusiveMinimum":true,"minimum":3}`},
		{"flag as exclusive bound", head31 + schema("maximum: 3, exclusiveMaximum: true"), `api.yaml:6:21: exclusiveMaximum is a boolean, as in OpenAPI 3.0; gen read it as 3.1 writes it, a number`, "/components/schemas/A", `{"exclusiveMaximum":3}`},
		{"const", head30 + schema("const: a"), `api.yaml:6:9: OpenAPI 3.0 has no const; gen read it as an enum of one`, "/components/schemas/A", `{"enum":["a"]}`},
		{"empty enum", head30 + schema("enum: []"), `api.yaml:6:9: the enum has no values; gen left it out`, "/components/schemas/A", `{}`},
		{"array without items", head30 + schema("type: array"), `api.yaml:6:9: an array has no items; gen takes any value for an item`, "/components/schemas/A", `{"type":"array","items":{}}`},
		{"tuple", head30 + schema("type: array, items: [{type: string}, {type: integer}]"), `api.yaml:6:22: items is a list of schemas where one is expected; gen takes any of them for an item`, "/components/schemas/A/items", `{"anyOf":[{"type":"string"},{"type":"integer"}]}`},
		{"true for a schema", head30 + schema("not: true"), `api.yaml:6:9: a schema is true, which OpenAPI 3.0 does not know; gen read true as {}, false as {not: {}}`, "/components/schemas/A", `{"not":{}}`},
		{"discriminator without a name", head30 + schema("discriminator: {}"), `api.yaml:6:9: a discriminator has no propertyName; gen left it out`, "/components/schemas/A", `{}`},
		{"number in quotes", head30 + schema("maxLength: '9', minLength: 1.0"), `api.yaml:6:9: maxLength is a string where a number is expected; gen read it without its quotes`, "/components/schemas/A", `{"maxLength":9,"minLength":1}`},
		{"boolean in quotes", head30 + schema("readOnly: 'true'"), `api.yaml:6:9: readOnly is a string where true or false is expected; gen read it without its quotes`, "/components/schemas/A", `{"readOnly":true}`},
		{"one for a list", head30 + schema("allOf: {type: object}"), `api.yaml:6:9: allOf is an object where a list is expected; gen read it as a list of one`, "/components/schemas/A", `{"allOf":[{"type":"object"}]}`},
		{"list of one", head30 + schema("not: [{type: object}]"), `api.yaml:6:9: a schema is a list of one where an object is expected; gen read it without the list`, "/components/schemas/A", `{"not":{"type":"object"}}`},
		{"key in other letters", head30 + schema("readonly: true"), `api.yaml:6:9: a schema has no key "readonly"; gen read it as "readOnly"`, "/components/schemas/A", `{"readOnly":true}`},
		{"type beside the name", head30 + operation("", "{name: q, in: query, type: string, maxLength: 3}"), `api.yaml:8:32: a parameter has its type without a schema; gen put it into a schema`, "/paths/~1a/get/parameters/0", `{"name":"q","in":"query","schema":{"type":"string","maxLength":3}}`},
		{"style of elsewhere", head30 + operation("", "{name: q, in: query, style: simple, schema: {}}"), `api.yaml:8:32: query parameters have no style "simple"; gen took "form", the default`, "/paths/~1a/get/parameters/0", `{"name":"q","in":"query","schema":{}}`},
		{"list style for a string", head30 + operation("", "{name: q, in: query, style: pipeDelimited, explode: false, schema: {$ref: '#/components/schemas/A'}}") + "components: {schemas: {A: {type: string}}}\n", `api.yaml:8:32: the style pipeDelimited is for lists and objects, and the parameter is a string; gen took "form", the default`, "/paths/~1a/get/parameters/0", `{"name":"q","in":"query","schema":{"$ref":"#/components/schemas/A"}}`},
		{"parameter twice", head30 + operation("", "{name: q, in: query, schema: {}}\n        - {name: q, in: query, schema: {}}"), `api.yaml:9:11: the query parameter "q" is here twice; gen ignored the second`, "/paths/~1a/get/parameters", `[{"name":"q","in":"query","schema":{}}]`},
		{"schema and content", head30 + operation("", "{name: q, in: query, schema: {}, content: {a/json: {}}}"), `api.yaml:8:44: a parameter has both schema and content; gen ignored content`, "/paths/~1a/get/parameters/0", `{"name":"q","in":"query","schema":{}}`},
		{"path parameter missing", head30 + "paths:\n  /a/{id}:\n    get:\n      responses: {'200': {description: x}}\n", `api.yaml:5:5: the path parameter "id" is not declared; gen added it as a string`, "/paths/~1a~1{id}/get/parameters", `[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}]`},
		{"path parameter too many", head30 + operation("", "{name: id, in: path, required: true, schema: {}}"), `api.yaml:8:11: the path has no parameter "id"; gen ignored it`, "/paths/~1a/get/parameters", `[]`},
		{"path parameter under another name", head30 + "paths:\n  /a/{id}:\n    parameters:\n      - {name: ID, in: path, required: true, schema: {type: integer}}\n    get:\n      responses: {'200': {description: x}}\n", `api.yaml:6:9: the path has no parameter "ID"; gen ignored it
api.yaml:7:5: the path parameter "id" is not declared; gen took "ID" for it`, "/paths/~1a~1{id}/get/parameters", `[{"name":"id","in":"path","required":true,"schema":{"type":"integer"}}]`},
		{"path parameter not required", head30 + "paths:\n  /a/{id}:\n    parameters:\n      - {name: id, in: path, schema: {}}\n", `api.yaml:6:9: the path parameter "id" is not required; gen made it required: a path has all of its parts`, "/paths/~1a~1{id}/parameters/0/required", `true`},
		{"operationId twice", head30 + "paths:\n  /a:\n    get: {operationId: a, responses: {'200': {description: x}}}\n    head: {operationId: a, responses: {'200': {description: x}}}\n", `api.yaml:6:12: the operationId "a" is here for the second time; gen renamed this one to "a_head"`, "/paths/~1a/head/operationId", `"a_head"`},
		{"body without content", head30 + "paths:\n  /a:\n    post: {requestBody: {}, responses: {'200': {description: x}}}\n", `api.yaml:5:12: a request body has no content; gen takes any body; add its media type`, "/paths/~1a/post/requestBody", `{"content":{"*/*":{}}}`},
		{"header without schema", head30 + operation("'200': {description: x, headers: {X-A: {}}}", ""), `api.yaml:7:43: a header has neither schema nor content; gen took it for a string`, "/paths/~1a/get/responses/200/headers/X-A", `{"schema":{"type":"string"}}`},
		{"undefined scheme", head30 + noPath + "security: [{key: []}]\n", `api.yaml:4:13: the security scheme "key" is not defined; gen took it for http bearer; define it under components.securitySchemes`, "/components/securitySchemes", `{"key":{"type":"http","scheme":"bearer"}}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkRepair(t, test)
			_, err := Parse("api.yaml", []byte(test.document), Options{Strict: true})
			if err == nil {
				t.Error("strict: no error")
			}
		})
	}
}

func TestNotes(t *testing.T) {
	for _, test := range []repair{
		{"unknown key", head30 + noPath + "colour: red\n", `api.yaml:4:1: the document has no key "colour"; gen ignored it; names of one's own start with x-`, "/colour", `"red"`},
		{"misspelt text", head30 + operation("", "{name: q, in: query, schema: {}, descripton: x}"), `api.yaml:8:44: a parameter has no key "descripton"; gen ignored it; did you mean "description"?`, "", ""},
		{"hints for Go", head30 + schema("x-go-type: a.B, properties: {b: {x-go-name: C, x-omitempty: true}}"), `api.yaml:6:9: the document has hints for Go generators here and in 2 other places; gen ignored x-go-name, x-go-type, x-omitempty`, "/components/schemas/A", `{"properties":{"b":{}}}`},
		{"no responses in 3.1", head31 + "paths:\n  /a:\n    get: {}\n", `api.yaml:5:5: the operation has no responses; gen added "default"`, "/paths/~1a/get", `{"responses":{"default":{"description":"Any answer"}}}`},
		{"required twice", head30 + schema("required: [a, a]"), `api.yaml:6:23: "a" is required twice; gen ignored the second`, "/components/schemas/A", `{"required":["a"]}`},
		{"enum of an array", head30 + schema("type: array, items: {type: string}, enum: [a, b]"), `api.yaml:6:45: an array cannot be one of these values; gen took them for those of its items`, "/components/schemas/A", `{"type":"array","items":{"type":"string","enum":["a","b"]}}`},
		{"format too long", head30 + schema("type: string, format: uuid, maxLength: 24"), `api.yaml:6:23: a uuid has at least 36 characters, and maxLength is 24; gen ignored the format`, "/components/schemas/A", `{"type":"string","maxLength":24}`},
		{"inline branches", head30 + schema("oneOf: [{type: object}], discriminator: {propertyName: kind}"), `api.yaml:6:34: a discriminator tells components apart, and the branches are none; gen left it out; move them to components.schemas`, "/components/schemas/A", `{"oneOf":[{"type":"object"}]}`},
		{"branch that repeats a component", head30 + schema("oneOf: [{type: object}], discriminator: {propertyName: kind, mapping: {b: '#/components/schemas/B'}}") + "    B: {type: object}\n", `api.yaml:6:17: a branch beside a discriminator repeats the component that it maps to; gen read it as a reference`, "/components/schemas/A/oneOf", `[{"$ref":"#/components/schemas/B"}]`},
		{"deepObject for a list", head30 + operation("", "{name: q, in: query, style: deepObject, schema: {type: array, items: {}}}"), `api.yaml:8:32: the style deepObject is for objects, and the parameter is an array; gen reads name[]=a&name[]=b and name[0]=a&name[1]=b`, "/paths/~1a/get/parameters/0/style", `"deepObject"`},
		{"exploded pipes", head30 + operation("", "{name: q, in: query, style: pipeDelimited, explode: true, schema: {type: array, items: {}}}"), `api.yaml:8:32: the style pipeDelimited has no meaning with explode: true; gen reads name=a&name=b`, "/paths/~1a/get/parameters/0/style", `"pipeDelimited"`},
		{"style of JSON", head30 + operation("", "{name: q, in: query, style: form, content: {a/json: {}}}"), `api.yaml:8:32: a parameter with content has no style; gen ignored it`, "/paths/~1a/get/parameters/0", `{"name":"q","in":"query","content":{"a/json":{}}}`},
		{"default of another type", head31 + schema("type: [integer, 'null'], default: '7'"), `api.yaml:6:34: the default "7" is a string where an integer is expected; gen goes without a default`, "/components/schemas/A/default", `"7"`},
		{"default out of whole numbers", head30 + schema("type: integer, default: 1.5"), `api.yaml:6:24: the default 1.5 is a number where an integer is expected; gen goes without a default`, "", ""},
		{"list for a default", head30 + schema("type: string, default: [a]"), `api.yaml:6:23: the default is a list where a string is expected; gen goes without a default`, "", ""},
		{"default out of the enum", head30 + schema("type: string, enum: [a, b], default: c"), `api.yaml:6:37: the default "c" is not in the enum; gen goes without a default`, "", ""},
		{"required and not described", head30 + schema("required: [id, names, title], properties: {id: {}, name: {}}"), `api.yaml:6:24: "names" is required and not among the properties; gen added it, with any value; did you mean "name"?
api.yaml:6:31: "title" is required and not among the properties; gen added it, with any value`, "", ""},
		{"required and not allowed", head30 + schema("required: [title], properties: {id: {}}, additionalProperties: false"), `api.yaml:6:20: "title" is required and not among the properties; no value can have it: additionalProperties is false`, "", ""},
		{"two documents", head30 + noPath + "---\na: b\n", `api.yaml:4:1: the file holds more than one YAML document; gen read the first one`, "", ""},
		{"kin's own", head30 + noPath + "servers: [{url: 'https://{host}/'}]\n", `api.yaml:4:1: server has undeclared variables; gen went on as it is`, "", ""},
		{"additional properties like itself", head30 + schema("additionalProperties: {$ref: '#/components/schemas/A'}"), `api.yaml:6:5: a schema says only that what is in it is like itself, and has no type; gen read its type as "object"`, "/components/schemas/A", `{"additionalProperties":{"$ref":"#/components/schemas/A"},"type":"object"}`},
		{"additional properties of such", head30 + schema("additionalProperties: {additionalProperties: {$ref: '#/components/schemas/A'}}"), `api.yaml:6:5: a schema says only that what is in it is like itself, and has no type; gen read its type as "object"`, "/components/schemas/A", `{"additionalProperties":{"additionalProperties":{"$ref":"#/components/schemas/A"}},"type":"object"}`},
		{"additional properties like itself beside a type", head30 + schema("allOf: [{type: object}], additionalProperties: {$ref: '#/components/schemas/A'}"), `api.yaml:6:5: a schema says only that what is in it is like itself, and has no type; gen read its type as "object"`, "/components/schemas/A", `{"allOf":[{"type":"object"}],"additionalProperties":{"$ref":"#/components/schemas/A"},"type":"object"}`},
		{"nothing but itself", head30 + schema("allOf: [{$ref: '#/components/schemas/A'}]"), `api.yaml:6:5: a schema is made of nothing but itself; gen takes any value for it`, "/components/schemas/A", `{}`},
		{"a list of such lists", head30 + schema("description: a, items: {$ref: '#/components/schemas/A'}"), `api.yaml:6:5: a schema says only that what is in it is like itself, and has no type; gen read its type as "array"`, "/components/schemas/A", `{"description":"a","items":{"$ref":"#/components/schemas/A"},"type":"array"}`},
		{"properties like itself beside any others", head30 + schema("x-of: a, properties: {l: {$ref: '#/components/schemas/A'}}, additionalProperties: true"), `api.yaml:6:5: a schema says only that what is in it is like itself, and has no type; gen read its type as "object"`, "/components/schemas/A", `{"x-of":"a","properties":{"l":{"$ref":"#/components/schemas/A"}},"additionalProperties":true,"type":"object"}`},
		{"properties like itself", head30 + schema("properties: {l: {$ref: '#/components/schemas/A'}, r: {allOf: [{$ref: '#/components/schemas/A'}]}}"), `api.yaml:6:5: a schema says only that what is in it is like itself, and has no type; gen read its type as "object"`, "/components/schemas/A", `{"properties":{"l":{"$ref":"#/components/schemas/A"},"r":{"allOf":[{"$ref":"#/components/schemas/A"}]}},"type":"object"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkRepair(t, test)
			if _, err := Parse("api.yaml", []byte(test.document), Options{Strict: true}); err != nil {
				t.Errorf("strict: %v", err)
			}
		})
	}
}

// TestNoNoise shows what is read without a word: it may well be meant.
func TestNoNoise(t *testing.T) {
	for _, document := range []string{
		head30 + schema("type: integer, default: 7.0") + "    B: {type: number, default: 7}\n    C: {nullable: true, type: string, default: null}\n    D: {enum: [1, a], default: a}\n    E: {default: [a]}\n",
		head30 + schema("required: [b], properties: {a: {}}, additionalProperties: {}") + "    B: {required: [b]}\n    C: {required: [b], properties: {a: {}}, allOf: [{$ref: '#/components/schemas/A'}]}\n",
		head30 + schema("required: [b], properties: {a: {}}") + "    B: {allOf: [{$ref: '#/components/schemas/A'}, {required: [c], properties: {b: {}}}], properties: {c: {}}}\n",
		head30 + schema("oneOf: [{required: [a], properties: {b: {}}}], properties: {a: {}}"),
		head30 + operation("", "{name: q, in: query, explode: false, schema: {type: string}}"),
		head30 + operation("", "{name: q, in: query, style: deepObject, schema: {type: object}}\n        - {name: p, in: query, style: pipeDelimited, schema: {}}"),
		head31 + "paths: {}\nwebhooks: {}\ncomponents: {callbacks: {C: {'{$url}': {post: {requestBody: {content: {a/json: {schema: {type: string, default: 1}}}}, responses: {'200': {description: x}}}}}}}\n",
	} {
		doc, err := Parse("api.yaml", []byte(document), Options{})
		if err != nil {
			t.Fatalf("%v in %s", err, document)
		}
		if len(doc.Warnings) > 0 {
			t.Errorf("%v in %s", doc.Warnings, document)
		}
	}
}

// TestNullable shows that nullable, which real documents of 3.1 have in hundreds of places, is said
// once, and each time when strict.
func TestNullable(t *testing.T) {
	document := head31 + schema("nullable: true, type: string") + "    B: {nullable: true, oneOf: [{type: string}]}\n    C: {nullable: true, $ref: '#/components/schemas/A'}\n    D: {nullable: false, type: string}\n"
	checkRepair(t, repair{"", document, `api.yaml:6:9: OpenAPI 3.1 has no nullable, which is here and in 3 other places; gen read it as the type null`, "/components/schemas",
		`{"A":{"type":["string","null"]},"B":{"oneOf":[{"type":"string"},{"type":"null"}]},"C":{"anyOf":[{"$ref":"#/components/schemas/A"},{"type":"null"}]},"D":{"type":"string"}}`})
	_, err := Parse("api.yaml", []byte(document), Options{Strict: true})
	want := `api.yaml:6:9: OpenAPI 3.1 has no nullable; write null as one of the types
api.yaml:7:9: OpenAPI 3.1 has no nullable; write null as one of the types
api.yaml:8:9: OpenAPI 3.1 has no nullable; write null as one of the types
api.yaml:9:9: OpenAPI 3.1 has no nullable; leave it out`
	if err == nil || err.Error() != want {
		t.Errorf("strict: %v", err)
	}
}

func checkRepair(t *testing.T, test repair) {
	t.Helper()
	doc, err := Parse("api.yaml", []byte(test.document), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(test.want, doc.Warnings.Error()); diff != "" {
		t.Error(diff)
	}
	if test.became == "" {
		return
	}
	n := doc.tree.root.find(splitPointer(test.pointer))
	if n == nil {
		t.Fatalf("nothing at %s", test.pointer)
	}
	if diff := cmp.Diff(test.became, string(n.appendJSON(nil))); diff != "" {
		t.Error(diff)
	}
}
