package use

import (
	"go/ast"
	"go/types"
	"path"
	"slices"
	"strconv"
	"strings"
)

// checker type-checks the packages of a module against each other. Whatever they import from elsewhere
// is an empty package, so errors are expected and passed over: what does not depend on it has its type
// all the same.
type checker struct {
	module string
	source *tree
	info   *types.Info
	// folders are the packages' own files by their folders, tests those of _test.go files.
	folders, tests map[string][]*sourceFile
	packages       map[string]*types.Package
	// checked are all packages of a path: a package is checked again with its tests.
	checked map[string][]*types.Package
}

func newChecker(module string, source *tree) *checker {
	c := &checker{
		module: module, source: source, folders: map[string][]*sourceFile{}, tests: map[string][]*sourceFile{},
		packages: map[string]*types.Package{}, checked: map[string][]*types.Package{},
		info: &types.Info{
			Uses: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{},
			Selections: map[*ast.SelectorExpr]*types.Selection{},
		},
	}
	for _, file := range source.files {
		of := c.folders
		if strings.HasSuffix(file.path, "_test.go") {
			of = c.tests
		}
		folder := path.Dir(file.path)
		of[folder] = append(of[folder], file)
	}
	return c
}

// checkAll checks every package, then its tests: those of the package with its files once more, those
// from outside by themselves.
func (c *checker) checkAll() {
	for _, file := range c.source.files {
		_, _ = c.Import(c.importPath(path.Dir(file.path)))
	}
	done := map[string]bool{}
	for _, file := range c.source.files {
		folder := path.Dir(file.path)
		if done[folder] || len(c.tests[folder]) == 0 {
			continue
		}
		done[folder] = true
		inside, outside := split(c.tests[folder])
		c.check(c.importPath(folder), slices.Concat(c.folders[folder], inside))
		c.check(c.importPath(folder)+"_test", outside)
	}
}

// split tells tests of a package from those of its package _test.
func split(tests []*sourceFile) (inside, outside []*sourceFile) {
	for _, file := range tests {
		if strings.HasSuffix(file.ast.Name.Name, "_test") {
			outside = append(outside, file)
		} else {
			inside = append(inside, file)
		}
	}
	return inside, outside
}

func (c *checker) importPath(folder string) string { return path.Join(c.module, folder) }

// Import checks a package of the module, or makes an empty one. It is a types.Importer without errors.
func (c *checker) Import(name string) (*types.Package, error) {
	if known := c.packages[name]; known != nil {
		return known, nil
	}
	folder := "."
	if name != c.module {
		folder = strings.TrimPrefix(name, c.module+"/")
	}
	empty := types.NewPackage(name, packageName(name))
	empty.MarkComplete()
	c.packages[name] = empty // a cycle of imports ends here
	if files := c.folders[folder]; len(files) > 0 && (folder != name || name == c.module) {
		c.packages[name] = c.check(name, files)
	}
	return c.packages[name], nil
}

func (c *checker) check(name string, files []*sourceFile) *types.Package {
	parsed := make([]*ast.File, len(files))
	for i, file := range files {
		parsed[i] = file.ast
	}
	config := types.Config{Importer: c, FakeImportC: true, Error: func(error) {}}
	checked, _ := config.Check(name, c.source.fset, parsed, c.info)
	c.checked[name] = append(c.checked[name], checked)
	return checked
}

// packageName guesses what a package is called: "echo" for github.com/labstack/echo/v4.
func packageName(name string) string {
	last := path.Base(name)
	if _, err := strconv.Atoi(strings.TrimPrefix(last, "v")); err == nil && strings.HasPrefix(last, "v") {
		last = path.Base(path.Dir(name))
	}
	last, _, _ = strings.Cut(last, ".")
	return strings.TrimPrefix(last, "go-")
}

// symbolsOf names the objects of a package: "Post", and of its fields and methods "Post.Rating". Types
// that are declared by another share its fields; these have the name of the one that lists them.
func (c *checker) symbolsOf(name string) map[types.Object]string {
	symbols := map[types.Object]string{}
	owners := map[types.Object]*types.TypeName{}
	for _, pkg := range c.checked[name] {
		for _, top := range pkg.Scope().Names() {
			obj := pkg.Scope().Lookup(top)
			symbols[obj] = top
			if declared, ok := obj.(*types.TypeName); ok {
				addOwner(owners, declared)
			}
		}
	}
	for member, owner := range owners {
		symbols[member] = owner.Name() + "." + member.Name()
	}
	return symbols
}

// addOwner makes declared the owner of its methods, and of those fields that no type closer to them has.
func addOwner(owners map[types.Object]*types.TypeName, declared *types.TypeName) {
	closest := func(member types.Object) {
		known := owners[member]
		if declared.Pos() < member.Pos() && (known == nil || known.Pos() < declared.Pos()) {
			owners[member] = declared
		}
	}
	if named, ok := declared.Type().(*types.Named); ok {
		for method := range named.Methods() {
			owners[method] = named.Obj()
		}
	}
	switch under := declared.Type().Underlying().(type) {
	case *types.Struct:
		for field := range under.Fields() {
			closest(field)
		}
	case *types.Interface:
		for method := range under.ExplicitMethods() {
			closest(method)
		}
	}
}

// imports says whether a file imports a package.
func (c *checker) imports(file *sourceFile, name string) bool {
	return slices.ContainsFunc(file.ast.Imports, func(spec *ast.ImportSpec) bool { return spec.Path.Value == strconv.Quote(name) })
}
