package generator

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestWatchedFiles has a document that comes to refer to a file that is not there: once the file comes, an
// update can be made, so it is watched.
func TestWatchedFiles(t *testing.T) {
	const head = "openapi: 3.0.3\ninfo: { title: Shop, version: 1.0.0 }\npaths:\n  /hello:\n    get:\n      operationId: sayHello\n      responses: { \"204\": { description: Hello. } }\n"
	root := t.TempDir()
	dir, document, part := filepath.Join(root, "shop"), filepath.Join(root, "shop.yaml"), filepath.Join(root, "paths", "bye.yaml")
	write := func(path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(document, head)
	if _, err := New(t.Context(), Options{Name: "shop", Spec: document, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	w, err := Watch(UpdateOptions{Dir: dir, Spec: document, NoVet: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		path, text     string
		fails, watched bool
	}{
		{document, head, false, false},
		{document, head + "  /bye: { $ref: paths/bye.yaml }\n", true, true},
		{part, "get: [", true, true},
		{part, "get:\n  operationId: sayBye\n  responses: { \"204\": { description: Bye. } }\n", false, true},
		{document, "paths: [", true, true}, // when it is right again, it may have that part as before
		{document, head, false, false},
	} {
		write(step.path, step.text)
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
