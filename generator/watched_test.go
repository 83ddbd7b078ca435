package generator

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const hello = "openapi: 3.0.3\ninfo: { title: Shop, version: 1.0.0 }\npaths:\n  /hello:\n    get:\n      operationId: sayHello\n      responses: { \"204\": { description: Hello. } }\n"

// watch makes a project in the folder shop beside its document.
func watch(t *testing.T) *Watched {
	t.Helper()
	root := t.TempDir()
	dir, document := filepath.Join(root, "shop"), filepath.Join(root, "shop.yaml")
	put(t, document, hello)
	if _, err := New(t.Context(), Options{Name: "shop", Spec: document, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	w, err := Watch(UpdateOptions{Dir: dir, Spec: document, NoVet: true})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestWatchedFiles has a document that comes to refer to a file that is not there: once the file comes, an
// update can be made, so it is watched.
func TestWatchedFiles(t *testing.T) {
	w := watch(t)
	document, part := w.Document, filepath.Join(filepath.Dir(w.Document), "paths", "bye.yaml")
	for _, step := range []struct {
		path, text     string
		fails, watched bool
	}{
		{document, hello, false, false},
		{document, hello + "  /bye: { $ref: paths/bye.yaml }\n", true, true},
		{part, "get: [", true, true},
		{part, "get:\n  operationId: sayBye\n  responses: { \"204\": { description: Bye. } }\n", false, true},
		{document, "paths: [", true, true}, // when it is right again, it may have that part as before
		{document, hello, false, false},
	} {
		put(t, step.path, step.text)
		if _, err := w.Update(t.Context()); (err != nil) != step.fails {
			t.Fatalf("with %q in %s: %v", step.text, filepath.Base(step.path), err)
		}
		if watched := slices.Contains(w.Files(), part); watched != step.watched {
			t.Errorf("with %q in %s, the files are %v", step.text, filepath.Base(step.path), w.Files())
		}
		if !slices.Contains(w.Files(), document) {
			t.Errorf("with %q in %s, the document is not watched", step.text, filepath.Base(step.path))
		}
	}
}

// TestWatchedCode has code that keeps an update waiting: it is watched until the update is made.
func TestWatchedCode(t *testing.T) {
	w := watch(t)
	handlers := filepath.Join(filepath.Dir(w.Document), "shop", "internal", "handlers")
	mine := filepath.Join(handlers, "mine.go")
	put(t, mine, "package handlers\n\nfunc (\n")
	put(t, w.Document, strings.ReplaceAll(hello, "sayHello", "greet"))
	for _, step := range []struct {
		text    string
		watched bool
	}{
		{"package handlers\n\nfunc (\n", true},
		{"package handlers\n", false},
	} {
		put(t, mine, step.text)
		if _, err := w.Update(t.Context()); err != nil {
			t.Fatal(err)
		}
		if watched := slices.Contains(w.Files(), mine); watched != step.watched {
			t.Errorf("with %q, the files are %v", step.text, w.Files())
		}
	}
	files, err := filepath.Glob(filepath.Join(handlers, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if data, err := os.ReadFile(file); err != nil || strings.Contains(string(data), "SayHello") {
			t.Errorf("%s is not of the document as it is now: %v", file, err)
		}
	}
}
