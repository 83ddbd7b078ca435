package spec

import (
	"slices"
	"strings"
)

// before follows what an object refers to by other means than $ref.
func (b *bundler) before(n *node, k kind, f *file) {
	switch {
	case k == kindDiscriminator:
		b.mapping(n, f)
	case k == kindOperation && f != b.lib.root:
		b.schemes(n, f)
	}
}

// mapping rewrites the references in a discriminator's mapping, and the names of components of
// another file than the document's.
func (b *bundler) mapping(n *node, f *file) {
	mapping := n.get("mapping")
	if mapping == nil {
		return
	}
	for _, m := range mapping.members {
		text := m.value.text
		switch {
		case m.value.shape != shapeText || f == b.lib.root && strings.HasPrefix(text, "#"):
		case namesFile(text) || strings.HasPrefix(text, "#"):
			if a, ok := b.end(m, f); ok && a.file == b.lib.root {
				m.value.text = refTo(a.parts)
			} else if ok {
				m.value.text = b.bind(a, kindSchema)
			}
		case f != b.lib.root:
			for _, parts := range [][]string{{"components", "schemas", text}, {"definitions", text}} {
				if target := f.root.find(parts); target != nil {
					m.value.text = b.bind(aim{f, parts, target, target.at}, kindSchema)
					break
				}
			}
		}
	}
}

// implied is the name that a discriminator has for a branch without a mapping for it.
type implied struct {
	branch *node
	name   string
}

// impliedNames returns those names while references are as they were written.
func impliedNames(n *node, k kind) []implied {
	if k != kindSchema || n.get("discriminator") == nil {
		return nil
	}
	var names []implied
	for _, key := range []string{"oneOf", "anyOf"} {
		list := n.get(key)
		if list == nil {
			continue
		}
		for _, branch := range list.items {
			ref := branch.string("$ref")
			file, fragment, _ := strings.Cut(ref, "#")
			if parts := splitPointer(unescape(fragment)); len(parts) > 0 {
				names = append(names, implied{branch, parts[len(parts)-1]})
			} else if file != "" {
				names = append(names, implied{branch, stem(unescape(file))})
			}
		}
	}
	return names
}

// writeMapping maps those names whose branch is a component of another name by now.
func writeMapping(n *node, names []implied) {
	discriminator := n.get("discriminator")
	for _, branch := range names {
		ref := branch.branch.string("$ref")
		parts, local := refParts(ref)
		if !local || parts[len(parts)-1] == branch.name || discriminator.shape != shapeObject {
			continue
		}
		mapping := discriminator.get("mapping")
		if mapping == nil {
			mapping = newObject(discriminator.at)
			discriminator.set("mapping", mapping)
		}
		mapped := slices.ContainsFunc(mapping.members, func(m *member) bool { return m.value.text == ref || m.key == branch.name })
		if !mapped && mapping.shape == shapeObject {
			mapping.set(branch.name, newText(branch.branch.at, ref))
		}
	}
}

// schemes brings along the security schemes that an operation of another document needs.
func (b *bundler) schemes(op *node, f *file) {
	way, security := b.section(kindSecurityScheme), op.get("security")
	if way == nil || security == nil {
		return
	}
	for _, item := range security.items {
		for _, need := range item.members {
			theirs := f.root.find(append(slices.Clip(way), need.key))
			if theirs == nil {
				continue
			}
			if ours := b.list(way); ours.member(need.key) == nil {
				scheme := b.copy(theirs, kindSecurityScheme)
				b.owner[scheme] = &origin{file: f}
				ours.add(&member{key: need.key, at: theirs.at, value: scheme})
				b.queue = append(b.queue, queued{scheme, kindSecurityScheme, f})
			}
		}
	}
}
