package spec

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// walker goes through a document along the grammar. At each object it first repairs what has one
// obvious meaning, then says what is wrong with the rest.
type walker struct {
	*report
	tree      *tree
	file      string         // the base name of the document
	bundled   bool           // references to other files were followed before, or reported
	v31       bool           // OpenAPI 3.1 or later
	walked    map[*node]bool // objects outside of the grammar that references made part of it
	copied    int            // how many values were copied to where a reference cannot stand
	nullables Issues         // where 3.1 has the nullable of 3.0
	goHints   Issues         // where the document names Go types
	leftOut   map[string]Issues
	slips     []slip
	shared    map[*node]bool // schemas that are a part of others by reference
}

// place is an object of the document, with the way to it.
type place struct {
	parent *place
	part   string   // its key or index in what contains it
	field  string   // the field of parent that it is in
	at     Position // of its key
	kind   kind
	node   *node
	depth  int
}

func (p *place) pointer() string {
	var parts []string
	for ; p.parent != nil; p = p.parent {
		parts = append(parts, p.part)
	}
	slices.Reverse(parts)
	return Pointer(parts...)
}

// under returns the pointer of a key of the object.
func (p *place) under(parts ...string) string { return p.pointer() + Pointer(parts...) }

// below returns the place of an object in p.
func (p *place) below(at Position, k kind, n *node, parts ...string) *place {
	for _, part := range parts[:len(parts)-1] {
		p = &place{parent: p, part: part, kind: noKind, depth: p.depth}
	}
	return &place{parent: p, part: parts[len(parts)-1], field: parts[0], at: at, kind: k, node: n, depth: p.depth + 1}
}

// owner returns the object that contains p, skipping the maps and lists between them.
func (p *place) owner() *place {
	for p = p.parent; p != nil && p.kind == noKind; p = p.parent {
	}
	return p
}

// walk repairs and checks the whole document.
func (w *walker) walk() {
	root := &place{kind: kindDocument, node: w.tree.root, at: w.tree.root.at}
	w.completeDocument(root)
	w.dropStray()
	w.visit(root)
	w.checkOperationIDs()
	w.noteRepeated()
	w.noteSlips()
}

func (w *walker) visit(p *place) {
	if p.depth > maxDepth {
		w.fail(p.at, p.pointer(), fmt.Sprintf("values are nested more than %d deep", maxDepth), "flatten them")
		return
	}
	if !w.shaped(p) {
		return
	}
	w.noteLeftOut(p)
	w.stripGoHints(p)
	if grammar[p.kind].ref && p.node.member("$ref") != nil && !w.reference(p) {
		return
	}
	w.before(p)
	w.fields(p)
	w.after(p)
}

// before repairs an object ahead of its fields.
func (w *walker) before(p *place) {
	switch p.kind {
	case kindSchema:
		w.repairSchema(p)
	case kindParameter:
		w.repairParameter(p)
	case kindRequestBody:
		w.repairRequestBody(p)
	case kindResponse:
		w.repairResponse(p)
	case kindResponses:
		w.repairStatuses(p)
	case kindHeader:
		w.repairHeader(p)
		w.checkPrintable(p)
	case kindMediaType:
		w.checkPrintable(p)
	case kindPaths:
		w.repairPaths(p)
	}
}

// after checks an object whose fields are in order.
func (w *walker) after(p *place) {
	object := grammar[p.kind]
	for _, key := range object.required {
		if p.node.member(key) == nil {
			w.fail(p.at, p.pointer(), fmt.Sprintf("%s has no %s", object.name, key), "add "+key)
		}
	}
	switch p.kind {
	case kindSchema:
		w.checkSchema(p)
	case kindParameter:
		w.checkParameter(p)
	case kindOperation:
		w.checkOperation(p)
	case kindPathItem:
		w.checkPathParameters(p)
	case kindSecurityScheme:
		w.checkSecurityScheme(p)
	}
}

func (w *walker) fields(p *place) {
	object := grammar[p.kind]
	for _, m := range slices.Clone(p.node.members) {
		if strings.HasPrefix(m.key, "x-") || m.key == "$ref" {
			continue
		}
		field, known := object.fields[m.key]
		switch {
		case known:
			w.value(p, m, field)
		case object.values != noKind:
			w.visit(p.below(m.at, object.values, m.value, m.key))
		default:
			w.unknown(p, m)
		}
	}
}

// value goes on with the value of one field. A null stands for an absent field.
func (w *walker) value(p *place, m *member, f field) {
	if m.value.shape == shapeNull && f.form != formAny {
		p.node.take(m.key)
		return
	}
	switch f.form {
	case formOne:
		w.visit(p.below(m.at, f.of, m.value, m.key))
	case formMap:
		w.each(p, m, f.of)
	case formList:
		w.items(p, m, f.of)
	case formSwitch:
		if !w.isSwitch(p, m) {
			w.visit(p.below(m.at, f.of, m.value, m.key))
		}
	default:
		w.plain(p, m, f.form)
	}
}

func (w *walker) each(p *place, m *member, of kind) {
	if m.value.shape != shapeObject {
		w.misshapen(p, m, "an object")
		return
	}
	w.inlineMap(p, m)
	for _, entry := range slices.Clone(m.value.members) {
		if strings.HasPrefix(entry.key, "x-") && of != kindSchema && of != kindHeader && of != kindExample {
			continue
		}
		w.visit(p.below(entry.at, of, entry.value, m.key, entry.key))
	}
}

func (w *walker) items(p *place, m *member, of kind) {
	if !w.listed(p, m, of) {
		return
	}
	for i, item := range m.value.items {
		w.visit(p.below(item.at, of, item, m.key, strconv.Itoa(i)))
	}
}

// unknown handles a key that the grammar does not have.
func (w *walker) unknown(p *place, m *member) {
	names := slices.Collect(maps.Keys(grammar[p.kind].fields))
	name := nearest(m.key, names)
	if twin := sameLetters(m.key, names); strings.EqualFold(twin, m.key) {
		name = twin
	} else if p.node.member(name) != nil {
		name = ""
	}
	problem := fmt.Sprintf("%s has no key %s", grammar[p.kind].name, quote(m.key))
	switch {
	case name == "":
		if p.kind != kindSchema { // JSON Schema allows keys of one's own
			w.note(m.at, p.under(m.key), problem, "gen ignored it; names of one's own start with x-")
		}
	case strings.EqualFold(name, m.key) && p.node.member(name) != nil:
		w.note(m.at, p.under(m.key), problem, fmt.Sprintf("gen ignored it beside %q", name))
		p.node.take(m.key) // encoding/json would take one for the other
	case strings.EqualFold(name, m.key):
		w.repaired(m.at, p.under(m.key), problem, fmt.Sprintf("gen read it as %q", name))
		p.node.rename(m, name)
		w.value(p, m, grammar[p.kind].fields[name])
	case grammar[p.kind].fields[name].structural() && p.kind != kindSchema:
		w.fail(m.at, p.under(m.key), problem, fmt.Sprintf("did you mean %q?", name))
	default:
		w.note(m.at, p.under(m.key), problem, fmt.Sprintf("gen ignored it; did you mean %q?", name))
	}
}
