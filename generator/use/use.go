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
	// Symbol is the name in package api: "Post", "Post.Rating". Others are those that it may be as well,
	// where that is guessed.
	Symbol string
	Others []string
	// File is the path in the project, with slashes. Line and Column count from 1.
	File         string
	Line, Column int
	// Declaration is what it stands in: "average", "(*Posts).ListPosts".
	Declaration string
	// Edited says that the declaration is not as gen wrote it.
	Edited bool
	// Guessed says that the type behind a selector is not known, and only its name fits. Nothing is
	// guessed of declarations that are as gen wrote them.
	Guessed bool
}

// Find returns the uses of the wanted symbols in the project in dir, whose module path is given, one a
// place and sorted by that. The base are the files that gen wrote last, by their paths: those that it owns
// are read there, and not looked for uses. What does not parse is read as far as it does.
func Find(dir, module string, base map[string][]byte, wanted []string) ([]Use, error) {
	source, err := readTree(dir, base)
	if err != nil {
		return nil, err
	}
	c := newChecker(module, source)
	c.checkAll()
	f := finder{
		checker: c, base: declarationsOf(base), wanted: map[string]bool{},
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
	slices.SortFunc(f.uses, func(a, b Use) int { return cmp.Or(comparePlaces(a, b), cmp.Compare(a.Symbol, b.Symbol)) })
	return onePerPlace(f.uses), nil
}

func comparePlaces(a, b Use) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// onePerPlace joins what is guessed of one place. Uses are sorted.
func onePerPlace(uses []Use) []Use {
	var places []Use
	for _, u := range uses {
		last := len(places) - 1
		switch {
		case last < 0 || comparePlaces(places[last], u) != 0:
			places = append(places, u)
		case u.Symbol != places[last].Symbol:
			places[last].Others = append(places[last].Others, u.Symbol)
		}
	}
	return places
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
	place := f.source.fset.PositionFor(at.Pos(), false)
	unit := unitAt(decl, at.Pos())
	edited := !f.base.has(file.path, unit.name, file.text(f.source.fset, unit.node))
	if guessed && !edited {
		return
	}
	f.uses = append(f.uses, Use{
		Symbol: symbol, File: file.path, Line: place.Line, Column: place.Column,
		Declaration: unit.name, Edited: edited, Guessed: guessed,
	})
}
