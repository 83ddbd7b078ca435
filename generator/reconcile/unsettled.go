package reconcile

import (
	"bytes"
	"path"
	"strings"
)

// uncompiledFile remembers what did not compile after an update.
const uncompiledFile = stateFolder + "/uncompiled"

// Uncompiled says that the last update left something that did not compile.
func (p *Project) Uncompiled() bool {
	data, err := p.disk.read(uncompiledFile)
	return err == nil && data != nil
}

// SetUncompiled remembers what does not compile, a line each; without any it is forgotten.
func (c *Changes) SetUncompiled(lines []string) error {
	var data []byte
	for _, line := range lines {
		data = append(data, line+"\n"...)
	}
	c.project.disk.set(uncompiledFile, data)
	return c.compare()
}

// offerPath is where gen's version of a file is offered.
func offerPath(name string) string { return name + ".gen-new" }

// offers says again what was offered before and is still there. What the author took whole goes, and so
// does the offer to a package that waited and has been merged now.
func (m *planner) offers() error {
	if m.o.Preview {
		return nil
	}
	for name, theirs := range m.theirs {
		offered, err := m.disk.read(offerPath(name))
		if err != nil {
			return err
		}
		now, err := m.disk.get(name)
		if err != nil {
			return err
		}
		if offered == nil || m.notes[name].Action == Conflict {
			continue
		}
		waited := !bytes.Equal(offered, m.base[name]) && m.changed(name)
		if waited || m.restores(name) || bytes.Equal(now, theirs.Data) || bytes.Equal(now, offered) {
			m.disk.set(offerPath(name), nil)
			continue
		}
		if bytes.Equal(offered, m.base[name]) {
			m.disk.set(offerPath(name), theirs.Data)
		}
		m.pending(name)
	}
	return nil
}

// pending says that a file has an offer beside it.
func (m *planner) pending(name string) {
	note := m.notes[name]
	note.Action, note.Offer = Conflict, offerPath(name)
	note.Reason = "gen's is still in " + path.Base(offerPath(name)) + "; take what you want of it, then delete it"
	m.notes[name] = note
}

// isOffer says that a file is gen's version of another.
func isOffer(name string) bool { return strings.HasSuffix(name, offerPath("")) }
