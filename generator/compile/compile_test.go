package compile_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/compile"
)

// project is written to a folder, then checked with the files of replaced in place of its own.
func check(t *testing.T, project, replaced map[string]string) []compile.Error {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command")
	}
	dir := t.TempDir()
	for name, text := range project {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	instead := map[string][]byte{}
	for name, text := range replaced {
		if instead[name] = []byte(text); text == "" {
			instead[name] = nil
		}
	}
	found, err := compile.Check(t.Context(), dir, instead)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

const (
	module = "module example.com/tiny\n\ngo 1.26\n"
	one    = "package a\n\ntype T struct{}\n\nfunc (T) Get() int { return 1 }\n"
	user   = "package b\n\nimport \"example.com/tiny/a\"\n\nvar _ = a.T{}.Get()\n"
)

// TestPlaces has errors that name another file: each is the project's, also where go looked at a copy of it.
func TestPlaces(t *testing.T) {
	for _, test := range []struct {
		name              string
		project, replaced map[string]string
		want              []compile.Error
	}{
		{"nothing is wrong", map[string]string{"a/one.go": one, "b/b.go": user}, nil, nil},
		{"in a file that is replaced", map[string]string{"a/one.go": one},
			map[string]string{"a/one.go": one + "\nfunc f() int { return \"\" }\n"},
			[]compile.Error{{File: "a/one.go", Line: 7, Column: 23, Text: `cannot use "" (untyped string constant) as int value in return statement`}}},
		{"a method that another file has", map[string]string{"a/one.go": one, "a/two.go": "package a\n\nfunc (T) Get() int { return 2 }\n", "b/b.go": user},
			map[string]string{"a/one.go": "// Package a is other than on disk.\n" + one},
			[]compile.Error{{File: "a/two.go", Line: 3, Column: 10, Text: "method T.Get already declared at a/one.go:6:10"}}},
		{"a name that another file has", map[string]string{"a/one.go": one, "a/two.go": "package a\n\ntype T int\n", "b/b.go": user},
			map[string]string{"a/one.go": "// Package a is other than on disk.\n" + one},
			[]compile.Error{{File: "a/two.go", Line: 3, Column: 6, Text: "T redeclared in this block (other declaration of T at a/one.go:4:6)"}}},
		{"a test of what is gone", map[string]string{"a/one.go": one, "a/two.go": "package a\n\nvar x = 1\n", "a/one_test.go": "package a\n\nvar _ = x\n"},
			map[string]string{"a/two.go": ""},
			[]compile.Error{{File: "a/one_test.go", Line: 3, Column: 9, Text: "undefined: x"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.project["go.mod"] = module
			if diff := cmp.Diff(test.want, check(t, test.project, test.replaced)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnchecked(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := compile.Check(t.Context(), t.TempDir(), nil); err == nil {
		t.Error("without a go command, it says that the code compiles")
	}
}
