package generator

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/spec"
)

// published are minimal documents, each with what some published document was seen to break
// generators on, and the warnings that they are read with. Repaired says that some are about repairs.
var published = []struct {
	file     string
	warnings []string
	repaired bool
}{
	{"webhooks.yaml", []string{
		`16:9: callbacks are described here: "published"; gen left them out: requests that the server sends are not its API`,
		`23:3: webhooks are described here: "closed"; gen left them out: requests that the server sends are not its API`,
	}, false},
	{"inline-enum.yaml", nil, false},
	{"opaque-json.yaml", nil, false},
	{"go-hints.yaml", []string{
		`8:58: the document has hints for Go generators here and in 8 other places; gen ignored x-go-name, x-go-type, x-go-type-import, x-go-type-skip-optional-pointer, x-oapi-codegen-extra-tags, x-omitempty`,
	}, false},
	{"path-parameters.yaml", []string{
		`7:9: the path has no parameter "app"; gen ignored it`,
		`8:5: the path parameter "app_id" is not declared; gen added it as a string`,
		`11:11: the path parameter "msg_id" is not required; gen made it required: a path has all of its parts`,
		`12:11: the path has no parameter "page"; gen ignored it`,
		`17:20: the path has no parameter "id"; gen ignored it`,
	}, true},
	{"references.yaml", []string{
		`9:18: the reference "#/components/schemas/User" leads to a schema where a response is expected; gen took it for the schema of its application/json`,
		`10:78: the reference "#/components/responses/Error" leads to a response where a schema is expected; gen took the schema in it`,
		`11:79: the reference "#/components/schemas/error_schema" leads nowhere; gen read it as "#/components/schemas/ErrorSchema"`,
		`12:82: the reference "#/components/schemas/Elsewhere" leads nowhere; gen takes any value there; define it under components.schemas`,
		`13:80: the reference "User" is written wrong; gen read it as "#/components/schemas/User"`,
		`16:73: the reference "#/definitions/User" leads nowhere; gen read it as "#/components/schemas/User"`,
	}, true},
	{"undecodable.yaml", []string{
		`9:33: the path parameter "id" is not required; gen made it required: a path has all of its parts`,
		`9:75: minLength is a string where a number is expected; gen read it without its quotes`,
		`15:13: a media type is the string "A page" where an object is expected; gen left its schema open`,
		`16:9: a response is the string "None" where an object is expected; gen read it as its description`,
		`22:29: required is a boolean where a list of property names is expected; gen added "id" to the list of the object`,
		`23:9: a schema is the string "string" where an object is expected; gen read it as its type`,
		`24:32: items is a list of schemas where one is expected; gen takes any of them for an item`,
		`25:19: there is no type "int"; gen read it as "integer"`,
		`26:17: an array has no items; gen takes any value for an item`,
		`27:5: "schemaVersion" is a string where a schema is expected; gen left it out`,
	}, true},
	{"names.yaml", []string{
		`52:5: identifier "가격" is not supported by OpenAPIv3 standard (charset: ["a-zA-Z0-9._-"]); gen went on as it is`,
	}, false},
	{"bodies.yaml", nil, false},
	{"merging.yaml", nil, false},
	{"mixed-versions.yaml", []string{
		`8:68: OpenAPI 3.0 and 2.0 have no list of types; gen read it as anyOf`,
		`16:17: OpenAPI 3.0 and 2.0 have no list of types; gen read it as "string", nullable`,
		`17:20: OpenAPI 3.0 has no type null; gen read it as nullable`,
		`18:18: OpenAPI 3.0 has no const; gen read it as an enum of one`,
		`19:32: exclusiveMinimum is a number, as in OpenAPI 3.1; gen read it as minimum with a flag`,
		`20:44: OpenAPI 3.0 has no type null; gen read it as nullable`,
		`21:18: a schema is true, which OpenAPI 3.0 does not know; gen read true as {}, false as {not: {}}`,
	}, true},
	{"mixed-versions2.yaml", []string{
		`17:92: OpenAPI 3.0 and 2.0 have no list of types; gen read it as "string", nullable`,
		`30:30: items is a list of schemas where one is expected; gen takes any of them for an item`,
		`31:16: OpenAPI 3.0 and 2.0 have no list of types; gen read it as "string", nullable`,
	}, true},
	{"round-trip.yaml", nil, false},
	{"garden/garden.yaml", nil, false},
}

// TestPublished holds that what documents in the wild are made of is read, with its warnings and no
// others, and becomes Go that passes go vet.
func TestPublished(t *testing.T) {
	root := t.TempDir()
	for _, test := range published {
		t.Run(test.file, func(t *testing.T) {
			path := filepath.Join("..", "specs", "published", filepath.FromSlash(test.file))
			doc, err := spec.Load(t.Context(), path, spec.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var warnings []string
			for _, warning := range doc.Warnings {
				warnings = append(warnings, strings.TrimPrefix(warning.String(), path+":"))
			}
			if diff := cmp.Diff(test.warnings, warnings); diff != "" {
				t.Error(diff)
			}
			if _, err := spec.Load(t.Context(), path, spec.Options{Strict: true}); (err != nil) != test.repaired {
				t.Errorf("strict: %v", err)
			}
			if !testing.Short() {
				vet(t, root, path)
			}
		})
	}
}

// TestPublishedAll holds that every one of the documents is in the table.
func TestPublishedAll(t *testing.T) {
	files, err := filepath.Glob("../specs/published/*.yaml")
	if err != nil || len(files)+1 != len(published) {
		t.Errorf("the table has %d documents, the folder %d and the garden: %v", len(published), len(files), err)
	}
}

// vet has the Go of a document's project vetted. All projects have one name and one folder within root,
// so that what they share is compiled once.
func vet(t *testing.T, root, document string) {
	t.Helper()
	dir := filepath.Join(root, "odd")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := New(t.Context(), Options{Name: "odd", Spec: document, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "vet", "./api", "./internal/handlers", "./internal/auth", "./cmd/...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOWORK=off")
	if output, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go vet: %v\n%s", err, output)
	}
}
