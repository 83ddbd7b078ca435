package model

import (
	"iter"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// attempts are values that may be valid: one for each alternative, for each pair of them where there
// is an anyOf and a oneOf, the document's own examples, and one for each property.
func (m *schemaSampler) attempts(s *openapi3.Schema, own any, depth int) iter.Seq[any] {
	return func(yield func(any) bool) {
		for first := range m.alternatives(s, s.AnyOf, own, depth) {
			if !yield(first) {
				return
			}
			for second := range m.alternatives(s, s.OneOf, first, depth) {
				if !yield(second) {
					return
				}
			}
		}
		for v := range m.alternatives(s, s.OneOf, own, depth) {
			if !yield(v) {
				return
			}
		}
		for _, v := range m.examples(s) {
			if !yield(v) {
				return
			}
		}
		m.oneMore(s, own, depth, yield)
	}
}

// alternatives are a value with what each of several schemas asks for.
func (m *schemaSampler) alternatives(s *openapi3.Schema, refs openapi3.SchemaRefs, own any, depth int) iter.Seq[any] {
	return func(yield func(any) bool) {
		for _, ref := range refs {
			if ref == nil || ref.Value == nil {
				continue
			}
			base := together(own, m.required(s, ref.Value, depth))
			for _, v := range append([]any{m.sample(ref.Value, depth+1)}, m.examples(ref.Value)...) {
				if !yield(named(s, ref, together(base, v))) {
					return
				}
			}
		}
	}
}

// oneMore tries each property that need not be there.
func (m *schemaSampler) oneMore(s *openapi3.Schema, own any, depth int, yield func(any) bool) {
	object, ok := own.(map[string]any)
	if !ok {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if !yield(together(object, m.properties(s, []string{name}, depth))) {
			return
		}
	}
}

// required are the properties that an alternative asks for and the schema around it describes, or the
// other way round.
func (m *schemaSampler) required(s, alternative *openapi3.Schema, depth int) any {
	asked := m.describedBy(s, alternative, depth)
	maps.Copy(asked, m.describedBy(alternative, s, depth))
	if len(asked) == 0 {
		return nil
	}
	return asked
}

// describedBy are the properties that one schema describes and only another one asks for.
func (m *schemaSampler) describedBy(s, other *openapi3.Schema, depth int) map[string]any {
	var names []string
	for _, name := range other.Required {
		if s.Properties[name] != nil && other.Properties[name] == nil {
			names = append(names, name)
		}
	}
	return m.properties(s, names, depth)
}
