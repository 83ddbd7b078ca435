package spec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

var schemaTypes = []string{"string", "number", "integer", "boolean", "array", "object", "null"}

// typeNames are names of types that other languages have, and what they are in OpenAPI.
var typeNames = map[string]struct{ name, format string }{
	"int": {"integer", ""}, "int32": {"integer", "int32"}, "int64": {"integer", "int64"}, "long": {"integer", "int64"},
	"float": {"number", "float"}, "double": {"number", "double"}, "decimal": {"number", ""},
	"bool": {"boolean", ""}, "str": {"string", ""}, "text": {"string", ""},
	"date": {"string", "date"}, "datetime": {"string", "date-time"}, "date-time": {"string", "date-time"},
	"uuid": {"string", "uuid"}, "file": {"string", "binary"}, "binary": {"string", "binary"},
	"list": {"array", ""}, "dict": {"object", ""}, "map": {"object", ""},
}

// repairType checks the type of a schema, and writes a list of types the way of 3.0 where it must.
func (w *walker) repairType(p *place) {
	m := p.node.member("type")
	if m == nil {
		return
	}
	switch m.value.shape {
	case shapeNull:
		p.node.take("type")
	case shapeText:
		w.typeName(p, m)
	case shapeList:
		w.typeList(p, m)
	default:
		w.misshapen(p, m, "a string")
	}
}

func (w *walker) typeName(p *place, m *member) {
	name := m.value.text
	if name == "null" && !w.v31 {
		p.node.take("type")
		p.node.set("nullable", newBool(m.at, true))
		w.repaired(m.at, p.under("type"), "OpenAPI 3.0 has no type null", "gen read it as nullable")
		return
	}
	if slices.Contains(schemaTypes, name) {
		return
	}
	problem := fmt.Sprintf("there is no type %s", quote(name))
	known, found := typeNames[strings.ToLower(name)]
	if lower := strings.ToLower(name); !found && slices.Contains(schemaTypes, lower) {
		known.name, found = lower, true
	}
	switch {
	case found:
		m.value.text = known.name
		done := fmt.Sprintf("gen read it as %q", known.name)
		if known.format != "" && p.node.get("format") == nil {
			p.node.set("format", newText(m.at, known.format))
			done += fmt.Sprintf(" with format %q", known.format)
		}
		w.repaired(m.at, p.under("type"), problem, done)
	case name == "any" || name == "":
		p.node.take("type")
		w.repaired(m.at, p.under("type"), problem, "gen left it out: a schema without a type takes any value")
	default:
		w.fail(m.at, p.under("type"), problem, meant(name, schemaTypes, "the types are "+strings.Join(schemaTypes, ", ")))
	}
}

func (w *walker) typeList(p *place, m *member) {
	var names []*node
	null := false
	for i, item := range m.value.items {
		if item.shape == shapeNull { // YAML reads null without quotes as nothing
			item.shape, item.text = shapeText, "null"
		}
		if item.shape != shapeText || !slices.Contains(schemaTypes, item.text) {
			w.fail(item.at, p.under("type", strconv.Itoa(i)), fmt.Sprintf("there is no type %s", quote(item.text)), meant(item.text, schemaTypes, "the types are "+strings.Join(schemaTypes, ", ")))
			return
		}
		if item.text == "null" {
			null = true
		} else {
			names = append(names, item)
		}
	}
	if w.v31 && len(m.value.items) > 0 {
		return
	}
	w.typesIn30(p, m, names, null)
}

// typesIn30 writes a list of types with what OpenAPI 3.0 has: nullable and anyOf.
func (w *walker) typesIn30(p *place, m *member, names []*node, null bool) {
	p.node.take("type")
	var done []string
	switch {
	case len(names) == 1:
		p.node.set("type", names[0])
		done = append(done, "gen read it as "+quote(names[0].text))
	case len(names) > 1 && p.node.get("anyOf") == nil:
		branches := newList(m.at)
		for _, name := range names {
			branch := newObject(m.at)
			branch.set("type", name)
			if items := p.node.get("items"); items != nil && name.text == "array" {
				branch.set("items", items.clone())
			}
			branches.items = append(branches.items, branch)
		}
		p.node.set("anyOf", branches)
		done = append(done, "gen read it as anyOf")
	default:
		done = append(done, "gen left it out")
	}
	if null {
		p.node.set("nullable", newBool(m.at, true))
		done = append(done, "nullable")
	}
	w.repaired(m.at, p.under("type"), "OpenAPI 3.0 and 2.0 have no list of types", strings.Join(done, ", "))
}
