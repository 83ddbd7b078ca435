package use

import (
	"go/ast"
	"go/token"
)

// unit is a declaration that an author thinks of as one: a function, or one of a group.
type unit struct {
	name string
	node ast.Node
}

// units are the declarations in decl.
func units(decl ast.Decl) []unit {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		return []unit{{functionName(decl), decl}}
	case *ast.GenDecl:
		list := make([]unit, len(decl.Specs))
		for i, s := range decl.Specs {
			list[i] = unit{specName(s), s}
			if len(decl.Specs) == 1 {
				list[i].node = decl
			}
		}
		return list
	}
	return nil
}

// unitAt is the one of decl that has the position.
func unitAt(decl ast.Decl, pos token.Pos) unit {
	all := units(decl)
	for _, u := range all {
		if u.node.Pos() <= pos && pos < u.node.End() {
			return u
		}
	}
	return unit{"", decl}
}

// functionName is a function's name as Go writes it: "average", "(*Posts).ListPosts", "Page.Next".
func functionName(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return f.Name.Name
	}
	receiver, pointer := f.Recv.List[0].Type, false
	if star, ok := receiver.(*ast.StarExpr); ok {
		receiver, pointer = star.X, true
	}
	switch generic := receiver.(type) {
	case *ast.IndexExpr:
		receiver = generic.X
	case *ast.IndexListExpr:
		receiver = generic.X
	}
	name := "?"
	if ident, ok := receiver.(*ast.Ident); ok {
		name = ident.Name
	}
	if pointer {
		name = "(*" + name + ")"
	}
	return name + "." + f.Name.Name
}

func specName(s ast.Spec) string {
	switch s := s.(type) {
	case *ast.TypeSpec:
		return s.Name.Name
	case *ast.ValueSpec:
		return s.Names[0].Name
	}
	return "import"
}
