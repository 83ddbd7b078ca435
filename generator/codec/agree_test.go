package codec_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gen/generator/codec"
	"gen/generator/codec/gotype"
	"gen/generator/model"
	"gen/generator/render"
	"gen/generator/spec"
	"gen/templates"
)

// documents are those of this project, and those in the folder $CORPUS.
func documents(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, pattern := range []string{"../../specs/*.yaml", "../../specs/published/*.yaml", os.Getenv("CORPUS") + "/*.yaml", os.Getenv("CORPUS") + "/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, ".gen.yaml") && !strings.HasPrefix(pattern, "/*") {
				found = append(found, file)
			}
		}
	}
	if len(found) < 10 {
		t.Fatalf("found only %v", found)
	}
	return found
}

// typesOf is the Go of a document's types.
func typesOf(t *testing.T, file string) []byte {
	t.Helper()
	doc, err := spec.Load(t.Context(), file, spec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	api, err := model.New(doc, model.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := render.API(api, doc)
	if err != nil {
		t.Fatal(err)
	}
	return files["types.gen.go"]
}

// TestEncodersAgree holds the encoders of every type against encoding/json, with values at random.
func TestEncodersAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles packages")
	}
	root := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile("../../" + name)
		write(t, filepath.Join(root, name), data, err)
	}
	odd, err := os.ReadFile("testdata/odd.go.txt")
	writePackage(t, filepath.Join(root, "odd"), odd, err)
	for _, file := range documents(t) {
		folder := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		writePackage(t, filepath.Join(root, folder), typesOf(t, file), nil)
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "./...")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOWORK=off", "GOFLAGS=-mod=mod")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%.5000s", err, out)
	}
}

// writePackage writes types, what package api does with them, their encoders, and a test of each.
func writePackage(t *testing.T, folder string, types []byte, err error) {
	t.Helper()
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "types.gen.go"), types, err)
	for _, name := range []string{"jsonwrite.gen.go", "jsonscalar.gen.go", "jsontext.gen.go", "jsonvalue.gen.go", "object.gen.go"} {
		data, err := fs.ReadFile(templates.Project(), "api/"+name)
		write(t, filepath.Join(folder, name), data, err)
	}
	fill, err := os.ReadFile("testdata/fill_test.go.txt")
	write(t, filepath.Join(folder, "fill_test.go"), fill, err)
	encoders, test := encodersOf(t, types)
	for name, source := range encoders {
		write(t, filepath.Join(folder, name), []byte(withImports(source)), nil)
	}
	write(t, filepath.Join(folder, "agree_test.go"), []byte(withImports(test)), nil)
}

// encodersOf are the files of the encoders, and a test that compares them.
func encodersOf(t *testing.T, types []byte) (files map[string]string, test string) {
	t.Helper()
	p, err := gotype.Parse(types)
	if err != nil {
		t.Fatal(err)
	}
	e := codec.NewEncoders(p)
	var tests bytes.Buffer
	for _, d := range p.Decls {
		statement, err := e.Value("(*v)", d.Name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&tests, "func TestAgree%s(t *testing.T) {\n", d.Name)
		fmt.Fprintf(&tests, "agree(t, new(%s), func(w *writer, value any) {\nv := value.(*%s)\n%s})\n}\n", d.Name, d.Name, statement)
	}
	return codec.Files("encode", "encode", e.Functions()), "import \"testing\"\n\nvar _ testing.TB\n\n" + tests.String()
}

// withImports makes a file of declarations.
func withImports(source string) string {
	out := "package api\n\n"
	for _, path := range []string{"encoding/json", "time", "github.com/oapi-codegen/nullable"} {
		if regexp.MustCompile(`[^.\w]` + filepath.Base(path) + `\.[A-Z]`).MatchString(source) {
			out += fmt.Sprintf("import %q\n", path)
		}
	}
	if strings.Contains(source, "openapi_types.") {
		out += "import openapi_types \"github.com/oapi-codegen/runtime/types\"\n"
	}
	return out + source
}

func write(t *testing.T, name string, data []byte, err error) {
	t.Helper()
	if err == nil {
		err = os.WriteFile(name, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
