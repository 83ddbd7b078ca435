package spec

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSyntaxErrors shows that more than the first error of a file is found where the parts of the file
// can be told apart.
func TestSyntaxErrors(t *testing.T) {
	const colon, brackets = "mapping values are not allowed in this context; quote a text that has a colon in it, and check the indentation",
		"did not find expected ',' or ']'; check indentation, quotes and brackets at this line and the one before"
	for _, test := range []struct{ name, document, want string }{
		{"keys of the root", "openapi: 3.1.0\ninfo: a: b\npaths:\n  /a: {}\ntags: [a\nsecurity: c: d\n",
			"api.yaml:2:1: this is not YAML: " + colon + "\napi.yaml:5:1: this is not YAML: " + brackets + "\napi.yaml:6:1: this is not YAML: " + colon},
		{"deep inside", "paths:\n  /a:\n    get:\n      summary: a: b\n      description: |\n        c: d: e\n    put: f: g\n  /b:\n    get: *nothing\n  # a: b: c\n\n  /c:\n    - get: a: b\n    - put: [\n    x: y\n  /d: fine\ncomponents:\n\tschemas: {}\n",
			"api.yaml:4:7: this is not YAML: " + colon + "\napi.yaml:7:5: this is not YAML: " + colon + "\napi.yaml:13:5: this is not YAML: " + colon + "\napi.yaml:14:5: this is not YAML: did not find expected node content; check indentation, quotes and brackets at this line and the one before\napi.yaml:18:2: this is not YAML: found character that cannot start any token; indent with spaces, not with tabs"},
		{"an item with keys behind its list", "tags:\n- a: b: c\n- d: e\ninfo: {}\n", "api.yaml:2:1: this is not YAML: " + colon},
		{"braces on many lines", "info: a: b\npaths: {\n  /a: {\n    get: {}\n  }\n}\nx: y: z\n", "api.yaml:1:1: this is not YAML: " + colon + "\napi.yaml:7:1: this is not YAML: " + colon},
		{"inside of braces", "paths: {\n  a: b: c,\n  d: e\n}\ninfo: {}\n", "api.yaml:2:3: this is not YAML: did not find expected ',' or '}'; check indentation, quotes and brackets at this line and the one before"},
		{"what is no syntax", "openapi: 3.1.0\ninfo: &a {b: *a}\n[c]: d\n<<: e\npaths: {}\n",
			`api.yaml:2:14: the alias *a stands inside of its own anchor; use $ref for what is recursive
api.yaml:3:1: a key must be a string, not a list or an object; quote the key
api.yaml:4:5: << merges an object, or a list of objects; point it at an object, or quote the key if it is meant as a name`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse("api.yaml", []byte(test.document), Options{})
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
