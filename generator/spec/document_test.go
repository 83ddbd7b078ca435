package spec

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
)

const board = `# a board
openapi: 3.1.0
info: &info
  title: Board
  version: 2020-01-01
paths:
  /posts/{postId}:
    get:
      parameters:
        - {name: postId, in: path, required: true, schema: {type: integer}}
      responses:
        200: {description: yes, content: {application/json: {schema: {$ref: '#/components/schemas/Post'}}}}
    delete:
      responses: {204: {description: Gone}}
    parameters:
      - {name: postId, in: path, required: true, schema: {type: integer}}
  /users:
    get:
      responses: {default: {description: x}}
components:
  schemas:
    Post: &post
      type: object
      required: [title, no]
      properties: &properties
        title: {type: string, example: 2020-01-01}
        no: {type: string, enum: [no, yes, true, 1, 2020-01-01]}
        body: {type: string}
    Draft:
      <<: *post
      description: a draft
    Alias: *post
`

func parse(t *testing.T, name, document string) *Document {
	t.Helper()
	doc, err := Parse(name, []byte(document), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestPosition(t *testing.T) {
	doc := parse(t, "dir/board.yaml", board)
	for _, test := range []struct{ pointer, want string }{
		{"", "dir/board.yaml:2:1"},
		{"/info/title", "dir/board.yaml:4:3"},
		{"/paths/~1posts~1{postId}/get", "dir/board.yaml:8:5"},
		{"#/paths/~1posts~1{postId}/get/parameters/0", "dir/board.yaml:10:11"},
		{"/paths/~1posts~1{postId}/get/responses/200", "dir/board.yaml:12:9"},
		{"/paths/~1posts~1{postId}/get/requestBody/content", "dir/board.yaml:8:5"},
		{"/components/schemas/Draft/properties/title", "dir/board.yaml:26:9"},
		{"/components/schemas/Missing", "dir/board.yaml:21:3"},
	} {
		if got := doc.Position(test.pointer).String(); got != test.want {
			t.Errorf("%s: got %s, want %s", test.pointer, got, test.want)
		}
	}
}

func TestKeys(t *testing.T) {
	doc := parse(t, "board.yaml", board)
	for _, test := range []struct{ pointer, want string }{
		{"/paths", "/posts/{postId} /users"},
		{"/paths/~1posts~1{postId}", "get delete parameters"},
		{"/components/schemas", "Post Draft Alias"},
		{"/components/schemas/Draft", "description type required properties"},
		{"/paths/~1posts~1{postId}/get/responses/200/content/application~1json/schema", "type required properties"},
		{"/info/title", ""},
		{"/nowhere", ""},
	} {
		if got := strings.Join(doc.Keys(test.pointer), " "); got != test.want {
			t.Errorf("%s: got %s, want %s", test.pointer, got, test.want)
		}
	}
	if !doc.Has("/paths/~1users/get") || doc.Has("/paths/~1users/post") {
		t.Error("Has does not tell what is there from what is not")
	}
}

// TestYAML shows that dates, booleans and numbers are strings where a string is wanted.
func TestYAML(t *testing.T) {
	doc := parse(t, "board.yaml", board)
	if doc.T.Info.Version != "2020-01-01" || doc.Version != "3.1.0" || doc.IsJSON || doc.Name != "board.yaml" {
		t.Errorf("got version %q of %s %s", doc.T.Info.Version, doc.Name, doc.Version)
	}
	got := doc.T.Components.Schemas["Draft"].Value.Properties["no"].Value.Enum
	if diff := cmp.Diff([]any{"no", "yes", "true", "1", "2020-01-01"}, got); diff != "" {
		t.Error(diff)
	}
	if len(doc.Warnings) > 0 {
		t.Errorf("warnings: %v", doc.Warnings)
	}
}

func TestJSONKeepsTheOrder(t *testing.T) {
	source := `{"openapi":"3.1.0","paths":{"/b":{},"/a":{}},"info":{"version":"1","title":"A \"b\" <c> é"},"x-n":[1.50,-2e3,true,null]}`
	doc := parse(t, "api.json", source)
	if diff := cmp.Diff(source, string(doc.JSON)); diff != "" {
		t.Error(diff)
	}
	if !doc.IsJSON {
		t.Error("IsJSON is false")
	}
}

func TestFlowYAMLIsNoJSON(t *testing.T) {
	if doc := parse(t, "api.yaml", "{openapi: 3.1.0, info: {title: a, version: b}}"); doc.IsJSON {
		t.Error("IsJSON is true")
	}
}

func TestClone(t *testing.T) {
	doc := parse(t, "board.yaml", board)
	clone, err := doc.Clone()
	if err != nil {
		t.Fatal(err)
	}
	clone.Paths.Delete("/users")
	delete(clone.Components.Schemas, "Post")
	if doc.T.Paths.Value("/users") == nil || doc.T.Components.Schemas["Post"] == nil {
		t.Error("a change of the clone changed the document")
	}
}

func TestLongIntegers(t *testing.T) {
	for file, source := range map[string]string{
		"api.json": `{"openapi":"3.1.0","info":{"title":"a","version":"1"},"paths":{},"components":{
			"parameters":{"n":{"in":"query","name":"n","schema":{"$ref":"#/components/schemas/N"}}},
			"schemas":{"N":{"type":"integer","minimum":9007199254740993,"exclusiveMaximum":9223372036854775807,"maximum":12,
				"const":9007199254740993,"enum":[1,[9007199254740993],{"a":-9007199254740993}],"default":9007199254740995}}}}`,
		"api.yaml": head31 + "paths: {}\ncomponents:\n  schemas:\n    N: {type: integer, minimum: 9007199254740993, exclusiveMaximum: 9223372036854775807, maximum: 12,\n" +
			"      const: 9007199254740993, enum: [1, [9007199254740993], {a: -9007199254740993}], default: 9007199254740995}\n",
	} {
		doc := parse(t, file, source)
		clone, err := doc.Clone()
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []*openapi3.Schema{doc.T.Components.Schemas["N"].Value, clone.Components.Schemas["N"].Value} {
			got := []any{s.Const, s.Default, s.Enum}
			want := []any{json.Number("9007199254740993"), json.Number("9007199254740995"),
				[]any{1.0, []any{json.Number("9007199254740993")}, map[string]any{"a": json.Number("-9007199254740993")}}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", file, diff)
			}
		}
		for keyword, want := range map[string]string{
			"minimum": "9007199254740993", "exclusiveMaximum": "9223372036854775807", "maximum": "", "exclusiveMinimum": "",
		} {
			if got := doc.Limit(doc.T.Components.Schemas["N"].Value, keyword); got != want {
				t.Errorf("%s: %s is %q, not %q", file, keyword, got, want)
			}
		}
	}
}

// TestLongIntegersBehindReferences: what only a reference leads to has its limits, too; no fraction is one.
func TestLongIntegersBehindReferences(t *testing.T) {
	doc := parse(t, "api.yaml", head31+`paths:
  /a:
    get:
      parameters: [{$ref: '#/components/parameters/n'}]
      responses: {'200': {$ref: '#/components/responses/r'}}
components:
  parameters: {n: {in: query, name: n, schema: {type: integer, maximum: -9007199254740993}}}
  responses: {r: {description: r, content: {application/json: {schema: {type: number, minimum: 9007199254740993.5}}}}}
`)
	get := doc.T.Paths.Value("/a").Get
	if got := doc.Limit(get.Parameters[0].Value.Schema.Value, "maximum"); got != "-9007199254740993" {
		t.Errorf("the maximum is %q", got)
	}
	if got := doc.Limit(get.Responses.Value("200").Value.Content["application/json"].Schema.Value, "minimum"); got != "" {
		t.Errorf("the minimum is %q", got)
	}
}

func TestVersions(t *testing.T) {
	for stated, want := range map[string]string{
		"3.0.3": "3.0.3", "3.0": "3.0", "3.0.9": "3.0.3", "3.1.0": "3.1.0", "3.1.7": "3.1.1", "3.2.0": "3.1.1",
	} {
		doc := parse(t, "api.yaml", "openapi: "+stated+"\ninfo: {title: a, version: 1.10}\npaths: {}\n")
		if doc.Version != stated || doc.T.OpenAPI != want || doc.T.Info.Version != "1.10" {
			t.Errorf("%s: got %s as %s, info %s", stated, doc.Version, doc.T.OpenAPI, doc.T.Info.Version)
		}
	}
}

func TestWebhooksOnly(t *testing.T) {
	doc := parse(t, "hooks.yaml", head31+"webhooks:\n  posted:\n    post:\n      responses: {'200': {description: Seen}}\n")
	if err := doc.T.Validate(context.Background()); err != nil || len(doc.T.Webhooks) != 1 || doc.T.Paths == nil {
		t.Errorf("got %v, %d webhooks, paths %v", err, len(doc.T.Webhooks), doc.T.Paths)
	}
}

func TestPointer(t *testing.T) {
	if got := Pointer("paths", "/a~b/{c}", "get"); got != "/paths/~1a~0b~1{c}/get" {
		t.Errorf("got %s", got)
	}
	if got := splitPointer("#/paths/~1a~0b~01"); !cmp.Equal(got, []string{"paths", "/a~b~1"}) {
		t.Errorf("got %q", got)
	}
}

// TestAliasBomb shows that aliases of aliases stop before they fill the memory.
func TestAliasBomb(t *testing.T) {
	document := "openapi: 3.0.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 12; i++ {
		name, before := string(rune('a'+i)), "a0"
		if i > 1 {
			before = string(rune('a' + i - 1))
		}
		document += name + ": &" + name + " [" + strings.TrimSuffix(strings.Repeat("*"+before+", ", 10), ", ") + "]\n"
	}
	_, err := Parse("api.yaml", []byte(document), Options{})
	if err == nil || !strings.Contains(err.Error(), "the aliases stand for more than 500000 values; use $ref instead of YAML aliases") {
		t.Errorf("got %v", err)
	}
}

// TestNamesOfKeys shows that keys which look like keywords stay what they are: names.
func TestNamesOfKeys(t *testing.T) {
	doc := parse(t, "api.yaml", head30+schema("properties: {$ref: {type: string}, x-go-type: {type: string}, required: {type: boolean}, example: {$ref: '#/components/schemas/A'}}"))
	if got := doc.Keys("/components/schemas/A/properties"); !cmp.Equal(got, []string{"$ref", "x-go-type", "required", "example"}) {
		t.Errorf("got %q", got)
	}
	if doc.T.Components.Schemas["A"].Value.Properties["example"].Value == nil {
		t.Error("the reference is not resolved")
	}
}
