package spec

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// maxCopied is how many values may be copied to places where a reference cannot stand.
const maxCopied = 200_000

// shorthand has, by kind, the key that a string in place of the object means.
var shorthand = map[kind]string{
	kindResponse: "description", kindExternalDocs: "url", kindLicense: "name", kindContact: "name",
	kindTag: "name", kindServer: "url", kindDiscriminator: "propertyName",
}

// shaped makes sure that there is an object at p. It returns false if there is nothing to go on with.
func (w *walker) shaped(p *place) bool {
	n := p.node
	switch {
	case n.shape == shapeObject:
		return true
	case n.shape == shapeNull:
		*n = *newObject(p.at)
		return true
	case n.shape == shapeBool && p.kind == kindSchema:
		w.boolSchema(p)
		return n.shape == shapeObject
	case n.shape == shapeText && w.expand(p):
		return true
	case n.shape == shapeList && len(n.items) == 1 && n.items[0].shape == shapeObject && p.field != "items":
		w.repaired(p.at, p.pointer(), fmt.Sprintf("%s is a list of one where an object is expected", p.kind), "gen read it without the list")
		*n = *n.items[0]
		return true
	case n.shape == shapeList && p.kind == kindSchema && p.field == "items":
		w.tuple(p)
		return true
	}
	w.fail(p.at, p.pointer(), fmt.Sprintf("%s is %s where an object is expected", p.kind, n.shape), "write an object")
	return false
}

// boolSchema writes the schemas true and false of JSON Schema as OpenAPI 3.0 knows them.
func (w *walker) boolSchema(p *place) {
	if w.v31 {
		return
	}
	w.repaired(p.at, p.pointer(), "a schema is "+p.node.text+", which OpenAPI 3.0 does not know", "gen read true as {}, false as {not: {}}")
	allowed := p.node.isTrue()
	*p.node = *newObject(p.at)
	if !allowed {
		p.node.set("not", newObject(p.at))
	}
}

var writtenRef = regexp.MustCompile(`^(?:\$ref:\s*)?['"]?(#/[^'"]+?)['"]?$`)

// expand makes an object of a string where the meaning is plain.
func (w *walker) expand(p *place) bool {
	n, text := p.node, p.node.text
	problem := fmt.Sprintf("%s is the string %s where an object is expected", p.kind, quote(text))
	if match := writtenRef.FindStringSubmatch(text); match != nil && grammar[p.kind].ref && w.tree.target(match[1]) != nil {
		w.repaired(p.at, p.pointer(), problem, "gen read it as a $ref")
		*n = *newRef(p.at, match[1])
		return true
	}
	if key := shorthand[p.kind]; key != "" {
		w.repaired(p.at, p.pointer(), problem, "gen read it as its "+key)
		object := newObject(p.at)
		object.set(key, newText(n.at, text))
		*n = *object
		return true
	}
	switch {
	case p.kind == kindSchema && slices.Contains(schemaTypes, text):
		w.repaired(p.at, p.pointer(), problem, "gen read it as its type")
		object := newObject(p.at)
		object.set("type", newText(n.at, text))
		*n = *object
		return true
	case p.kind == kindMediaType:
		w.repaired(p.at, p.pointer(), problem, "gen left its schema open")
		*n = *newObject(p.at)
		return true
	}
	return false
}

// dropStray removes what stands under components.schemas and is no schema, before references
// are looked at.
func (w *walker) dropStray() {
	schemas := w.tree.root.find([]string{"components", "schemas"})
	if schemas == nil {
		return
	}
	for _, entry := range slices.Clone(schemas.members) {
		n := entry.value
		if !n.scalar() || n.shape == shapeBool || slices.Contains(schemaTypes, n.text) || writtenRef.MatchString(n.text) {
			continue
		}
		w.repaired(entry.at, Pointer("components", "schemas", entry.key), fmt.Sprintf("%s is %s where a schema is expected", quote(entry.key), n.shape), "gen left it out")
		schemas.take(entry.key)
	}
}

// listed makes sure that a field holds a list: one value in its place is a list of one.
func (w *walker) listed(p *place, m *member, of kind) bool {
	n := m.value
	if n.shape == shapeList {
		return true
	}
	single := n.scalar() && of == noKind ||
		n.shape == shapeObject && (of != kindParameter || n.get("name") != nil || n.get("$ref") != nil) ||
		n.shape == shapeText && shorthand[of] != ""
	if single {
		w.repaired(m.at, p.under(m.key), fmt.Sprintf("%s is %s where a list is expected", m.key, n.shape), "gen read it as a list of one")
		m.value = newList(n.at, n)
		return true
	}
	w.misshapen(p, m, "a list")
	return false
}

// inlineMap replaces a $ref that stands for a whole map of objects by what it refers to: a
// reference may stand for an object only.
func (w *walker) inlineMap(p *place, m *member) {
	ref := m.value.string("$ref")
	if ref == "" {
		return
	}
	at, pointer := m.value.member("$ref").at, p.under(m.key, "$ref")
	problem := fmt.Sprintf("%s is a reference where objects by name are expected", m.key)
	m.value.take("$ref")
	target := w.tree.target(ref)
	if parts, ok := refParts(ref); ok && target != nil && kindAt(parts) == kindSchema {
		target = target.get(m.key)
	}
	if target == nil || target.shape != shapeObject {
		w.fail(at, pointer, fmt.Sprintf("%s, and %s leads to none", problem, quote(ref)), "write the names here")
		return
	}
	if !w.copies(target, at, pointer) {
		return
	}
	w.repaired(at, pointer, problem, "gen copied what it refers to")
	for _, entry := range target.clone().members {
		if m.value.member(entry.key) == nil {
			m.value.add(entry)
		}
	}
}

// copies counts what is about to be copied and says whether it may be.
func (w *walker) copies(n *node, at Position, pointer string) bool {
	if w.copied += n.size(); w.copied > maxCopied {
		w.fail(at, pointer, "references stand for too many values where none may stand", "write the values here")
		return false
	}
	return true
}

// size is the number of values in n.
func (n *node) size() int {
	size := 1
	for _, m := range n.members {
		size += m.value.size()
	}
	for _, item := range n.items {
		size += item.size()
	}
	return size
}

// isJSON says whether a media type is JSON: application/json or a +json type.
func isJSON(mediaType string) bool {
	mediaType, _, _ = strings.Cut(strings.ToLower(mediaType), ";")
	mediaType = strings.TrimSpace(mediaType)
	return strings.HasSuffix(mediaType, "/json") || strings.HasSuffix(mediaType, "+json")
}
