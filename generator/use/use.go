// Package use finds where the author's code of a project uses names of its package api.
//
// It needs neither a go command nor the modules that the project requires: the packages of the project
// are type-checked with everything else left open. It neither knows documents nor writes files.
package use

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// Use is one place in the author's code.
type Use struct {
	// Symbol is the name in package api: "Post", "Post.Rating".
	Symbol string
	// File is the path in the project, with slashes. Line and Column count from 1.
	File         string
	Line, Column int
	// Declaration is what it stands in: "average", "(*Posts).ListPosts".
	Declaration string
	// Edited says that the declaration is not as gen wrote it.
	Edited bool
	// Guessed says that the type behind a selector is not known, and only its name fits.
	Guessed bool
}

// Find returns the uses of the wanted symbols in the project in dir, whose module path is given, sorted
// by place. Files that are gen's are left out; what does not parse is read as far as it does.
func Find(dir, module string, wanted []string) ([]Use, error) {
	source, err := readTree(dir)
	if err != nil {
		return nil, err
	}
	c := newChecker(module, source)
	c.checkAll()
	f := finder{
		checker: c, base: readBase(dir, source), wanted: map[string]bool{},
		byName: map[string][]string{}, symbols: c.symbolsOf(module + "/api"),
	}
	for _, symbol := range wanted {
		f.wanted[symbol] = true
		if _, member, isMember := strings.Cut(symbol, "."); isMember {
			f.byName[member] = append(f.byName[member], symbol)
		}
	}
	for _, file := range source.files {
		if !file.owned {
			f.file(file)
		}
	}
	slices.SortFunc(f.uses, compareUses)
	return slices.Compact(f.uses), nil
}

func compareUses(a, b Use) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Symbol, b.Symbol))
}

// finder collects uses.
type finder struct {
	*checker
	wanted map[string]bool
	// byName are the wanted members by their own names.
	byName  map[string][]string
	symbols map[types.Object]string
	base    declarations
	uses    []Use
}

func (f *finder) file(file *sourceFile) {
	importsAPI := f.imports(file, f.module+"/api")
	for _, decl := range file.ast.Decls {
		ast.Inspect(decl, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				f.ident(file, decl, n)
			case *ast.SelectorExpr:
				if importsAPI {
					f.guess(file, decl, n)
				}
			}
			return true
		})
	}
}

// ident records a name that is a wanted symbol. A member of a type that is wanted as a whole counts as
// that type.
func (f *finder) ident(file *sourceFile, decl ast.Decl, name *ast.Ident) {
	obj := f.info.Uses[name]
	if obj == nil {
		return
	}
	symbol := f.symbols[origin(obj)]
	owner, _, isMember := strings.Cut(symbol, ".")
	switch {
	case f.wanted[symbol]:
		f.add(file, decl, name, symbol, false)
	case isMember && f.wanted[owner]:
		f.add(file, decl, name, owner, false)
	}
}

// origin is the declared field or method behind one of an instantiated type.
func origin(obj types.Object) types.Object {
	switch obj := obj.(type) {
	case *types.Var:
		return obj.Origin()
	case *types.Func:
		return obj.Origin()
	}
	return obj
}

// guess records a selector of something whose type is not known, when its name fits.
func (f *finder) guess(file *sourceFile, decl ast.Decl, selector *ast.SelectorExpr) {
	if f.info.Uses[selector.Sel] != nil {
		return
	}
	if name, ok := selector.X.(*ast.Ident); ok {
		if _, isPackage := f.info.Uses[name].(*types.PkgName); isPackage {
			return
		}
	}
	if t := f.info.TypeOf(selector.X); t != nil && t != types.Typ[types.Invalid] {
		return
	}
	for _, symbol := range f.byName[selector.Sel.Name] {
		f.add(file, decl, selector.Sel, symbol, true)
	}
}

func (f *finder) add(file *sourceFile, decl ast.Decl, at *ast.Ident, symbol string, guessed bool) {
	place := f.source.fset.Position(at.Pos())
	unit := unitAt(decl, at.Pos())
	f.uses = append(f.uses, Use{
		Symbol: symbol, File: file.path, Line: place.Line, Column: place.Column,
		Declaration: unit.name, Edited: !f.base.has(file.path, unit.name, file.text(f.source.fset, unit.node)),
		Guessed: guessed,
	})
}
