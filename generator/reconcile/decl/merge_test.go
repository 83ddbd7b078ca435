package decl

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"gen/generator/reconcile/merge3"
)

// TestMerge runs testdata/*.txtar. Files below base/, ours/ and theirs/ are what gen wrote last, what the
// author made of it and what gen would write now; those below want/ are what becomes of ours. A file
// that is not below ours/ is as in base/, one not below theirs/ or want/ as in ours/; an empty one is none.
// In the file changes stands what is said of declarations. "\r" at the end of a line is a carriage return.
func TestMerge(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) < 30 {
		t.Fatalf("%d cases: %v", len(cases), err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			versions, changes := readCase(t, name)
			in := input(versions["base"], versions["ours"], versions["theirs"])
			got, said := merged(in)
			if diff := cmp.Diff(versions["want"], got); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(changes, said); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
			again, _ := merged(input(versions["theirs"], got, versions["theirs"]))
			if diff := cmp.Diff(got, again); diff != "" {
				t.Errorf("once more (-want +got):\n%s", diff)
			}
		})
	}
}

func readCase(t *testing.T, name string) (map[string]map[string]string, string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	versions := map[string]map[string]string{"base": {}, "ours": {}, "theirs": {}, "want": {}}
	changes := ""
	for _, f := range txtar.Parse(data).Files {
		version, file, _ := strings.Cut(f.Name, "/")
		text := strings.ReplaceAll(string(f.Data), "\\r\n", "\r\n")
		if f.Name == "changes" {
			changes = text
			continue
		}
		versions[version][file] = strings.TrimSuffix(text, "\\\n")
	}
	for _, step := range []struct{ to, from string }{{"ours", "base"}, {"theirs", "ours"}, {"want", "ours"}} {
		for file, text := range versions[step.from] {
			if _, there := versions[step.to][file]; !there && (step.to != "theirs" || versions["base"][file] != "") {
				versions[step.to][file] = text
			}
		}
	}
	for _, files := range versions {
		maps.DeleteFunc(files, func(_, text string) bool { return text == "" })
	}
	return versions, changes
}

func input(base, ours, theirs map[string]string) Input {
	return Input{
		Base: sources(base), Ours: sources(ours), Theirs: sources(theirs), Module: "example.com/board",
		Restore: func(string) bool { return false }, Text: merge3.Text,
	}
}

func sources(files map[string]string) map[string][]byte {
	out := map[string][]byte{}
	for name, text := range files {
		out[name] = []byte(text)
	}
	return out
}

// merged are the files that come out, and a line for each declaration that is spoken of.
func merged(in Input) (map[string]string, string) {
	files := map[string]string{}
	var said strings.Builder
	out := Merge(in)
	for _, name := range slices.Sorted(maps.Keys(out)) {
		if f := out[name]; f.Data != nil {
			files[name] = string(f.Data)
		}
		for _, change := range out[name].Changes {
			said.WriteString(string(change.Action) + " " + change.Name + "\n")
		}
	}
	return files, said.String()
}
