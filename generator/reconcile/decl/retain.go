package decl

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// retain keeps the struct fields that gen takes away where code that stays uses them, with what sets them.
// Both count as the author's from then on. It says whether it found any. A field that could not be set stays
// away: that does not compile, which is better than nil.
func (m *merger) retain(candidates map[*unit]bool) bool {
	gone := m.lost()
	if len(gone) == 0 {
		return false
	}
	used, found := m.fieldsUsed(candidates), false
	for _, field := range gone {
		if used[field.name.Pos()] && m.retainField(field) {
			m.note(field.unit.file.name, field.unit.name, Kept, "your code uses its field "+field.name.Name)
			found = true
		}
	}
	return found
}

// structField is a field of a struct type that a unit declares.
type structField struct {
	unit      *unit
	typ, name *ast.Ident
	node      *ast.Field
}

func (f structField) is(other structField) bool {
	return f.typ.Name == other.typ.Name && f.name.Name == other.name.Name
}

// lost are the fields of ours of which their types are about to be rid.
func (m *merger) lost() []structField {
	var gone []structField
	for _, f := range m.ours.files {
		for _, o := range f.units {
			t := m.taken[o]
			if t == nil {
				continue
			}
			if text := m.texts[o]; text != "" {
				t = parseText([]byte(text), o).units[0]
			}
			is := fields(t)
			for _, field := range fields(o) {
				if !slices.ContainsFunc(is, field.is) {
					gone = append(gone, field)
				}
			}
		}
	}
	return gone
}

// fields are those of the struct types that a declaration declares.
func fields(u *unit) []structField {
	var found []structField
	for _, spec := range typeSpecs(u.node) {
		typ, ok := spec.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, field := range typ.Fields.List {
			names := field.Names
			if id := embeddedIdent(field); id != nil {
				names = []*ast.Ident{id}
			}
			for _, name := range names {
				found = append(found, structField{u, spec.Name, name, field})
			}
		}
	}
	return found
}

// retainField keeps a field, and the lines of composite literals that set it, if all of them can stay.
func (m *merger) retainField(field structField) bool {
	kept := map[*unit][]ast.Node{field.unit: {field.node}}
	for u, t := range m.taken {
		for _, set := range setters(u, field) {
			if !m.available(set.Value, u, t) {
				return false
			}
			kept[u] = append(kept[u], set)
		}
	}
	texts := map[*unit]string{}
	for u, nodes := range kept {
		text, ok := m.mergedWith(u, field.typ.Name, append(nodes, m.retained[u]...))
		if !ok {
			return false
		}
		texts[u] = text
	}
	for u, nodes := range kept {
		m.retained[u] = append(m.retained[u], nodes...)
	}
	maps.Copy(m.texts, texts)
	return true
}

// mergedWith is what a unit becomes where gen never wrote some of its lines, which are those of a type, so
// that they are the author's.
func (m *merger) mergedWith(u *unit, typ string, nodes []ast.Node) (string, bool) {
	t, names := m.taken[u], importNames(u.file)
	base := m.worded(m.base.of(t)[0], names, u.receiver.variable)
	for _, node := range nodes {
		rest, ok := withoutLines(base, u.linesOf(node))
		if !ok {
			return "", false
		}
		base = rest
	}
	theirs := m.worded(t, names, u.receiver.variable)
	if !strings.Contains(base, typ+"{}") {
		theirs = strings.ReplaceAll(theirs, typ+"{}", typ+"{\n}") // room for lines
	}
	merged, ok := m.both(base, u.text, theirs)
	return merged, ok && declares([]byte(merged), t)
}

// setters are what sets a field in the composite literals of a declaration.
func setters(u *unit, field structField) []*ast.KeyValueExpr {
	var found []*ast.KeyValueExpr
	ast.Inspect(u.node, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if id, ok := lit.Type.(*ast.Ident); !ok || id.Name != field.typ.Name {
			return true
		}
		for _, element := range lit.Elts {
			if set, ok := element.(*ast.KeyValueExpr); ok {
				if key, ok := set.Key.(*ast.Ident); ok && key.Name == field.name.Name {
					found = append(found, set)
				}
			}
		}
		return true
	})
	return found
}

// available says that what an expression of a declaration refers to is there in its new version too.
func (m *merger) available(expr ast.Expr, u, t *unit) bool {
	local := map[string]bool{}
	for id, object := range t.file.defs {
		if object != nil && t.node.Pos() <= id.Pos() && id.Pos() < t.node.End() {
			local[id.Name] = true
		}
	}
	available, selected := true, map[*ast.Ident]bool{}
	ast.Inspect(expr, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			selected[n.Sel] = true
		case *ast.Ident:
			available = available && (selected[n] || local[n.Name] || m.stays(u.file.lookUp(n), u))
		}
		return available
	})
	return available
}

// stays says that what a declaration of ours refers to outside of itself is not changed by gen.
func (m *merger) stays(object types.Object, u *unit) bool {
	switch {
	case object == nil:
		return false
	case object.Parent() == types.Universe:
		return true
	case object.Parent() != u.file.scope:
		_, imported := object.(*types.PkgName)
		return imported
	}
	return !slices.ContainsFunc(m.ours.byKey[u.file.ast.Name.Name+"."+object.Name()], func(other *unit) bool { return m.taken[other] != nil })
}

// linesOf are the lines on which a node stands, with the comment above a field; nil where it shares them.
func (u *unit) linesOf(node ast.Node) []string {
	data, start, end := u.file.data, u.file.offset(node.Pos()), u.file.offset(node.End())
	if field, ok := node.(*ast.Field); ok && field.Doc != nil {
		start = u.file.offset(field.Doc.Pos())
	}
	start, before := bytes.LastIndexByte(data[:start], '\n')+1, start
	behind, _, ended := strings.Cut(string(data[end:]), "\n")
	code, _, _ := strings.Cut(behind, "//")
	if !ended || len(bytes.TrimSpace(data[start:before])) > 0 || strings.Trim(code, " \t\r,") != "" {
		return nil
	}
	return strings.Split(lines(data[start:end+len(behind)]), "\n")
}

// withoutLines is a text without some lines in a row; it is false where it does not have them.
func withoutLines(text string, gone []string) (string, bool) {
	all := strings.Split(text, "\n")
	for i := range len(all) - len(gone) {
		if len(gone) > 0 && slices.EqualFunc(all[i:i+len(gone)], gone, func(a, b string) bool { return spaced(a) == spaced(b) }) {
			return strings.Join(slices.Delete(all, i, i+len(gone)), "\n"), true
		}
	}
	return "", false
}

// fieldsUsed are the places of the struct fields that the code which stays the author's uses, embedded ones
// on the way to their methods included.
func (m *merger) fieldsUsed(candidates map[*unit]bool) map[token.Pos]bool {
	info := m.ours.check(m.in.Module)
	found := map[token.Pos]bool{}
	for _, f := range m.ours.files {
		for _, u := range f.units {
			if f.broken || candidates[u] || m.dropped[u] || m.taken[u] != nil || m.texts[u] != "" {
				continue
			}
			ast.Inspect(u.node, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.SelectorExpr:
					onTheWay(info.Selections[n], found)
				case *ast.Ident:
					if field, ok := info.Uses[n].(*types.Var); ok && field.IsField() {
						found[field.Pos()] = true
					}
				}
				return true
			})
		}
	}
	return found
}

// onTheWay adds the embedded fields that a selection goes through.
func onTheWay(selection *types.Selection, found map[token.Pos]bool) {
	if selection == nil {
		return
	}
	typ := selection.Recv()
	for _, i := range selection.Index()[:len(selection.Index())-1] {
		if pointer, ok := typ.Underlying().(*types.Pointer); ok {
			typ = pointer.Elem()
		}
		structure, ok := typ.Underlying().(*types.Struct)
		if !ok {
			return
		}
		found[structure.Field(i).Pos()] = true
		typ = structure.Field(i).Type()
	}
}
