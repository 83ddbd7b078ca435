package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// BenchmarkNew is gen new on the document of the reference server.
func BenchmarkNew(b *testing.B) {
	root := b.TempDir()
	for i := 0; b.Loop(); i++ {
		dir := filepath.Join(root, strconv.Itoa(i))
		if code := run(b.Context(), []string{"new", "board", "--spec", "../../specs/board.yaml", "--dir", dir}, io.Discard, io.Discard); code != exitDone {
			b.Fatalf("exit code %d", code)
		}
	}
}

// BenchmarkUpdateUnchanged is gen update of the reference server when its document is what it was: nothing
// is written.
func BenchmarkUpdateUnchanged(b *testing.B) {
	dir := board(b)
	manifest := filepath.Join(dir, ".gen/manifest.json")
	before, err := os.Stat(manifest)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if code := run(b.Context(), []string{"update", "--dir", dir}, io.Discard, io.Discard); code != exitDone {
			b.Fatalf("exit code %d", code)
		}
	}
	if after, err := os.Stat(manifest); err != nil || !after.ModTime().Equal(before.ModTime()) {
		b.Errorf("the manifest was written: %v", err)
	}
}

// BenchmarkUpdateAdded is gen update when an operation comes, without compiling the project.
func BenchmarkUpdateAdded(b *testing.B) {
	dir := board(b)
	document := filepath.Join(dir, "openapi.yaml")
	without, err := os.ReadFile(document)
	if err != nil {
		b.Fatal(err)
	}
	with := bytes.Replace(without, []byte("  /posts/{postId}/comments:\n"), []byte(`  /posts/{postId}/archive:
    parameters:
      - $ref: "#/components/parameters/postId"
    post:
      operationId: archivePost
      responses:
        "204": { description: Gone. }
  /posts/{postId}/comments:
`), 1)
	update := func(text []byte) {
		if err := os.WriteFile(document, text, 0o644); err != nil {
			b.Fatal(err)
		}
		if code := run(b.Context(), []string{"update", "--no-vet", "--dir", dir}, io.Discard, io.Discard); code != exitDone {
			b.Fatalf("exit code %d", code)
		}
	}
	for b.Loop() {
		update(with)
		b.StopTimer()
		update(without)
		b.StartTimer()
	}
}

// board is a copy of the reference server.
func board(b *testing.B) string {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "board")
	if err := os.CopyFS(dir, os.DirFS("../../generated/board")); err != nil {
		b.Fatal(err)
	}
	return dir
}
