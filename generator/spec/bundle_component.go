package spec

import (
	"fmt"
	"slices"
	"strings"
)

// adopt looks at the components of the document before all else. One that is a reference to another
// file alone becomes what is there, and gives it its name.
func (b *bundler) adopt(s section) {
	list, f, parts := b.tree.root, b.lib.root, []string(nil)
	for _, key := range s.way {
		m := list.member(key)
		if m == nil {
			return
		}
		m.value, f = b.expand(m, shapeObject, f)
		list, parts = m.value, append(slices.Clip(parts), key)
		if o := b.owner[list]; o != nil {
			parts = o.parts
		}
	}
	for _, m := range list.members {
		if o := b.owner[m.value]; o != nil {
			b.adoptEntry(m, s, o.file, append(slices.Clip(parts), m.key))
			continue
		}
		b.adoptEntry(m, s, f, append(slices.Clip(parts), m.key))
	}
}

func (b *bundler) adoptEntry(m *member, s section, f *file, parts []string) {
	ref := refTo(append(slices.Clip(s.way), m.key))
	if f != b.lib.root {
		b.bound[target{f, Pointer(parts...), s.kind}] = ref
		b.owner[m.value] = &origin{file: f, parts: parts}
	}
	alias := m.value.member("$ref")
	if alias == nil || alias.value.shape != shapeText || !onlyDescribed(m.value) || f == b.lib.root && (strings.HasPrefix(alias.value.text, "#") || b.meantHere(alias.value.text, s.kind)) {
		return
	}
	a, ok := b.end(alias, f)
	if got := kindAt(a.parts); !ok || got != s.kind && b.section(got) != nil {
		return
	}
	to := b.bound[a.target(s.kind)]
	if a.file == b.lib.root {
		to = refTo(a.parts)
	}
	if to != "" && to != ref {
		m.value = newRef(alias.at, to)
		b.owner[m.value] = &origin{file: b.lib.root}
		return
	}
	own := m.value
	b.bound[a.target(s.kind)] = ref
	m.value = b.copy(a.node, s.kind)
	b.owner[m.value] = &origin{file: a.file, parts: a.parts}
	for _, described := range own.members {
		if described != alias && m.value.shape == shapeObject {
			m.value.set(described.key, described.value)
		}
	}
}

// onlyDescribed says that nothing but texts stands beside a reference.
func onlyDescribed(n *node) bool {
	return !slices.ContainsFunc(n.members, func(m *member) bool {
		return !slices.Contains([]string{"$ref", "summary", "description"}, m.key)
	})
}

// bind returns the reference to the component that stands for what a reference leads to.
func (b *bundler) bind(a aim, k kind) string {
	if ref, ok := b.bound[a.target(k)]; ok {
		return ref
	}
	way := b.section(k)
	list := b.list(way)
	key := b.lib.componentName(a, func(key string) bool { return list.member(key) != nil })
	ref := refTo(append(slices.Clip(way), key))
	b.bound[a.target(k)] = ref
	component := b.copy(a.node, k)
	b.owner[component] = &origin{file: a.file, parts: a.parts}
	list.add(&member{key: key, at: a.at, value: component})
	b.queue = append(b.queue, queued{component, k, a.file})
	return ref
}

// list returns the object at a place of the document, which it adds if it is not there.
func (b *bundler) list(way []string) *node {
	n := b.tree.root
	for _, key := range way {
		child := n.get(key)
		if child == nil || child.shape != shapeObject {
			child = newObject(n.at)
			n.set(key, child)
		}
		n = child
	}
	return n
}

// copy clones what a reference leads to. An example may be referred to by its value.
func (b *bundler) copy(n *node, k kind) *node {
	if b.copied += n.size(); b.full() {
		return newObject(n.at)
	}
	clone := n.clone()
	if k != kindExample || slices.ContainsFunc(clone.members, func(m *member) bool {
		_, known := grammar[k].fields[m.key]
		return known || m.key == "$ref"
	}) {
		return clone
	}
	example := newObject(n.at)
	example.set("value", clone)
	return example
}

// inline puts what a reference leads to in its place. What stands beside the reference stays.
func (b *bundler) inline(n *node, m *member, k kind, a aim, f *file, depth int) {
	if b.opening[a.target(k)] {
		b.fail(m.at, "", fmt.Sprintf("the reference %s leads back to itself", quote(m.value.text)), "break the circle")
		return
	}
	if !grammar[k].ref {
		b.repaired(m.at, "", fmt.Sprintf("%s cannot be a reference", k), "gen copied what it refers to")
	}
	n.take("$ref")
	own := &node{shape: shapeObject, at: n.at, members: n.members}
	b.visit(own, k, f, depth+1)
	content := b.copy(a.node, k)
	b.opening[a.target(k)] = true
	b.visit(content, k, a.file, depth+1)
	delete(b.opening, a.target(k))
	if content.shape != shapeObject && len(own.members) == 0 {
		*n = *content
		return
	}
	for _, entry := range content.members {
		if n.member(entry.key) == nil {
			n.add(entry)
		}
	}
}

// expand returns a map or list of objects and the file that it is from. A reference in its place
// is replaced by what it leads to.
func (b *bundler) expand(m *member, want shape, f *file) (*node, *file) {
	n := m.value
	if o := b.owner[n]; o != nil {
		f = o.file
	}
	ref := n.member("$ref")
	if n.string("$ref") == "" || f == b.lib.root && strings.HasPrefix(ref.value.text, "#/") {
		return n, f
	}
	a, ok := b.end(ref, f)
	if !ok || a.node == nil {
		b.hollow = b.hollow || !ok
		return n, f
	}
	if a.node.shape != want {
		b.hollow = true
		b.fail(ref.at, "", fmt.Sprintf("the reference %s leads to %s where %s is expected", quote(ref.value.text), a.node.shape, want), "refer to "+want.String())
		return n, f
	}
	b.repaired(ref.at, "", fmt.Sprintf("%s cannot be a reference", m.key), "gen copied what it refers to")
	content := b.copy(a.node, noKind)
	b.owner[content] = &origin{file: a.file, parts: a.parts}
	for _, entry := range n.members {
		if entry != ref && want == shapeObject {
			b.owner[entry.value] = &origin{file: f}
			content.set(entry.key, entry.value)
		}
	}
	return content, a.file
}
