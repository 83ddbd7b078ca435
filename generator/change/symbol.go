package change

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"maps"
	"slices"
)

// Kind says what became of something.
type Kind string

const (
	Added   Kind = "added"
	Removed Kind = "removed"
	Changed Kind = "changed"
	// Renamed is an operation with the same method and path and another operationId.
	Renamed Kind = "renamed"
)

// Symbol is an exported name of package api that is not what it was: "Post", "Post.Rating",
// "StrictServerInterface.ListPosts".
type Symbol struct {
	Name string
	// Kind is Removed or Changed. What becomes of a symbol's fields and methods is not told once the
	// symbol itself is removed.
	Kind Kind
	// Was and Is are how it is declared: "*float64", "struct". Is is "" when it is removed.
	Was, Is string
}

// symbols compares two renderings of package api, files by their names. The result is sorted by name.
func symbols(was, is map[string][]byte) ([]Symbol, error) {
	before, err := surface(was)
	if err != nil {
		return nil, err
	}
	after, err := surface(is)
	if err != nil {
		return nil, err
	}
	var list []Symbol
	for name, text := range before {
		now, there := after[name]
		_, ownerThere := after[Owner(name)]
		switch {
		case there && now == text, !there && !ownerThere && Owner(name) != name:
		case there:
			list = append(list, Symbol{name, Changed, text, now})
		default:
			list = append(list, Symbol{name, Removed, text, ""})
		}
	}
	slices.SortFunc(list, func(a, b Symbol) int { return cmp.Compare(a.Name, b.Name) })
	return list, nil
}

// Owner is the type that a field or method belongs to, and any other symbol itself.
func Owner(symbol string) string {
	for i := range symbol {
		if symbol[i] == '.' {
			return symbol[:i]
		}
	}
	return symbol
}

// surface is what files declare for other packages: how each symbol is declared, by its name.
func surface(files map[string][]byte) (map[string]string, error) {
	found := declared{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file, err := parser.ParseFile(token.NewFileSet(), name, files[name], parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("package api: %w", err)
		}
		for _, decl := range file.Decls {
			found.declaration(decl)
		}
	}
	return found, nil
}

type declared map[string]string

func (d declared) add(name *ast.Ident, owner string, text string) {
	switch {
	case !name.IsExported():
	case owner == "":
		d[name.Name] = text
	case ast.IsExported(owner):
		d[owner+"."+name.Name] = text
	}
}

func (d declared) declaration(decl ast.Decl) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		owner := ""
		if decl.Recv != nil {
			owner = baseName(decl.Recv.List[0].Type)
		}
		d.add(decl.Name, owner, text(decl.Type))
	case *ast.GenDecl:
		for _, s := range decl.Specs {
			d.spec(s)
		}
	}
}

func (d declared) spec(s ast.Spec) {
	switch s := s.(type) {
	case *ast.ValueSpec:
		for i, name := range s.Names {
			value := ""
			if i < len(s.Values) {
				value = " = " + text(s.Values[i])
			}
			d.add(name, "", text(s.Type)+value)
		}
	case *ast.TypeSpec:
		d.typeSpec(s)
	}
}

func (d declared) typeSpec(s *ast.TypeSpec) {
	var members *ast.FieldList
	what := text(s.Type)
	switch t := s.Type.(type) {
	case *ast.StructType:
		members, what = t.Fields, "struct"
	case *ast.InterfaceType:
		members, what = t.Methods, "interface"
	}
	if s.Assign.IsValid() {
		what = "= " + what
	}
	d.add(s.Name, "", what)
	if members == nil {
		return
	}
	for _, m := range members.List {
		names := m.Names
		if len(names) == 0 {
			names = []*ast.Ident{ast.NewIdent(baseName(m.Type))}
		}
		for _, name := range names {
			d.add(name, s.Name.Name, text(m.Type))
		}
	}
}

// baseName is the name behind pointers, packages and type arguments.
func baseName(expr ast.Expr) string {
	switch e := expr.(type) {
	case *ast.StarExpr:
		return baseName(e.X)
	case *ast.IndexExpr:
		return baseName(e.X)
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func text(node ast.Expr) string {
	if node == nil {
		return ""
	}
	var out bytes.Buffer
	_ = printer.Fprint(&out, token.NewFileSet(), node) // into memory
	return out.String()
}
