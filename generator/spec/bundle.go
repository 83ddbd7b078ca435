package spec

import (
	"fmt"
	"slices"
	"strings"
)

// maxBundled is how many values references to other files may bring in, all together.
const maxBundled = 2_000_000

// bundler makes one document of several files. What a reference leads to becomes a component where
// OpenAPI has components of its kind, else it takes the reference's place. Values keep their positions.
type bundler struct {
	*report
	lib      *library
	tree     *tree
	sections []section
	fields   func(kind) map[string]field
	owner    map[*node]*origin // of what came from elsewhere than what contains it
	bound    map[target]string // the references to components, by what they stand for
	queue    []queued
	opening  map[target]bool // what is being put in place of a reference
	copied   int
	overfull bool               // that too much was copied is reported
	hollow   bool               // something that cannot be a reference is one to nowhere
	unmet    map[trouble]Issues // references that cannot be followed, by what they lead to and why
}

// section is where a document has its components of one kind.
type section struct {
	way  []string
	kind kind
}

// origin is where a value comes from. Its references are visited once.
type origin struct {
	file    *file
	parts   []string
	visited bool
}

// target is what a component stands for: a place in a file, seen as one kind of object.
type target struct {
	file    *file
	pointer string
	kind    kind
}

// queued is a component whose references are still to be followed.
type queued struct {
	node *node
	kind kind
	file *file
}

// bundle brings into the document what its references to other files lead to. It returns false if
// what came of it is not worth another look.
func bundle(t *tree, v20 bool, lib *library, r *report) bool {
	if !leadsAway(t.root) {
		return true
	}
	b := &bundler{
		report: r, lib: lib, tree: t, sections: sections30(), fields: fields30, owner: map[*node]*origin{},
		bound: map[target]string{}, opening: map[target]bool{}, unmet: map[trouble]Issues{},
	}
	if v20 {
		b.sections, b.fields = sections20(), fields20
	}
	for _, s := range b.sections {
		b.adopt(s)
	}
	b.visit(t.root, kindDocument, lib.root, 0)
	for len(b.queue) > 0 {
		next := b.queue[0]
		b.queue = b.queue[1:]
		b.visit(next.node, next.kind, next.file, 0)
	}
	b.reportUnmet()
	return !b.overfull && !b.hollow
}

// leadsAway says whether a value has references that the document alone cannot follow.
func leadsAway(n *node) bool {
	for _, m := range n.members {
		switch {
		case m.key == "$ref" && m.value.shape == shapeText && !strings.HasPrefix(m.value.text, "#/"):
			return true
		case m.key == "mapping" && slices.ContainsFunc(m.value.members, func(m *member) bool { return namesFile(m.value.text) }):
			return true
		case leadsAway(m.value):
			return true
		}
	}
	return slices.ContainsFunc(n.items, leadsAway)
}

func sections30() []section {
	var list []section
	for key, field := range grammar[kindComponents].fields {
		if field.form == formMap && key != "pathItems" { // which OpenAPI 3.0 does not have
			list = append(list, section{[]string{"components", key}, field.of})
		}
	}
	slices.SortFunc(list, func(a, b section) int { return int(a.kind) - int(b.kind) })
	return list
}

func fields30(k kind) map[string]field { return grammar[k].fields }

func sections20() []section {
	return []section{
		{[]string{"definitions"}, kindSchema}, {[]string{"parameters"}, kindParameter}, {[]string{"responses"}, kindResponse},
	}
}

// fields20 has the fields of Swagger 2.0 that may hold references.
func fields20(k kind) map[string]field {
	switch k {
	case kindDocument:
		return map[string]field{
			"info": one(kindInfo), "paths": one(kindPaths), "definitions": mapOf(kindSchema), "parameters": mapOf(kindParameter),
			"responses": mapOf(kindResponse), "securityDefinitions": mapOf(kindSecurityScheme), "tags": listOf(kindTag),
		}
	case kindResponse:
		return map[string]field{"schema": one(kindSchema), "headers": mapOf(kindHeader)}
	default:
		return grammar[k].fields
	}
}

// section returns where components of a kind are kept, nil if the version has no place for them.
func (b *bundler) section(k kind) []string {
	for _, s := range b.sections {
		if s.kind == k {
			return s.way
		}
	}
	return nil
}

// visit follows the references of an object and of all that is in it. The file is the one that they
// are relative to.
func (b *bundler) visit(n *node, k kind, f *file, depth int) {
	if n.shape != shapeObject || b.full() {
		return
	}
	if o := b.owner[n]; o != nil {
		if o.visited {
			return
		}
		o.visited, f = true, o.file
	}
	if depth > maxDepth {
		b.fail(n.at, "", fmt.Sprintf("values are nested more than %d deep", maxDepth), "flatten them")
		return
	}
	if m := n.member("$ref"); m != nil && m.value.shape == shapeText && b.follow(n, m, k, f, depth) {
		return
	}
	b.before(n, k, f)
	implicit := impliedNames(n, k)
	fields, values := b.fields(k), grammar[k].values
	for _, m := range slices.Clone(n.members) {
		switch field, known := fields[m.key]; {
		case known:
			b.value(m, field, f, depth)
		case values != noKind:
			b.visit(m.value, values, f, depth+1)
		}
	}
	writeMapping(n, implicit)
}

func (b *bundler) value(m *member, field field, f *file, depth int) {
	switch field.form {
	case formOne, formSwitch:
		b.visit(m.value, field.of, f, depth+1)
	case formMap:
		m.value, f = b.expand(m, shapeObject, f)
		for _, entry := range m.value.members {
			b.visit(entry.value, field.of, f, depth+1)
		}
	case formList:
		m.value, f = b.expand(m, shapeList, f)
		for _, item := range m.value.items {
			b.visit(item, field.of, f, depth+1)
		}
	}
}

// full says that too much was copied, and reports it the first time.
func (b *bundler) full() bool {
	if b.copied > maxBundled && !b.overfull {
		b.overfull = true
		b.fail(b.tree.root.at, "", fmt.Sprintf("references stand for more than %d values", maxBundled), "refer to components instead of whole maps and paths")
	}
	return b.overfull
}
