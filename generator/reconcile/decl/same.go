package decl

import (
	"go/ast"
	"slices"
)

// same says that two units say the same, whatever their files call what they import and the receiver.
func (m *merger) same(a, b *unit) bool {
	if a.file.broken || b.file.broken {
		return false
	}
	return a.text == b.text || m.worded(a, nil, "\x00") == m.worded(b, nil, "\x00")
}

// worded is a unit's text in the words of a file: with its names for the packages that it imports, and one
// for the receiver, "" where that stays. Without a file it is in nobody's words, and for comparison only.
func (m *merger) worded(u *unit, in map[string]string, variable string) string {
	var edits []edit
	put := func(id *ast.Ident, name string) {
		at := u.file.offset(id.Pos()) - u.start
		edits = append(edits, edit{at, at + len(id.Name), name})
	}
	for _, uses := range []qualified{m.baseUses, m.oursUses, m.theirsUses} {
		for path, ids := range uses.within(u.node) {
			for _, id := range ids {
				if name := in[path]; name != "" {
					put(id, name)
				} else if in == nil {
					put(id, "\x00"+path)
				}
			}
		}
	}
	if fn, ok := u.node.(*ast.FuncDecl); ok && u.operation && in == nil {
		if id := typeIdent(fn); id != nil {
			put(id, "")
		}
	}
	if variable != "" {
		for _, id := range u.itself() {
			put(id, variable)
		}
	}
	return lines(splice(u.file.data[u.start:u.end], edits))
}

// repeats says that a struct has a field twice, or that a composite literal sets one twice.
func (u *unit) repeats() bool {
	repeats := false
	ast.Inspect(u.node, func(n ast.Node) bool {
		var names []string
		switch n := n.(type) {
		case *ast.StructType:
			for _, field := range n.Fields.List {
				for _, id := range append(slices.Clone(field.Names), embeddedIdent(field)) {
					names = append(names, nameOf(id))
				}
			}
		case *ast.CompositeLit:
			for _, element := range n.Elts {
				if set, ok := element.(*ast.KeyValueExpr); ok {
					key, _ := set.Key.(*ast.Ident)
					names = append(names, nameOf(key))
				}
			}
		}
		names = slices.DeleteFunc(names, func(name string) bool { return name == "" || name == "_" })
		slices.Sort(names)
		repeats = repeats || len(slices.Compact(slices.Clone(names))) < len(names)
		return true
	})
	return repeats
}

func nameOf(id *ast.Ident) string {
	if id == nil {
		return ""
	}
	return id.Name
}
