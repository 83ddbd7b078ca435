package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	dir := t.TempDir()
	for name, size := range map[string]int{
		"a.json": 30, "b.yaml": 10, "c.yml": 10, "d.yaml": 40, "README.md": 1, "gen.yaml": 1,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	documents, err := find(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(names(documents), " "); got != "b c a d" {
		t.Errorf("found %s", got)
	}
	if got := names(everyThird(documents)); !slices.Equal(got, []string{"c"}) {
		t.Errorf("a third is %v", got)
	}
	for _, name := range []string{"a", "a.json"} {
		if one, err := named(documents, name); err != nil || len(one) != 1 || one[0].name != "a" {
			t.Errorf("%s is %v: %v", name, one, err)
		}
	}
	if _, err := named(documents, "x"); err == nil {
		t.Error("x was found")
	}
	if _, err := find(t.TempDir()); err == nil {
		t.Error("a folder without documents is no error")
	}
}

func names(documents []document) []string {
	out := make([]string, len(documents))
	for i, d := range documents {
		out[i] = d.name
	}
	return out
}
