package model

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// objects have the properties that they must have, all, and then each what it may be, in as many
// rounds as the property with most values needs.
func (v *variety) objects(s *openapi3.Schema, depth int) []any {
	options := v.members(s, depth)
	least, full := map[string]any{}, map[string]any{}
	rounds := 0
	for name, values := range options {
		if full[name] = values[min(1, len(values)-1)]; slices.Contains(s.Required, name) {
			least[name] = values[0]
		}
		rounds = max(rounds, len(values)+1)
	}
	out := []any{least, full}
	if depth > 0 {
		return out
	}
	for round := range min(rounds, mostVariety) {
		all := map[string]any{}
		for name, values := range options {
			if i := round % (len(values) + 1); i < len(values) {
				all[name] = values[i]
			} else if slices.Contains(s.Required, name) {
				all[name] = values[0]
			}
		}
		out = append(out, v.apart(s, least, all)...)
	}
	return out
}

// apart is an object, or where that is not valid, each of its members with the shortest.
func (v *variety) apart(s *openapi3.Schema, least, all map[string]any) []any {
	if v.valid(s, all) {
		return []any{all}
	}
	var out []any
	for _, name := range slices.Sorted(maps.Keys(all)) {
		out = append(out, together(least, map[string]any{name: all[name]}))
	}
	return out
}

// members are the values that each property may have, those included that no name is given for.
func (v *variety) members(s *openapi3.Schema, depth int) map[string][]any {
	out := map[string][]any{}
	add := func(name string, ref *openapi3.SchemaRef) {
		if ref != nil && ref.Value != nil && v.sends(ref.Value.ReadOnly, ref.Value.WriteOnly) {
			values := v.of(ref.Value, depth+1)
			if ref.Value.WriteOnly {
				values = notZero(values)
			}
			if len(values) > 0 {
				out[name] = values
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		add(name, s.Properties[name])
	}
	for _, pattern := range slices.Sorted(maps.Keys(s.PatternProperties)) {
		if name, ok := samplePattern(pattern, 1); ok && s.Properties[name] == nil {
			add(name, s.PatternProperties[pattern])
		}
	}
	for _, name := range undescribed(s) {
		switch more := s.AdditionalProperties; {
		case more.Schema != nil:
			add(name, more.Schema)
		case more.Has != nil:
			out[name] = ofType("any", nil)
		default: // a sibling in allOf may describe it
			out[name] = []any{"text", nil, 0, []any{}}
		}
	}
	return out
}

// notZero are those of the values that differ from Go's zero value: where a property is only written,
// that means in Go that there is none, so that answers can be without it.
func notZero(values []any) []any {
	return slices.DeleteFunc(slices.Clone(values), func(v any) bool { return v != nil && reflect.ValueOf(v).IsZero() })
}

// undescribed are names of properties that a schema requires or allows without describing them: one
// of them differs from a described one in case alone.
func undescribed(s *openapi3.Schema) []string {
	names := slices.Clone(s.Required)
	if more := s.AdditionalProperties; more.Schema != nil || more.Has != nil && *more.Has {
		names = append(names, "more", "<&> \"'`\\ é")
		for _, name := range slices.Sorted(maps.Keys(s.Properties))[:min(1, len(s.Properties))] {
			names = append(names, strings.ToUpper(name), strings.ToLower(name))
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return s.Properties[name] != nil })
}
