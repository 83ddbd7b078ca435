package model

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// schemaSampler makes values of schemas themselves: where alternatives overlap, a type that stands
// for all of them does not say what goes together.
type schemaSampler struct {
	sampler

	// left is how many more schemas it looks at: alternatives of alternatives are many.
	left int
}

func (m sampler) ofSchema(s *openapi3.Schema) any {
	return (&schemaSampler{sampler: m, left: 3000}).sample(s, 0)
}

func (m *schemaSampler) sample(s *openapi3.Schema, depth int) any {
	if m.left--; s == nil || depth > 8 || m.left < 0 {
		return nil
	}
	if v, ok := stated(s); ok {
		return v
	}
	own := m.parts(s, depth)
	if m.valid(s, own) {
		return own
	}
	for v := range m.attempts(s, own, depth) {
		if m.valid(s, v) {
			return v
		}
	}
	return own
}

// stated is a value that the schema itself names.
func stated(s *openapi3.Schema) (any, bool) {
	if s.Const != nil {
		return s.Const, true
	}
	for _, v := range s.Enum {
		if v != nil {
			return v, true
		}
	}
	return nil, false
}

// parts is what a schema says beside its alternatives, and all parts of an allOf together.
func (m *schemaSampler) parts(s *openapi3.Schema, depth int) any {
	var out any
	switch {
	case s.Type.Includes("object") || s.Type == nil && len(s.Properties) > 0:
		out = m.properties(s, s.Required, depth)
	case s.Type.Includes("array"):
		out = m.items(s, depth)
	case s.Type.Includes("boolean"):
		out = true
	case s.Type.Includes("integer"):
		out = sampleNumber(&Type{Kind: Integer, Schema: s})
	case s.Type.Includes("number"):
		out = sampleNumber(&Type{Kind: Number, Schema: s})
	case s.Type.Includes("string") || s.Type == nil && (s.Pattern != "" || s.Format != ""):
		out = sampleString(&Type{Kind: String, Schema: s})
	}
	for _, ref := range s.AllOf {
		if ref == nil {
			continue
		}
		part := m.sample(ref.Value, depth+1)
		forget(part, s, ref.Value)
		if v := together(out, part); out == nil || isObject(v) || m.valid(s, v) {
			out = v
		}
	}
	m.complete(s, out, depth)
	return out
}

// properties are those of the names that are described; in a part of an allOf others describe the rest.
func (m *schemaSampler) properties(s *openapi3.Schema, names []string, depth int) map[string]any {
	out := map[string]any{}
	for _, name := range names {
		ref := s.Properties[name]
		if ref != nil && ref.Value != nil && m.sends(ref.Value.ReadOnly, ref.Value.WriteOnly) {
			out[name] = m.sample(ref.Value, depth+1)
		}
	}
	return out
}

// complete adds what the parts of an allOf ask for and describe in another part, or nowhere.
func (m *schemaSampler) complete(s *openapi3.Schema, v any, depth int) {
	object, ok := v.(map[string]any)
	if !ok {
		return
	}
	parts := allParts(s, 0)
	for _, part := range parts {
		for _, name := range part.Required {
			if _, there := object[name]; there {
				continue
			}
			describing := describes(parts, name)
			if describing == nil {
				object[name] = "text"
			} else if sample, sent := m.properties(describing, []string{name}, depth)[name]; sent {
				object[name] = sample
			}
		}
	}
}

// forget takes out what a part of whole made up for properties that other parts describe.
func forget(v any, whole, part *openapi3.Schema) {
	object, ok := v.(map[string]any)
	if !ok {
		return
	}
	own, all := allParts(part, 0), allParts(whole, 0)
	maps.DeleteFunc(object, func(name string, _ any) bool {
		return describes(own, name) == nil && describes(all, name) != nil
	})
}

func describes(parts []*openapi3.Schema, name string) *openapi3.Schema {
	for _, part := range parts {
		if part.Properties[name] != nil {
			return part
		}
	}
	return nil
}

// allParts are a schema and what its allOf is made of.
func allParts(s *openapi3.Schema, depth int) []*openapi3.Schema {
	parts := []*openapi3.Schema{s}
	for _, ref := range s.AllOf {
		if ref != nil && ref.Value != nil && depth < 8 {
			parts = append(parts, allParts(ref.Value, depth+1)...)
		}
	}
	return parts
}

func (m *schemaSampler) items(s *openapi3.Schema, depth int) any {
	out := []any{}
	for range min(s.MinItems, 100) {
		if s.Items != nil {
			out = append(out, m.sample(s.Items.Value, depth+1))
		}
	}
	return out
}

func isObject(v any) bool {
	_, ok := v.(map[string]any)
	return ok
}

// together is an object with the members of both; of anything else, what is there.
func together(a, b any) any {
	x, isObject := a.(map[string]any)
	y, areObjects := b.(map[string]any)
	switch {
	case b == nil:
		return a
	case !isObject || !areObjects:
		return b
	}
	out := maps.Clone(x)
	maps.Copy(out, y)
	return out
}

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
		for _, v := range examples(s) {
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
			base := own
			if asked := m.required(s, ref.Value, depth); len(asked) > 0 {
				base = together(own, asked)
			}
			for _, v := range append([]any{m.sample(ref.Value, depth+1)}, examples(ref.Value)...) {
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
func (m *schemaSampler) required(s, alternative *openapi3.Schema, depth int) map[string]any {
	asked := m.describedBy(s, alternative, depth)
	maps.Copy(asked, m.describedBy(alternative, s, depth))
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

// named gives an alternative the value of the discriminator that stands for it.
func named(s *openapi3.Schema, ref *openapi3.SchemaRef, v any) any {
	object, ok := v.(map[string]any)
	if d := s.Discriminator; ok && d != nil && ref.Ref != "" {
		object = maps.Clone(object)
		object[d.PropertyName] = ref.Ref[strings.LastIndex(ref.Ref, "/")+1:]
		for _, value := range slices.Sorted(maps.Keys(d.Mapping)) {
			if d.Mapping[value].Ref == ref.Ref {
				object[d.PropertyName] = value
				break
			}
		}
		return object
	}
	return v
}

func examples(s *openapi3.Schema) []any {
	var out []any
	if s.Example != nil {
		out = append(out, s.Example)
	}
	return append(out, s.Examples...)
}
