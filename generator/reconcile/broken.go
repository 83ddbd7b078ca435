package reconcile

import (
	"go/parser"
	"go/token"
	"maps"
	"path"
	"slices"
	"strings"

	"gen/generator/project"
)

// findBroken finds the packages of the author's with a file that cannot be parsed: what is declared in
// it nobody knows. They wait, with what gen remembers of them, for the update after it has been mended.
func (m *planner) findBroken() error {
	for folder := range m.folders(project.Merged) {
		files, err := m.disk.goFiles(folder)
		if err != nil {
			return err
		}
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if _, err := parser.ParseFile(token.NewFileSet(), name, files[name], parser.SkipObjectResolution); err != nil {
				m.broken[folder] = append(m.broken[folder], name)
			}
		}
	}
	return nil
}

// wait puts what gen has for a package beside the files in it.
func (m *planner) wait(folder string, names []string) {
	broken := m.broken[folder]
	for _, name := range names {
		switch {
		case !m.changed(name) || !strings.HasSuffix(name, ".go"):
		case slices.Contains(broken, name):
			m.offer(name, "it is no Go that can be parsed, so it is left alone")
		default:
			m.offer(name, path.Base(broken[0])+" cannot be parsed, and its package waits for that")
		}
	}
}

// known is what gen remembers of a rendering: of packages that wait, what it did before.
func (m *planner) known(rendered []project.Output) ([]project.Output, State) {
	if len(m.broken) == 0 {
		return rendered, m.state
	}
	state := m.state
	state.Operations = m.Manifest.Operations
	var known []project.Output
	for _, file := range rendered {
		if file.Class == project.Merged && m.broken[path.Dir(file.Path)] != nil && strings.HasSuffix(file.Path, ".go") {
			if file.Data = m.base[file.Path]; file.Data == nil {
				continue
			}
		}
		known = append(known, file)
	}
	return known, state
}
