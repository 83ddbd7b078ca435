package reconcile

import (
	"bytes"
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"gen/generator/project"
	"gen/generator/reconcile/decl"
	"gen/generator/reconcile/rename"
)

// Action says what becomes of a file.
type Action string

const (
	// Created is a file that comes.
	Created Action = "create"
	// Updated is a file that becomes what gen writes.
	Updated Action = "update"
	// Merged is a file of the author's that gets some of what gen writes.
	Merged Action = "merge"
	// Identical is a file that is what gen writes.
	Identical Action = "identical"
	// Kept is a file that stays the author's.
	Kept Action = "kept"
	// Deleted is a file that goes.
	Deleted Action = "delete"
	// Conflict is a file that the author and gen changed: gen's is beside it, or what gen has for it.
	Conflict Action = "conflict"
)

// FileChange is what becomes of one file.
type FileChange struct {
	Path   string        `json:"path"`
	Class  project.Class `json:"class,omitempty"`
	Action Action        `json:"action"`
	Reason string        `json:"reason"`
	// Offer is where gen's version is, of a file in conflict.
	Offer string `json:"offer,omitempty"`
	// Security says which security fixes gen's version has, and what the project was without.
	Security     string        `json:"security,omitempty"`
	Declarations []decl.Change `json:"declarations,omitempty"`
}

// Options say how far an update may go.
type Options struct {
	// Force overwrites files of gen's that were edited. The edits are kept in .gen/undo.
	Force bool
	// Restore are files of gen's whose deleted parts shall come back.
	Restore []string
	// Preview plans what nobody will write. Files of gen's that were edited are conflicts then, and files
	// that are read-only may change.
	Preview bool
	// Fixes are the security fixes to speak of.
	Fixes []project.Fix
}

// Changes are all that an update writes, before it does.
type Changes struct {
	// Files are sorted by path, without what gen remembers.
	Files   []FileChange
	Orphans []Orphan
	project *Project
	// paths are what is written, in this order.
	paths []string
}

// Plan works out how the project becomes what was rendered. Nothing is written. Errors match
// ErrEdited, with the files in an *EditedError, and ErrReadOnly.
func (p *Project) Plan(files []project.Output, state State, o Options) (*Changes, error) {
	m := &planner{Project: p, theirs: map[string]project.Output{}, state: state, o: o, notes: map[string]FileChange{}, rebased: maps.Clone(p.base), broken: map[string][]string{}}
	for _, file := range files {
		m.theirs[file.Path] = file
	}
	for _, step := range []func() error{m.restorable, m.findBroken, m.rename, m.merged, m.packages, m.security, m.once, m.offers, m.orphans, m.owned, m.remember} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return m.changes()
}

// planner works out one update. Its steps change what the disk is to be.
type planner struct {
	*Project
	theirs map[string]project.Output
	state  State
	o      Options
	// rebased is the base with the names of renamed operations.
	rebased map[string][]byte
	notes   map[string]FileChange
	// broken are the files that cannot be parsed, by their folders.
	broken map[string][]string
	lost   []Orphan
	// clashing are renamed operations whose new names the author has given to something else.
	clashing []rename.Operation
}

// class is that of a file, by what gen would write or wrote last.
func (m *planner) class(name string) project.Class {
	if file, ok := m.theirs[name]; ok {
		return file.Class
	}
	for _, file := range m.Manifest.Files {
		if file.Path == name {
			return file.Class
		}
	}
	return ""
}

// paths are the files of a class, of gen's now and before, sorted.
func (m *planner) paths(class project.Class) []string {
	found := map[string]bool{}
	for name, file := range m.theirs {
		if file.Class == class {
			found[name] = true
		}
	}
	for _, file := range m.Manifest.Files {
		if m.class(file.Path) == class {
			found[file.Path] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// folders are the paths of a class by their folders.
func (m *planner) folders(class project.Class) map[string][]string {
	folders := map[string][]string{}
	for _, name := range m.paths(class) {
		folders[path.Dir(name)] = append(folders[path.Dir(name)], name)
	}
	return folders
}

// offer puts gen's version beside a file.
func (m *planner) offer(name, reason string) {
	note := m.notes[name]
	note.Action, note.Reason = Conflict, reason
	if theirs, planned := m.theirs[name]; planned {
		note.Reason, note.Offer = reason+"; gen's is in "+path.Base(offerPath(name)), offerPath(name)
		m.disk.set(offerPath(name), theirs.Data)
	}
	m.notes[name] = note
}

// offerConflicts offers the files that gen has the conflicts of a file in: the author may have moved a
// declaration.
func (m *planner) offerConflicts(name string, changes []decl.Change) {
	note := m.notes[name]
	note.Action, note.Reason = Conflict, "you and gen changed the same"
	var offers []string
	for _, change := range changes {
		theirs, planned := m.theirs[change.Gens]
		if change.Action != decl.Conflict || !planned || slices.Contains(offers, path.Base(offerPath(change.Gens))) {
			continue
		}
		m.disk.set(offerPath(change.Gens), theirs.Data)
		note.Offer = offerPath(change.Gens)
		offers = append(offers, path.Base(note.Offer))
	}
	if len(offers) > 0 {
		note.Reason += "; gen's is in " + strings.Join(offers, ", ")
	}
	m.notes[name] = note
}

func (m *planner) note(name, reason string) {
	note := m.notes[name]
	note.Reason = reason
	m.notes[name] = note
}

// remember sets what gen remembers.
func (m *planner) remember() error {
	rendered := slices.SortedFunc(maps.Values(m.theirs), func(a, b project.Output) int { return cmp.Compare(a.Path, b.Path) })
	all, err := withState(m.known(rendered))
	if err != nil {
		return err
	}
	planned := map[string]bool{}
	for _, file := range all {
		planned[file.Path] = true
		if strings.HasPrefix(file.Path, stateFolder+"/") {
			m.disk.set(file.Path, file.Data)
		}
	}
	for name := range m.base {
		if !planned[basePath(name)] {
			m.disk.set(basePath(name), nil)
		}
	}
	return nil
}

// changes are what is to be written.
func (m *planner) changes() (*Changes, error) {
	c := &Changes{project: m.Project, Orphans: m.lost}
	if err := c.compare(); err != nil {
		return nil, err
	}
	if !m.o.Preview {
		if err := m.disk.writable(c.paths); err != nil {
			return nil, err
		}
	}
	return c, m.describe(c)
}

// compare finds what is to be written: what is to be otherwise than it is.
func (c *Changes) compare() error {
	disk := c.project.disk
	c.paths = nil
	for _, name := range slices.Sorted(maps.Keys(disk.now)) {
		was, err := disk.read(name)
		if err != nil {
			return err
		}
		if now := disk.now[name]; (was == nil) != (now == nil) || !bytes.Equal(was, now) {
			c.paths = append(c.paths, name)
		}
	}
	slices.SortStableFunc(c.paths, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	return nil
}

// rank is the order of writing: the manifest last, what else gen remembers before it.
func rank(name string) int {
	switch {
	case name == path.Join(stateFolder, manifestName):
		return 2
	case strings.HasPrefix(name, stateFolder+"/"):
		return 1
	}
	return 0
}

// Writes are the paths that are written, what gen remembers last.
func (c *Changes) Writes() []string { return slices.Clone(c.paths) }

// Data is a file as it is to be, nil where there is to be none.
func (c *Changes) Data(name string) ([]byte, error) { return c.project.disk.get(name) }

// Operations are the methods of operations that the author has, wherever they are, as they are to be.
func (c *Changes) Operations() (map[string]decl.Method, error) {
	files, err := c.project.disk.allGo()
	maps.DeleteFunc(files, func(name string, data []byte) bool {
		return strings.HasPrefix(name, "api/") || !bytes.Contains(data, []byte("RequestObject"))
	})
	found := decl.Operations(files)
	for name, data := range files {
		for _, method := range decl.Unparsed(name, data) {
			found[method] = decl.Method{File: name}
		}
	}
	return found, err
}
