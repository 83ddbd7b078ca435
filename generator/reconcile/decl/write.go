package decl

import (
	"bytes"
	"go/ast"
	"maps"
	"slices"
)

// write makes the bytes of every file.
func (m *merger) write() {
	for _, f := range m.ours.files {
		m.setData(f.name, m.rewrite(f), f.broken)
	}
	for _, f := range m.theirs.files {
		if m.ours.file(f.name) == nil {
			m.setData(f.name, m.create(f), false)
		}
	}
}

func (m *merger) setData(name string, data []byte, broken bool) {
	f := m.files[name]
	f.Data, f.Broken = data, broken
	m.files[name] = f
}

// rewrite makes the new bytes of a file of ours, nil where nothing of it is left.
func (m *merger) rewrite(f *file) []byte {
	if f.broken {
		return f.data
	}
	theirs := m.theirs.file(f.name)
	edits, used := m.header(f, theirs), newImports(m, f)
	gone := 0
	for _, u := range f.units {
		switch t := m.taken[u]; {
		case m.dropped[u]:
			gone++
			edits = append(edits, f.removal(u))
			used.leave(u)
		case t != nil:
			used.leave(u)
			edits = append(edits, edit{u.start, u.end, f.ending(m.replacement(u, t, used))})
		case m.texts[u] != "":
			edits = append(edits, edit{u.start, u.end, f.ending(m.texts[u])})
		}
	}
	added := m.additions(f, used)
	edits = append(edits, added...)
	if len(edits) == 0 {
		return f.data
	}
	if gone == len(f.units) && len(added) == 0 && (theirs == nil || gone > 0) && !f.remarks(m.base.file(f.name)) {
		return nil
	}
	data := used.complete(splice(f.data, edits))
	if base := m.base.file(f.name); theirs != nil && base != nil && bytes.Equal(f.data, base.data) && sameUnits(data, theirs) {
		return theirs.data
	}
	return data
}

// header replaces what stands before the imports where the author did not touch it.
func (m *merger) header(f, theirs *file) []edit {
	base := m.base.file(f.name)
	if theirs == nil || base == nil || f.header != base.header || theirs.header == base.header {
		return nil
	}
	return []edit{{0, f.offset(f.ast.Name.End()), f.ending(theirs.header)}}
}

// replacement is what a unit of ours becomes.
func (m *merger) replacement(u, t *unit, used *imports) string {
	text := used.enter(t, m.receiver(u, t))
	if merged := m.texts[u]; merged != "" {
		return merged
	}
	if doc, kept := m.docs[u]; kept {
		return doc + text[len(t.doc()):]
	}
	return text
}

// additions are the insertions into a file.
func (m *merger) additions(f *file, used *imports) []edit {
	var edits []edit
	for _, at := range m.inserted {
		if at.file != f.name || at.at < 0 {
			continue
		}
		text := "\n\n" + used.enter(at.unit, at.receiver)
		if at.above {
			text = text[2:] + "\n\n"
		}
		edits = append(edits, edit{at.at, at.at, f.ending(text)})
	}
	return edits
}

// create makes a file of theirs that ours does not have, of the units that are new; nil where there are none.
func (m *merger) create(f *file) []byte {
	comes := map[*unit]bool{}
	for _, at := range m.inserted {
		comes[at.unit] = at.file == f.name
	}
	used := newImports(m, f)
	var edits []edit
	for _, u := range f.units {
		if !comes[u] {
			edits = append(edits, f.removal(u))
			used.leave(u)
		}
	}
	switch len(edits) {
	case 0:
		return f.data
	case len(f.units):
		return nil
	}
	return used.complete(splice(f.data, edits))
}

// remarks says that a file holds comments that belong to no declaration, or another comment on top than gen
// wrote.
func (f *file) remarks(base *file) bool {
	if base != nil && f.header != base.header || base == nil && f.header != "package "+f.ast.Name.Name {
		return true
	}
	return slices.ContainsFunc(f.ast.Comments, func(group *ast.CommentGroup) bool {
		at := f.offset(group.Pos())
		return at > f.offset(f.ast.Name.End()) && !slices.ContainsFunc(f.units, func(u *unit) bool { return u.start <= at && at < u.end })
	})
}

// sameUnits says that data has the declarations of f and no others.
func sameUnits(data []byte, f *file) bool {
	texts := map[string]int{}
	for _, u := range parse(map[string][]byte{f.name: data}).files[0].units {
		texts[u.text]++
	}
	for _, u := range f.units {
		texts[u.text]--
	}
	return !slices.ContainsFunc(slices.Collect(maps.Values(texts)), func(n int) bool { return n != 0 })
}
