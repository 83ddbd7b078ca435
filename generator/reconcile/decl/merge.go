// Package decl merges what gen would write of a Go package with what its author made of it. The unit
// is the declaration: of each there is what gen wrote last (base), what the author has (ours), and what
// gen would write now (theirs). Ours is changed by splices: every byte outside of the declarations and
// imports that change stays what it is.
//
// It reads and writes no files, and knows no documents. It does not look into declarations, but for the
// packages that they refer to.
package decl

import (
	"go/ast"
	"maps"
	"path"
	"slices"
)

// Input is a package, the external tests in its folder included, in three versions: Go files by name.
type Input struct {
	Base, Theirs map[string][]byte
	// Ours are all Go files of the folder, also those that gen knows nothing of.
	Ours map[string][]byte
	// Importers are Go files of other packages that import this one.
	Importers map[string][]byte
	// Module is the project's module path: its own imports form the last group.
	Module string
	// Restore says that what the author deleted of one of gen's files shall come back.
	Restore func(file string) bool
	// Text merges a declaration on lines, and says whether both sides changed the same.
	Text func(base, ours, theirs []byte) (merged []byte, conflict bool)
}

// Action says what became of a declaration.
type Action string

const (
	// Added is a declaration that is new.
	Added Action = "added"
	// Updated is one that the author never touched.
	Updated Action = "updated"
	// Merged is one that has the author's changes and gen's.
	Merged Action = "merged"
	// Moved is what has another place.
	Moved Action = "moved"
	// Removed is one that gen no longer writes and the author never touched.
	Removed Action = "removed"
	// Kept is one that stays the author's.
	Kept Action = "kept"
	// Conflict is one that stays the author's although gen's changed too.
	Conflict Action = "conflict"
)

// Change is a declaration that changed, or did not although gen's did.
type Change struct {
	Name   string `json:"name"`
	Action Action `json:"action"`
	Reason string `json:"reason"`
	// Line and End are where the author's begins and ends before the merge, 0 where there is none.
	Line int `json:"-"`
	End  int `json:"-"`
	// Gens is the file that gen has it in, of a conflict.
	Gens string `json:"-"`
}

// File is what becomes of a file.
type File struct {
	// Data is nil where the file goes, or is not there and does not come.
	Data    []byte
	Changes []Change
	// Broken says that ours cannot be parsed, so that it is left alone.
	Broken bool
}

// Conflicts says that the author and gen changed the same declaration.
func (f File) Conflicts() bool {
	for _, change := range f.Changes {
		if change.Action == Conflict {
			return true
		}
	}
	return false
}

// Merge returns every file of the three versions.
func Merge(in Input) map[string]File {
	in, moved := follow(in)
	m := &merger{
		in: in, base: parse(in.Base), ours: parse(in.Ours), theirs: parse(in.Theirs),
		taken: map[*unit]*unit{}, texts: map[*unit]string{}, docs: map[*unit]string{}, dropped: map[*unit]bool{},
		retained: map[*unit][]ast.Node{}, files: map[string]File{},
	}
	m.baseUses = qualifiers(m.base.fset, m.base.files)
	m.oursUses = qualifiers(m.ours.fset, m.ours.files)
	m.theirsUses = qualifiers(m.theirs.fset, m.theirs.files)
	m.relocate()
	for _, f := range m.theirs.files {
		for i := range f.units {
			m.decide(f, i)
		}
	}
	m.drop()
	m.write()
	m.leave(moved)
	return m.files
}

// leave notes the files of ours that have another name by now.
func (m *merger) leave(moved map[string]string) {
	for _, was := range slices.Sorted(maps.Keys(moved)) {
		if _, there := m.files[was]; !there {
			m.note(was, path.Base(was), Moved, "it is "+path.Base(moved[was])+" now, as its resource has another name")
		}
	}
}

type merger struct {
	in                 Input
	base, ours, theirs *set
	baseUses           qualified
	oursUses           qualified
	theirsUses         qualified
	// taken are the units of ours that become one of theirs, with their merged text in texts where that
	// is neither's. Those in texts alone are not of theirs.
	taken map[*unit]*unit
	texts map[*unit]string
	// docs are the comments above those taken units of which only that is not theirs.
	docs map[*unit]string
	// retained are parts of taken units that stay although gen took them away.
	retained map[*unit][]ast.Node
	// calls are methods that code of ours calls on their types: Posts.ListPosts. It is made when needed.
	calls map[string]bool
	// inserted are units of theirs, and where they go.
	inserted []insertion
	dropped  map[*unit]bool
	files    map[string]File
}

// insertion is a unit of theirs that goes into a file of ours, or into a new one when at is negative.
type insertion struct {
	unit *unit
	file string
	at   int
	// above says that what stands at that place comes below it.
	above bool
	// receiver is what the author calls that of the method.
	receiver receiver
}

func (m *merger) note(file, name string, action Action, reason string) {
	f := m.files[file]
	f.Changes = append(f.Changes, Change{Name: name, Action: action, Reason: reason})
	m.files[file] = f
}

// noteOurs notes what becomes of a unit of ours.
func (m *merger) noteOurs(o *unit, action Action, reason string) {
	f := m.files[o.file.name]
	f.Changes = append(f.Changes, Change{o.name, action, reason, o.file.line(o.node.Pos()), o.file.line(o.node.End()), ""})
	m.files[o.file.name] = f
}

// decide says what becomes of a unit of theirs.
func (m *merger) decide(f *file, i int) {
	t := f.units[i]
	base, ours := m.base.of(t), m.ours.of(t)
	switch {
	case len(ours) == 0 && len(base) == 0:
		m.insert(f, i, "new")
	case len(ours) == 0 && m.in.Restore(f.name):
		m.insert(f, i, "restored")
	case len(base) == 0:
	case len(ours) == 0 && !m.same(base[0], t):
		m.note(f.name, t.name, Kept, "you deleted it; --restore "+f.name+" brings it back")
	case len(ours) > 0 && m.dropped[ours[0]]:
		m.insert(f, i, "it is of "+t.receiver.typ+" now")
	default:
		for _, o := range ours {
			m.replace(o, base[0], t)
		}
	}
}

// replace gives a unit of ours the text of theirs, as far as the author did not touch it.
func (m *merger) replace(o, base, t *unit) {
	leaves := m.leaves(o, t) != nil
	switch {
	case o.file.broken, !leaves && (m.same(base, t) || m.same(o, t)):
	case leaves && m.called(o):
		m.noteOurs(o, Conflict, "gen has it on "+t.receiver.typ+" now; your code calls it on "+o.receiver.typ+", so it stays")
	case leaves && !m.same(o, base):
		m.retype(o, base, t)
	case m.same(o, base):
		m.taken[o] = t
		m.noteOurs(o, Updated, "gen's changed, you had not touched it")
	default:
		m.mergeText(o, base, t)
	}
}

// mergeText merges what both sides changed, the comment above for itself. A handler is not merged: each
// line of it may be right and the whole wrong.
func (m *merger) mergeText(o, base, t *unit) {
	doc, ok := m.mergeDoc(base.doc(), o.doc(), t.doc()), true
	if m.sameCode(o, base) {
		m.taken[o], m.docs[o] = t, doc
		m.noteOurs(o, Merged, "gen's changed, with your comment")
		return
	}
	names := importNames(o.file)
	was := m.worded(base, names, o.receiver.variable)[len(base.doc()):]
	is := m.worded(t, names, o.receiver.variable)[len(t.doc()):]
	code := o.text[len(o.doc()):]
	if !m.sameCode(base, t) && withoutComments(code) != withoutComments(is) {
		code, ok = m.both(was, code, is)
		ok = ok && !t.operation
	}
	switch merged := doc + code; {
	case !ok || !declares([]byte(merged), t):
		m.noteConflict(o, base, t)
		changes := m.files[o.file.name].Changes
		changes[len(changes)-1].Gens = t.file.name
	case merged != o.text:
		m.taken[o], m.texts[o] = t, merged
		m.noteOurs(o, Merged, "it has your changes and gen's")
	}
}

// both is a declaration with the changes of both sides, if there is such a thing.
func (m *merger) both(base, ours, theirs string) (string, bool) {
	if merged, conflict := m.in.Text([]byte(base), []byte(ours), []byte(theirs)); !conflict {
		return formattedAs(ours, string(merged)), true
	}
	merged, ok := weave(base, ours, theirs)
	return formattedAs(ours, merged), ok
}

// declares says that text is one declaration of what u declares, with nothing in it twice.
func declares(text []byte, u *unit) bool {
	f := parseText(text, u)
	return !f.broken && len(f.units) == 1 && !f.units[0].repeats() && slices.ContainsFunc(f.units[0].keys, func(key string) bool { return slices.Contains(u.keys, key) })
}

// parseText parses a declaration that stands for u.
func parseText(text []byte, u *unit) *file {
	return parse(map[string][]byte{u.file.name: append([]byte("package "+u.file.ast.Name.Name+"\n\n"), text...)}).files[0]
}
