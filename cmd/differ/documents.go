package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gen/generator/spec"
)

// largest is the size in bytes of a document of which two packages still compile quickly.
const largest = 400_000

// find is a file, or the documents of a folder; with :N behind it N of them, of all sizes.
func find(arg string) ([]string, error) {
	path, number, _ := strings.Cut(arg, ":")
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return []string{path}, err
	}
	most := 1 << 30
	if number != "" {
		if most, err = strconv.Atoi(number); err != nil || most < 1 {
			return nil, fmt.Errorf("%s: %q is no number of documents", arg, number)
		}
	}
	files, err := documents(path)
	if err != nil || len(files) <= most {
		return files, err
	}
	out := make([]string, most)
	for i := range out {
		out[i] = files[i*len(files)/most]
	}
	return out, nil
}

// documents are those of a folder that are not too large, the smallest first.
func documents(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	type document struct {
		path string
		size int64
	}
	var found []document
	for _, entry := range entries {
		ext := filepath.Ext(entry.Name())
		if !slices.Contains([]string{".json", ".yaml", ".yml"}, ext) || strings.HasSuffix(entry.Name(), ".gen.yaml") {
			continue
		}
		info, err := entry.Info()
		if err != nil {
			return nil, err
		}
		if info.Size() <= largest {
			found = append(found, document{filepath.Join(folder, entry.Name()), info.Size()})
		}
	}
	slices.SortFunc(found, func(a, b document) int { return cmp.Or(cmp.Compare(a.size, b.size), cmp.Compare(a.path, b.path)) })
	paths := make([]string, len(found))
	for i, d := range found {
		paths[i] = d.path
	}
	return paths, nil
}

func load(ctx context.Context, files []string) ([]*subject, error) {
	var subjects []*subject
	for _, file := range files {
		doc, err := spec.Load(ctx, file, spec.Options{})
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		s, err := newSubject(name, doc)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		subjects = append(subjects, s)
	}
	return subjects, nil
}
