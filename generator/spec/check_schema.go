package spec

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
)

// checkSchema says what no value can fulfil, and what cannot be meant.
func (w *walker) checkSchema(p *place) {
	if p.outgoing() {
		return
	}
	w.checkDefault(p)
	w.checkRequired(p)
}

// outgoing says that a place is about requests that the server sends.
func (p *place) outgoing() bool {
	for ; p != nil; p = p.parent {
		if p.kind == kindCallback || p.field == "webhooks" {
			return true
		}
	}
	return false
}

// checkDefault holds a default against the type and the enum that stand beside it. Null is none.
func (w *walker) checkDefault(p *place) {
	m := p.node.member("default")
	if m == nil || m.value.shape == shapeNull {
		return
	}
	types, enum := typesOf(p.node), p.node.get("enum")
	switch {
	case len(types) > 0 && !slices.ContainsFunc(types, m.value.is):
		w.note(m.at, p.under(m.key), fmt.Sprintf("the default%s is %s where %s is expected", brief(m.value), m.value.shape, typed(types[0])), "gen goes without a default")
	case enum != nil && enum.shape == shapeList && !slices.ContainsFunc(enum.items, m.value.same):
		w.note(m.at, p.under(m.key), fmt.Sprintf("the default%s is not in the enum", brief(m.value)), "gen goes without a default")
	}
}

// typesOf are the types that a schema names.
func typesOf(schema *node) []string {
	kind := schema.get("type")
	if kind == nil {
		return nil
	}
	if kind.shape == shapeText {
		return []string{kind.text}
	}
	names := make([]string, len(kind.items))
	for i, item := range kind.items {
		names[i] = item.text
	}
	return names
}

// is says that a value is of one of JSON Schema's types. A type that there is not has all values.
func (n *node) is(name string) bool {
	switch name {
	case "string":
		return n.shape == shapeText
	case "number":
		return n.shape == shapeNumber
	case "integer":
		f, err := strconv.ParseFloat(n.text, 64)
		return n.shape == shapeNumber && err == nil && f == float64(int64(f))
	case "boolean":
		return n.shape == shapeBool
	case "array":
		return n.shape == shapeList
	case "object":
		return n.shape == shapeObject
	case "null":
		return n.shape == shapeNull
	}
	return true
}

// same says that two values are written alike.
func (n *node) same(other *node) bool {
	return bytes.Equal(n.appendJSON(nil), other.appendJSON(nil))
}

// brief is a scalar with a space before it, as a message names it, "" for all else.
func brief(n *node) string {
	if !n.scalar() {
		return ""
	}
	return " " + string(n.appendJSON(nil))
}

func typed(name string) string {
	switch name {
	case "integer", "object", "array":
		return "an " + name
	}
	return "a " + name
}

// slip is a property that is required and not described, where nothing else can describe it.
type slip struct {
	schema *node
	issue  Issue
}

// openers are the keys of schemas that may describe more properties than stand under properties.
var openers = []string{
	"$ref", "allOf", "oneOf", "anyOf", "not", "if", "patternProperties", "dependentSchemas", "unevaluatedProperties",
}

// checkRequired remembers required properties that an object does not describe although it describes
// others, unless it lets in more by a key of its own.
func (w *walker) checkRequired(p *place) {
	properties, required, more := p.node.get("properties"), p.node.get("required"), p.node.get("additionalProperties")
	if properties == nil || len(properties.members) == 0 || required == nil || slices.Contains(composing, p.field) {
		return
	}
	if slices.ContainsFunc(openers, func(key string) bool { return p.node.member(key) != nil }) {
		return
	}
	done := "gen added it, with any value"
	switch {
	case more == nil:
	case more.shape == shapeBool && !more.isTrue():
		done = "no value can have it: additionalProperties is false"
	default:
		return
	}
	for i, item := range required.items {
		if properties.member(item.text) != nil {
			continue
		}
		advice := done
		if name := nearest(item.text, keysOf(properties)); name != "" {
			advice += fmt.Sprintf("; did you mean %q?", name)
		}
		w.slips = append(w.slips, slip{p.node, Issue{item.at, p.under("required", strconv.Itoa(i)), fmt.Sprintf("%s is required and not among the properties", quote(item.text)), advice}})
	}
}

// composing are the fields whose schemas hold together with others.
var composing = []string{"allOf", "oneOf", "anyOf", "not"}

// noteSlips reports those of schemas that are no part of another.
func (w *walker) noteSlips() {
	for _, s := range w.slips {
		if !w.shared[s.schema] {
			w.warnings = append(w.warnings, s.issue)
		}
	}
}
