package decl

import (
	"fmt"
	"go/ast"
	"maps"
	"slices"
	"strings"
)

// shown is how many names a reason has at most.
const shown = 5

// stays is why a unit of ours stays as it is, with what gen's has come to use and ours does not.
func stays(o, base, t *unit) string {
	reason := "you and gen changed it; yours stays"
	names := slices.DeleteFunc(t.uses(), func(name string) bool {
		last := name[strings.LastIndexByte(name, '.')+1:]
		return o.says(last) || base.says(last)
	})
	switch more := len(names) - shown; {
	case len(names) == 0:
		return reason
	case more > 0:
		return fmt.Sprintf("%s, without %s and %d more", reason, strings.Join(names[:shown], ", "), more)
	}
	return reason + ", without " + strings.Join(names, ", ")
}

// says is whether an identifier stands anywhere in a unit.
func (u *unit) says(name string) bool {
	found := false
	ast.Inspect(u.node, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return !found
	})
	return found
}

// uses are the names in a unit that do something: fields and methods, and functions of other packages with
// the package before them.
func (u *unit) uses() []string {
	imported := slices.Collect(maps.Values(importNames(u.file)))
	var names []string
	add := func(name string) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	ofPackage := func(selector *ast.SelectorExpr) bool {
		id, ok := selector.X.(*ast.Ident)
		return ok && slices.Contains(imported, id.Name)
	}
	ast.Inspect(u.node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if id, ok := n.Key.(*ast.Ident); ok {
				add(id.Name)
			}
		case *ast.CallExpr:
			if selector, ok := n.Fun.(*ast.SelectorExpr); ok && ofPackage(selector) {
				add(selector.X.(*ast.Ident).Name + "." + selector.Sel.Name)
			}
		case *ast.SelectorExpr:
			if !ofPackage(n) {
				add(n.Sel.Name)
			}
		}
		return true
	})
	return names
}
