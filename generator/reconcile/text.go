package reconcile

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"gen/generator/project"
	"gen/generator/reconcile/merge3"
)

// isDocument says that a file is the document, or one of its files.
func (m *planner) isDocument(name string) bool {
	folder := path.Dir(m.state.Document)
	return name == m.state.Document || folder == project.DocumentFolder && strings.HasPrefix(name, folder+"/")
}

// mergeText brings a file that is no Go along.
func (m *planner) mergeText(name string) error {
	was, err := m.disk.get(name)
	if err != nil {
		return err
	}
	theirs, planned := m.theirs[name]
	base, had := m.rebased[name]
	if path.Ext(name) == ".sql" && had && planned {
		if base, err = m.withoutTables(base, theirs.Data); err != nil {
			return err
		}
	}
	switch {
	case !planned && m.moved(name, was), !planned && bytes.Equal(was, base) && !m.usedDocument(name):
		m.disk.set(name, nil)
	case !planned || bytes.Equal(was, theirs.Data) && was != nil:
	case was == nil && (!had || m.restores(name)), m.isDocument(name):
		m.keepDocument(name, was)
		m.disk.set(name, theirs.Data)
	case was == nil || bytes.Equal(base, theirs.Data):
	case had && bytes.Equal(was, base):
		m.disk.set(name, theirs.Data)
	default:
		m.setMerged(name, base, was, theirs.Data)
	}
	return nil
}

// moved says that a file is the document, which is somewhere else by now with the same bytes.
func (m *planner) moved(name string, was []byte) bool {
	return name == m.Manifest.Document.Path && bytes.Equal(was, m.theirs[m.state.Document].Data)
}

// usedDocument says that a file is one of the document that the project still has: somebody may refer
// to it again.
func (m *planner) usedDocument(name string) bool {
	return m.Manifest.Document.Path == m.state.Document && m.isDocument(name)
}

// keepDocument keeps a document that the author changed and that another one replaces.
func (m *planner) keepDocument(name string, was []byte) {
	if base, had := m.rebased[name]; was != nil && (!had || !bytes.Equal(was, base)) {
		m.disk.set(path.Join(stateFolder, "undo", name), was)
		m.note(name, "the document that was given; what was there is in "+path.Join(stateFolder, "undo", name))
	}
}

func (m *planner) setMerged(name string, base, was, theirs []byte) {
	switch path.Base(name) {
	case "go.mod":
		merged, err := merge3.GoMod(base, was, theirs)
		if err != nil {
			m.offer(name, "it cannot be parsed, so it is left alone")
			return
		}
		m.disk.set(name, merged)
	case "go.sum":
		m.disk.set(name, merge3.GoSum(was, theirs))
	default:
		merged, conflict := textMerger(name)(base, was, theirs)
		if conflict {
			m.offer(name, "you and gen changed the same lines")
			return
		}
		m.disk.set(name, merged)
	}
}

// textMerger merges texts like a file: statements and patterns are lists, whose entries stand each for itself.
func textMerger(name string) func(base, ours, theirs []byte) ([]byte, bool) {
	switch {
	case path.Ext(name) == ".sql":
		return merge3.SQL
	case path.Base(name) == ".gitignore":
		return merge3.Lines
	}
	return merge3.Text
}

// withoutTables is gen's list of tables as if it had never had those that it has no more, but that code of
// the author's keeps things in: they are the author's.
func (m *planner) withoutTables(base, theirs []byte) ([]byte, error) {
	if bytes.Equal(base, theirs) {
		return base, nil
	}
	files, err := m.disk.allGo()
	if err != nil {
		return nil, err
	}
	named := map[string]bool{}
	for name, data := range files {
		if path.Dir(name) == "api" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, found := range tableName.FindAllSubmatch(data, -1) {
			named[string(found[1])] = true
		}
	}
	isThere := map[string]bool{}
	merge3.Without(theirs, func(table string) bool { isThere[table] = true; return false })
	return merge3.Without(base, func(table string) bool { return named[table] && !isThere[table] }), nil
}

var tableName = regexp.MustCompile(`\bName:\s*"(\w+)"`)
