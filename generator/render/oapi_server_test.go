package render

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/model"
)

// fleet has resources whose names mean something to the go command or to package api.
const fleet = `openapi: 3.1.0
info: {title: Fleet, version: "1"}
paths:
  /servers/{id}:
    get: {operationId: getServer, parameters: [{$ref: "#/components/parameters/ID"}], responses: {default: {description: ok}}}
  /linux/{id}:
    get: {operationId: getLinux, parameters: [{$ref: "#/components/parameters/ID"}], responses: {"204": {description: ok}}}
  /servers/{id}/restart:
    post: {operationId: restartServer, parameters: [{$ref: "#/components/parameters/ID"}], responses: {"204": {description: ok}}}
components:
  parameters:
    ID: {name: id, in: path, required: true, schema: {type: string}}
`

func TestServerIsSplitByResource(t *testing.T) {
	document := filepath.Join(t.TempDir(), "fleet.yaml")
	write(t, document, []byte(fleet))
	_, files := packageAPI(t, document)
	want := map[string][]string{
		"server.gen.go": {"New", "StrictServerInterface", "server"},
		"server_servers.gen.go": {
			"GetServerDefaultResponse", "GetServerRequestObject", "GetServerResponseObject", "RestartServer204Response",
			"RestartServerRequestObject", "RestartServerResponseObject", "UnimplementedServers",
			"getServerOperation", "handleGetServer", "handleRestartServer", "restartServerOperation",
		},
		"server_linux_resource.gen.go": {
			"GetLinux204Response", "GetLinuxRequestObject", "GetLinuxResponseObject", "UnimplementedLinux",
			"getLinuxOperation", "handleGetLinux",
		},
	}
	got := map[string][]string{}
	for name, source := range files {
		if strings.HasPrefix(name, "server") {
			got[name] = declaredIn(t, source)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("declarations by file (-want +got):\n%s", diff)
	}
}

// TestNothingIsLostBetweenFiles holds the files of the reference server together against its operations.
func TestNothingIsLostBetweenFiles(t *testing.T) {
	api, files := packageAPI(t, "../../specs/board.yaml")
	declared := map[string]int{}
	for _, source := range files {
		for _, name := range declaredIn(t, source) {
			declared[name]++
		}
	}
	for _, op := range api.Operations {
		names := []string{"handle" + op.GoName, op.GoName + "RequestObject", op.GoName + "ResponseObject", op.Variable()}
		for _, res := range op.Responses {
			names = append(names, res.GoName)
		}
		for _, name := range names {
			if declared[name] != 1 {
				t.Errorf("%s is declared %d times", name, declared[name])
			}
		}
	}
}

// declaredIn are the types, functions and variables of a file, and what is called handle of its
// methods, sorted.
func declaredIn(t *testing.T, source []byte) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil || strings.HasPrefix(decl.Name.Name, "handle") {
				names[decl.Name.Name] = true
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					names[spec.Name.Name] = true
				case *ast.ValueSpec:
					names[spec.Names[0].Name] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func TestSplitStrict(t *testing.T) {
	types, strict, err := splitStrict("type Post struct{}\n\n//gen:server\ntype StrictServerInterface interface{}\n" +
		"\n//gen:operation GetPost\ntype GetPostRequestObject struct{}\n\n//gen:operation ListPosts\nvar x = 1\n")
	if err != nil {
		t.Fatal(err)
	}
	if want := "type Post struct{}\n"; types != want {
		t.Errorf("types are %q, want %q", types, want)
	}
	if want := "type StrictServerInterface interface{}\n"; strict.common != want {
		t.Errorf("common is %q, want %q", strict.common, want)
	}
	want := map[string]string{"GetPost": "type GetPostRequestObject struct{}\n", "ListPosts": "var x = 1\n"}
	if diff := cmp.Diff(want, strict.operations); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
	if _, _, err := splitStrict("type Post struct{}\n"); err == nil {
		t.Error("source without a server is accepted")
	}
}

func TestStrictNamesWhatIsMissing(t *testing.T) {
	_, err := resourceServer{}.Strict(&model.Operation{GoName: "GetPost"})
	if err == nil || !strings.Contains(err.Error(), "GetPost") {
		t.Errorf("got %v", err)
	}
}
