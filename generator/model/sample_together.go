package model

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

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

// descriptions are what a schema, and those in its allOf, say of a property.
func descriptions(s *openapi3.Schema, name string, depth int) []*openapi3.SchemaRef {
	var found []*openapi3.SchemaRef
	if ref := s.Properties[name]; ref != nil && ref.Value != nil {
		found = append(found, ref)
	}
	for _, ref := range s.AllOf {
		if ref != nil && ref.Value != nil && depth < 8 {
			found = append(found, descriptions(ref.Value, name, depth+1)...)
		}
	}
	return found
}

// both is an object with the members of both. Where they differ, the second counts unless only the
// first is what all say that describe it.
func (m sampler) both(s *openapi3.Schema, a, b any) any {
	x, y := members(a), members(b)
	out := together(a, b)
	for name, value := range x {
		if other, twice := y[name]; twice && !m.fits(s, name, other) && m.fits(s, name, value) {
			members(out)[name] = value
		}
	}
	return out
}

func (m sampler) fits(s *openapi3.Schema, name string, v any) bool {
	return !slices.ContainsFunc(descriptions(s, name, 0), func(ref *openapi3.SchemaRef) bool { return !m.valid(ref.Value, v) })
}

func members(v any) map[string]any {
	object, _ := v.(map[string]any)
	return object
}

// named gives an alternative the value of the discriminator that stands for it, unless it has one.
func named(s *openapi3.Schema, ref *openapi3.SchemaRef, v any) any {
	object, ok := v.(map[string]any)
	d := s.Discriminator
	if !ok || d == nil || ref.Ref == "" {
		return v
	}
	own, stated := object[d.PropertyName].(string)
	if stated && d.Mapping[own].Ref == ref.Ref {
		return v
	}
	name := ref.Ref[strings.LastIndex(ref.Ref, "/")+1:]
	for _, value := range slices.Sorted(maps.Keys(d.Mapping)) {
		if d.Mapping[value].Ref == ref.Ref {
			name, stated = value, false
			break
		}
	}
	if stated {
		return v
	}
	object = maps.Clone(object)
	object[d.PropertyName] = name
	return object
}

// examples are the document's own. They may have more than it describes.
func (m sampler) examples(s *openapi3.Schema) []any {
	if m.described {
		return nil
	}
	var out []any
	if s.Example != nil {
		out = append(out, s.Example)
	}
	return append(out, s.Examples...)
}
