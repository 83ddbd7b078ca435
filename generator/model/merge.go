package model

import (
	"reflect"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// shape is a schema with its allOf merged in.
type shape struct {
	*openapi3.Schema
	// props are the properties in the order of the document, members of allOf in theirs.
	props []property
	// variants are the branches of oneOf or anyOf that ask for something else than null.
	variants []variant
	// items, extra are the pointers of the schemas that Items and AdditionalProperties came from.
	items, extra string
	// parts are the schema itself and the members of its allOf.
	parts []part
}

// property is one property of a shape. It has several schemas where members of an allOf all describe it.
type property struct {
	name    string
	ref     *openapi3.SchemaRef
	pointer string
}

type variant struct {
	ref     *openapi3.SchemaRef
	pointer string
}

// shape merges a schema with the members of its allOf. What stands beside an allOf weighs more than
// its members, earlier members more than later ones.
func (l *lowerer) shape(s *openapi3.Schema, pointer string) *shape {
	flat := *s
	flat.Properties, flat.AllOf, flat.OneOf, flat.AnyOf = nil, nil, nil, nil
	flat.Required = slices.Clone(s.Required)
	flat.Nullable = nullable(s)
	out := &shape{Schema: &flat, items: pointer, extra: pointer}
	m := merger{lowerer: l, shape: out, seen: map[*openapi3.Schema]bool{}}
	m.structure(s, pointer)
	m.members(s, pointer)
	m.checkClosed(pointer)
	flat.Properties = openapi3.Schemas{}
	for _, p := range out.props {
		flat.Properties[p.name] = p.ref
	}
	return out
}

type merger struct {
	*lowerer
	*shape
	seen map[*openapi3.Schema]bool
}

// structure takes over properties and variants of one schema of the allOf.
func (m *merger) structure(s *openapi3.Schema, pointer string) {
	m.seen[s] = true
	m.parts = append(m.parts, part{s, pointer})
	own := site{pointer: pointer}
	for _, name := range m.ordered(pointer+"/properties", mapKeys(s.Properties)) {
		m.addProperty(property{name, s.Properties[name], own.at(nil, "properties", name).pointer})
	}
	for _, list := range []struct {
		name string
		refs openapi3.SchemaRefs
	}{{"oneOf", s.OneOf}, {"anyOf", s.AnyOf}} {
		if len(m.variants) == 0 {
			m.variants = variants(list.refs, pointer+"/"+list.name, len(m.props) > 0 || len(s.AllOf) > 0)
		}
	}
}

// variants are the branches that ask for something. Beside other properties, those that only make
// some of them required are left to validation.
func variants(refs openapi3.SchemaRefs, pointer string, beside bool) []variant {
	var out []variant
	for i, ref := range refs {
		if ref == nil || ref.Value == nil || isNull(ref.Value) {
			continue
		}
		if saysNothing(ref.Value) && (beside || len(ref.Value.Required) > 0) {
			return nil
		}
		out = append(out, variant{ref, pointer + "/" + decimal(i)})
	}
	return out
}

// members merges the members of an allOf, and theirs.
func (m *merger) members(s *openapi3.Schema, pointer string) {
	for i, ref := range s.AllOf {
		if ref == nil || ref.Value == nil || m.seen[ref.Value] {
			continue
		}
		at := m.follow(ref, site{pointer: pointer + "/allOf/" + decimal(i)}).pointer
		m.checkPattern(ref.Value, at)
		m.constraints(ref.Value, at)
		m.structure(ref.Value, at)
		m.members(ref.Value, at)
	}
}

// addProperty adds p. Where the name is taken, both descriptions hold.
func (m *merger) addProperty(p property) {
	i := slices.IndexFunc(m.props, func(q property) bool { return q.name == p.name })
	switch {
	case p.ref == nil || p.ref.Value == nil:
	case i < 0:
		m.props = append(m.props, p)
	case m.props[i].ref.Value == p.ref.Value || saysNothing(p.ref.Value):
	default:
		a, b := kindOfType(m.props[i].ref.Value.Type), kindOfType(p.ref.Value.Type)
		if a != b && a != Any && b != Any {
			m.warn(p.pointer, "the members of this allOf disagree on the type of "+p.name, "the first one counts")
			return
		}
		m.props[i].ref = m.both(m.props[i].ref, p.ref)
	}
}

// both is a schema that two schemas make together: the same each time, so that one which leads back to itself has an end.
func (l *lowerer) both(a, b *openapi3.SchemaRef) *openapi3.SchemaRef {
	pair := [2]*openapi3.Schema{a.Value, b.Value}
	if l.pairs[pair] == nil {
		l.pairs[pair] = &openapi3.SchemaRef{Value: &openapi3.Schema{AllOf: openapi3.SchemaRefs{a, b}}}
	}
	return l.pairs[pair]
}

// constraints takes over what s says beside its structure and the schema has not said yet.
func (m *merger) constraints(s *openapi3.Schema, pointer string) {
	t := m.Schema
	switch {
	case t.Type == nil:
		t.Type = s.Type
	case s.Type != nil && kindOfType(t.Type) == Number && kindOfType(s.Type) == Integer:
		t.Type = s.Type
	}
	for _, name := range s.Required {
		if !slices.Contains(t.Required, name) {
			t.Required = append(t.Required, name)
		}
	}
	t.Enum = sharedValues(t.Enum, s.Enum)
	switch {
	case s.Items == nil || t.Items != nil && t.Items.Value == s.Items.Value:
	case t.Items == nil:
		t.Items, m.items = s.Items, pointer
	default:
		t.Items = m.both(t.Items, s.Items)
	}
	m.additional(s, pointer)
	t.Format, t.Pattern = first(t.Format, s.Format), first(t.Pattern, s.Pattern)
	t.Description, t.Title = first(t.Description, s.Description), first(t.Title, s.Title)
	t.ReadOnly, t.WriteOnly = t.ReadOnly || s.ReadOnly, t.WriteOnly || s.WriteOnly
	t.Default, t.Const = firstValue(t.Default, s.Default), firstValue(t.Const, s.Const)
	t.Min, t.Max = firstPointer(t.Min, s.Min), firstPointer(t.Max, s.Max)
	t.MinLength, t.MaxLength = max(t.MinLength, s.MinLength), firstPointer(t.MaxLength, s.MaxLength)
	t.MinItems, t.MaxItems = max(t.MinItems, s.MinItems), firstPointer(t.MaxItems, s.MaxItems)
	t.UniqueItems = t.UniqueItems || s.UniqueItems
	if t.Discriminator == nil {
		t.Discriminator = s.Discriminator
	}
}

// additional merges additionalProperties: a schema weighs more than true, true more than false.
func (m *merger) additional(s *openapi3.Schema, pointer string) {
	t, a := m.Schema, s.AdditionalProperties
	switch {
	case t.AdditionalProperties.Schema != nil:
	case a.Schema != nil:
		t.AdditionalProperties, m.extra = a, pointer
	case t.AdditionalProperties.Has == nil:
		t.AdditionalProperties = a
	}
}

// sharedValues are the values of two enums that both allow, where they share any.
func sharedValues(a, b []any) []any {
	if len(a) == 0 {
		return b
	}
	var both []any
	for _, v := range a {
		if slices.ContainsFunc(b, func(w any) bool { return reflect.DeepEqual(v, w) }) {
			both = append(both, v)
		}
	}
	if len(both) == 0 {
		return a
	}
	return both
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func firstValue(a, b any) any {
	if a != nil {
		return a
	}
	return b
}

func firstPointer[T any](a, b *T) *T {
	if a != nil {
		return a
	}
	return b
}
