package codec

import (
	"cmp"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/codec/gotype"
)

// unsupported says what a schema, or one within it, has that cannot be compiled; "" is nothing.
func unsupported(s *openapi3.Schema, seen map[*openapi3.Schema]bool) string {
	if seen[s] {
		return ""
	}
	seen[s] = true
	if reason := cmp.Or(keyword(s), endless(s, nil)); reason != "" {
		return reason
	}
	for _, ref := range within(s) {
		if ref == nil || ref.Value == nil {
			continue
		}
		if reason := unsupported(ref.Value, seen); reason != "" {
			return reason
		}
	}
	return ""
}

// keyword names one that kin-openapi leaves to its second validator.
func keyword(s *openapi3.Schema) string {
	for _, k := range []struct {
		name string
		has  bool
	}{
		{"prefixItems", len(s.PrefixItems) > 0},
		{"contains", s.Contains != nil},
		{"patternProperties", len(s.PatternProperties) > 0},
		{"dependentSchemas", len(s.DependentSchemas) > 0},
		{"dependentRequired", len(s.DependentRequired) > 0},
		{"propertyNames", s.PropertyNames != nil},
		{"if", s.If != nil},
		{"unevaluatedItems", s.UnevaluatedItems.Has != nil || s.UnevaluatedItems.Schema != nil},
		{"unevaluatedProperties", s.UnevaluatedProperties.Has != nil || s.UnevaluatedProperties.Schema != nil},
	} {
		if k.has {
			return "the keyword " + k.name
		}
	}
	return ""
}

// beside are the schemas that are held against the same value.
func beside(s *openapi3.Schema) openapi3.SchemaRefs {
	return slices.Concat(s.OneOf, s.AnyOf, s.AllOf, openapi3.SchemaRefs{s.Not})
}

// within are beside and the schemas of parts of the value.
func within(s *openapi3.Schema) openapi3.SchemaRefs {
	refs := append(beside(s), s.Items, s.AdditionalProperties.Schema)
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		refs = append(refs, s.Properties[name])
	}
	return refs
}

// endless says that a schema leads back to itself without looking at a part of the value.
func endless(s *openapi3.Schema, path []*openapi3.Schema) string {
	if slices.Contains(path, s) {
		return "a schema that is made of itself"
	}
	path = append(slices.Clip(path), s)
	for _, ref := range beside(s) {
		if ref == nil || ref.Value == nil {
			continue
		}
		if reason := endless(ref.Value, path); reason != "" {
			return reason
		}
	}
	return ""
}

// unsupportedType says what of a Go type no decoder can fill.
func unsupportedType(t *gotype.Type, seen []*gotype.Decl) string {
	if t.Kind == gotype.Named {
		if slices.Contains(seen, t.Decl) {
			return ""
		}
		return unsupportedType(t.Decl.Type, append(slices.Clip(seen), t.Decl))
	}
	if t.Kind == gotype.Other {
		return "the Go type " + t.Name
	}
	parts := []*gotype.Type{t.Elem, t.Extra}
	for _, f := range t.Fields {
		parts = append(parts, f.Type)
	}
	for _, part := range parts {
		if part != nil {
			if reason := unsupportedType(part, seen); reason != "" {
				return reason
			}
		}
	}
	return ""
}
