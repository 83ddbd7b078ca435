package decl

import (
	"bytes"
	"fmt"
	"go/format"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// world is a document as far as it shows in Go: what gen writes for it is a function of it.
type world struct {
	// resources have operations, and these a version of their text.
	resources map[string]map[string]int
}

func newWorld(r *rand.Rand) world {
	w := world{map[string]map[string]int{}}
	for _, resource := range []string{"Posts", "Tags", "Users"}[:1+r.IntN(3)] {
		w.resources[resource] = map[string]int{}
		for range 1 + r.IntN(4) {
			w.add(r, resource)
		}
	}
	return w
}

func (w world) clone() world {
	c := world{map[string]map[string]int{}}
	for name, operations := range w.resources {
		c.resources[name] = maps.Clone(operations)
	}
	return c
}

func (w world) add(r *rand.Rand, resource string) {
	verb := []string{"List", "Create", "Get", "Replace", "Update", "Delete", "Publish", "Archive"}[r.IntN(8)]
	if w.resources[resource] == nil {
		w.resources[resource] = map[string]int{}
	}
	for _, other := range w.resources {
		if _, there := other[verb+resource]; there {
			return
		}
	}
	w.resources[resource][verb+resource] = r.IntN(len(bodies))
}

// rename gives a resource another name. Its operations keep theirs.
func (w world) rename(resource string) {
	name := map[string]string{"Posts": "Articles", "Tags": "Labels", "Users": "People", "Articles": "Posts", "Labels": "Tags", "People": "Users"}[resource]
	if w.resources[resource] != nil && w.resources[name] == nil {
		w.resources[name] = w.resources[resource]
		delete(w.resources, resource)
	}
}

// change makes another document of one: operations come, go, mean something else, or belong to another
// resource, and resources come, go, or get another name.
func (w world) change(r *rand.Rand) world {
	next := w.clone()
	for range 1 + r.IntN(3) {
		resource := append(slices.Sorted(maps.Keys(next.resources)), "Posts", "Tags", "Users")[r.IntN(3+len(next.resources))]
		operations := slices.Sorted(maps.Keys(next.resources[resource]))
		switch r.IntN(7) {
		case 0, 1:
			next.add(r, resource)
		case 2:
			if len(operations) > 0 {
				delete(next.resources[resource], operations[r.IntN(len(operations))])
			}
		case 3:
			if len(operations) > 0 {
				next.resources[resource][operations[r.IntN(len(operations))]]++
			}
		case 4:
			delete(next.resources, resource)
		case 5:
			next.rename(resource)
		case 6:
			next.move(r, resource)
		}
		if len(next.resources[resource]) == 0 {
			delete(next.resources, resource)
		}
	}
	return next
}

// move gives another resource some operations of one.
func (w world) move(r *rand.Rand, resource string) {
	all := slices.Sorted(maps.Keys(w.resources))
	if len(all) == 0 {
		return
	}
	to := all[r.IntN(len(all))]
	for _, operation := range slices.Sorted(maps.Keys(w.resources[resource])) {
		if version := w.resources[resource][operation]; r.IntN(2) == 0 {
			delete(w.resources[resource], operation)
			w.resources[to][operation] = version
		}
	}
}

// render is what gen writes for a document.
func (w world) render() map[string][]byte {
	files := map[string][]byte{}
	var fields, values strings.Builder
	names := slices.Sorted(maps.Keys(w.resources))
	helpers := map[int]bool{}
	for _, name := range names {
		fmt.Fprintf(&fields, "\t%s\n", name)
		fmt.Fprintf(&values, "\t\t%s: new%s(),\n", name, name)
		files[strings.ToLower(name)+".go"] = w.resource(name, helpers)
	}
	files["handlers.go"] = fmt.Appendf(nil, "// Package handlers answers.\npackage handlers\n\nimport \"example.com/board/api\"\n\n// Handlers answers every operation.\ntype Handlers struct {\n%s}\n\nvar _ api.Server = (*Handlers)(nil)\n\n// New makes them.\nfunc New() *Handlers {\n\treturn &Handlers{\n%s\t}\n}\n", fields.String(), values.String())
	if formatted, err := format.Source(files["handlers.go"]); err == nil {
		files["handlers.go"] = formatted
	}
	if len(helpers) > 0 {
		text := "package handlers\n"
		for _, n := range slices.Sorted(maps.Keys(helpers)) {
			text += fmt.Sprintf("\n// helper%d helps.\nfunc helper%d() {}\n", n, n)
		}
		files["values.go"] = []byte(text)
	}
	return files
}

// bodies are what a method may be, by its version.
var bodies = []string{
	"return nil, nil",
	"return nil, fmt.Errorf(\"%v\", req)",
	"helper1()\n\treturn nil, errors.New(\"no\")",
	"helper2()\n\ttime.Sleep(0)\n\treturn nil, nil",
	"return h, nil",
	"return h.table.Get(ctx)",
	"for _, h := range h.all() {\n\t\th.do()\n\t}\n\treturn h.atomic[time.Duration](make(api.Waits, time.Second)), nil",
}

func (w world) resource(name string, helpers map[int]bool) []byte {
	imports := map[string]bool{"context": true}
	var methods strings.Builder
	for _, op := range slices.Sorted(maps.Keys(w.resources[name])) {
		body := strings.ReplaceAll(bodies[w.resources[name][op]%len(bodies)], "h.table", "h."+strings.ToLower(name))
		for _, pkg := range []string{"fmt", "errors", "time"} {
			imports[pkg] = imports[pkg] || strings.Contains(body, pkg+".")
		}
		for n := range 3 {
			if strings.Contains(body, fmt.Sprintf("helper%d", n)) {
				helpers[n] = true
			}
		}
		fmt.Fprintf(&methods, "\n// %s handles it.\nfunc (h *%s) %s(ctx context.Context, req api.%sRequestObject) (any, error) {\n\t%s\n}\n", op, name, op, op, body)
	}
	var lines strings.Builder
	for _, pkg := range slices.Sorted(maps.Keys(imports)) {
		if imports[pkg] {
			fmt.Fprintf(&lines, "\t%q\n", pkg)
		}
	}
	return fmt.Appendf(nil, "package handlers\n\nimport (\n%s\n\t\"example.com/board/api\"\n)\n\n// %s serves %s.\ntype %s struct {\n\tapi.Unimplemented%s\n\n\t%s *api.Table\n}\n\nfunc new%s() %s { return %s{} }\n%s", lines.String(), name, strings.Join(slices.Sorted(maps.Keys(w.resources[name])), ", "), name, name, strings.ToLower(name), name, name, name, methods.String())
}

// author edits files as people do.
type author struct {
	*rand.Rand

	n int
}

func (a *author) edit(files map[string][]byte) map[string][]byte {
	files = maps.Clone(files)
	for range a.IntN(6) {
		name := slices.Sorted(maps.Keys(files))[a.IntN(len(files))]
		f := parse(map[string][]byte{name: files[name]}).files[0]
		if f.broken || len(f.units) == 0 {
			continue
		}
		a.n++
		u := f.units[a.IntN(len(f.units))]
		if data := a.one(files, f, u); data != nil {
			files[name] = data
		}
	}
	for name, data := range files {
		files[name] = compiling(name, data)
		if f := parse(map[string][]byte{name: files[name]}).files[0]; len(f.units)+len(f.ast.Comments) == 0 {
			delete(files, name) // nobody keeps an empty file
		}
	}
	return files
}

// compiling is a file without the imports that it does not use, formatted: authors compile what they write.
func compiling(name string, data []byte) []byte {
	s := parse(map[string][]byte{name: data})
	used := map[string]bool{}
	for _, path := range qualifiers(s.fset, s.files) {
		used[path] = true
	}
	for _, spec := range s.files[0].ast.Imports {
		if path, _ := Import(spec); !used[path] {
			data = removeImport(data, path)
		}
	}
	if formatted, err := format.Source([]byte(lines(data))); err == nil {
		return []byte(s.files[0].ending(string(formatted)))
	}
	return data
}

// one is one edit of a unit, nil where it does not apply.
func (a *author) one(files map[string][]byte, f *file, u *unit) []byte {
	insert := func(at int, text string) []byte { return splice(f.data, []edit{{at, at, f.ending(text)}}) }
	body := bytes.Index(f.data[u.start:u.end], []byte("{\n"))
	switch a.IntN(13) {
	case 0:
		return insert(u.end, fmt.Sprintf("\n\n// Remark %d of mine.", a.n))
	case 1:
		call := "println"
		if bytes.Contains(files["values.go"], []byte("func helper1()")) {
			call = "helper1"
		}
		return insert(u.end, fmt.Sprintf("\n\n// mine%d is mine.\nfunc mine%d() { %s() }", a.n, a.n, call))
	case 2:
		if body >= 0 && u.operation {
			return insert(u.start+body+2, fmt.Sprintf("\tprintln(\"mine\", %d)\n", a.n))
		}
	case 3:
		if body >= 0 && u.name == "Handlers" {
			brace := bytes.LastIndex(f.data[u.start:u.end], []byte("}"))
			return insert(u.start+brace, fmt.Sprintf("\n\tmine%d int\n", a.n))
		}
	case 4:
		if usedElsewhere(files, u) {
			return nil
		}
		return splice(f.data, []edit{f.removal(u)})
	case 5:
		if !f.crlf && u.operation {
			files[fmt.Sprintf("mine%d.go", a.n)] = append([]byte("package handlers\n\nimport (\n\t\"context\"\n\n\t\"example.com/board/api\"\n)\n\n"), u.text+"\n"...)
			return splice(f.data, []edit{f.removal(u)})
		}
	case 6:
		return []byte(strings.ReplaceAll(lines(f.data), "\n", "\r\n"))
	case 7:
		if !bytes.Contains(f.data, []byte("contract")) {
			data := bytes.ReplaceAll(f.data, []byte("api."), []byte("contract."))
			return bytes.ReplaceAll(data, []byte(`"example.com/board/api"`), []byte(`contract "example.com/board/api"`))
		}
	case 8:
		data := bytes.ReplaceAll(f.data, []byte("(h *"), []byte("(handler *"))
		data = bytes.ReplaceAll(data, []byte("range h."), []byte("range handler."))
		return bytes.ReplaceAll(data, []byte("return h"), []byte("return handler"))
	case 9:
		if bytes.Count(f.data[u.end:], []byte("\n")) > 0 && f.data[u.end] == '\n' {
			return insert(u.end, " // mine")
		}
	case 10:
		return insert(u.start, fmt.Sprintf("const (\n\tmineA%d = iota // one\n\tmineB%d\n)\n\n", a.n, a.n))
	case 11:
		if u.operation {
			of := []string{u.receiver.typ, "Handlers"}[a.IntN(2)]
			return insert(u.end, fmt.Sprintf("\n\nfunc mine%d(p *%s) any { return p.%s }", a.n, of, u.name))
		}
	case 12:
		return insert(u.start, fmt.Sprintf("// Note %d of mine.\n", a.n))
	}
	return nil
}

// usedElsewhere says that other declarations refer to one: without it they would not compile.
func usedElsewhere(files map[string][]byte, u *unit) bool {
	refers := references{}
	for _, f := range parse(files).files {
		for _, other := range f.units {
			if f.name != u.file.name || other.start != u.start {
				refers.add(other.node)
			}
		}
	}
	return refers.to(u)
}
