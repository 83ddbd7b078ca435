package handlers_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"gen/generator"
	"gen/generator/spec/spectest"
)

// TestOddDocuments holds that the handlers of documents that nobody would write on purpose pass go vet,
// and that what they do is what the documents say: each project's own tests hold its answers against
// its document.
func TestOddDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles a project for each document")
	}
	// All projects have one name and one folder, so that most of them is compiled once.
	root := t.TempDir()
	for _, o := range slices.Concat(oddNames, oddData, oddSessions) {
		t.Run(o.name, func(t *testing.T) {
			dir := project(t, root, o.sketch)
			command(t, dir, "go", "vet", "./internal/handlers", "./internal/schema", "./api", "./cmd/...")
			if o.walked && !t.Failed() {
				command(t, dir, "go", "test", "-count=1", "-vet=off", "./internal/handlers")
			}
		})
	}
}

// project is a new project within root.
func project(t *testing.T, root, sketch string) string {
	t.Helper()
	document, dir := filepath.Join(root, "openapi.json"), filepath.Join(root, "odd")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(document, spectest.Document(t, sketch), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := generator.New(t.Context(), generator.Options{Name: "odd", Spec: document, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func command(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOWORK=off")
	if output, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s %v: %v\n%s", name, args, err, output)
	}
}
