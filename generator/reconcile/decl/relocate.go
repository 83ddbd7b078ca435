package decl

import (
	"go/ast"
	"go/types"
)

// relocate drops the methods that stand as gen wrote them and that gen has on another type by now: they
// come again where that is.
func (m *merger) relocate() {
	for _, f := range m.theirs.files {
		own := m.ours.file(f.name)
		for _, t := range f.units {
			_, hindered := m.ours.rival(t, t.name)
			if own != nil && own.broken || hindered {
				continue
			}
			for _, o := range m.ours.of(t) {
				if b := m.leaves(o, t); b != nil && !m.called(o) && m.same(o, b) && o.file.name == b.file.name {
					m.dropped[o] = true
				}
			}
		}
	}
}

// leaves is what a method of ours was, where gen has it on another type than the author and it before,
// else nil.
func (m *merger) leaves(o, t *unit) *unit {
	base := m.base.of(t)
	if !t.operation || len(base) == 0 || o.file.broken {
		return nil
	}
	if b := base[0]; b.receiver.typ == o.receiver.typ && b.receiver.typ != t.receiver.typ && m.declared(t.receiver.typ, "") {
		return b
	}
	return nil
}

// called says that code of ours calls a method on its type.
func (m *merger) called(o *unit) bool {
	if m.calls == nil {
		m.calls = map[string]bool{}
		for _, selection := range m.ours.check(m.in.Module).Selections {
			typ := selection.Recv()
			if pointer, ok := typ.(*types.Pointer); ok {
				typ = pointer.Elem()
			}
			if named, ok := typ.(*types.Named); ok {
				m.calls[named.Obj().Name()+"."+selection.Obj().Name()] = true
			}
		}
	}
	return m.calls[o.receiver.typ+"."+o.name]
}

// receiver is what a method of theirs calls its type and itself in the place of one of ours: the type by
// the author's name only where that is another than gen's was.
func (m *merger) receiver(o, t *unit) receiver {
	r := o.receiver
	if m.leaves(o, t) != nil {
		r.typ = t.receiver.typ
	}
	return r
}

// retype gives an edited method the type that gen has it on by now, if it has there what it uses.
func (m *merger) retype(o, base, t *unit) {
	text, fits := m.onType(o, base, t)
	was, _ := m.onType(base, base, t)
	if fits {
		m.texts[o] = m.mergeDoc(base.doc(), o.doc(), t.doc()) + text[len(o.doc()):]
	}
	if fits && was[len(base.doc()):] == t.text[len(t.doc()):] {
		m.noteOurs(o, Merged, "it has your changes, and the type that gen has it on")
		return
	}
	m.noteConflict(o, base, t)
}

// onType is a method with the type and the fields of theirs. It is false where it uses what that type does
// not have.
func (m *merger) onType(u, base, t *unit) (string, bool) {
	pkg := t.file.ast.Name.Name + "."
	was, is := m.base.fieldTypes()[pkg+base.receiver.typ], m.theirs.fieldTypes()[pkg+t.receiver.typ]
	var edits []edit
	put := func(id *ast.Ident, name string) {
		edits = append(edits, edit{u.file.offset(id.Pos()) - u.start, u.file.offset(id.End()) - u.start, name})
	}
	put(typeIdent(u.node.(*ast.FuncDecl)), t.receiver.typ)
	fits, selects := true, map[*ast.Ident]*ast.Ident{variable(u.node.(*ast.FuncDecl)): nil}
	ast.Inspect(u.node, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := selector.X.(*ast.Ident); ok {
				selects[id] = selector.Sel
			}
		}
		return true
	})
	for _, id := range u.itself() {
		field, known := selects[id]
		switch {
		case field == nil:
			fits = fits && known
		case is[field.Name] != "":
		default:
			name, ok := onlyOf(is, was[field.Name])
			fits = fits && ok
			put(field, name)
		}
	}
	return lines(splice(u.file.data[u.start:u.end], edits)), fits
}

// onlyOf is the only field of a type.
func onlyOf(fields map[string]string, typ string) (string, bool) {
	var found []string
	for name, text := range fields {
		if text == typ {
			found = append(found, name)
		}
	}
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}
