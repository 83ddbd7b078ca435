package reconcile

import (
	"bytes"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"gen/generator/project"
	"gen/generator/reconcile/rename"
)

// rename gives operations that have another name than before that name in the author's files, and in
// the base too: what the author never touched stays what gen wrote.
func (m *planner) rename() error {
	m.moveModule()
	renamed := renames(m.Manifest.Operations, m.state.Operations)
	if len(renamed) == 0 || len(m.broken) > 0 {
		return nil
	}
	files, err := m.disk.allGo()
	if err != nil {
		return err
	}
	renamed = slices.DeleteFunc(renamed, func(op rename.Operation) bool { return m.hasMethod(files, op.New, renamed) })
	renamed = m.withoutClashes(files, renamed)
	names := rename.Names(inFolder(files, "api"), m.api(), renamed, goNames(m.Manifest.Operations))
	p := rename.Project{Module: m.state.Module, Files: files, Operations: renamed, Names: names}
	for name, data := range p.Apply() {
		m.disk.set(name, data)
		m.note(name, "names follow their operations")
	}
	p.Files = maps.Clone(m.rebased)
	maps.DeleteFunc(p.Files, func(name string, _ []byte) bool { return path.Ext(name) != ".go" })
	maps.Copy(p.Files, inFolder(files, "api"))
	maps.Copy(m.rebased, p.Apply())
	return nil
}

// moveModule gives the base the module path that the project has by now.
func (m *planner) moveModule() {
	was, is := m.Manifest.Module, m.state.Module
	if was == is {
		return
	}
	for name, data := range m.rebased {
		if path.Ext(name) == ".go" {
			m.rebased[name] = bytes.ReplaceAll(data, []byte(`"`+was+"/"), []byte(`"`+is+"/"))
		}
	}
}

// hasMethod says that the author has written a handler of that name already, and it is none that moves
// out of the way.
func (m *planner) hasMethod(files map[string][]byte, name string, renamed []rename.Operation) bool {
	if slices.ContainsFunc(renamed, func(op rename.Operation) bool { return op.Old == name }) {
		return false
	}
	method := regexp.MustCompile(`(?m)^func \([^)]*\) ` + regexp.QuoteMeta(name) + `\(.*\b` + regexp.QuoteMeta(name) + `RequestObject`)
	for file, data := range files {
		if path.Dir(file) != "api" && method.Match(data) {
			return true
		}
	}
	return false
}

// api are the files of package api as gen would write them now.
func (m *planner) api() map[string][]byte {
	files := map[string][]byte{}
	for name, file := range m.theirs {
		if file.Class == project.Owned && path.Dir(name) == "api" && path.Ext(name) == ".go" {
			files[name] = file.Data
		}
	}
	return files
}

func inFolder(files map[string][]byte, folder string) map[string][]byte {
	found := map[string][]byte{}
	for name, data := range files {
		if path.Dir(name) == folder {
			found[name] = data
		}
	}
	return found
}

func goNames(operations []Operation) []string {
	names := make([]string, len(operations))
	for i, op := range operations {
		names[i] = op.GoName
	}
	return names
}

var parameter = regexp.MustCompile(`\{[^}]*\}`)

// renames are the operations that have the method and the path of one before, and another name. The
// names of path parameters don't count.
func renames(before, after []Operation) []rename.Operation {
	route := func(op Operation) string { return op.Method + " " + parameter.ReplaceAllString(op.Path, "{}") }
	same := map[string]bool{}
	was := map[string][]Operation{}
	for _, op := range before {
		was[route(op)] = append(was[route(op)], op)
	}
	is := map[string][]Operation{}
	for _, op := range after {
		is[route(op)] = append(is[route(op)], op)
		for _, old := range was[route(op)] {
			same[route(op)+op.GoName] = same[route(op)+op.GoName] || old.GoName == op.GoName
		}
	}
	var found []rename.Operation
	for _, at := range slices.Sorted(maps.Keys(is)) {
		stays := func(op Operation) bool { return same[at+op.GoName] }
		olds, news := slices.DeleteFunc(was[at], stays), slices.DeleteFunc(is[at], stays)
		if len(olds) == 1 && len(news) == 1 { // of several, nobody knows which became which
			found = append(found, rename.Operation{Old: olds[0].GoName, New: news[0].GoName, OldID: olds[0].ID, NewID: news[0].ID})
		}
	}
	return slices.DeleteFunc(found, func(op rename.Operation) bool { return strings.EqualFold(op.Old, op.New) && op.Old == op.New })
}
