package decl

import "go/ast"

// receiver is what a method calls its type and itself, "" where that does not matter.
type receiver struct{ typ, variable string }

// typeIdent is the name of a method's type, without pointer and type parameters.
func typeIdent(fn *ast.FuncDecl) *ast.Ident {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return nil
	}
	expr := fn.Recv.List[0].Type
	for {
		switch e := expr.(type) {
		case *ast.StarExpr:
			expr = e.X
		case *ast.ParenExpr:
			expr = e.X
		case *ast.IndexExpr:
			expr = e.X
		case *ast.IndexListExpr:
			expr = e.X
		case *ast.Ident:
			return e
		default:
			return nil
		}
	}
}

// Receiver is the name of a method's type, without pointer and type parameters, "" where there is none.
func Receiver(fn *ast.FuncDecl) string {
	if id := typeIdent(fn); id != nil {
		return id.Name
	}
	return ""
}

// receiverOf is what a method calls its type and itself.
func receiverOf(fn *ast.FuncDecl) receiver {
	r := receiver{typ: Receiver(fn)}
	if id := variable(fn); id != nil {
		r.variable = id.Name
	}
	return r
}

// variable is what a method calls itself, nil where it has no name for that.
func variable(fn *ast.FuncDecl) *ast.Ident {
	if fn.Recv == nil || len(fn.Recv.List) != 1 || len(fn.Recv.List[0].Names) != 1 || fn.Recv.List[0].Names[0].Name == "_" {
		return nil
	}
	return fn.Recv.List[0].Names[0]
}

// itself are all places in a method where its variable stands.
func (u *unit) itself() []*ast.Ident {
	fn, ok := u.node.(*ast.FuncDecl)
	if !ok || u.file.scope == nil || variable(fn) == nil {
		return nil
	}
	declared := variable(fn)
	found := []*ast.Ident{declared}
	other := map[*ast.Ident]bool{declared: true}
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			other[n.Sel] = true
		case *ast.LabeledStmt:
			other[n.Label] = true
		case *ast.BranchStmt:
			other[n.Label] = true
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok {
				other[id] = true // the name of a field, most likely
			}
		case *ast.Ident:
			if n.Name == declared.Name && !other[n] && u.file.refers(n, declared) {
				found = append(found, n)
			}
		}
		return true
	})
	return found
}

// refers says that an identifier stands for what another one declares.
func (f *file) refers(id, declared *ast.Ident) bool {
	_, declares := f.defs[id]
	object := f.lookUp(id)
	return !declares && object != nil && object.Pos() == declared.Pos()
}
