package codec_test

import (
	"context"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"os/exec"
	"path"
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

// made is package api of one document with its decoders.
type made struct {
	name     string
	api      *model.API
	decoders *codec.Decoders
	files    map[string][]byte
}

func makeAPI(t *testing.T, name string, doc *spec.Document) made {
	t.Helper()
	api, err := model.New(doc, model.Overrides{NoCodecs: true})
	if err != nil {
		t.Fatal(err)
	}
	files, err := render.API(api, doc)
	if err != nil {
		t.Fatal(err)
	}
	types, err := gotype.Parse(files["types.gen.go"])
	if err != nil {
		t.Fatal(err)
	}
	decoders, err := codec.Decode(doc, api, types)
	if err != nil {
		t.Fatal(err)
	}
	for i, declarations := range decoders.Files {
		if files[fmt.Sprintf("decode_%d.gen.go", i)], err = goFile(declarations); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, declarations)
		}
	}
	return made{name, api, decoders, files}
}

// goFile is a file of package api with the imports that decoders may need.
func goFile(declarations string) ([]byte, error) {
	imports := ""
	for name, path := range map[string]string{"json.": "encoding/json", "time.": "time", "nullable.": "github.com/oapi-codegen/nullable"} {
		if regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `[A-Z]`).MatchString(declarations) {
			imports += fmt.Sprintf("import %q\n", path)
		}
	}
	if strings.Contains(declarations, "openapi_types.") {
		imports += "import openapi_types \"github.com/oapi-codegen/runtime/types\"\n"
	}
	return format.Source([]byte("package api\n\n" + imports + declarations))
}

// runGo writes the packages and the living part of package api to a module, and runs the go command there.
func runGo(t *testing.T, all []made, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join("../../generated/board", name))
		if err != nil {
			t.Fatal(err)
		}
		writeTo(t, filepath.Join(dir, name), data)
	}
	living, err := fs.Glob(templates.Project(), "api/*.gen.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		for _, name := range living {
			data, err := fs.ReadFile(templates.Project(), name)
			if err != nil {
				t.Fatal(err)
			}
			writeTo(t, filepath.Join(dir, m.name, path.Base(name)), data)
		}
		for name, data := range m.files {
			writeTo(t, filepath.Join(dir, m.name, name), data)
		}
	}
	cmd := exec.CommandContext(context.Background(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off")
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, output)
	}
	return string(output)
}

func writeTo(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
