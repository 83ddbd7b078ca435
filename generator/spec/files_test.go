package spec

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// unpack writes the files of an archive to a new folder, which it makes the working directory.
func unpack(t *testing.T, archive string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, f := range txtar.Parse([]byte(archive)).Files {
		if err := os.MkdirAll(filepath.Dir(f.Name), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f.Name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// operationTo is a document whose one operation answers with a schema.
func operationTo(schema string) string {
	return head31 + "paths: {/pets: {get: {responses: {'200': {description: x, content: {a/json: {schema: " + schema + "}}}}}}}\n"
}

// files are a document of several, what it is read with, and what became of one place in it.
type files struct{ name, archive, want, pointer, became string }

func TestFiles(t *testing.T) {
	for _, test := range []files{
		{"whole file", "-- api.yaml --\n" + operationTo("{$ref: './schemas/new-pet.yaml'}") + "-- schemas/new-pet.yaml --\ntype: object\n",
			"", "/components", `{"schemas":{"NewPet":{"type":"object"}}}`},
		{"fragment", "-- api.yaml --\n" + operationTo("{$ref: 'common.json#/definitions/Pet'}") + "-- common.json --\n{\"definitions\": {\"Pet\": {\"type\": \"object\"}}}\n",
			"", "/paths/~1pets/get/responses/200/content/a~1json/schema", `{"$ref":"#/components/schemas/Pet"}`},
		{"fragment of a property", "-- api.yaml --\n" + operationTo("{$ref: 'pet.yaml#/properties/name'}") + "-- pet.yaml --\nproperties: {name: {type: string}}\n",
			"", "/components", `{"schemas":{"PetName":{"type":"string"}}}`},
		{"relative to the file", "-- api.yaml --\n" + operationTo("{$ref: 'a/b/pet.yaml'}") + "-- a/b/pet.yaml --\nproperties: {o: {$ref: ../owner.yaml}}\n-- a/owner.yaml --\ntype: string\n",
			"", "/components", `{"schemas":{"Pet":{"properties":{"o":{"$ref":"#/components/schemas/Owner"}}},"Owner":{"type":"string"}}}`},
		{"cycle", "-- api.yaml --\n" + operationTo("{$ref: a.yaml}") + "-- a.yaml --\ntype: object\nproperties: {b: {$ref: b.yaml}, a: {$ref: '#'}}\n-- b.yaml --\nproperties: {a: {$ref: './a.yaml'}}\n",
			"", "/components", `{"schemas":{"A":{"type":"object","properties":{"b":{"$ref":"#/components/schemas/B"},"a":{"$ref":"#/components/schemas/A"}}},"B":{"properties":{"a":{"$ref":"#/components/schemas/A"}}}}}`},
		{"two spellings, escaped", "-- api.yaml --\n" + operationTo("{anyOf: [{$ref: 'x/%70et%20a.yaml'}, {$ref: './x/../x/pet a.yaml#'}, {$ref: 'x/pet a.yaml#/'}]}") + "-- x/pet a.yaml --\ntype: object\n",
			"", "/components", `{"schemas":{"PetA":{"type":"object"}}}`},
		{"back to the document", "-- api.yaml --\n" + operationTo("{$ref: s/pet.yaml}") + "components: {schemas: {Owner: {type: string}}}\n-- s/pet.yaml --\nproperties: {o: {$ref: '../api.yaml#/components/schemas/Owner'}}\n",
			"", "/components/schemas/Pet", `{"properties":{"o":{"$ref":"#/components/schemas/Owner"}}}`},
		{"the document by its name", "-- api.yaml --\n" + operationTo("{$ref: './api.yaml#/components/schemas/Owner'}") + "components: {schemas: {Owner: {type: string}}}\n",
			"", "/paths/~1pets/get/responses/200/content/a~1json/schema", `{"$ref":"#/components/schemas/Owner"}`},
		{"a component that is a file", "-- api.yaml --\n" + operationTo("{$ref: pet.yaml}") + "components: {schemas: {Animal: {$ref: ./pet.yaml}, Pet: {type: string}}}\n-- pet.yaml --\ntype: object\n",
			"", "/components", `{"schemas":{"Animal":{"type":"object"},"Pet":{"type":"string"}}}`},
		{"an index of files", "-- api.yaml --\n" + operationTo("{$ref: 's/index.yaml#/Pet'}") + "components: {schemas: {$ref: s/index.yaml}}\n-- s/index.yaml --\nPet: {$ref: pet.yaml}\nOwner: {type: object, properties: {pet: {$ref: '#/Pet'}}}\n-- s/pet.yaml --\nproperties: {o: {$ref: 'index.yaml#/Owner'}}\n",
			"api.yaml:4:24: schemas cannot be a reference; gen copied what it refers to", "/components", `{"schemas":{"Pet":{"properties":{"o":{"$ref":"#/components/schemas/Owner"}}},"Owner":{"type":"object","properties":{"pet":{"$ref":"#/components/schemas/Pet"}}}}}`},
		{"names that meet", "-- api.yaml --\n" + operationTo("{anyOf: [{$ref: a/pet.yaml}, {$ref: b/pet.yaml}, {$ref: 'b/pet.json'}, {$ref: schemas/b/Pet.yaml}]}") + "-- a/pet.yaml --\ntype: object\n-- b/pet.yaml --\ntype: string\n-- b/pet.json --\n{\"type\": \"integer\"}\n-- schemas/b/Pet.yaml --\ntype: boolean\n",
			"", "/components", `{"schemas":{"Pet":{"type":"object"},"BPet":{"type":"string"},"Pet2":{"type":"integer"},"Pet3":{"type":"boolean"}}}`},
		{"path", "-- api.yaml --\n" + head31 + "paths: {'/pets/{id}': {$ref: paths/pet.yaml}}\n-- paths/pet.yaml --\nparameters: [{$ref: ../p.yaml#/id}]\nget: {responses: {default: {$ref: '../r/failed.yaml'}}}\n-- p.yaml --\nid: {name: id, in: path, required: true, schema: {type: string}}\n-- r/failed.yaml --\ndescription: No\ncontent: {a/json: {example: 1}}\n",
			"", "", `{"openapi":"3.1.0","info":{"title":"Board","version":"1"},"paths":{"/pets/{id}":{"parameters":[{"$ref":"#/components/parameters/id"}],"get":{"responses":{"default":{"$ref":"#/components/responses/Failed"}}}}},"components":{"parameters":{"id":{"name":"id","in":"path","required":true,"schema":{"type":"string"}}},"responses":{"Failed":{"description":"No","content":{"a/json":{"example":1}}}}}}`},
		{"path of another document", "-- api.yaml --\n" + head31 + "paths: {/pets: {$ref: 'other.yaml#/paths/~1pets', summary: Ours}}\n-- other.yaml --\nopenapi: 3.1.0\npaths: {/pets: {summary: Theirs, get: {security: [{key: []}], responses: {default: {description: x}}}}}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}\n",
			"", "/components", `{"securitySchemes":{"key":{"type":"apiKey","in":"header","name":"K"}}}`},
		{"example", "-- api.yaml --\n" + head31 + operation("'200': {description: x, content: {a/json: {examples: {tom: {$ref: tom.json}, kim: {$ref: kim.yaml}}}}}", "") + "-- tom.json --\n{\"name\": \"Tom\"}\n-- kim.yaml --\nvalue: {name: Kim}\n",
			"", "/components", `{"examples":{"Tom":{"value":{"name":"Tom"}},"Kim":{"value":{"name":"Kim"}}}}`},
		{"whole maps", "-- api.yaml --\n" + head31 + "paths: {$ref: paths.yaml}\ninfo: {$ref: i.yaml}\n-- paths.yaml --\n/pets: {get: {$ref: get.yaml}}\n-- get.yaml --\nresponses: {$ref: rs.yaml}\n-- rs.yaml --\ndefault: {description: x}\n-- i.yaml --\n{}\n",
			"api.yaml:4:1: the key \"info\" is here twice", "", ""},
		{"maps by reference", "-- api.yaml --\n" + head31 + "paths: {$ref: paths.yaml}\n-- paths.yaml --\n/pets: {get: {$ref: get.yaml}}\n-- get.yaml --\nresponses: {$ref: rs.yaml}\n-- rs.yaml --\ndefault: {description: x}\n",
			"api.yaml:3:9: paths cannot be a reference; gen copied what it refers to\nget.yaml:1:13: responses cannot be a reference; gen copied what it refers to\npaths.yaml:1:15: an operation cannot be a reference; gen copied what it refers to", "/paths", `{"/pets":{"get":{"responses":{"default":{"description":"x"}}}}}`},
		{"list by reference", "-- api.yaml --\n" + head31 + "paths: {/a: {get: {parameters: {$ref: l.yaml}, responses: {default: {description: x}}}}}\n-- l.yaml --\n- {name: q, in: query, schema: {$ref: q.yaml}}\n-- q.yaml --\ntype: string\n",
			"api.yaml:3:33: parameters cannot be a reference; gen copied what it refers to", "/paths/~1a/get/parameters", `[{"name":"q","in":"query","schema":{"$ref":"#/components/schemas/Q"}}]`},
		{"discriminator", "-- api.yaml --\n" + operationTo("{discriminator: {propertyName: k, mapping: {d: ./d.yaml}}, oneOf: [{$ref: a-cat.yaml}, {$ref: d.yaml}]}") + "-- a-cat.yaml --\ntype: object\n-- d.yaml --\ntype: object\n",
			"", "/paths/~1pets/get/responses/200/content/a~1json/schema", `{"discriminator":{"propertyName":"k","mapping":{"d":"#/components/schemas/D","a-cat":"#/components/schemas/ACat"}},"oneOf":[{"$ref":"#/components/schemas/ACat"},{"$ref":"#/components/schemas/D"}]}`},
		{"beside a reference", "-- api.yaml --\n" + operationTo("{$ref: pet.yaml, description: Ours}") + "components: {schemas: {Dog: {$ref: pet.yaml, description: A dog}}}\n-- pet.yaml --\ntype: object\ndescription: A pet\n",
			"", "/components", `{"schemas":{"Dog":{"type":"object","description":"A dog"}}}`},
		{"anchor", "-- api.yaml --\n" + operationTo("{anyOf: [{$ref: 'pets.yaml#dog'}, {$ref: '#cat'}]}") + "components: {schemas: {Cat: {$anchor: cat}}}\n-- pets.yaml --\nany: [{$anchor: dog, type: object}]\n",
			"", "/components/schemas/PetsAny0", `{"$anchor":"dog","type":"object"}`},
		{"anchor in a schema of the document", "-- api.yaml --\n" + operationTo("{$ref: '#cat'}") + "components: {schemas: {Cat: {$anchor: cat, properties: {next: {$ref: '#cat'}}}}}\n",
			"", "/components/schemas/Cat/properties/next", `{"$ref":"#/components/schemas/Cat"}`},
		{"id", "-- api.yaml --\n" + operationTo("{anyOf: [{$ref: 'https://example.com/cat'}, {$ref: 'urn:dog'}]}") + "components: {schemas: {Cat: {$id: 'https://example.com/cat'}, Dog: {$id: 'urn:dog'}}}\n",
			"", "/paths/~1pets/get/responses/200/content/a~1json/schema", `{"anyOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}]}`},
		{"id within an id", "-- api.yaml --\n" + operationTo("{$ref: 'https://example.com/a/cat#name'}") + "components: {schemas: {Cat: {$id: 'https://example.com/a/cat', properties: {name: {$anchor: name}, dog: {$ref: dog}, self: {$ref: '#'}, nick: {$ref: '#/properties/name'}}}, Dog: {$id: 'https://example.com/a/dog', properties: {name: {$anchor: name}, owner: {$ref: '#name'}, shape: {$ref: '#/components/schemas/Shape'}}}, Shape: {}}}\n",
			"", "/components/schemas", `{"Cat":{"properties":{"name":{"$anchor":"name"},"dog":{"$ref":"#/components/schemas/Dog"},"self":{"$ref":"#/components/schemas/Cat"},"nick":{"$ref":"#/components/schemas/Cat/properties/name"}}},"Dog":{"properties":{"name":{"$anchor":"name"},"owner":{"$ref":"#/components/schemas/Dog/properties/name"},"shape":{"$ref":"#/components/schemas/Shape"}}},"Shape":{}}`},
		{"id in another file", "-- api.yaml --\n" + operationTo("{anyOf: [{$ref: pets.yaml#/Cat}, {$ref: 'https://example.com/dog'}, {$ref: dogs/dog}]}") + "-- pets.yaml --\nCat: {$id: 'https://example.com/cat', properties: {dog: {$ref: dog}}}\nDog: {$id: 'https://example.com/dog'}\nNear: {$id: dogs/dog, type: object}\n",
			"", "/components/schemas", `{"Cat":{"properties":{"dog":{"$ref":"#/components/schemas/Dog"}}},"Dog":{},"Near":{"type":"object"}}`},
		{"through a reference", "-- api.yaml --\n" + operationTo("{$ref: 'i.yaml#/Pet/properties/name'}") + "-- i.yaml --\nPet: {$ref: pet.yaml}\n-- pet.yaml --\nproperties: {name: {type: string}}\n",
			"", "/components", `{"schemas":{"PetName":{"type":"string"}}}`},
		{"of the document in spite of the file", "-- api.yaml --\n" + operationTo("{$ref: pet.yaml}") + "components: {schemas: {Owner: {}}}\n-- pet.yaml --\nproperties: {o: {$ref: '#/components/schemas/Owner'}}\n",
			`pet.yaml:1:18: the reference "#/components/schemas/Owner" leads nowhere in this file; gen read it as one in "api.yaml"`, "/components/schemas/Pet", `{"properties":{"o":{"$ref":"#/components/schemas/Owner"}}}`},
		{"of another kind", "-- api.yaml --\n" + head31 + operation("'200': {$ref: 'c.yaml#/components/schemas/A'}", "") + "-- c.yaml --\ncomponents: {schemas: {A: {}}}\n",
			`api.yaml:7:17: the reference "#/components/schemas/A" leads to a schema where a response is expected; gen took it for the schema of its application/json`, "/components", `{"schemas":{"A":{}}}`},
		{"Swagger 2.0", "-- api.yaml --\n" + head20 + operation20("{$ref: 'p.yaml#/body'}") + "-- p.yaml --\nbody: {name: b, in: body, schema: {$ref: pet.json}}\n-- pet.json --\n{\"x-nullable\": true}\n",
			"", "/components", `{"schemas":{"Pet":{"nullable":true}},"parameters":{},"requestBodies":{"body":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Pet"}}}}}}`},
		{"data is no reference", "-- api.yaml --\n" + operationTo("{properties: {$ref: {type: string}}, example: {$ref: none.yaml}, x-a: {$ref: none.yaml}}"),
			"", "/components", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			unpack(t, test.archive)
			doc, err := Load(t.Context(), "api.yaml", Options{})
			if err != nil {
				if test.became != "" || !strings.HasPrefix(err.Error(), test.want) {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(test.want, doc.Warnings.Error()); diff != "" {
				t.Error(diff)
			}
			became := ""
			if n := doc.tree.root.find(splitPointer(test.pointer)); n != nil {
				became = string(n.appendJSON(nil))
			}
			if diff := cmp.Diff(test.became, became); diff != "" {
				t.Error(diff)
			}
			if err := checkComponents(doc); err != "" {
				t.Error(err)
			}
		})
	}
}

// checkComponents says what kin does not know in a document that it read.
func checkComponents(doc *Document) string {
	if strings.Contains(string(doc.JSON), ".yaml") && !strings.Contains(string(doc.JSON), "none.yaml") {
		return "a reference is left: " + string(doc.JSON)
	}
	return ""
}

func TestFilesErrors(t *testing.T) {
	for _, test := range []struct{ name, archive, want string }{
		{"no file", "-- api.yaml --\n" + operationTo("{anyOf: [{$ref: pets.yaml}, {$ref: pets.yaml}, {$ref: 'pets.yaml#/a'}]}") + "-- pet.yaml --\n{}\n",
			`api.yaml:3:96: the reference "pets.yaml" leads to a file that is not there, as do 2 more; did you mean "pet.yaml"?`},
		{"a folder", "-- api.yaml --\n" + operationTo("{$ref: ./a}") + "-- a/b.yaml --\n{}\n",
			`api.yaml:3:87: the reference "./a" leads to a folder; name a file in it`},
		{"nothing there", "-- api.yaml --\n" + operationTo("{$ref: 'a/c.yaml#/definitions/Pat'}") + "-- a/c.yaml --\ndefinitions: {Pet: {}}\n",
			`api.yaml:3:87: the reference "a/c.yaml#/definitions/Pat" leads nowhere in a/c.yaml: it has no "Pat" at that place; did you mean "Pet"?`},
		{"no anchor", "-- api.yaml --\n" + operationTo("{$ref: 'a.yaml#pet'}") + "-- a.yaml --\n{}\n",
			`api.yaml:3:87: the reference "a.yaml#pet" leads nowhere in a.yaml: its schemas have no $anchor of that name; name one, or write a pointer like #/components/schemas/Post`},
		{"a text for a schema", "-- api.yaml --\n" + operationTo("{anyOf: [{$ref: a.yaml}, {$ref: 'b.yaml#/n'}, {$ref: c.yaml}]}") + "-- a.yaml --\na text\n-- b.yaml --\nn: 5\n-- c.yaml --\n# nothing\n",
			`api.yaml:3:96: the reference "a.yaml" leads to a string where a schema is expected; refer to a schema
api.yaml:3:112: the reference "b.yaml#/n" leads to a number where a schema is expected; refer to a schema
c.yaml: the file has no content; fill it, or name another file`},
		{"a document for a schema", "-- api.yaml --\n" + operationTo("{anyOf: [{$ref: other.yaml}, {$ref: 'other.yaml#/paths'}]}") + "-- other.yaml --\n" + operationTo("{}"),
			`api.yaml:3:96: the reference "other.yaml" leads to a whole OpenAPI document where a schema is expected; refer to a schema
api.yaml:3:116: the reference "other.yaml#/paths" leads to paths where a schema is expected; refer to a schema`},
		{"an empty file", "-- api.yaml --\n" + operationTo("{$ref: a.yaml}") + "-- a.yaml --\n",
			`a.yaml: the file is empty; fill it, or name another file`},
		{"no part of an id", "-- api.yaml --\n" + operationTo("{$ref: 'https://example.com/cat#/properties/name'}") + "components: {schemas: {Cat: {$id: 'https://example.com/cat'}}}\n",
			`api.yaml:3:87: the reference "https://example.com/cat#/properties/name" leads nowhere in api.yaml: the schema with the $id "https://example.com/cat" has no such part; check what is behind the #`},
		{"no id", "-- api.yaml --\n" + operationTo("{$ref: 'https://example.com/cat'}") + "components: {schemas: {Cat: {$id: 'https://example.com/cats'}}}\n",
			`api.yaml:3:87: the reference "https://example.com/cat" leads to the network; allow it with --allow-refs-remote, or download the file and refer to that`},
		{"syntax in two files", "-- api.yaml --\n" + operationTo("{anyOf: [{$ref: a.yaml}, {$ref: b.json}]}") + "-- a.yaml --\na: b: c\n-- b.json --\n{\"a\": }\n",
			`a.yaml:1:1: this is not YAML: mapping values are not allowed in this context; quote a text that has a colon in it, and check the indentation
b.json:1:7: "}" is no JSON value; put strings into double quotes, and a comma only between values`},
		{"wrong in another file", "-- api.yaml --\n" + operationTo("{$ref: a.yaml}") + "-- a.yaml --\n\ntype: strin\n",
			`a.yaml:2:1: there is no type "strin"; did you mean "string"?`},
		{"upwards", "-- api.yaml --\n" + operationTo("{anyOf: [{$ref: ../a.yaml}, {$ref: /etc/passwd}, {$ref: 'file:///etc/passwd'}, {$ref: '%2e%2e/b.yaml'}]}"),
			`api.yaml:3:96: the reference "../a.yaml" leads out of the document's folder; allow it with --allow-refs-outside, or move the file into the folder
api.yaml:3:115: the reference "/etc/passwd" leads out of the document's folder; allow it with --allow-refs-outside, or move the file into the folder
api.yaml:3:136: the reference "file:///etc/passwd" leads out of the document's folder; allow it with --allow-refs-outside, or move the file into the folder
api.yaml:3:166: the reference "%2e%2e/b.yaml" leads out of the document's folder; allow it with --allow-refs-outside, or move the file into the folder`},
		{"network", "-- api.yaml --\n" + operationTo("{anyOf: [{$ref: 'https://a.example/b.yaml#/c'}, {$ref: 'ftp://a.example/b'}]}"),
			`api.yaml:3:96: the reference "https://a.example/b.yaml#/c" leads to the network; allow it with --allow-refs-remote, or download the file and refer to that
api.yaml:3:135: the reference "ftp://a.example/b" cannot be followed; gen reads files and http or https URLs`},
		{"circle of files", "-- api.yaml --\n" + operationTo("{$ref: a.yaml}") + "-- a.yaml --\n$ref: b.yaml\n-- b.yaml --\n$ref: a.yaml\n",
			`api.yaml:3:87: the reference "a.yaml" leads back to itself; break the circle`},
		{"circle of paths", "-- api.yaml --\n" + head31 + "paths: {/a: {$ref: p.yaml}}\n-- p.yaml --\nget: {responses: {default: {description: x}}, callbacks: {c: {'{$url}': {$ref: p.yaml}}}}\n",
			`p.yaml:1:74: the reference "p.yaml" leads back to itself; break the circle`},
		{"references without end", "-- api.yaml --\n" + operationTo("{$ref: a.yaml}") + "-- a.yaml --\n" + doubled(40) + "\n",
			`api.yaml:1:1: references stand for more than 2000000 values; refer to components instead of whole maps and paths`},
	} {
		t.Run(test.name, func(t *testing.T) {
			unpack(t, test.archive)
			_, err := Load(t.Context(), "api.yaml", Options{})
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// doubled is a file in which each map holds the next one twice, by reference.
func doubled(depth int) string {
	var b strings.Builder
	b.WriteString("properties: {$ref: '#/a0'}\n")
	for i := range depth {
		fmt.Fprintf(&b, "a%d: {a: {properties: {$ref: '#/a%d'}}, b: {properties: {$ref: '#/a%[2]d'}}}\n", i, i+1)
	}
	fmt.Fprintf(&b, "a%d: {a: {}}", depth)
	return b.String()
}

func TestFilesPositions(t *testing.T) {
	unpack(t, "-- api/api.yaml --\n"+head31+"paths: {/pets: {$ref: paths/pets.yaml}}\n-- api/paths/pets.yaml --\nget:\n  responses: {default: {$ref: ../r.yaml#/R}}\n-- api/r.yaml --\n\nR:\n  description: x\n")
	doc, err := Load(t.Context(), "api/api.yaml", Options{})
	if err != nil {
		t.Fatal(err)
	}
	for pointer, want := range map[string]string{
		"/paths/~1pets":                       "api/api.yaml:3:9",
		"/paths/~1pets/get":                   "api/paths/pets.yaml:1:1",
		"/components/responses/R":             "api/r.yaml:2:1",
		"/components/responses/R/description": "api/r.yaml:3:3",
	} {
		if got := doc.Position(pointer).String(); got != want {
			t.Errorf("%s: got %s, want %s", pointer, got, want)
		}
	}
	if got := slices.Sorted(maps.Keys(doc.Files)); !slices.Equal(got, []string{"api.yaml", "paths/pets.yaml", "r.yaml"}) || doc.Root != "api.yaml" {
		t.Errorf("got the files %q of %q", got, doc.Root)
	}
	if got := string(doc.Files["r.yaml"]); got != "\nR:\n  description: x\n" {
		t.Errorf("got %q", got)
	}
}

func TestFilesOutside(t *testing.T) {
	unpack(t, "-- api/api.yaml --\n"+operationTo("{anyOf: [{$ref: ../common/a.yaml}, {$ref: linked.yaml}]}")+"components: {schemas: {P: {}}}\n-- common/a.yaml --\nproperties: {b: {$ref: b.yaml}, p: {$ref: ../api/api.yaml#/components/schemas/P}}\n-- common/b.yaml --\ntype: string\n")
	if err := os.Symlink("../common/b.yaml", "api/linked.yaml"); err != nil {
		t.Skip(err)
	}
	_, err := Load(t.Context(), "api/api.yaml", Options{})
	if err == nil || !strings.Contains(err.Error(), `the reference "linked.yaml" leads out of the document's folder through a symbolic link; allow it with --allow-refs-outside`) {
		t.Errorf("got %v", err)
	}
	doc, err := Load(t.Context(), "api/api.yaml", Options{RefsOutside: true})
	if err != nil {
		t.Fatal(err)
	}
	if doc.Files != nil || !doc.IsJSON {
		t.Errorf("got the files %q", slices.Collect(maps.Keys(doc.Files)))
	}
	again, err := Parse("openapi.json", doc.Source, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(doc.JSON), string(again.JSON)); diff != "" {
		t.Errorf("the bundle says something else:\n%s", diff)
	}
}

// TestNoNameReachesAPath shows which names of files a project takes over as they are.
func TestNoNameReachesAPath(t *testing.T) {
	for _, name := range []string{"pet.yaml", "schemas/Pet.v1.json", "a b/_index.yml", "가격/가격.yaml"} {
		if !harmless(name) {
			t.Errorf("%q is refused", name)
		}
	}
	for _, name := range []string{
		"../a.yaml", "/a.yaml", "a//b.yaml", ".git/config.yaml", ".a.yaml", "a.go", "a_test.go", "a.yaml/b", "a\n.yaml", "a\x00.yaml",
		"a\\b.yaml", "c:/a.yaml", "CON.yaml", "aux/a.yaml", "a./b.yaml", "-a.yaml", "a/.yaml", "a.yaml ", strings.Repeat("a", 300) + ".yaml", "a\u202e.yaml",
	} {
		if harmless(name) {
			t.Errorf("%q is taken", name)
		}
	}
	if apart(map[string][]byte{"a.yaml": nil, "A.yaml": nil}) || apart(map[string][]byte{"a.yaml": nil, "a.yaml/b.yaml": nil}) {
		t.Error("names that meet are taken")
	}
}
