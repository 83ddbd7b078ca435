package codec

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/model"
)

// Notation says how a parameter is written, in the words of package api: "required|asInteger". Where
// only the validator can read it there is a reason, which completes "it has".
func Notation(p *model.Param) (notation, reason string) {
	s := wireShape{text: p.Schema == nil}
	s.add(p.Schema, nil)
	if reason := s.refuses(p); reason != "" {
		return "", reason
	}
	how, ok := styles(p, s.array)
	if !ok {
		return "", "the style " + p.Style
	}
	if p.Required && p.In != "path" {
		how = append([]string{"required"}, how...)
	}
	if s.array {
		items := s.items
		s = wireShape{text: items == nil}
		if s.add(items, nil); s.object || s.array {
			return "", "lists of what is no single value"
		}
	}
	if types := s.types(); len(types) > 0 {
		return strings.Join(append(how, types...), "|"), ""
	}
	return "", "no type"
}

// refuses says what of a parameter only the validator can read.
func (s *wireShape) refuses(p *model.Param) string {
	switch {
	case p.Content:
		return "a media type"
	case p.AllowEmpty:
		return "allowEmptyValue"
	case s.object:
		return "properties"
	case s.array && (s.scalar() || s.unclear):
		return "lists beside single values"
	}
	return ""
}

// styles says how a value is laid out. It is false for a style that its place does not have.
func styles(p *model.Param, array bool) (how []string, ok bool) {
	words := map[string]string{
		"path simple": "", "path label": "labelled", "path matrix": "matrixed", "header simple": "",
		"query form": "", "query spaceDelimited": "spaced", "query pipeDelimited": "piped", "cookie form": "",
	}
	word, ok := words[p.In+" "+p.Style]
	if array {
		how = append(how, "asList")
		if p.Explode && (p.In == "query" || word == "labelled" || word == "matrixed") {
			how = append(how, "exploded")
		}
	}
	if word != "" && (array || p.In == "path") {
		how = append(how, word)
	}
	return how, ok
}

// wireShape is what the values of a schema look like, whichever of its alternatives they follow.
type wireShape struct {
	array, object, boolean, integer, number, null, text bool

	items *openapi3.Schema
	// unclear says that there are several schemas of items.
	unclear bool
}

func (s *wireShape) add(schema *openapi3.Schema, within []*openapi3.Schema) {
	if schema == nil || slices.Contains(within, schema) {
		return
	}
	within = append(within, schema)
	for _, name := range schema.Type.Slice() {
		s.addType(name)
	}
	s.null = s.null || schema.Nullable
	if schema.Items != nil {
		s.unclear = s.unclear || s.items != nil && s.items != schema.Items.Value
		s.array, s.items = true, schema.Items.Value
	}
	s.object = s.object || len(schema.Properties) > 0 || schema.AdditionalProperties.Schema != nil
	for _, alternatives := range []openapi3.SchemaRefs{schema.AllOf, schema.AnyOf, schema.OneOf} {
		for _, ref := range alternatives {
			s.add(ref.Value, within)
		}
	}
}

func (s *wireShape) addType(name string) {
	switch name {
	case openapi3.TypeArray:
		s.array = true
	case openapi3.TypeObject:
		s.object = true
	case openapi3.TypeBoolean:
		s.boolean = true
	case openapi3.TypeInteger:
		s.integer = true
	case openapi3.TypeNumber:
		s.number = true
	case openapi3.TypeNull:
		s.null = true
	case openapi3.TypeString:
		s.text = true
	}
}

func (s *wireShape) scalar() bool { return s.boolean || s.integer || s.number || s.text }

// types are what a text may stand for, none where the schema does not say.
func (s *wireShape) types() []string {
	var out []string
	for _, t := range []struct {
		word string
		is   bool
	}{
		{"asInteger", s.integer && !s.number},
		{"asNumber", s.number},
		{"asBoolean", s.boolean},
		{"asNull", s.null},
		{"asText", s.text},
	} {
		if t.is {
			out = append(out, t.word)
		}
	}
	return out
}
