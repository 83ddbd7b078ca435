package decl

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"regexp"
)

// apply gives what a package declares and refers to its new names.
func (n names) apply(sources map[string][]byte, module string) map[string][]byte {
	s := parse(sources)
	a := application{names: n, info: s.check(module), uses: qualifiers(s.fset, s.files), at: s.fieldNames(n.fields)}
	out := maps.Clone(sources)
	for _, f := range s.files {
		if edits := a.edits(f); len(edits) > 0 {
			out[f.name] = []byte(f.ending(formattedAs(lines(f.data), lines(splice(f.data, edits)))))
		}
	}
	return out
}

// fieldNames are the new names of fields, by where they are declared.
func (s *set) fieldNames(fresh map[string]string) map[token.Pos]string {
	found := map[token.Pos]string{}
	for _, f := range s.files {
		for _, u := range f.units {
			for _, field := range fields(u) {
				if name := fresh[f.ast.Name.Name+"."+field.typ.Name+"."+field.name.Name]; name != "" {
					found[field.name.Pos()] = name
				}
			}
		}
	}
	return found
}

type application struct {
	names names
	info  *types.Info
	uses  qualified
	at    map[token.Pos]string
}

func (a application) edits(f *file) []edit {
	var edits []edit
	put := func(id *ast.Ident, name string) {
		if name != "" {
			edits = append(edits, edit{f.offset(id.Pos()), f.offset(id.End()), name})
		}
	}
	ast.Inspect(f.ast, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.SelectorExpr:
			put(node.Sel, a.names.imported[a.uses.selected(node)])
		case *ast.Ident:
			put(node, a.name(node))
		}
		return true
	})
	for _, u := range f.units {
		for _, key := range u.keys {
			if name := a.names.declared[key]; name != "" {
				edits = append(edits, f.commentEdits(docOf(u.node), u.name, name)...)
			}
		}
	}
	return edits
}

// name is the new name of what an identifier declares or stands for, "" where that keeps its own.
func (a application) name(id *ast.Ident) string {
	object := a.info.Defs[id]
	if used := a.info.Uses[id]; used != nil {
		object = used // an embedded field is both
	}
	if object == nil || object.Pkg() == nil || object.Name() != id.Name {
		return ""
	}
	if field, ok := object.(*types.Var); ok && field.IsField() {
		if field.Embedded() && ofPackage(field) {
			return a.names.declared[object.Pkg().Name()+"."+id.Name]
		}
		return a.at[object.Pos()]
	}
	if object.Parent() != object.Pkg().Scope() {
		return ""
	}
	return a.names.declared[object.Pkg().Name()+"."+id.Name]
}

// ofPackage says that the type of an embedded field is declared in the package of the field.
func ofPackage(field *types.Var) bool {
	typ := field.Type()
	if pointer, ok := typ.(*types.Pointer); ok {
		typ = pointer.Elem()
	}
	named, ok := typ.(*types.Named)
	return ok && named.Obj().Pkg() == field.Pkg()
}

// commentEdits put another name into a comment.
func (f *file) commentEdits(group *ast.CommentGroup, was, is string) []edit {
	if group == nil {
		return nil
	}
	var edits []edit
	start, end := f.offset(group.Pos()), f.commentEnd(group.List[len(group.List)-1])
	for _, at := range regexp.MustCompile(`\b`+regexp.QuoteMeta(was)+`\b`).FindAllIndex(f.data[start:end], -1) {
		edits = append(edits, edit{start + at[0], start + at[1], is})
	}
	return edits
}
