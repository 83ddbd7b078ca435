package generator

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/reconcile"
)

// TestUpdateSaysWhatDoesNotCompile takes a property away that the author's code uses: it is written all the
// same, with the place in the code and in the document.
func TestUpdateSaysWhatDoesNotCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles a project")
	}
	dir := filepath.Join(t.TempDir(), "board")
	if err := os.CopyFS(dir, os.DirFS("../generated/board")); err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(dir, "internal/handlers/mine.go")
	if err := os.WriteFile(mine, []byte("package handlers\n\nimport \"example.com/board/api\"\n\nfunc about(user api.User) *string { return user.About }\n\nvar _ = about\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	document := filepath.Join(dir, "openapi.yaml")
	data, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	lacking := strings.ReplaceAll(string(data), "        about: { type: string, maxLength: 500 }\n", "")
	if err := os.WriteFile(document, []byte(lacking), 0o644); err != nil {
		t.Fatal(err)
	}
	report, err := Update(t.Context(), UpdateOptions{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Errors) != 1 || !report.Written || !report.Unsettled() {
		t.Fatalf("written %t, errors %v, %s", report.Written, report.Errors, report.Unchecked)
	}
	e := report.Errors[0]
	if e.File != "internal/handlers/mine.go" || e.Line != 5 || !strings.Contains(e.Text, "About") {
		t.Errorf("the error is at %s:%d: %s", e.File, e.Line, e.Text)
	}
	line := 1 + strings.Count(lacking[:strings.Index(lacking, "\n    User:\n")+1], "\n")
	if !strings.Contains(e.Cause, fmt.Sprintf("openapi.yaml:%d:", line)) {
		t.Errorf("it is said to come of %s, want line %d", e.Cause, line)
	}
}

// TestSameDocumentWritesNothing holds it for documents of one file and of several, YAML and JSON.
func TestSameDocumentWritesNothing(t *testing.T) {
	documents, err := filepath.Glob("../specs/published/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	swagger := filepath.Join(t.TempDir(), "seed.json")
	if err := os.WriteFile(swagger, seeds(t)[0], 0o644); err != nil {
		t.Fatal(err)
	}
	for _, document := range append(documents, "", boardSpec, "../specs/users.yaml", "../specs/published/garden/garden.yaml", swagger) {
		t.Run(filepath.Base(document), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "shop")
			if _, err := New(t.Context(), Options{Name: "shop", Spec: document, Dir: dir}); err != nil {
				t.Fatal(err)
			}
			report, err := Check(t.Context(), UpdateOptions{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range report.Files {
				if file.Action != reconcile.Identical {
					t.Errorf("%s %s: %s", file.Action, file.Path, file.Reason)
				}
			}
			if report.Drift {
				t.Error("something would be written")
			}
		})
	}
}

// TestOperationsComeAndGo takes projects from one document to another that lacks some operations, and
// back: each time they are what a new project is.
func TestOperationsComeAndGo(t *testing.T) {
	for i, whole := range seeds(t) {
		if !json.Valid(whole) || testing.Short() && i%4 != 0 {
			continue // some are YAML
		}
		t.Run(fmt.Sprint(i), func(t *testing.T) { comeAndGo(t, whole, without(t, whole, i)) })
	}
}

func comeAndGo(t *testing.T, whole, part []byte) {
	t.Helper()
	root := t.TempDir()
	paths := map[string]string{}
	for name, document := range map[string][]byte{"whole": whole, "part": part} {
		paths[name] = filepath.Join(root, name+".json")
		if err := os.WriteFile(paths[name], document, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := New(t.Context(), Options{Name: "shop", Spec: paths[name], Dir: filepath.Join(root, name)}); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(root, "shop")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "whole"))); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"part", "whole"} {
		if _, err := Update(t.Context(), UpdateOptions{Dir: dir, Spec: paths[name], NoVet: true}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(contents(t, filepath.Join(root, name)), contents(t, dir)); diff != "" {
			t.Fatalf("with the document %s (-new +updated):\n%s", name, diff)
		}
	}
}

// without is a document that has about every third of its operations less, which ones n decides.
func without(t *testing.T, document []byte, n int) []byte {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal(document, &root); err != nil {
		t.Fatal(err)
	}
	paths, _ := root["paths"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(paths)) {
		item, _ := paths[name].(map[string]any)
		for _, method := range []string{"get", "post", "put", "patch", "delete"} {
			if item[method] != nil {
				if n++; n%3 == 0 {
					delete(item, method)
				}
			}
		}
	}
	data, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestUpdateKnowsWhoWroteTheProject: a report names the release before where that was another one.
func TestUpdateKnowsWhoWroteTheProject(t *testing.T) {
	for name, test := range map[string]struct{ wrote, this, from string }{
		"a newer release": {"v1.2.0", "v1.3.0", "v1.2.0"},
		"the same":        {"v1.2.0", "v1.2.0", ""},
		"no release":      {"v1.2.0", "", ""},
		"of no release":   {"", "v1.3.0", ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "shop")
			if _, err := New(t.Context(), Options{Name: "shop", Dir: dir, Version: test.wrote}); err != nil {
				t.Fatal(err)
			}
			report, err := Update(t.Context(), UpdateOptions{Dir: dir, Version: test.this, NoVet: true})
			if err != nil {
				t.Fatal(err)
			}
			if report.From != test.from || report.Gen != test.this {
				t.Errorf("%s brought along what %q wrote", report.Gen, report.From)
			}
		})
	}
}

// TestSteps: whoever wants to hear of them hears of all steps, in their order.
func TestSteps(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "shop")
	var steps []string
	hear := func(step string) { steps = append(steps, step) }
	if _, err := New(t.Context(), Options{Name: "shop", Dir: dir, Step: hear}); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "api", "api.gen.go")); err != nil {
		t.Fatal(err)
	}
	if _, err := Update(t.Context(), UpdateOptions{Dir: dir, NoVet: true, Step: hear}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"reading the small shop that gen brings along", "resolving resources and operations", "rendering", "writing " + filepath.ToSlash(dir),
		"reading openapi.yaml", "resolving resources and operations", "rendering", "comparing with what is there", "writing",
	}
	if diff := cmp.Diff(want, steps); diff != "" {
		t.Errorf("the steps (-want +got):\n%s", diff)
	}
}
