package model

import (
	"reflect"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// Samples are JSON values that a schema allows, each with something that a Go type could lose: what is
// absent, null, zero or empty, and each branch of a union. The first is the shortest, the second the
// fullest. They are the same each time.
func Samples(s *openapi3.Schema) []any {
	return newVariety(sampler{whole: true, described: true}).of(s, 0)
}

// AnswerSamples are the shortest and the fullest value that a server may send.
func AnswerSamples(s *openapi3.Schema) []any {
	all := newVariety(sampler{answer: true, described: true}).of(s, 1)
	return all[:min(2, len(all))]
}

const (
	deepestVariety = 2   // below that many objects and lists there are the shortest values alone
	mostVariety    = 200 // values of one schema
)

// variety makes many values of a schema. Lists of them begin with the shortest and the fullest.
type variety struct {
	sampler

	open  map[*openapi3.Schema]bool // schemas around the current one
	least map[*openapi3.Schema][]any
	// left is how many more schemas it looks at.
	left int
}

func newVariety(m sampler) *variety {
	return &variety{m, map[*openapi3.Schema]bool{}, map[*openapi3.Schema][]any{}, 20_000}
}

// of are the values of a schema that stands so many objects and lists deep: objects have all of their
// variety at the top, below it they are the shortest and the fullest.
func (v *variety) of(s *openapi3.Schema, depth int) []any {
	if v.left--; s == nil || v.left < 0 {
		return nil
	}
	if depth > deepestVariety || v.open[s] {
		return v.shortest(s)
	}
	v.open[s] = true
	defer delete(v.open, s)
	var out []any
	for _, value := range slices.Concat(v.shortest(s), v.composed(s, depth)) {
		if len(out) < mostVariety && v.valid(s, value) && !slices.ContainsFunc(out, func(w any) bool { return reflect.DeepEqual(value, w) }) {
			out = append(out, value)
		}
	}
	return out
}

// shortest is the shortest value, if there is one that is easy to find.
func (v *variety) shortest(s *openapi3.Schema) []any {
	if _, ok := v.least[s]; !ok {
		v.least[s] = nil
		if value := v.ofSchema(s); v.valid(s, value) {
			v.least[s] = []any{value}
		}
	}
	return v.least[s]
}

// composed are values of a schema with all that it is composed of. Not all of them are valid.
func (v *variety) composed(s *openapi3.Schema, depth int) []any {
	switch {
	case s.Const != nil:
		return []any{s.Const}
	case len(s.Enum) > 0:
		return s.Enum
	}
	out := v.plain(s, depth)
	for _, ref := range s.AllOf {
		if ref != nil && !saysNothing(ref.Value) {
			out = v.combined(s, out, v.of(ref.Value, depth))
		}
	}
	for _, branches := range []openapi3.SchemaRefs{s.AnyOf, s.OneOf} {
		if len(branches) > 0 {
			out = v.branches(s, branches, out, depth)
		}
	}
	return append(out, nil)
}

// branches are values that have a part of each branch.
func (v *variety) branches(s *openapi3.Schema, refs openapi3.SchemaRefs, base []any, depth int) []any {
	var out []any
	for _, ref := range refs {
		if ref == nil || ref.Value == nil {
			continue
		}
		parts := v.of(ref.Value, depth)
		if len(base) > 0 && saysNothing(ref.Value) {
			parts = nil
		}
		for _, value := range v.combined(s, base, parts) {
			out = append(out, named(s, ref, value))
		}
		base = base[:min(2, len(base))]
	}
	return out
}

// combined are the shortest values together, the fullest together, and each of the others with the
// shortest.
func (v *variety) combined(s *openapi3.Schema, a, b []any) []any {
	if len(a) == 0 || len(b) == 0 {
		return slices.Concat(a, b)
	}
	out := []any{v.both(s, a[0], b[0]), v.both(s, a[min(1, len(a)-1)], b[min(1, len(b)-1)])}
	for _, value := range a[min(2, len(a)):] {
		out = append(out, v.both(s, value, b[0]))
	}
	for _, value := range b[min(2, len(b)):] {
		out = append(out, v.both(s, a[0], value))
	}
	return out
}

// plain are values of what a schema says itself.
func (v *variety) plain(s *openapi3.Schema, depth int) []any {
	var out []any
	for _, name := range typesOf(s) {
		switch name {
		case "object":
			out = append(out, v.objects(s, depth)...)
		case "array":
			out = append(out, v.lists(s, depth)...)
		default:
			out = append(out, ofType(name, s)...)
		}
	}
	return out
}

// typesOf are the types that a schema names, or else those that its keywords are about.
func typesOf(s *openapi3.Schema) []string {
	switch {
	case s.Type != nil:
		return s.Type.Slice()
	case len(s.Properties)+len(s.PatternProperties) > 0 || s.AdditionalProperties.Schema != nil:
		return []string{"object"}
	case s.Items != nil:
		return []string{"array"}
	case s.Pattern != "" || s.Format != "" || s.MinLength > 0 || s.MaxLength != nil:
		return []string{"string"}
	case len(s.AllOf)+len(s.OneOf)+len(s.AnyOf)+len(s.Required) > 0:
		return nil
	}
	return []string{"any"}
}

// lists are empty, short and long ones.
func (v *variety) lists(s *openapi3.Schema, depth int) []any {
	items := ofType("any", nil)
	if s.Items != nil {
		items = v.of(s.Items.Value, depth+1)
	}
	var tuple []any
	for _, ref := range s.PrefixItems {
		if values := v.of(ref.Value, depth+1); len(values) > 0 {
			tuple = append(tuple, values[0])
		}
	}
	least := slices.Clone(tuple)
	for i := 0; len(items) > 0 && len(least) < int(min(s.MinItems, 100)); i++ {
		least = append(least, items[i%len(items)])
	}
	full := slices.Concat(least, items)
	if s.MaxItems != nil && uint64(len(full)) > *s.MaxItems {
		full = full[:*s.MaxItems]
	}
	out := []any{list(least), list(full)}
	for _, item := range items {
		out = append(out, list(slices.Concat(tuple, []any{item})))
	}
	return out
}

// list is never null in JSON.
func list(items []any) any {
	if items == nil {
		return []any{}
	}
	return items
}
