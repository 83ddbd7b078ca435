package spec

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"
)

// TestCorpus loads every document of a folder and reports what each took.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("CORPUS")
	if dir == "" {
		t.Skip("CORPUS names no folder of OpenAPI documents")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	loaded, total := 0, 0
	for _, entry := range entries {
		if slices.Contains([]string{".json", ".yaml", ".yml"}, filepath.Ext(entry.Name())) {
			total++
			if loadOne(t, filepath.Join(dir, entry.Name())) {
				loaded++
			}
		}
	}
	t.Logf("%d of %d documents load", loaded, total)
}

func loadOne(t *testing.T, file string) bool {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	doc, err := Load(context.Background(), file, Options{})
	took := time.Since(start).Round(time.Millisecond)
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Errorf("%v", err)
		return false
	}
	operations := 0
	for _, item := range doc.T.Paths.Map() {
		operations += len(item.Operations())
	}
	t.Logf("%-28s %-5s %5d operations %4d warnings %8v %5d MiB allocated", doc.Name, doc.Version, operations, len(doc.Warnings), took, (after.TotalAlloc-before.TotalAlloc)>>20)
	if limit := time.Minute; took > limit {
		t.Errorf("%s took %v, more than %v", doc.Name, took, limit)
	}
	return true
}
