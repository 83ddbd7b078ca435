package api

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// shape is what the values of a schema look like, whichever of its alternatives they follow.
type shape struct {
	array, object, boolean, number, null, text bool
	// fraction says that a number need not be an integer.
	fraction bool

	items, additional *openapi3.Schema
	properties        map[string]*openapi3.Schema
}

func outline(schema *openapi3.Schema) shape {
	var s shape
	s.add(schema, nil)
	return s
}

func (s *shape) add(schema *openapi3.Schema, within []*openapi3.Schema) {
	if schema == nil || slices.Contains(within, schema) {
		return
	}
	within = append(within, schema)
	for _, name := range schema.Type.Slice() {
		s.addType(name)
	}
	s.null = s.null || schema.Nullable
	if schema.Items != nil {
		s.array, s.items = true, schema.Items.Value
	}
	if len(schema.Properties) > 0 && s.properties == nil {
		s.object, s.properties = true, map[string]*openapi3.Schema{}
	}
	for name, ref := range schema.Properties {
		if s.properties[name] == nil {
			s.properties[name] = ref.Value
		}
	}
	if ref := schema.AdditionalProperties.Schema; ref != nil {
		s.object, s.additional = true, ref.Value
	}
	for _, alternatives := range []openapi3.SchemaRefs{schema.AllOf, schema.AnyOf, schema.OneOf} {
		for _, ref := range alternatives {
			s.add(ref.Value, within)
		}
	}
}

func (s *shape) addType(name string) {
	switch name {
	case openapi3.TypeArray:
		s.array = true
	case openapi3.TypeObject:
		s.object = true
	case openapi3.TypeBoolean:
		s.boolean = true
	case openapi3.TypeInteger:
		s.number = true
	case openapi3.TypeNumber:
		s.number, s.fraction = true, true
	case openapi3.TypeNull:
		s.null = true
	case openapi3.TypeString:
		s.text = true
	}
}

// scalar says that the value may be a single one.
func (s *shape) scalar() bool { return s.boolean || s.number || s.text }

func (s *shape) onlyScalar() bool { return !s.array && !s.object }
