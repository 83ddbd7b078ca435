package spec

import (
	"slices"
	"strings"
)

// madeOfItself gives a schema a type that says nothing but that what is in it is like itself: any value is like that,
// and kin-openapi never comes to the end of it.
func (w *walker) madeOfItself(p *place) {
	s := endless{tree: w.tree, from: p.node, seen: map[*node]bool{}}
	nothing := s.saysNothing(p.node)
	if (!nothing || !s.found) && !s.isLikeOthers() {
		return
	}
	name := "object"
	switch {
	case p.node.get("properties") != nil || p.node.get("additionalProperties") != nil:
	case p.node.get("items") != nil:
		name = "array"
	default:
		for _, key := range []string{"allOf", "anyOf", "oneOf"} {
			p.node.take(key)
		}
		w.note(p.at, p.pointer(), "a schema is made of nothing but itself", "gen takes any value for it")
		return
	}
	p.node.set("type", newText(p.at, name))
	w.note(p.at, p.pointer(), "a schema says only that what is in it is like itself, and has no type", "gen read its type as "+quote(name))
}

// endless looks for a way from a schema back to itself, past nothing that a value could break.
type endless struct {
	tree  *tree
	from  *node
	seen  map[*node]bool
	found bool
}

// isLikeOthers says that what is in the schema, and in that, has no type up to the schema itself. What its allOf says is
// looked at later.
func (s *endless) isLikeOthers() bool {
	n := s.from
	for range maxHops {
		if n == nil || n.shape != shapeObject || n.get("type") != nil {
			return false
		}
		within := n.get("additionalProperties")
		if within == nil {
			within = n.get("items")
		}
		if within == nil {
			return false
		}
		if n = s.tree.deref(within); n == s.from {
			return true
		}
	}
	return false
}

// annotations are keywords that ask for nothing.
var annotations = []string{"title", "description", "default", "example", "deprecated", "externalDocs", "xml"}

// saysNothing says that no value breaks a schema, unless by itself.
func (s *endless) saysNothing(schema *node) bool {
	n := s.tree.deref(schema)
	switch {
	case n == nil || n.shape != shapeObject:
		return false
	case s.seen[n]:
		s.found = s.found || n == s.from
		return true
	}
	s.seen[n] = true
	return !slices.ContainsFunc(n.members, s.says)
}

// says tells that a keyword asks for something.
func (s *endless) says(m *member) bool {
	var within []*node
	switch m.key {
	case "additionalProperties":
		if m.value.isTrue() {
			return false
		}
		within = []*node{m.value}
	case "items":
		within = []*node{m.value}
	case "properties":
		for _, property := range m.value.members {
			within = append(within, property.value)
		}
	case "allOf", "anyOf", "oneOf":
		within = m.value.items
	default:
		return !slices.Contains(annotations, m.key) && !strings.HasPrefix(m.key, "x-")
	}
	return slices.ContainsFunc(within, func(n *node) bool { return !s.saysNothing(n) })
}
