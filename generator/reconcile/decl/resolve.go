package decl

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// qualified are the identifiers that stand for an imported package, by its path.
type qualified map[*ast.Ident]string

// qualifiers says which identifiers stand for an imported package, and for which: api in api.Post. What
// a local variable hides is none. Files are resolved by that.
func qualifiers(fset *token.FileSet, files []*file) qualified {
	packages := map[string][]*ast.File{}
	for _, f := range files {
		if !f.broken {
			packages[f.ast.Name.Name] = append(packages[f.ast.Name.Name], f.ast)
		}
	}
	scopes := map[string]*types.Scope{}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}}
	for name, files := range packages {
		config := types.Config{Importer: stubs{}, FakeImportC: true, Error: func(error) {}}
		pkg, _ := config.Check(name, fset, files, info) // imported packages are empty: of course there are errors
		scopes[name] = pkg.Scope()
	}
	found := qualified{}
	for _, f := range files {
		if !f.broken {
			f.scope, f.defs = scopes[f.ast.Name.Name], info.Defs
			found.add(f)
		}
	}
	return found
}

// add looks every name before a dot up. The checker itself passes over the type arguments of what it does
// not know, and here that is whatever is imported.
func (q qualified) add(f *file) {
	ast.Inspect(f.ast, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if id, ok := selector.X.(*ast.Ident); ok {
			if imported, ok := f.lookUp(id).(*types.PkgName); ok {
				q[id] = imported.Imported().Path()
			}
		}
		return true
	})
}

// lookUp is what an identifier stands for where it is, nil for what is declared nowhere.
func (f *file) lookUp(id *ast.Ident) types.Object {
	inner := f.scope.Innermost(id.Pos())
	if inner == nil {
		return nil
	}
	_, object := inner.LookupParent(id.Name, id.Pos())
	return object
}

// within are those of q in a node: an import path, and the identifiers that stand for it.
func (q qualified) within(node ast.Node) map[string][]*ast.Ident {
	found := map[string][]*ast.Ident{}
	ast.Inspect(node, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if path, ok := q[id]; ok {
				found[path] = append(found[path], id)
			}
		}
		return true
	})
	return found
}

// check says what the names of a package stand for, and those of its external tests.
func (s *set) check(module string) *types.Info {
	packages := map[string][]*ast.File{}
	for _, f := range s.files {
		if !f.broken {
			packages[f.ast.Name.Name] = append(packages[f.ast.Name.Name], f.ast)
		}
	}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	var tested stubs
	for _, name := range slices.Sorted(maps.Keys(packages)) { // a package comes before its external tests
		config := types.Config{Importer: tested, FakeImportC: true, Error: func(error) {}}
		pkg, _ := config.Check(path.Join(module, path.Dir(s.files[0].name)), s.fset, packages[name], info)
		tested = stubs{pkg}
	}
	return info
}

// stubs imports every package as an empty one, but for one that is known.
type stubs struct{ known *types.Package }

func (s stubs) Import(path string) (*types.Package, error) {
	if s.known != nil && s.known.Path() == path {
		return s.known, nil
	}
	pkg := types.NewPackage(path, packageName(path))
	pkg.MarkComplete()
	return pkg, nil
}

var version = regexp.MustCompile(`^v[0-9]+$`)

// packageName is the name that a package most likely has.
func packageName(importPath string) string {
	name := path.Base(importPath)
	if version.MatchString(name) {
		name = path.Base(path.Dir(importPath))
	}
	if stem, rest, ok := strings.Cut(name, "."); ok && version.MatchString(rest) {
		name = stem
	}
	return strings.TrimPrefix(name, "go-")
}
