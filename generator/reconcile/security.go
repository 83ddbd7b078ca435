package reconcile

import (
	"bytes"
	"path"
	"strings"

	"golang.org/x/mod/semver"

	"gen/generator/project"
)

// security marks the files with which security fixes come.
func (m *planner) security() error {
	for _, fix := range m.o.Fixes {
		if !lacks(m.Manifest.Gen, fix) {
			continue
		}
		for name, file := range m.theirs {
			if path.Dir(name) != fix.Folder || bytes.Equal(m.rebased[name], file.Data) {
				continue
			}
			was, err := m.disk.read(name)
			if err != nil {
				return err
			}
			if !bytes.Equal(was, file.Data) {
				note := m.notes[name]
				note.Security = strings.TrimPrefix(note.Security+" "+fix.Text, " ")
				m.notes[name] = note
			}
		}
	}
	return nil
}

// lacks says that a project may be without a fix. One that no release wrote may be of any age.
func lacks(gen string, fix project.Fix) bool {
	return !semver.IsValid(gen) || semver.Compare(gen, fix.Since) < 0
}
