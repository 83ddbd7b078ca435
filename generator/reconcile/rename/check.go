package rename

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"slices"
	"strings"
)

// source is a file as the checker knows it.
type source struct {
	path, folder string
	data         []byte
	ast          *ast.File
	token        *token.File
}

// checker type-checks the packages of a project from their source. Those of others are empty, so that
// errors are expected and what depends on them stays unknown.
type checker struct {
	module string
	fset   *token.FileSet
	files  []*source
	info   *types.Info
	done   map[string]*types.Package
}

func newChecker(p Project) *checker {
	c := &checker{
		module: p.Module, fset: token.NewFileSet(), done: map[string]*types.Package{},
		info: &types.Info{
			Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}, Scopes: map[ast.Node]*types.Scope{},
		},
	}
	folders := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(p.Files)) {
		parsed, err := parser.ParseFile(c.fset, name, p.Files[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		f := &source{name, path.Dir(name), p.Files[name], parsed, c.fset.File(parsed.Package)}
		c.files = append(c.files, f)
		folders[f.folder] = true
	}
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		c.checkFolder(folder)
	}
	return c
}

// checkFolder checks every package of a folder: with its own tests, and the external ones.
func (c *checker) checkFolder(folder string) {
	packages := map[string][]*ast.File{}
	for _, f := range c.files {
		if f.folder == folder {
			packages[f.ast.Name.Name] = append(packages[f.ast.Name.Name], f.ast)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		c.check(path.Join(c.module, folder), packages[name])
	}
}

func (c *checker) check(importPath string, files []*ast.File) *types.Package {
	config := types.Config{Importer: c, FakeImportC: true, Error: func(error) {}}
	pkg, _ := config.Check(importPath, c.fset, files, c.info) // what is unknown is left alone
	return pkg
}

// Import gives a package of the project, or an empty one.
func (c *checker) Import(importPath string) (*types.Package, error) {
	if pkg := c.done[importPath]; pkg != nil {
		return pkg, nil
	}
	name := path.Base(importPath)
	pkg := types.NewPackage(importPath, name)
	pkg.MarkComplete()
	c.done[importPath] = pkg // also for a cycle
	if folder, own := strings.CutPrefix(importPath, c.module+"/"); own {
		var files []*ast.File
		for _, f := range c.files {
			if f.folder == folder && !strings.HasSuffix(f.path, "_test.go") {
				files = append(files, f.ast)
			}
		}
		if len(files) > 0 {
			c.done[importPath] = c.check(importPath, files)
		}
	}
	return c.done[importPath], nil
}

// declared are the names that Go files declare outside of functions.
func declared(files map[string][]byte) map[string]bool {
	names := map[string]bool{}
	for name, data := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), name, data, parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		for _, d := range parsed.Decls {
			for _, id := range namesOf(d) {
				names[id.Name] = true
			}
		}
	}
	return names
}

func namesOf(d ast.Decl) []*ast.Ident {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		var names []*ast.Ident
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name)
			case *ast.ValueSpec:
				names = append(names, spec.Names...)
			}
		}
		return names
	}
	return nil
}
