package spec

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// repairSense mends what a schema may say but cannot mean: no value would ever be accepted.
func (w *walker) repairSense(p *place) {
	w.enumOfItems(p)
	w.formatOutOfBounds(p)
	w.inlineBranches(p)
	w.madeOfItself(p)
}

// enumOfItems moves an enum from an array to its items when no value in it is a list.
func (w *walker) enumOfItems(p *place) {
	m, items := p.node.member("enum"), p.node.get("items")
	if m == nil || m.value.shape != shapeList || items == nil || items.shape != shapeObject ||
		p.node.string("type") != "array" || items.get("enum") != nil || items.get("$ref") != nil {
		return
	}
	if slices.ContainsFunc(m.value.items, func(item *node) bool { return !item.scalar() }) {
		return
	}
	p.node.take("enum")
	items.set("enum", m.value)
	w.note(m.at, p.under("enum"), "an array cannot be one of these values", "gen took them for those of its items")
}

// formatOutOfBounds drops a format that every value is too short or too long for.
func (w *walker) formatOutOfBounds(p *place) {
	shortest := map[string]int{"uuid": 36, "date": 10, "date-time": 20}[p.node.string("format")]
	limit := p.node.get("maxLength")
	if limit == nil {
		return
	}
	longest, err := strconv.Atoi(limit.text)
	if err != nil || shortest == 0 || longest >= shortest {
		return
	}
	m := p.node.take("format")
	w.note(m.at, p.under("format"), "a "+m.value.text+" has at least "+strconv.Itoa(shortest)+" characters, and maxLength is "+strconv.Itoa(longest), "gen ignored the format")
}

// inlineBranches makes references of branches that repeat what the discriminator maps to: it knows
// components only (OpenAPI 3.1 §4.8.25). A discriminator that knows none of its branches is dropped.
func (w *walker) inlineBranches(p *place) {
	m := p.node.member("discriminator")
	if m == nil || m.value.shape != shapeObject {
		return
	}
	var inline, named int
	for _, branch := range branches(p.node) {
		switch {
		case branch.get("$ref") != nil:
			named++
		case branch.string("type") == "null":
		case w.nameBranch(branch, m.value.get("mapping")):
			w.note(branch.at, p.pointer(), "a branch beside a discriminator repeats the component that it maps to", "gen read it as a reference")
		default:
			inline++
		}
	}
	if inline > 0 && named == 0 {
		p.node.take("discriminator")
		w.note(m.at, p.under("discriminator"), "a discriminator tells components apart, and the branches are none", "gen left it out; move them to components.schemas")
	}
}

func branches(n *node) []*node {
	var out []*node
	for _, key := range []string{"oneOf", "anyOf"} {
		if list := n.get(key); list != nil && list.shape == shapeList {
			out = append(out, list.items...)
		}
	}
	return out
}

// nameBranch turns a branch into a reference to the mapped component that says the same.
func (w *walker) nameBranch(branch, mapping *node) bool {
	if mapping == nil || branch.shape != shapeObject {
		return false
	}
	for _, m := range mapping.members {
		target := w.tree.root.find(strings.Split(strings.TrimPrefix(m.value.text, "#/"), "/"))
		if target != nil && bytes.Equal(target.appendJSON(nil), branch.appendJSON(nil)) {
			*branch = *newRef(branch.at, m.value.text)
			return true
		}
	}
	return false
}
