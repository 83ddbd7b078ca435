package spec

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// reference repairs and checks the $ref of an object. It returns true if the object has fields of
// its own that count.
func (w *walker) reference(p *place) bool {
	m := p.node.member("$ref")
	if m.value.shape != shapeText || m.value.text == "" {
		w.fail(m.at, p.under("$ref"), "a $ref is no reference", "write a string like \"#/components/schemas/Post\"")
		return false
	}
	w.localize(p, m)
	ref := m.value.text
	switch parts, local := refParts(ref); {
	case !local && w.bundled && !strings.HasPrefix(ref, "#"):
	case !local && strings.HasPrefix(ref, "#"):
		w.fail(m.at, p.under("$ref"), fmt.Sprintf("the reference %s is written wrong", quote(ref)), "write it like \"#/components/schemas/Post\"")
	case !local:
		w.fail(m.at, p.under("$ref"), fmt.Sprintf("the reference %s leads to another file, which gen does not read", quote(ref)), "put what it refers to into components, and refer to that")
	case w.tree.target(ref) == nil:
		w.dangling(p, m, parts)
	default:
		w.checkTarget(p, m, parts)
	}
	if p.node.member("$ref") == nil { // repaired: an object like any other
		return true
	}
	if p.kind == kindPathItem || p.kind == kindSchema {
		return true
	}
	dropSiblings(p.node)
	return false
}

// dropSiblings removes what stands beside a reference and is ignored there.
func dropSiblings(n *node) {
	n.members = slices.DeleteFunc(n.members, func(m *member) bool {
		text := (m.key == "summary" || m.key == "description") && asText(m.value)
		return m.key != "$ref" && !text && !strings.HasPrefix(m.key, "x-")
	})
	n.index = nil
}

// localize writes a reference the way it must be where its meaning is plain: a missing # or /, or
// the name of this very file in front.
func (w *walker) localize(p *place, m *member) {
	ref := m.value.text
	if file, fragment, found := strings.Cut(ref, "#"); found && file != "" && path.Clean(file) == w.file {
		m.value.text = "#" + fragment
		return
	}
	if strings.HasPrefix(ref, "#/") {
		return
	}
	local := "#/" + strings.TrimLeft(ref, "#/")
	if section := grammar[p.kind].section; !strings.ContainsAny(ref, "/#") && section != "" {
		local = refTo([]string{"components", section, ref})
	}
	if (strings.Contains(ref, "/") || !strings.HasPrefix(ref, "#")) && w.tree.target(local) != nil {
		w.repaired(m.at, p.under("$ref"), fmt.Sprintf("the reference %s is written wrong", quote(ref)), fmt.Sprintf("gen read it as %q", local))
		m.value.text = local
	}
}

// dangling handles a reference to nowhere.
func (w *walker) dangling(p *place, m *member, parts []string) {
	ref, section := m.value.text, grammar[p.kind].section
	problem := fmt.Sprintf("the reference %s leads nowhere", quote(ref))
	names := keysOf(w.tree.root.find([]string{"components", section}))
	name := parts[len(parts)-1]
	if found := sameLetters(name, names); found != "" {
		to := "#" + Pointer("components", section, found)
		w.repaired(m.at, p.under("$ref"), problem, fmt.Sprintf("gen read it as %q", to))
		m.value.text = to
		return
	}
	if near := nearest(name, names); near != "" {
		w.fail(m.at, p.under("$ref"), problem, fmt.Sprintf("did you mean %q?", "#"+Pointer("components", section, near)))
		return
	}
	if p.kind == kindSchema {
		w.repaired(m.at, p.under("$ref"), problem, "gen takes any value there; define it under components.schemas")
		p.node.take("$ref")
		return
	}
	w.fail(m.at, p.under("$ref"), problem, "define it under components."+section)
}

// checkTarget looks at what a reference leads to: it has to be of the kind that is expected.
func (w *walker) checkTarget(p *place, m *member, parts []string) {
	target, got := w.tree.target(m.value.text), kindAt(parts)
	if slices.Contains(composing, p.field) {
		w.shared[target] = true
	}
	if w.tree.deref(target) == nil && w.circular(m.value.text) {
		w.fail(m.at, p.under("$ref"), fmt.Sprintf("the reference %s leads back to itself", quote(m.value.text)), "break the circle")
		return
	}
	switch {
	case p.kind == kindMediaType && got != kindSchema:
		w.inlineObject(p, m, target)
	case got == p.kind:
	case got == noKind:
		w.adopt(p, m, target, parts)
	default:
		w.wrongKind(p, m, got, w.tree.deref(target))
	}
}

// circular says whether references lead from one to the other without end.
func (w *walker) circular(ref string) bool {
	for range maxHops {
		target := w.tree.target(ref)
		if target == nil || target.string("$ref") == "" {
			return false
		}
		ref = target.string("$ref")
	}
	return true
}

// adopt walks an object that stands outside of what OpenAPI describes, once.
func (w *walker) adopt(p *place, m *member, target *node, parts []string) {
	if target.shape != shapeObject {
		w.fail(m.at, p.under("$ref"), fmt.Sprintf("the reference %s leads to %s where %s is expected", quote(m.value.text), target.shape, p.kind), "refer to an object")
		return
	}
	if w.walked[target] {
		return
	}
	w.walked[target] = true
	at := (&Document{tree: w.tree}).Position(Pointer(parts...))
	w.visit((&place{depth: p.depth}).below(at, p.kind, target, parts...))
}

// inlineObject copies what a reference leads to where only 3.2 allows the reference.
func (w *walker) inlineObject(p *place, m *member, target *node) {
	if target = w.tree.deref(target); target == nil || target.shape != shapeObject || !w.copies(target, m.at, p.under("$ref")) {
		w.fail(m.at, p.under("$ref"), fmt.Sprintf("the reference %s leads to no object", quote(m.value.text)), "write the object here")
		return
	}
	w.repaired(m.at, p.under("$ref"), fmt.Sprintf("%s cannot be a reference", p.kind), "gen copied what it refers to")
	*p.node = *target.clone()
}

// wrongKind repairs a reference to another kind of object where only one thing can be meant.
func (w *walker) wrongKind(p *place, m *member, got kind, target *node) {
	ref := m.value.text
	problem := fmt.Sprintf("the reference %s leads to %s where %s is expected", quote(ref), got, p.kind)
	done := ""
	switch {
	case got == kindSchema:
		done = wrapSchema(p, m)
	case p.kind == kindSchema:
		done = w.schemaOf(p, target)
	}
	if done == "" {
		w.fail(m.at, p.under("$ref"), problem, "refer to "+grammar[p.kind].name+", under components."+grammar[p.kind].section)
		return
	}
	w.repaired(m.at, p.under("$ref"), problem, done)
	if p.node.member("$ref") != nil {
		p.depth++
		w.visitReference(p)
	}
}

// visitReference checks the reference that took the place of another one.
func (w *walker) visitReference(p *place) {
	if p.depth > maxDepth {
		w.fail(p.at, p.pointer(), "the reference leads back to itself", "break the circle")
		return
	}
	w.reference(p)
}

// wrapSchema puts a reference to a schema into the object that is expected around it.
func wrapSchema(p *place, m *member) string {
	media, content := newObject(m.at), newObject(m.at)
	media.set("schema", newRef(m.at, m.value.text))
	content.set("application/json", media)
	switch p.kind {
	case kindMediaType, kindHeader:
		*p.node = *media
		return "gen took it for its schema"
	case kindRequestBody, kindResponse:
		*p.node = *newObject(m.at)
		if p.kind == kindResponse {
			p.node.set("description", newText(m.at, statusText(p.part)))
		}
		p.node.set("content", content)
		return "gen took it for the schema of its application/json"
	}
	return ""
}

// schemaOf replaces a reference to a response, body, parameter or header by the one schema in it.
func (w *walker) schemaOf(p *place, target *node) string {
	schema := target.get("schema")
	if content := target.get("content"); schema == nil && content != nil {
		schema = onlySchema(content)
	}
	if schema == nil || schema.shape != shapeObject || w.copied+schema.size() > maxCopied {
		return ""
	}
	w.copied += schema.size()
	*p.node = *schema.clone()
	return "gen took the schema in it"
}

// onlySchema returns the schema of the only media type, or of the only JSON one.
func onlySchema(content *node) *node {
	var found []*node
	for _, m := range content.members {
		if isJSON(m.key) || len(content.members) == 1 {
			found = append(found, m.value.get("schema"))
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return nil
}
