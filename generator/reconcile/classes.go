package reconcile

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"gen/generator/project"
	"gen/generator/reconcile/decl"
	"gen/generator/reconcile/merge3"
)

// ErrEdited says that files of gen's were edited.
var ErrEdited = errors.New("files that gen owns were edited")

// EditedError lists them. It matches ErrEdited.
type EditedError struct{ Files []Edited }

// Edited is a file of gen's that was edited.
type Edited struct {
	Path string
	Disk []byte
	// Gens is what gen would write, Last what it wrote last, nil where nobody knows that.
	Gens, Last []byte
}

func (e *EditedError) Error() string {
	names := make([]string, len(e.Files))
	for i, file := range e.Files {
		names[i] = file.Path
	}
	return fmt.Sprintf("%s belongs to gen and was edited; take the edit out, or overwrite it with --force (it is kept in %s/undo)", strings.Join(names, ", "), stateFolder)
}

// Is makes it match ErrEdited.
func (e *EditedError) Is(target error) bool { return target == ErrEdited }

// restorable checks that gen has what is to be restored.
func (m *planner) restorable() error {
	paths := inProject(m.o.Restore)
	for i, name := range paths {
		if _, ok := m.theirs[name]; !ok {
			return fmt.Errorf("there is nothing to restore: gen writes no file %s", m.o.Restore[i])
		}
	}
	m.o.Restore = paths
	return nil
}

// inProject are paths as the manifest has them, however the system of the user writes them.
func inProject(paths []string) []string {
	clean := make([]string, len(paths))
	for i, name := range paths {
		clean[i] = path.Clean(strings.ReplaceAll(name, `\`, "/"))
	}
	return clean
}

func (m *planner) restores(name string) bool { return slices.Contains(m.o.Restore, name) }

// owned sets the files that are gen's alone.
func (m *planner) owned() error {
	var edited []Edited
	for _, name := range m.paths(project.Owned) {
		was, err := m.disk.read(name)
		if err != nil {
			return err
		}
		theirs, planned := m.theirs[name]
		m.disk.set(name, theirs.Data)
		switch {
		case was == nil || m.Wrote(name, was) || planned && bytes.Equal(was, theirs.Data):
			m.note(name, map[bool]string{true: "follows the document"}[planned && !bytes.Equal(was, theirs.Data) && was != nil])
		case m.o.Force || m.joined:
			m.disk.set(path.Join(stateFolder, "undo", name), was)
			m.note(name, "what you had there is in "+path.Join(stateFolder, "undo", name))
		case m.o.Preview:
			m.notes[name] = FileChange{Action: Conflict, Reason: "it belongs to gen and was edited, which stops gen update"}
		default:
			edited = append(edited, Edited{Path: name, Disk: was, Gens: theirs.Data})
		}
	}
	if len(edited) > 0 {
		return &EditedError{edited}
	}
	return nil
}

// merged merges Go by declarations, and whatever else there is beside it on lines.
func (m *planner) merged() error {
	changed := map[string][]string{}
	for folder, all := range m.folders(project.Merged) {
		names := slices.DeleteFunc(all, func(name string) bool { return !strings.HasSuffix(name, ".go") })
		if slices.ContainsFunc(names, m.news) {
			changed[folder] = names
		}
	}
	order, err := m.importersFirst(slices.Sorted(maps.Keys(changed)))
	if err != nil {
		return err
	}
	for _, folder := range order {
		if m.broken[folder] != nil {
			m.wait(folder, changed[folder])
		} else if err := m.mergeGo(folder, changed[folder]); err != nil {
			return err
		}
	}
	for _, name := range m.paths(project.Merged) { // tables come after the code that they are for
		if strings.HasSuffix(name, ".go") {
			continue
		}
		if err := m.mergeText(name); err != nil {
			return err
		}
	}
	return m.noteClashes()
}

// news says that gen writes a file otherwise than last, or that it is to come back.
func (m *planner) news(name string) bool {
	theirs := m.theirs[name].Data
	return m.restores(name) || (m.rebased[name] == nil) != (theirs == nil) || !bytes.Equal(m.base[name], theirs)
}

func (m *planner) mergeGo(folder string, names []string) error {
	in := decl.Input{
		Base: map[string][]byte{}, Theirs: map[string][]byte{},
		Module: m.state.Module, Restore: m.restores, Text: merge3.Text,
	}
	for _, name := range names {
		if base := m.rebased[name]; base != nil {
			in.Base[name] = base
		}
		if theirs := m.theirs[name].Data; theirs != nil {
			in.Theirs[name] = theirs
		}
	}
	var err error
	if in.Ours, err = m.disk.goFiles(folder); err != nil {
		return err
	}
	if in.Importers, err = m.importers(folder); err != nil {
		return err
	}
	for name, file := range decl.Merge(in) {
		m.disk.set(name, file.Data)
		note := m.notes[name]
		note.Declarations = file.Changes
		m.notes[name] = note
		switch {
		case file.Broken && m.changed(name):
			m.offer(name, "it is no Go that can be parsed, so it is left alone")
		case file.Conflicts():
			m.offerConflicts(name, file.Changes)
		}
	}
	return nil
}

// changed says that gen writes a file otherwise than last.
func (m *planner) changed(name string) bool {
	theirs, planned := m.theirs[name]
	return planned && !bytes.Equal(m.base[name], theirs.Data)
}

// packages replaces packages whole, or leaves them alone.
func (m *planner) packages() error {
	folders := m.folders(project.Package)
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		if err := m.replace(folders[folder]); err != nil {
			return err
		}
	}
	return nil
}

func (m *planner) replace(names []string) error {
	touched := false
	for _, name := range names {
		was, err := m.disk.get(name)
		if err != nil {
			return err
		}
		base, had := m.rebased[name]
		touched = touched || had != (was != nil) || had && !bytes.Equal(base, was)
	}
	for _, name := range names {
		theirs, planned := m.theirs[name]
		was, err := m.disk.get(name)
		base, had := m.rebased[name]
		switch {
		case err != nil:
			return err
		case m.restores(name) && was == nil, !touched:
			m.disk.set(name, theirs.Data)
		case planned && !bytes.Equal(was, theirs.Data) && !bytes.Equal(base, theirs.Data) && (was != nil || !had):
			m.offer(name, "you changed its package, which gen replaces whole or not at all")
		}
	}
	return nil
}

// once merges on lines what is written once.
func (m *planner) once() error {
	for _, name := range m.paths(project.Once) {
		if err := m.mergeText(name); err != nil {
			return err
		}
	}
	return nil
}
