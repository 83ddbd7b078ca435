package render

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"

	"gen/generator/project"
)

// pruned is a living file of small functions of which a project keeps those that it calls.
const pruned = "internal/handlers/values.go"

// prune takes the functions out of values.go that no other file of its package refers to, and the
// imports that go with them. Without any function left the file goes.
func prune(files []project.Output) ([]project.Output, error) {
	i := slices.IndexFunc(files, func(f project.Output) bool { return f.Path == pruned })
	if i < 0 {
		return files, nil
	}
	used := map[string]bool{}
	for _, f := range files {
		if f.Path != pruned && path.Dir(f.Path) == path.Dir(pruned) && strings.HasSuffix(f.Path, ".go") {
			if err := collect(used, f.Data); err != nil {
				return nil, fmt.Errorf("%s: %w", f.Path, err)
			}
		}
	}
	data, err := keep(files[i].Data, used)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", pruned, err)
	}
	if data == nil {
		return slices.Delete(files, i, i+1), nil
	}
	files[i].Data = data
	return files, nil
}

// collect adds the names that src refers to.
func collect(used map[string]bool, src []byte) error {
	file, err := parser.ParseFile(token.NewFileSet(), "", src, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	collectFrom(used, file)
	return nil
}

func collectFrom(used map[string]bool, n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr: // what stands behind a dot is somebody else's
			collectFrom(used, n.X)
			return false
		case *ast.Ident:
			used[n.Name] = true
		}
		return true
	})
}

// keep returns src with the used functions only, nil when there is none.
func keep(src []byte, used map[string]bool) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	spread(used, file)
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	refers := map[string]bool{}
	var out []byte
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || !used[fn.Name.Name] {
			continue
		}
		collectFrom(refers, fn)
		out = append(out, '\n')
		out = append(out, src[offset(fn.Doc.Pos()):offset(fn.End())]...)
		out = append(out, '\n')
	}
	if out == nil {
		return nil, nil
	}
	head := slices.Concat(src[:offset(file.Name.End())], []byte("\n\nimport (\n"), importLines(src, file, fset, refers), []byte(")\n"), out)
	return format.Source(bytes.Replace(head, []byte("import (\n)\n"), nil, 1))
}

// spread adds what the used functions refer to, and what these refer to in turn.
func spread(used map[string]bool, file *ast.File) {
	for before := -1; before != len(used); {
		before = len(used)
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && used[fn.Name.Name] {
				collectFrom(used, fn)
			}
		}
	}
}

// importLines are the lines of the import declaration whose packages are referred to, groups kept.
func importLines(src []byte, file *ast.File, fset *token.FileSet, refers map[string]bool) []byte {
	var out []byte
	last := 0
	for _, spec := range file.Imports {
		if !refers[path.Base(strings.Trim(spec.Path.Value, `"`))] {
			continue
		}
		start := fset.Position(spec.Pos())
		if last != 0 && bytes.Contains(src[last:start.Offset], []byte("\n\n")) {
			out = append(out, '\n')
		}
		last = fset.Position(spec.End()).Offset
		out = append(out, "\t"+string(src[start.Offset:last])+"\n"...)
	}
	return out
}
