package decl

import (
	"go/ast"
	"maps"
	"slices"
	"strconv"
)

// imports follows what the changes of one file mean for its imports.
type imports struct {
	m    *merger
	file *file
	// names are what the file calls its imports, by path; taken are names that are not free.
	names map[string]string
	taken map[string]bool
	added []importSpec
	// left are the paths that something used that is no longer there.
	left map[string]bool
}

// importSpec is an import to add. Its name is "" where the package has that name itself.
type importSpec struct{ name, path string }

func newImports(m *merger, f *file) *imports {
	in := &imports{m: m, file: f, names: importNames(f), taken: map[string]bool{}, left: map[string]bool{}}
	for _, name := range in.names {
		in.taken[name] = true
	}
	for _, other := range m.ours.files {
		for _, u := range other.units {
			if u.receiver.typ == "" && other.ast.Name.Name == f.ast.Name.Name {
				in.taken[u.name] = true
			}
		}
	}
	return in
}

// importNames are what a file calls its imports, by path.
func importNames(f *file) map[string]string {
	names := map[string]string{}
	for _, spec := range f.ast.Imports {
		if path, name := Import(spec); name != "_" && name != "." {
			names[path] = name
		}
	}
	return names
}

// Import is an import's path and its name in the file: where it has none there, the one that its package
// most likely has.
func Import(spec *ast.ImportSpec) (path, name string) {
	path, _ = strconv.Unquote(spec.Path.Value)
	if spec.Name != nil {
		return path, spec.Name.Name
	}
	return path, packageName(path)
}

// leave says that a unit of the file goes.
func (in *imports) leave(u *unit) {
	for _, uses := range []qualified{in.m.oursUses, in.m.theirsUses} {
		for path := range uses.within(u.node) {
			in.left[path] = true
		}
	}
}

// enter makes the text of a unit of theirs that comes into the file: with the file's own names for
// what it imports, and the author's for the receiver.
func (in *imports) enter(t *unit, as receiver) string {
	var edits []edit
	rename := func(id *ast.Ident, name string) {
		if at := t.file.offset(id.Pos()); id.Name != name {
			edits = append(edits, edit{at - t.start, at - t.start + len(id.Name), name})
		}
	}
	within := in.m.theirsUses.within(t.node)
	for _, path := range slices.Sorted(maps.Keys(within)) {
		name := in.name(path, within[path][0].Name, t.node)
		for _, id := range within[path] {
			rename(id, name)
		}
	}
	if fn, ok := t.node.(*ast.FuncDecl); ok && as.typ != "" && typeIdent(fn) != nil {
		rename(typeIdent(fn), as.typ)
	}
	if as.variable != "" && !mentions(t.node, as.variable) {
		for _, id := range t.itself() {
			rename(id, as.variable)
		}
	}
	return lines(splice(t.file.data[t.start:t.end], edits))
}

// name is what the file calls a package; one that it does not import is added.
func (in *imports) name(path, gens string, node ast.Node) string {
	if name, ok := in.names[path]; ok && (name == gens || !mentions(node, name)) {
		return name
	}
	name := gens
	for n := 2; in.taken[name] || name != gens && mentions(node, name); n++ {
		name = gens + strconv.Itoa(n)
	}
	spec := importSpec{name, path}
	if name == packageName(path) {
		spec.name = ""
	}
	in.added = append(in.added, spec)
	in.names[path], in.taken[name] = name, true
	return name
}

// mentions says that a name occurs in a declaration.
func mentions(node ast.Node, name string) bool {
	found := false
	ast.Inspect(node, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return !found
	})
	return found
}

// complete adds the imports that data needs now, and takes out those that it no longer needs.
func (in *imports) complete(data []byte) []byte {
	for _, spec := range in.added {
		data = addImport(in.file, data, spec, in.m.in.Module)
	}
	if len(in.left) == 0 {
		return data
	}
	now := parse(map[string][]byte{in.file.name: data})
	f := now.files[0]
	if f.broken {
		return data
	}
	used := map[string]bool{}
	for _, path := range qualifiers(now.fset, now.files) {
		used[path] = true
	}
	for _, path := range slices.Sorted(maps.Keys(in.left)) {
		if !used[path] {
			data = removeImport(data, path)
		}
	}
	return in.single(data)
}

// single gives an import that is left alone the form without parentheses, if gen writes it so.
func (in *imports) single(data []byte) []byte {
	theirs := in.m.theirs.file(in.file.name)
	if theirs == nil || len(theirs.ast.Imports) != 1 {
		return data
	}
	if block, _ := theirs.importBlock(); block != nil {
		return data
	}
	return unparenthesize(data)
}
