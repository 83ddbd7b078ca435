package decl

import (
	"fmt"
	"slices"
)

// insert finds the place for a unit of theirs: behind its nearest sibling.
func (m *merger) insert(f *file, i int, reason string) {
	t := f.units[i]
	at, ok := m.place(f, i)
	if !ok {
		return
	}
	if t.receiver.typ != "" && !m.declared(t.receiver.typ, at.receiver.typ) {
		m.note(f.name, t.name, Kept, "you deleted "+t.receiver.typ+", whose method it is")
		return
	}
	if t.operation {
		if rival, found := m.ours.rival(t, t.name); found {
			m.note(at.file, t.name, Conflict, fmt.Sprintf("%s has that name already; rename what is there, and gen update --restore %s brings gen's", rival, f.name))
			m.files[at.file].Changes[len(m.files[at.file].Changes)-1].Gens = f.name
			return
		}
	}
	at.unit = t
	m.inserted = append(m.inserted, at)
	m.note(at.file, t.name, Added, reason)
}

// declared says that a type is there, by gen's name or the author's.
func (m *merger) declared(gens, authors string) bool {
	return authors != "" && authors != gens || slices.ContainsFunc([]*set{m.ours, m.theirs}, func(s *set) bool {
		return slices.ContainsFunc(s.files, func(f *file) bool {
			return slices.ContainsFunc(f.units, func(u *unit) bool {
				return u.receiver.typ == "" && slices.Contains(u.keys, f.ast.Name.Name+"."+gens) && (s == m.ours || m.comes(u))
			})
		})
	})
}

// comes says that a unit of theirs is one that ours does not have and gets.
func (m *merger) comes(u *unit) bool {
	return len(m.ours.of(u)) == 0 && (len(m.base.of(u)) == 0 || m.in.Restore(u.file.name))
}

// place is behind the nearest unit above that ours has, preferably in the file of the same name; else
// before the nearest below; else at the end of the file, or in a new one. It is false where the file
// cannot be parsed.
func (m *merger) place(f *file, i int) (insertion, bool) {
	own := m.ours.file(f.name)
	for _, anywhere := range []bool{false, true} {
		for _, u := range slices.Backward(f.units[:i]) {
			if at, ok := m.beside(u, f.units[i], anywhere, false); ok {
				return at, true
			}
		}
		for _, u := range f.units[i+1:] {
			if at, ok := m.beside(u, f.units[i], anywhere, true); ok {
				return at, true
			}
		}
	}
	switch {
	case own == nil:
		return insertion{file: f.name, at: -1}, true
	case own.broken:
		return insertion{}, false
	}
	return insertion{file: f.name, at: own.bottom()}, true
}

// beside is the place behind a sibling, or above it.
func (m *merger) beside(sibling, t *unit, anywhere, above bool) (insertion, bool) {
	if sibling.operation != t.operation && anywhere {
		return insertion{}, false // in another file, only one of its kind tells where it belongs
	}
	for _, at := range m.inserted {
		if at.unit == sibling && (anywhere || at.file == t.file.name) {
			return at, true
		}
	}
	for _, o := range m.ours.of(sibling) {
		if o.file.broken || m.dropped[o] || !anywhere && o.file.name != t.file.name || o.file.ast.Name.Name != t.file.ast.Name.Name {
			continue
		}
		at := insertion{file: o.file.name, at: o.file.after(o), above: above}
		if above {
			at.at = o.start
		}
		if t.receiver.typ == sibling.receiver.typ {
			at.receiver = m.receiver(o, sibling)
		}
		return at, true
	}
	return insertion{}, false
}
