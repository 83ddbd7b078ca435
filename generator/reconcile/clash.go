package reconcile

import (
	"fmt"
	"maps"
	"path"
	"slices"

	"gen/generator/project"
	"gen/generator/reconcile/decl"
	"gen/generator/reconcile/rename"
)

// withoutClashes are the operations whose methods can have their new names. Where something of the author's
// has that name already, an operation keeps its old one, for gen too, until the author has made room.
func (m *planner) withoutClashes(files map[string][]byte, renamed []rename.Operation) []rename.Operation {
	outside := maps.Clone(files)
	maps.DeleteFunc(outside, func(name string, _ []byte) bool { return path.Dir(name) == "api" })
	var free []rename.Operation
	for _, op := range renamed {
		if _, _, found := decl.Rival(outside, op.Old, op.New); found {
			m.clashing = append(m.clashing, op)
		} else {
			free = append(free, op)
		}
	}
	if len(m.clashing) > 0 {
		m.keepNames(inFolder(files, "api"))
	}
	return free
}

// keepNames gives the operations that cannot have their new names the old ones in what gen writes.
func (m *planner) keepNames(api map[string][]byte) {
	p := rename.Project{Module: m.state.Module, Files: m.api()}
	for _, op := range m.clashing {
		p.Operations = append(p.Operations, rename.Operation{Old: op.New, New: op.Old, OldID: op.NewID, NewID: op.OldID})
	}
	p.Names = rename.Names(m.api(), api, p.Operations, goNames(m.state.Operations))
	for name, file := range m.theirs {
		if file.Class == project.Merged && path.Ext(name) == ".go" {
			p.Files[name] = file.Data
		}
	}
	for name, data := range p.Apply() {
		file := m.theirs[name]
		file.Data = data
		m.theirs[name] = file
	}
	m.state.Operations = slices.Clone(m.state.Operations)
	for i, op := range m.state.Operations {
		if at := slices.IndexFunc(m.clashing, func(c rename.Operation) bool { return c.New == op.GoName }); at >= 0 {
			m.state.Operations[i].GoName, m.state.Operations[i].ID = m.clashing[at].Old, m.clashing[at].OldID
		}
	}
}

// noteClashes says what stands in the way of new names, and where that is by now.
func (m *planner) noteClashes() error {
	if len(m.clashing) == 0 {
		return nil
	}
	files, err := m.disk.allGo()
	if err != nil {
		return err
	}
	maps.DeleteFunc(files, func(name string, _ []byte) bool { return path.Dir(name) == "api" })
	for _, op := range m.clashing {
		handler, rival, _ := decl.Rival(files, op.Old, op.New)
		reason := fmt.Sprintf("%s at %s is to be %s, as its operation is called now, but %s has that name; rename what is there, then run gen update again", op.Old, handler, op.New, rival)
		note := m.notes[handler.File]
		if note.Action == Conflict {
			reason = note.Reason + "; " + reason
		}
		note.Action, note.Reason = Conflict, reason
		m.notes[handler.File] = note
	}
	return nil
}
