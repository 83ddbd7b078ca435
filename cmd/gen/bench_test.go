package main

import (
	"io"
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
