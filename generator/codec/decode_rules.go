package codec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// rules are what one value is held against: schemas that must all agree with it.
type rules struct {
	c     *decoderCompiler
	roots []*openapi3.Schema
	// members are the roots and what is in their allOf, without those that ask for nothing.
	members []*openapi3.Schema
	// hidden are properties that schemas around have as readOnly: no request must send them.
	hidden []string
}

// rules are those of schemas for one value.
func (c *decoderCompiler) rules(hidden []string, roots ...*openapi3.Schema) rules {
	r := rules{c: c, roots: roots, hidden: hidden}
	var seen []*openapi3.Schema
	var add func(s *openapi3.Schema)
	add = func(s *openapi3.Schema) {
		if slices.Contains(seen, s) {
			return
		}
		seen = append(seen, s)
		if !saysNothing(s) {
			r.members = append(r.members, s)
		}
		for _, ref := range s.AllOf {
			add(ref.Value)
		}
	}
	for _, root := range roots {
		add(root)
	}
	r.members = slices.DeleteFunc(r.members, r.repeats)
	return r
}

// saysNothing says that a schema asks for nothing but null and what its allOf asks for.
func saysNothing(s *openapi3.Schema) bool {
	if never(s) {
		return false
	}
	own := *s
	own.AllOf, own.Nullable, own.ReadOnly, own.WriteOnly, own.AllowEmptyValue, own.Examples = nil, false, false, false, false, nil
	return len(own.OneOf)+len(own.AnyOf) == 0 && own.IsEmpty()
}

// never says that a schema takes no value: false, or {not: {}}.
func never(s *openapi3.Schema) bool {
	return s.Always != nil && !*s.Always || s.Not != nil && isAnything(s.Not.Value)
}

// isAnything says that a schema takes any value, null too (OpenAPI 3.0.3 §4.7.24: nullable adds to a
// type, and there is none).
func isAnything(s *openapi3.Schema) bool {
	own := *s
	own.ReadOnly, own.WriteOnly, own.Nullable = false, false, false
	return own.Not == nil && own.Always == nil && len(own.Properties)+len(own.AllOf)+len(own.AnyOf)+len(own.OneOf) == 0 &&
		own.Items == nil && own.IsEmpty()
}

// repeats says that all that a schema asks for is the type that another member has as well.
func (r rules) repeats(s *openapi3.Schema) bool {
	own := *s
	own.Type = nil
	if s.Type == nil || !saysNothing(&own) {
		return false
	}
	return slices.ContainsFunc(r.members, func(other *openapi3.Schema) bool {
		return other != s && other.Type != nil && slices.Equal(*other.Type, *s.Type) && !saysOnlyType(other)
	})
}

func saysOnlyType(s *openapi3.Schema) bool {
	own := *s
	own.Type = nil
	return saysNothing(&own)
}

// key tells rules from others.
func (r rules) key() string {
	var b strings.Builder
	for _, s := range r.members {
		if r.c.ids[s] == 0 {
			r.c.ids[s] = len(r.c.ids) + 1
		}
		fmt.Fprintf(&b, "%d ", r.c.ids[s])
	}
	return b.String() + strings.Join(r.hidden, ",")
}

// nullable says that null is a value.
func (r rules) nullable() bool {
	return !slices.ContainsFunc(r.roots, func(s *openapi3.Schema) bool { return !permitsNull(s, nil) })
}

// permitsNull says that null passes. A schema with allOf, oneOf or anyOf leaves that to these.
func permitsNull(s *openapi3.Schema, within []*openapi3.Schema) bool {
	switch {
	case never(s):
		return false
	case slices.Contains(within, s), s.Nullable, s.Type.IncludesNull(), isAnything(s):
		return true
	case s.Always != nil, s.Type == nil && slices.Contains(s.Enum, nil):
		return true
	}
	within = append(slices.Clip(within), s)
	passes := func(ref *openapi3.SchemaRef) bool { return permitsNull(ref.Value, within) }
	fails := func(ref *openapi3.SchemaRef) bool { return !passes(ref) }
	switch {
	case s.Not != nil && passes(s.Not):
		return false
	case len(s.OneOf) > 0 && count(s.OneOf, passes) != 1, len(s.AnyOf) > 0 && count(s.AnyOf, passes) == 0, slices.ContainsFunc(s.AllOf, fails):
		return false
	}
	return len(s.OneOf)+len(s.AnyOf)+len(s.AllOf) > 0
}

func count(refs openapi3.SchemaRefs, holds func(*openapi3.SchemaRef) bool) (n int) {
	for _, ref := range refs {
		if holds(ref) {
			n++
		}
	}
	return n
}

// enum is the list of values that a schema allows, nil for any.
func (c *decoderCompiler) enum(s *openapi3.Schema) []any {
	if len(s.Enum) == 0 && s.Const != nil && c.doc.IsOpenAPI31OrLater() {
		return []any{s.Const}
	}
	return s.Enum
}

// apart says that the value must be looked at before it is read: what is asked of it cannot be held
// against a value of one Go type.
func (r rules) apart() bool {
	return slices.ContainsFunc(r.members, func(s *openapi3.Schema) bool {
		return len(s.OneOf)+len(s.AnyOf) > 0 || s.Not != nil || never(s)
	})
}

// enums are the lists of values of all members that have one.
func (r rules) enums() (lists [][]any) {
	for _, s := range r.members {
		if values := r.c.enum(s); len(values) > 0 {
			lists = append(lists, values)
		}
	}
	return lists
}

// texts are the strings of the only enum. It is false where there are several, or other values.
func (r rules) texts() (texts []string, ok bool) {
	lists := r.enums()
	if len(lists) != 1 {
		return nil, false
	}
	for _, value := range lists[0] {
		text, ok := value.(string)
		if !ok {
			return nil, false
		}
		texts = append(texts, text)
	}
	return texts, true
}

// property are the rules of a member of an object, and whether it may be there at all.
func (r rules) property(name string) (rules, bool) {
	var schemas []*openapi3.Schema
	allowed := true
	for _, s := range r.members {
		switch ref := s.Properties[name]; {
		case ref != nil:
			schemas = append(schemas, ref.Value)
		case s.AdditionalProperties.Schema != nil:
			schemas = append(schemas, s.AdditionalProperties.Schema.Value)
		case s.AdditionalProperties.Has != nil && !*s.AdditionalProperties.Has:
			allowed = false
		}
	}
	return r.c.rules(nil, schemas...), allowed
}

// items are the rules of an array's items.
func (r rules) items() rules {
	var schemas []*openapi3.Schema
	for _, s := range r.members {
		if s.Items != nil {
			schemas = append(schemas, s.Items.Value)
		}
	}
	return r.c.rules(nil, schemas...)
}

// readOnly are the names of properties that no request must send.
func (r rules) readOnly() []string {
	names := slices.Clone(r.hidden)
	for _, s := range r.members {
		for name, ref := range s.Properties {
			if ref.Value.ReadOnly {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// required are the names that must be there, in the order of the document.
func (r rules) required() (names []string) {
	hidden := r.readOnly()
	for _, s := range r.members {
		for _, name := range s.Required {
			if !slices.Contains(names, name) && !slices.Contains(hidden, name) {
				names = append(names, name)
			}
		}
	}
	return names
}
