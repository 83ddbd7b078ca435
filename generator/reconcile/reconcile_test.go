package reconcile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/project"
)

func files() []project.Output {
	return []project.Output{
		{Path: "api/types.gen.go", Class: project.Owned, Data: []byte("package api\n")},
		{Path: "cmd/shop/main.go", Class: project.Merged, Data: []byte("package main\n")},
		{Path: "openapi.yaml", Class: project.Once, Data: []byte("openapi: 3.1.0\n")},
	}
}

func state() State {
	return State{
		Name:       "shop",
		Module:     "example.com/shop",
		Document:   "openapi.yaml",
		Operations: []Operation{{Method: "GET", Path: "/products", ID: "listProducts", GoName: "ListProducts"}},
	}
}

// list is every file below dir, by its path.
func list(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		found[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestCreate(t *testing.T) {
	for _, test := range []struct{ name, dir string }{
		{"absent", "shop"},
		{"absent below what is absent", "a/b/shop"},
		{"empty", "."},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			dir := filepath.Join(root, test.dir)
			if err := Create(t.Context(), dir, files(), state()); err != nil {
				t.Fatal(err)
			}
			got := list(t, dir)
			manifest := got[".gen/manifest.json"]
			delete(got, ".gen/manifest.json")
			want := map[string]string{
				"api/types.gen.go":           "package api\n",
				"cmd/shop/main.go":           "package main\n",
				"openapi.yaml":               "openapi: 3.1.0\n",
				".gen/base/cmd/shop/main.go": "package main\n",
				".gen/base/openapi.yaml":     "openapi: 3.1.0\n",
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			checkManifest(t, manifest)
			if info, err := os.Stat(filepath.Join(dir, "cmd")); err != nil || info.Mode().Perm()&0o055 != 0o055 {
				t.Errorf("cmd is not readable by others: %v %v", info.Mode(), err)
			}
			if all := len(list(t, root)); all != len(want)+1 {
				t.Errorf("%d files below the parent, want %d", all, len(want)+1)
			}
		})
	}
}

func checkManifest(t *testing.T, text string) {
	t.Helper()
	var got Manifest
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	entries := make([]ManifestFile, 0, 3)
	for _, file := range files() {
		sum := sha256.Sum256(file.Data)
		entries = append(entries, ManifestFile{Path: file.Path, Class: file.Class, SHA256: hex.EncodeToString(sum[:])})
	}
	want := Manifest{
		Format:     1,
		Name:       "shop",
		Module:     "example.com/shop",
		Document:   ManifestFile{Path: "openapi.yaml", SHA256: entries[2].SHA256},
		Files:      entries,
		Operations: state().Operations,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
}

func TestCreateRefusesWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "notes.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Create(t.Context(), dir, files(), state()); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("a folder that holds a file: %v", err)
	}
	if err := Create(t.Context(), filepath.Join(dir, "notes.txt"), files(), state()); err == nil {
		t.Error("a file is taken for a folder")
	}
	if got := list(t, dir); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
}

// endedAfter is a context that ends when it has been asked n times.
type endedAfter struct {
	context.Context
	n *int
}

func (c endedAfter) Err() error {
	if *c.n--; *c.n < 0 {
		return context.Canceled
	}
	return nil
}

func TestCreateLeavesNothingBehind(t *testing.T) {
	tests := []struct {
		name, dir string
		files     []project.Output
		patience  int
	}{
		{"stopped at once", "a/b/shop", files(), 0},
		{"stopped in the middle", "a/b/shop", files(), 3},
		{"stopped in an empty folder", ".", files(), 3},
		{"stopped before the last step", ".", files(), 6},
		{"a file where a folder has to be", "a/shop", append(files(), project.Output{Path: "openapi.yaml/x"}), 100},
		{"the same in an empty folder", ".", append(files(), project.Output{Path: "openapi.yaml/x"}), 100},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			ctx := endedAfter{t.Context(), &test.patience}
			if err := Create(ctx, filepath.Join(root, test.dir), test.files, state()); err == nil {
				t.Fatal("no error")
			}
			entries, err := os.ReadDir(root)
			if err != nil {
				t.Fatal(err)
			}
			if len(entries) > 0 {
				t.Errorf("left behind: %v", entries)
			}
		})
	}
}

func TestCompare(t *testing.T) {
	dir := t.TempDir()
	if err := Create(t.Context(), dir, files(), state()); err != nil {
		t.Fatal(err)
	}
	drifts, err := Compare(dir, files(), state())
	if err != nil || len(drifts) > 0 {
		t.Fatalf("a new project differs: %v %v", drifts, err)
	}
	write := func(path, data string) {
		if err := os.WriteFile(filepath.Join(dir, path), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("cmd/shop/main.go", "package main // mine\n")
	write("api/old.gen.go", "package api\n")
	write("cmd/shop/more.go", "package main\n")
	if err := os.Remove(filepath.Join(dir, "api/types.gen.go")); err != nil {
		t.Fatal(err)
	}
	drifts, err = Compare(dir, files(), state())
	if err != nil {
		t.Fatal(err)
	}
	want := []Drift{{"api/old.gen.go", Extra}, {"api/types.gen.go", Missing}, {"cmd/shop/main.go", Changed}}
	if diff := cmp.Diff(want, drifts); diff != "" {
		t.Errorf("drift (-want +got):\n%s", diff)
	}
}

func TestErrorsNameNoTemporaryFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(dir, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	err := Create(t.Context(), filepath.Join(dir, "shop"), files(), state())
	if err == nil || strings.Contains(err.Error(), ".gen-new-") || !strings.Contains(err.Error(), "not a directory") {
		t.Errorf("got %v", err)
	}
}
