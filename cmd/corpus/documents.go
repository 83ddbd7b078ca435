package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// document is one file of the corpus.
type document struct {
	// name is the file's without its extension.
	name, path string
	// size is in bytes.
	size int64
}

// find lists the documents of a folder, the smallest first.
func find(dir string) ([]document, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var found []document
	for _, entry := range entries {
		ext := filepath.Ext(entry.Name())
		if !slices.Contains([]string{".json", ".yaml", ".yml"}, ext) || strings.HasSuffix("."+entry.Name(), ".gen.yaml") {
			continue
		}
		info, err := entry.Info()
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(entry.Name(), ext)
		found = append(found, document{name, filepath.Join(dir, entry.Name()), info.Size()})
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s has no OpenAPI documents", dir)
	}
	slices.SortFunc(found, func(a, b document) int {
		return cmp.Or(cmp.Compare(a.size, b.size), cmp.Compare(a.name, b.name))
	})
	return found, nil
}

// everyThird takes the second of every three, so that small ones, large ones and those between are
// there in the same proportions.
func everyThird(documents []document) []document {
	var third []document
	for i, d := range documents {
		if i%3 == 1 || len(documents) == 1 {
			third = append(third, d)
		}
	}
	return third
}

func named(documents []document, name string) ([]document, error) {
	for _, d := range documents {
		if d.name == name || filepath.Base(d.path) == name {
			return []document{d}, nil
		}
	}
	return nil, fmt.Errorf("there is no document %s", name)
}
