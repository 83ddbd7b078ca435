package render

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/model"
	"gen/generator/spec"
	"gen/templates"
)

// documents are those of this project, and those in the folder $CORPUS.
func documents(t *testing.T) []string {
	t.Helper()
	own, err := filepath.Glob("../../specs/*.yaml")
	if err != nil || len(own) == 0 {
		t.Fatalf("no documents in specs: %v", err)
	}
	own = slices.DeleteFunc(own, func(file string) bool { return strings.HasSuffix(file, ".gen.yaml") })
	corpus, err := filepath.Glob(filepath.Join(os.Getenv("CORPUS"), "*"))
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("CORPUS") == "" {
		t.Log("CORPUS is not set: only the documents of this project are tried")
		corpus = nil
	}
	for _, file := range corpus {
		if ext := filepath.Ext(file); ext == ".yaml" || ext == ".json" {
			own = append(own, file)
		}
	}
	return own
}

func packageAPI(t *testing.T, file string) (*model.API, map[string][]byte) {
	t.Helper()
	doc, err := spec.Load(context.Background(), file, spec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	api, err := model.New(doc, model.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := API(api, doc)
	if err != nil {
		t.Fatal(err)
	}
	again, err := API(api, doc)
	if err != nil {
		t.Fatal(err)
	}
	if !maps.EqualFunc(files, again, bytes.Equal) {
		t.Error("the second rendering differs from the first")
	}
	return api, files
}

// TestTypesAgree holds what the model says of Go types against what oapi-codegen wrote.
func TestTypesAgree(t *testing.T) {
	for _, file := range documents(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			api, files := packageAPI(t, file)
			d := declarations{t: t, types: map[string]ast.Expr{}, constants: map[string]bool{}}
			for _, source := range files {
				d.read(source)
			}
			for _, typ := range api.Types {
				d.checkType(typ)
			}
			for _, op := range api.Operations {
				d.checkOperation(op)
			}
		})
	}
}

// declarations are what a package declares.
type declarations struct {
	t         *testing.T
	types     map[string]ast.Expr
	constants map[string]bool
}

func (d *declarations) read(source []byte) {
	d.t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.SkipObjectResolution)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, decl := range file.Decls {
		general, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, s := range general.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				d.types[s.Name.Name] = s.Type
			case *ast.ValueSpec:
				d.constants[s.Names[0].Name] = true
			}
		}
	}
}

// fields are the fields of a struct type and their types, as written.
func (d *declarations) fields(name string) map[string]string {
	d.t.Helper()
	structure, ok := d.types[name].(*ast.StructType)
	if !ok {
		d.t.Errorf("%s is no struct but %v", name, d.expr(name))
		return nil
	}
	out := map[string]string{}
	for _, field := range structure.Fields.List {
		for _, name := range field.Names {
			out[name.Name] = types.ExprString(field.Type)
		}
	}
	return out
}

func (d *declarations) expr(name string) string {
	if d.types[name] == nil {
		return "not declared"
	}
	return types.ExprString(d.types[name])
}

func (d *declarations) same(what, got, want string) {
	d.t.Helper()
	want = strings.ReplaceAll(want, "api.", "")
	if got != want {
		d.t.Errorf("%s is %s in Go, the model says %s", what, got, want)
	}
}

func (d *declarations) checkType(typ *model.Type) {
	d.t.Helper()
	switch typ.Kind {
	case model.Object, model.Union:
		want := map[string]string{}
		for _, f := range typ.Fields {
			want[f.GoName] = strings.ReplaceAll(f.Expr(), "api.", "")
		}
		if typ.Extra != nil {
			want["AdditionalProperties"] = strings.ReplaceAll(typ.ExtraExpr(), "api.", "")
		}
		if typ.Kind == model.Union {
			want["union"] = "json.RawMessage"
		}
		if diff := cmp.Diff(want, d.fields(typ.Name)); diff != "" {
			d.t.Errorf("%s: model -, Go +\n%s", typ.Name, diff)
		}
	default:
		unnamed := *typ
		unnamed.Name = ""
		d.same(typ.Name, d.expr(typ.Name), unnamed.Expr())
	}
	for _, value := range typ.Enum {
		if !d.constants[value.GoName] {
			d.t.Errorf("there is no constant %s", value.GoName)
		}
	}
}

func (d *declarations) checkOperation(op *model.Operation) {
	d.t.Helper()
	request, params := map[string]string{}, map[string]string{}
	for _, p := range op.Params {
		expr := strings.ReplaceAll(p.Type.Expr(), "api.", "")
		if p.Optional {
			expr = "*" + expr
		}
		if p.In == "path" {
			request[p.GoName] = expr
		} else {
			params[p.GoName] = expr
		}
	}
	if len(params) > 0 {
		request["Params"] = op.GoName + "Params"
		if diff := cmp.Diff(params, d.fields(op.GoName+"Params")); diff != "" {
			d.t.Errorf("%sParams: model -, Go +\n%s", op.GoName, diff)
		}
	}
	if op.HasContentType {
		request["ContentType"] = "string"
	}
	for _, b := range op.Bodies {
		request[b.GoField] = "*" + b.GoType
		switch b.Tag {
		case "":
			request[b.GoField] = "io.Reader"
		case "JSON", "Formdata", "Text":
			d.checkBody(b)
		}
	}
	if diff := cmp.Diff(request, d.fields(op.GoName+"RequestObject")); diff != "" {
		d.t.Errorf("%sRequestObject: model -, Go +\n%s", op.GoName, diff)
	}
	for _, res := range op.Responses {
		d.checkResponse(res)
	}
}

// checkBody follows the aliases that oapi-codegen puts in front of an unnamed type.
func (d *declarations) checkBody(b *model.Body) {
	d.t.Helper()
	got := d.expr(b.GoType)
	if inner := strings.TrimSuffix(b.GoType, "RequestBody") + "Body"; got == inner {
		got = d.expr(inner)
	}
	d.same(b.GoType, got, b.Type.Expr())
}

func (d *declarations) checkResponse(res *model.Response) {
	d.t.Helper()
	want := map[string]string{}
	if res.Type != nil {
		want["Body"] = strings.ReplaceAll(res.Type.Expr(), "api.", "")
		if res.Type.Kind == model.File {
			want["ContentLength"] = "int64"
		}
	}
	if res.HeadersType != "" {
		want["Headers"] = res.HeadersType
		headers := map[string]string{}
		for _, h := range res.Headers {
			headers[h.GoName] = h.Type.Expr()
			if h.Optional {
				headers[h.GoName] = "*" + h.Type.Expr()
			}
		}
		if diff := cmp.Diff(headers, d.fields(res.HeadersType)); diff != "" {
			d.t.Errorf("%s: model -, Go +\n%s", res.HeadersType, diff)
		}
	}
	if res.HasStatusCode {
		want["StatusCode"] = "int"
	}
	if res.HasContentType {
		want["ContentType"] = "string"
	}
	if diff := cmp.Diff(want, d.fields(res.GoName)); diff != "" {
		d.t.Errorf("%s: model -, Go +\n%s", res.GoName, diff)
	}
}

// TestAPICompiles vets package api as a project has it.
func TestAPICompiles(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles packages")
	}
	root := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		write(t, filepath.Join(root, name), must(os.ReadFile("../../"+name)))
	}
	living := must(fs.Glob(templates.Project(), "api/*.gen.go"))
	for _, file := range documents(t) {
		_, files := packageAPI(t, file)
		folder := filepath.Join(root, strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, data := range files {
			write(t, filepath.Join(folder, name), data)
		}
		for _, name := range living {
			write(t, filepath.Join(folder, filepath.Base(name)), must(fs.ReadFile(templates.Project(), name)))
		}
	}
	write(t, filepath.Join(root, "board", "new_test.go"), []byte(newTest))
	for _, command := range [][]string{{"vet", "./..."}, {"test", "./board"}} {
		goTool := exec.Command("go", command...)
		goTool.Dir = root
		goTool.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod")
		if out, err := goTool.CombinedOutput(); err != nil {
			t.Errorf("go %s: %v\n%s", command[0], err, out)
		}
	}
}

// newTest runs within the package api of specs/board.yaml.
const newTest = `package api

import (
	"encoding/json"
	"testing"
)

func TestNew(t *testing.T) {
	api, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(api.Routes) != 23 || api.BasePath != "/v1" || !json.Valid(api.Document) {
		t.Errorf("%d routes below %q", len(api.Routes), api.BasePath)
	}
	if op := api.Routes[0].Operation; op.ID != "listUsers" || op.Produces[0] != "application/json" {
		t.Errorf("the first operation is %+v", op)
	}
}
`

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
