package decl

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// shown is how many names a reason has at most.
const shown = 5

// noteConflict notes that a unit stays as the author has it, with what gen's has come to use and the author's does not.
func (m *merger) noteConflict(o, base, t *unit) {
	reason := "you and gen changed it; yours stays"
	names := slices.DeleteFunc(m.uses(t), func(name string) bool {
		last := name[strings.LastIndexByte(name, '.')+1:]
		return mentions(o.node, last) || mentions(base.node, last)
	})
	more := ""
	if n := len(names) - shown; n > 0 {
		names, more = names[:shown], fmt.Sprintf(" and %d more", n)
	}
	if len(names) > 0 {
		reason += ", without " + strings.Join(names, ", ") + more
	}
	m.noteOurs(o, Conflict, reason)
}

// uses are the names in a unit of theirs that do something: fields and methods, and functions of other
// packages with the package before them.
func (m *merger) uses(t *unit) []string {
	var names []string
	add := func(name string) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	called := map[ast.Expr]bool{}
	ast.Inspect(t.node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok {
				add(key.Name)
			}
		case *ast.CallExpr:
			called[n.Fun] = true
		case *ast.SelectorExpr:
			id, _ := n.X.(*ast.Ident)
			switch _, imported := m.theirsUses[id]; {
			case !imported:
				add(n.Sel.Name)
			case called[n]:
				add(id.Name + "." + n.Sel.Name)
			}
		}
		return true
	})
	return names
}
