package generator

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

var update = flag.Bool("update", false, "write go.mod and go.sum of projects anew")

// tidied are documents that use the optional parts of a project in different ways.
var tidied = map[string]string{
	"empty": `
openapi: 3.1.0
info: { title: Empty, version: "1" }
paths: {}
`,
	"secured": `
openapi: 3.0.3
info: { title: Secured, version: "1" }
security: [{ key: [] }, { basic: [] }, { token: [] }]
paths:
  /status:
    get:
      operationId: getStatus
      responses: { "204": { description: Fine. } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    basic: { type: http, scheme: basic }
    token: { type: http, scheme: bearer }
    session: { type: apiKey, in: cookie, name: sid }
`,
	"nullable": `
openapi: 3.1.0
info: { title: Nullable, version: "1" }
paths:
  /things:
    post:
      operationId: createThing
      requestBody:
        content: { application/json: { schema: { $ref: "#/components/schemas/Thing" } } }
      responses:
        "201":
          description: Made.
          content: { application/json: { schema: { $ref: "#/components/schemas/Thing" } } }
  /things/{id}:
    get:
      operationId: getThing
      parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }]
      responses:
        "200":
          description: There.
          content: { application/json: { schema: { $ref: "#/components/schemas/Thing" } } }
components:
  schemas:
    Thing:
      type: object
      required: [id]
      properties:
        id: { type: string, format: uuid, readOnly: true }
        day: { type: [string, "null"], format: date }
`,
}

// TestGoModIsTidy holds that go.mod and go.sum of a project are what go mod tidy would make of them,
// whatever the document. With -update it writes them from the versions of gen's own go.mod.
func TestGoModIsTidy(t *testing.T) {
	if *update {
		writeModuleFiles(t, newProject(t, tidied["nullable"]))
	}
	for name, document := range tidied {
		t.Run(name, func(t *testing.T) {
			dir := newProject(t, document)
			if *update {
				copyModuleFiles(t, dir)
			}
			output, err := command(dir, "go", "mod", "tidy", "-diff")
			switch {
			case err != nil && unreachable(output):
				t.Skip("go mod tidy needs modules that are not here, and cannot fetch them")
			case err != nil:
				t.Errorf("go mod tidy changes something (go test ./generator -run %s -update): %v\n%s", t.Name(), err, output)
			}
		})
	}
}

// TestGoModHasTheVersionsOfGen holds that whatever a project is built from is in the module cache of
// those who have what gen requires. What tidy wants for the tests of others' packages is not built.
func TestGoModHasTheVersionsOfGen(t *testing.T) {
	ours := requirements(t, "../go.mod")
	for path, version := range requirements(t, filepath.Join(newProject(t, tidied["empty"]), "go.mod")) {
		if ours[path] != version && ours[path] != "" {
			t.Errorf("projects require %s %s, gen %q", path, version, ours[path])
		}
	}
}

func requirements(t *testing.T, name string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	file, err := modfile.Parse(name, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	versions := map[string]string{}
	for _, require := range file.Require {
		versions[require.Mod.Path] = require.Mod.Version
	}
	return versions
}

// newProject is the folder of a new project.
func newProject(t *testing.T, document string) string {
	t.Helper()
	root := t.TempDir()
	spec := filepath.Join(root, "openapi.yaml")
	if err := os.WriteFile(spec, []byte(document), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(root, "project")
	if _, err := New(t.Context(), Options{Name: "shop", Spec: spec, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	return dir
}

const templateFolder = "../templates/project/"

// writeModuleFiles tidies a project that requires all that gen requires, and makes templates of the
// outcome.
func writeModuleFiles(t *testing.T, dir string) {
	t.Helper()
	goMod := read(t, "../go.mod")
	write(t, dir+"/go.mod", bytes.Replace(goMod, []byte("module gen\n"), []byte("module example.com/shop\n"), 1))
	write(t, dir+"/go.sum", read(t, "../go.sum"))
	tidy(t, dir)
	dropStrangers(t, dir+"/go.mod")
	tidy(t, dir)
	goMod = read(t, dir+"/go.mod")
	write(t, templateFolder+"go.mod.tmpl", bytes.Replace(goMod, []byte("module example.com/shop\n"), []byte("module {{.Module}}\n"), 1))
	write(t, templateFolder+"go.sum", read(t, dir+"/go.sum"))
}

func tidy(t *testing.T, dir string) {
	t.Helper()
	if output, err := command(dir, "go", "mod", "tidy"); err != nil {
		t.Fatalf("go mod tidy: %v\n%s", err, output)
	}
}

// dropStrangers takes out what tidy added beside the requirements of gen: some of it holds only
// because gen requires more than a project.
func dropStrangers(t *testing.T, name string) {
	t.Helper()
	ours := requirements(t, "../go.mod")
	file, err := modfile.Parse(name, read(t, name), nil)
	if err != nil {
		t.Fatal(err)
	}
	for path := range requirements(t, name) {
		if ours[path] == "" {
			if err := file.DropRequire(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	file.Cleanup()
	data, err := file.Format()
	if err != nil {
		t.Fatal(err)
	}
	write(t, name, data)
}

// copyModuleFiles gives a project the templates as they are on disk by now, which are not the embedded ones.
func copyModuleFiles(t *testing.T, dir string) {
	t.Helper()
	goMod := read(t, templateFolder+"go.mod.tmpl")
	write(t, dir+"/go.mod", bytes.Replace(goMod, []byte("{{.Module}}"), []byte("example.com/shop"), 1))
	write(t, dir+"/go.sum", read(t, templateFolder+"go.sum"))
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func command(dir, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	output, err := cmd.CombinedOutput()
	return string(output), err
}

// unreachable says that the go command could not fetch what it lacks.
func unreachable(output string) bool {
	for _, sign := range []string{"GOPROXY=off", "dial tcp", "no such host", "i/o timeout"} {
		if strings.Contains(output, sign) {
			return true
		}
	}
	return false
}
