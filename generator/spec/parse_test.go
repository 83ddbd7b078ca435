package spec

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	head30 = "openapi: 3.0.3\ninfo: {title: Board, version: '1'}\n"
	head31 = "openapi: 3.1.0\ninfo: {title: Board, version: '1'}\n"
	head20 = "swagger: '2.0'\ninfo: {title: Board, version: '1'}\n"
	noPath = "paths: {}\n"
)

func TestParseErrors(t *testing.T) {
	for _, test := range []struct{ name, document, want string }{
		{"empty", "", `api.yaml: the file is empty; fill it, or name another file`},
		{"white space", " \n\n", `api.yaml: the file is empty; fill it, or name another file`},
		{"comments only", "# nothing\n", `api.yaml: the file has no content; fill it, or name another file`},
		{"a text", "hello", `api.yaml:1:1: this is a string, not an OpenAPI document; an OpenAPI document is an object with the keys openapi, info and paths`},
		{"a list", "- a\n", `api.yaml:1:1: this is a list, not an OpenAPI document; an OpenAPI document is an object with the keys openapi, info and paths`},
		{"not UTF-8", "openapi: \xff", `api.yaml:1:10: the file is not UTF-8; save it as UTF-8; gen reads YAML and JSON`},
		{"UTF-16", "\xff\xfeo\x00", `api.yaml: the file is UTF-16; save it as UTF-8`},
		{"any YAML", "name: x\n", `api.yaml: this is not an OpenAPI document: it has no key openapi or swagger; start it with openapi: 3.1.0`},
		{"no version", "paths: {}\n", `api.yaml:1:1: the document does not say which version of OpenAPI it follows; add a first line like openapi: 3.1.0`},
		{"key in capitals", "OpenAPI: 3.0.0\n", `api.yaml:1:1: the key "OpenAPI" is written wrong; write "openapi"`},
		{"AsyncAPI", "asyncapi: 2.0.0\n", `api.yaml:1:1: this is an AsyncAPI document; gen reads OpenAPI: HTTP operations on resources`},
		{"Kubernetes", "apiVersion: v1\nkind: Pod\n", `api.yaml:1:1: this is a Kubernetes manifest; give an OpenAPI document`},
		{"Swagger 1", "swaggerVersion: '1.2'\n", `api.yaml:1:1: this is a Swagger 1.x document; convert it to Swagger 2.0 or OpenAPI 3`},
		{"future", "openapi: 4.0.0\n", `api.yaml:1:1: openapi "4.0.0" is no version that gen reads; it reads swagger "2.0" and openapi 3.0, 3.1 and 3.2`},
		{"tabs", "openapi: 3.0.0\ninfo:\n\ttitle: x\n", `api.yaml:3:2: this is not YAML: found character that cannot start any token; indent with spaces, not with tabs`},
		{"a colon", "openapi: 3.0.0\ninfo:\n  title: a: b\n", `api.yaml:3:3: this is not YAML: mapping values are not allowed in this context; quote a text that has a colon in it, and check the indentation`},
		{"bracket", "openapi: 3.0.0\ntags: [a\ninfo: {}\n", `api.yaml:2:1: this is not YAML: did not find expected ',' or ']'; check indentation, quotes and brackets at this line and the one before`},
		{"alias to itself", "openapi: 3.0.0\ninfo: &a\n  b: *a\npaths: {}\n", `api.yaml:3:6: the alias *a stands inside of its own anchor; use $ref for what is recursive`},
		{"unknown anchor", "openapi: 3.0.0\ninfo: {title: *ab, version: *a}\n", `api.yaml:2:15: this is not YAML: unknown anchor 'ab' referenced; define the anchor with & before its alias`},
		{"JSON comma", "{\"openapi\": \"3.0.0\",}", `api.json:1:21: a key in double quotes is expected here; quote the key, and remove a comma behind the last value`},
		{"JSON end", "{\n \"openapi\": [1, 2", `api.json:2:18: the document ends in the middle of this list; close every brace and bracket`},
		{"JSON word", "{\"openapi\": 3.0.0}", `api.json:1:13: "3.0.0" is no JSON value; put strings into double quotes, and a comma only between values`},
		{"JSON string", "{\"é\": \"a\nb\"}", `api.json:1:7: a string has a line break or another control character in it; write it as an escape like \n, or close the string`},
		{"JSON tail", "{} x", `api.json:1:4: text after the end of the document; remove it`},
		{"deep", "{\"a\":" + strings.Repeat("[", 500), `api.json:1:405: values are nested more than 400 deep; flatten them`},
		{"double keys", head30 + noPath + "paths: {}\ntags: []\ntags: []\n", `api.yaml:4:1: the key "paths" is here twice, first at line 3, column 1; remove or rename one of them
api.yaml:6:1: the key "tags" is here twice, first at line 5, column 1; remove or rename one of them`},
		{"double keys in JSON", "{\"openapi\": \"3.0.0\", \"info\": {\"title\": \"a\", \"title\": \"b\"}, \"paths\": {}}", `api.json:1:45: the key "title" is here twice, first at line 1, column 31; remove or rename one of them`},
		{"no paths", head30, `api.yaml:1:1: the document has no paths; add paths with at least one operation`},
		{"shape", head30 + "paths:\n  /a: [1, 2]\n", `api.yaml:4:3: a path is a list where an object is expected; write an object`},
		{"misspelt key", head30 + "paths:\n  /a:\n    get:\n      responces: {}\n", `api.yaml:6:7: an operation has no key "responces"; did you mean "responses"?`},
		{"no responses", head30 + "paths:\n  /a:\n    get:\n      responses: {}\n", `api.yaml:6:7: responses is empty; add one, such as "200" with a description`},
		{"no status", head30 + operation("'600': {description: x}", ""), `api.yaml:7:9: "600" is no status; write a number like "200", a range like "4XX", or "default"`},
		{"no schema", head30 + operation("", "{name: q, in: query}"), `api.yaml:8:11: the parameter "q" has neither schema nor content; add a schema, such as type: string`},
		{"no in", head30 + operation("", "{name: q, schema: {}}"), `api.yaml:8:11: the parameter "q" does not say where it is; add in: path, query, header or cookie`},
		{"bad in", head30 + operation("", "{name: q, in: qwery, schema: {}}"), `api.yaml:8:21: there is no location "qwery"; did you mean "query"?`},
		{"in body", head30 + operation("", "{name: q, in: body, schema: {}}"), `api.yaml:8:21: OpenAPI 3 has no parameters in body; describe the body in requestBody`},
		{"no name", head30 + operation("", "{in: query, schema: {}}"), `api.yaml:8:11: a parameter has no name; add name`},
		{"misspelt type", head30 + schema("type: strin"), `api.yaml:6:9: there is no type "strin"; did you mean "string"?`},
		{"unknown type", head30 + schema("type: widget"), `api.yaml:6:9: there is no type "widget"; the types are string, number, integer, boolean, array, object, null`},
		{"unknown type in list", head31 + schema("type: [string, nul]"), `api.yaml:6:24: there is no type "nul"; did you mean "null"?`},
		{"misspelt reference", head30 + schema("$ref: '#/components/schemas/Thin'") + "    Thing: {type: object}\n", `api.yaml:6:9: the reference "#/components/schemas/Thin" leads nowhere; did you mean "#/components/schemas/Thing"?`},
		{"dangling", head30 + operation("'200': {$ref: '#/components/responses/Answer'}", ""), `api.yaml:7:17: the reference "#/components/responses/Answer" leads nowhere; define it under components.responses`},
		{"circle", head30 + schema("$ref: '#/components/schemas/B'") + "    B: {$ref: '#/components/schemas/A'}\n", `api.yaml:6:9: the reference "#/components/schemas/B" leads back to itself; break the circle
api.yaml:7:9: the reference "#/components/schemas/A" leads back to itself; break the circle`},
		{"wrong kind", head30 + operation("", "{$ref: '#/components/schemas/A'}") + "components: {schemas: {A: {}}}\n", `api.yaml:8:12: the reference "#/components/schemas/A" leads to a schema where a parameter is expected; refer to a parameter, under components.parameters`},
		{"reference syntax", head30 + schema("$ref: '#A'"), `api.yaml:6:9: the reference "#A" is written wrong; write it like "#/components/schemas/Post"`},
		{"no reference", head30 + schema("$ref: 7"), `api.yaml:6:9: a $ref is no reference; write a string like "#/components/schemas/Post"`},
		{"external", head30 + schema("$ref: pet.yaml#/Pet"), `api.yaml:6:9: the reference "pet.yaml#/Pet" leads to another file, which gen does not read; put what it refers to into components, and refer to that`},
		{"not a count", head30 + schema("maxLength: -1"), `api.yaml:6:9: maxLength is a number where an integer that is not negative is expected; write an integer that is not negative`},
		{"not a text", head30 + schema("format: {a: b}"), `api.yaml:6:9: format is an object where a string is expected; write a string`},
		{"half a brace", head30 + "paths:\n  /a/{id: {}\n", `api.yaml:4:3: the path "/a/{id" has a brace without its other half, or none between them; write parameters as {name}`},
		{"line break in a path", head30 + "paths:\n  \"/a\\nb\": {}\n", `api.yaml:4:3: the path "/a\nb" has a line break or another control character in it; remove it`},
		{"line break in a media type", head30 + operation("'200': {description: x, content: {\"a/b\\nc\": {}}}", ""), `api.yaml:7:43: the name of a media type, "a/b\nc", has a line break or another control character in it; remove it`},
		{"slash twice", head30 + "paths:\n  /a: {}\n  a: {}\n", `api.yaml:5:3: the path "a" is here twice, with and without its slash; remove one of them`},
		{"security schemes, and another error", head30 + schema("type: strin") + "  securitySchemes:\n    a: {type: apiKy, in: header, name: K}\n    b: {type: apiKey, in: cooky, name: K}\n    c: {type: apiKey, name: K}\n    d: {type: apiKey, in: query}\n    e: {type: magic}\n", `api.yaml:6:9: there is no type "strin"; did you mean "string"?
api.yaml:8:9: there is no security scheme of type "apiKy"; did you mean "apiKey"?
api.yaml:9:23: there is no location "cooky" for a key; the locations are query, header, cookie
api.yaml:10:5: an apiKey scheme does not say where its key is; add in: query, header or cookie
api.yaml:11:5: an apiKey scheme does not say what its key is called; add name
api.yaml:12:9: there is no security scheme of type "magic"; the types are apiKey, http, mutualTLS, oauth2, openIdConnect`},
		{"unknown flow", head20 + noPath + "securityDefinitions:\n  o: {type: oauth2, flow: magic}\n", `api.yaml:5:3: there is no flow "magic"; the flows are implicit, password, application and accessCode`},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := "api.yaml"
			if strings.HasPrefix(test.want, "api.json") {
				file = "api.json"
			}
			_, err := Parse(file, []byte(test.document), Options{})
			if _, ok := errors.AsType[Issues](err); !ok {
				t.Fatalf("got %v, want Issues", err)
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// operation is a document with one operation, its responses from line 7 on, its parameter in line 8.
func operation(response, parameter string) string {
	if response == "" {
		response = "'200': {description: Done}"
	}
	document := "paths:\n  /a:\n    get:\n      responses:\n        " + response + "\n"
	if parameter != "" {
		document = "paths:\n  /a:\n    get:\n      responses: {" + response + "}\n      parameters:\n        - " + parameter + "\n"
	}
	return document
}

// schema is a document with the schema A, which is from column 9 of line 6 on.
func schema(members string) string {
	return noPath + "components:\n  schemas:\n    A: {" + members + "}\n"
}
