package model

import (
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
)

func decimal(i int) string { return strconv.Itoa(i) }

// saysNothing says that a schema does not tell what its values look like: it describes, or only makes
// properties required.
func saysNothing(s *openapi3.Schema) bool {
	return s == nil || s.Type == nil && bare(s) && len(s.AllOf)+len(s.OneOf)+len(s.AnyOf) == 0
}

// bare says that a schema has no structure of its own beside its type and what it is composed of.
func bare(s *openapi3.Schema) bool {
	return len(s.Properties) == 0 && len(s.Enum) == 0 && s.Items == nil && s.Format == "" && s.Const == nil &&
		s.AdditionalProperties.Schema == nil && s.AdditionalProperties.Has == nil && len(s.PatternProperties) == 0
}

// only is the one schema that s stands for: {allOf: [X], nullable: true} is X where it is used, and so
// is {anyOf: [X, {type: "null"}]}. It has no ref where s says more.
func only(s *openapi3.Schema, pointer string) variant {
	if !bare(s) || len(s.Required) > 0 && len(s.AllOf) > 0 {
		return variant{}
	}
	var inner []variant
	lists := 0
	for _, list := range []struct {
		name string
		refs openapi3.SchemaRefs
	}{{"allOf", s.AllOf}, {"oneOf", s.OneOf}, {"anyOf", s.AnyOf}} {
		if len(list.refs) > 0 {
			lists++
		}
		for i, ref := range list.refs {
			if ref != nil && ref.Value != nil && !isNull(ref.Value) && !isAnnotation(ref, list.name) {
				inner = append(inner, variant{ref, pointer + "/" + list.name + "/" + decimal(i)})
			}
		}
	}
	if lists != 1 || len(inner) != 1 {
		return variant{}
	}
	if t := inner[0].ref.Value.Type; s.Type != nil && t != nil && kindOfType(s.Type) != kindOfType(t) {
		return variant{}
	}
	return inner[0]
}

// isAnnotation says that a member of an allOf only describes what the others define.
func isAnnotation(ref *openapi3.SchemaRef, list string) bool {
	return list == "allOf" && ref.Ref == "" && saysNothing(ref.Value) && len(ref.Value.Required) == 0
}

// kind is the kind of a shape without variants.
func (s *shape) kind() Kind {
	kind := kindOfType(s.Type)
	if kind == Any && s.Type.Slice() == nil {
		kind = s.guess()
	}
	if kind == Object && len(s.props) == 0 {
		return Map
	}
	return kind
}

// guess is the kind of a schema without a type.
func (s *shape) guess() Kind {
	switch {
	case len(s.props) > 0 || s.AdditionalProperties.Schema != nil || len(s.PatternProperties) > 0:
		return Object
	case s.Items != nil:
		return Array
	case len(s.Enum) > 0:
		return kindOfValues(s.Enum)
	case s.Const != nil:
		return kindOfValues([]any{s.Const})
	case formats[String][s.Format] != "" || s.Pattern != "" || s.MaxLength != nil || s.MinLength > 0:
		return String
	}
	return Any
}

// elem is the schema of a map's values, none where they may be anything.
func (s *shape) elem() variant {
	if s.AdditionalProperties.Schema != nil {
		return variant{s.AdditionalProperties.Schema, s.extra + "/additionalProperties"}
	}
	if len(s.PatternProperties) == 1 && s.AdditionalProperties.Has == nil {
		for pattern, ref := range s.PatternProperties {
			return variant{ref, site{pointer: s.extra}.at(nil, "patternProperties", pattern).pointer}
		}
	}
	return variant{}
}
