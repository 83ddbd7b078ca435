package decl

import (
	"go/ast"
	"maps"
	"path"
	"slices"
	"strings"
)

// follow gives base and ours the names that gen has by now for a resource, files included: what the author
// never touched stays what gen wrote, and what is edited follows too. It returns where files of ours moved to.
func follow(in Input) (Input, map[string]string) {
	base, ours, theirs := parse(in.Base), parse(in.Ours), parse(in.Theirs)
	if base.anyBroken() || ours.anyBroken() || theirs.anyBroken() {
		return in, nil
	}
	n := namesOf(base, ours, theirs)
	if len(n.declared) == 0 {
		return in, nil
	}
	n.addFields(base, ours, theirs)
	moved := n.files(base, ours, theirs)
	in.Base, in.Ours = n.apply(in.Base, in.Module), n.apply(in.Ours, in.Module)
	for was, is := range moved {
		in.Base, in.Ours = move(in.Base, was, is), move(in.Ours, was, is)
	}
	maps.DeleteFunc(moved, func(was, _ string) bool { return ours.file(was) == nil })
	return in, moved
}

func (s *set) anyBroken() bool {
	return slices.ContainsFunc(s.files, func(f *file) bool { return f.broken })
}

func move(files map[string][]byte, was, is string) map[string][]byte {
	files = maps.Clone(files)
	if data, there := files[was]; there {
		files[is] = data
		delete(files, was)
	}
	return files
}

// names are new names by the old ones.
type names struct {
	// declared are those of a package: handlers.Posts.
	declared map[string]string
	// fields are those of structs: handlers.Posts.posts, by the old name of the struct.
	fields map[string]string
	// imported are those of other packages, by their path: example.com/board/api.UnimplementedPosts.
	imported map[string]string
}

// namesOf finds the types whose operations are all those of one new type, and what is named after them.
func namesOf(base, ours, theirs *set) names {
	n := names{map[string]string{}, map[string]string{}, map[string]string{}}
	was, is := base.handlers(), theirs.handlers()
	for _, typ := range slices.Sorted(maps.Keys(was)) {
		operations := was[typ]
		name, ok := oneOf(is, operations)
		if !ok || len(theirs.byKey[typ]) > 0 || len(base.byKey[name]) > 0 || len(ours.byKey[name]) > 0 || !within(is[name], operations, base) {
			continue
		}
		_, old, _ := strings.Cut(typ, ".")
		_, fresh, _ := strings.Cut(name, ".")
		for key := range base.byKey {
			to := strings.ReplaceAll(key, old, fresh)
			if !strings.Contains(key, " ") && to != key && len(theirs.byKey[key]) == 0 && len(base.byKey[to]) == 0 && len(ours.byKey[to]) == 0 && len(theirs.byKey[to]) > 0 {
				_, n.declared[key], _ = strings.Cut(to, ".")
			}
		}
		n.declared[typ] = fresh
	}
	return n
}

// handlers are the types that have methods of operations, and which.
func (s *set) handlers() map[string][]string {
	found := map[string][]string{}
	for _, f := range s.files {
		for _, u := range f.units {
			if u.operation {
				typ := f.ast.Name.Name + "." + u.receiver.typ
				found[typ] = append(found[typ], u.keys[0])
			}
		}
	}
	return found
}

// oneOf is the only type that has any of some operations.
func oneOf(types map[string][]string, operations []string) (string, bool) {
	found := ""
	for typ, others := range types {
		if !slices.ContainsFunc(others, func(op string) bool { return slices.Contains(operations, op) }) {
			continue
		}
		if found != "" {
			return "", false
		}
		found = typ
	}
	return found, found != ""
}

// within says that the operations are among others, but for those that s does not have.
func within(operations, others []string, s *set) bool {
	return !slices.ContainsFunc(operations, func(op string) bool { return !slices.Contains(others, op) && len(s.byKey[op]) > 0 })
}

// addFields finds the fields that have other names: of structs that are declared in both versions, the only
// one of its type that went, and the only one that came.
func (n names) addFields(base, ours, theirs *set) {
	has := ours.fieldTypes()
	was, is := base.fieldTypes(), theirs.fieldTypes()
	for typ, fields := range was {
		name := typ
		if to := n.declared[typ]; to != "" {
			pkg, _, _ := strings.Cut(typ, ".")
			name = pkg + "." + to
		}
		for field, text := range fields {
			to, ok := onlyOther(fields, is[name], text)
			if _, taken := has[typ][to]; ok && !taken && is[name][field] == "" {
				n.fields[typ+"."+field] = to
			}
		}
	}
	n.addImported(base, theirs)
}

// onlyOther is the only field of a type that is in one struct and not in another, if there is one less
// the other way round.
func onlyOther(was, is map[string]string, typ string) (string, bool) {
	gone, come := 0, []string{}
	for field, text := range was {
		if text == typ && is[field] == "" {
			gone++
		}
	}
	for field, text := range is {
		if text == typ && was[field] == "" {
			come = append(come, field)
		}
	}
	if gone != 1 || len(come) != 1 {
		return "", false
	}
	return come[0], true
}

// fieldTypes are the named fields of the struct types, and how their types are written.
func (s *set) fieldTypes() map[string]map[string]string {
	found := map[string]map[string]string{}
	for _, f := range s.files {
		for _, u := range f.units {
			for _, field := range fields(u) {
				typ := f.ast.Name.Name + "." + field.typ.Name
				if found[typ] == nil {
					found[typ] = map[string]string{}
				}
				if len(field.node.Names) > 0 {
					found[typ][field.name.Name] = string(f.data[f.offset(field.node.Type.Pos()):f.offset(field.node.Type.End())])
				}
			}
		}
	}
	return found
}

// addImported finds the names of other packages that go with those of types: api.UnimplementedPosts.
func (n names) addImported(base, theirs *set) {
	was, is := base.selected(), theirs.selected()
	for typ, fresh := range n.declared {
		_, old, _ := strings.Cut(typ, ".")
		for name := range was {
			folder, last := path.Split(name)
			if to := folder + strings.ReplaceAll(last, old, fresh); to != name && !is[name] && is[to] && !was[to] {
				_, n.imported[name], _ = strings.Cut(strings.TrimPrefix(to, folder), ".")
			}
		}
	}
}

// selected are the names that a package takes out of others.
func (s *set) selected() map[string]bool {
	found := map[string]bool{}
	uses := qualifiers(s.fset, s.files)
	for _, f := range s.files {
		ast.Inspect(f.ast, func(node ast.Node) bool {
			if name := uses.selected(node); name != "" {
				found[name] = true
			}
			return true
		})
	}
	return found
}

// selected is the name that a node takes out of another package, with the path of that, else "".
func (q qualified) selected(node ast.Node) string {
	selector, ok := node.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	id, ok := selector.X.(*ast.Ident)
	if !ok || q[id] == "" {
		return ""
	}
	return q[id] + "." + selector.Sel.Name
}

// files are the files that go and the ones that come with what they declared, where the author has room.
func (n names) files(base, ours, theirs *set) map[string]string {
	moved := map[string]string{}
	for _, f := range base.files {
		if theirs.file(f.name) != nil {
			continue
		}
		for _, u := range f.units {
			for _, key := range u.keys {
				pkg, _, _ := strings.Cut(key, ".")
				for _, t := range theirs.byKey[pkg+"."+n.declared[key]] {
					if base.file(t.file.name) == nil && ours.file(t.file.name) == nil {
						moved[f.name] = t.file.name
					}
				}
			}
		}
	}
	return moved
}
