package generator_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
)

const tool = "gen/"

// layers are the packages of gen, the lowest first. A package imports only what is below it, so those
// of one layer don't know each other.
var layers = [][]string{
	{"generator/spec", "generator/compile", "generator/use", "generator/dev", "templates", "templates/oapi", "generator/reconcile/decl", "generator/codec/gotype"},
	{"generator/model"},
	{"generator/project", "generator/codec", "generator/wire", "generator/change", "generator/reconcile/merge3", "generator/reconcile/rename", "generator/reconcile/orphan"},
	{"generator/render/handlers"},
	{"generator/render", "generator/reconcile"},
	{"generator", "cmd/differ/contest"},
	{"cmd/gen", "cmd/corpus", "cmd/differ"},
}

func TestImportsPointOneWay(t *testing.T) {
	layer := map[string]int{}
	for i, packages := range layers {
		for _, name := range packages {
			layer[name] = i
		}
	}
	seen := 0
	eachImport(t, func(from, file, imported string) {
		own, known := layer[from]
		below, ours := layer[imported]
		seen++
		switch {
		case strings.HasPrefix(from, "templates/project/"):
			if !strings.HasPrefix(imported, "templates/project/") {
				t.Errorf("%s: a part of a project imports %s", file, imported)
			}
		case strings.HasPrefix(from, "e2e/bench") && strings.HasPrefix(imported, "e2e/bench/"): // a module of its own
		case strings.HasPrefix(from, "e2e"):
			t.Errorf("%s: a black-box test imports %s", file, imported)
		case !known || !ours:
			t.Errorf("%s: no layer has both %s and %s", file, from, imported)
		case below >= own:
			t.Errorf("%s: %s imports %s, which is not below it", file, from, imported)
		}
	})
	if seen < len(layers) {
		t.Errorf("%d imports were seen, too few to be all", seen)
	}
}

// eachImport visits the imports within gen of all its files but tests, as paths in the repository.
func eachImport(t *testing.T, visit func(from, file, imported string)) {
	t.Helper()
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (file == "generated" || strings.HasPrefix(path.Base(file), ".") && file != "."):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(file) != ".go":
			return nil
		case strings.HasSuffix(file, "_test.go") && !strings.HasPrefix(file, "e2e/"):
			return nil
		}
		source, err := fs.ReadFile(root, file)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if imported, ours := strings.CutPrefix(name, tool); ours {
				visit(path.Dir(file), file, imported)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
