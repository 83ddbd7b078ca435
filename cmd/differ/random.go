package main

import (
	"encoding/json"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/model"
)

const deepestRandom = 5

// maker makes random values of schemas. Most of them are valid, not all: what a schema says by not, by
// patterns that look ahead or by alternatives that exclude each other is left to luck.
type maker struct {
	rng *rand.Rand
	// samples are values that the model found for a schema; they are valid.
	samples map[*openapi3.Schema][]any
}

func (m *maker) chance(percent int) bool { return m.rng.IntN(100) < percent }

func pick[T any](m *maker, list []T) T { return list[m.rng.IntN(len(list))] }

// sampled is one of the model's samples, or nil.
func (m *maker) sampled(s *openapi3.Schema) (any, bool) {
	list, ok := m.samples[s]
	if !ok {
		list = model.Samples(s)
		m.samples[s] = list
	}
	if len(list) == 0 {
		return nil, false
	}
	return ordered(pick(m, list)), true
}

// value is a random value of a schema that stands so deep.
func (m *maker) value(ref *openapi3.SchemaRef, depth int) any {
	if ref == nil || ref.Value == nil {
		return m.anything(depth)
	}
	s := ref.Value
	switch {
	case s.Const != nil:
		return ordered(s.Const)
	case len(s.Enum) > 0:
		return ordered(pick(m, s.Enum))
	case s.PermitsNull() && m.chance(8):
		return nil
	case depth < 2 && m.chance(25) || depth > deepestRandom:
		if v, ok := m.sampled(s); ok {
			return v
		}
	}
	return m.composed(s, m.own(s, depth), depth)
}

// composed adds what the alternatives of a schema ask for.
func (m *maker) composed(s *openapi3.Schema, own any, depth int) any {
	for _, part := range s.AllOf {
		own = together(own, m.value(part, depth+1))
	}
	for _, branches := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		if len(branches) == 0 {
			continue
		}
		branch := pick(m, branches)
		own = together(own, m.value(branch, depth+1))
		if o, ok := own.(object); ok && s.Discriminator != nil && m.chance(95) {
			own = m.tagged(o, s.Discriminator, branch.Ref)
		}
	}
	return own
}

// tagged gives an object the value of the discriminator that stands for the branch.
func (m *maker) tagged(o object, d *openapi3.Discriminator, branch string) object {
	value := branch[strings.LastIndex(branch, "/")+1:]
	for _, name := range slices.Sorted(maps.Keys(d.Mapping)) {
		if d.Mapping[name].Ref == branch {
			value = name
		}
	}
	o = slices.DeleteFunc(slices.Clone(o), func(m member) bool { return m.name == d.PropertyName })
	return o.with(d.PropertyName, value)
}

// together has the members of both; of what is no object, the second counts.
func together(a, b any) any {
	x, isObject := a.(object)
	y, areObjects := b.(object)
	if b == nil {
		return a
	}
	if !isObject || !areObjects {
		return b
	}
	for _, m := range y {
		x = x.with(m.name, m.value)
	}
	return x
}

// own is a value of what a schema says itself.
func (m *maker) own(s *openapi3.Schema, depth int) any {
	switch types := s.Type.Slice(); {
	case len(types) > 0:
		return m.ofType(pick(m, types), s, depth)
	case len(s.Properties) > 0 || s.AdditionalProperties.Schema != nil || len(s.Required) > 0:
		return m.object(s, depth)
	case s.Items != nil:
		return m.list(s, depth)
	case s.Pattern != "" || s.Format != "" || s.MinLength > 0 || s.MaxLength != nil:
		return m.text(s)
	case s.Min != nil || s.Max != nil || s.MultipleOf != nil:
		return m.number(s, false)
	case len(s.AllOf)+len(s.OneOf)+len(s.AnyOf) > 0:
		return nil
	}
	return m.anything(depth)
}

func (m *maker) ofType(name string, s *openapi3.Schema, depth int) any {
	switch name {
	case "object":
		return m.object(s, depth)
	case "array":
		return m.list(s, depth)
	case "string":
		return m.text(s)
	case "integer", "number":
		return m.number(s, name == "integer")
	case "boolean":
		return m.chance(50)
	}
	return nil
}

func (m *maker) object(s *openapi3.Schema, depth int) any {
	o := object{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if slices.Contains(s.Required, name) || m.rng.IntN(depth+2) == 0 {
			o = o.with(name, m.value(s.Properties[name], depth+1))
		}
	}
	for _, name := range s.Required {
		o = o.with(name, m.anything(depth))
	}
	extra := s.AdditionalProperties
	for i := uint64(0); (extra.Schema != nil || extra.Has == nil || *extra.Has) && (uint64(len(o)) < s.MinProps || m.chance(15)) && i < 8; i++ {
		o = o.with(m.word(), m.value(extra.Schema, depth+1))
	}
	m.rng.Shuffle(len(o), func(i, j int) { o[i], o[j] = o[j], o[i] })
	return o
}

func (m *maker) list(s *openapi3.Schema, depth int) any {
	least, most := s.MinItems, s.MinItems+uint64(max(0, 4-depth))
	if s.MaxItems != nil {
		most = min(most, *s.MaxItems)
	}
	n := least + uint64(m.rng.IntN(int(max(least, most)-least)+1))
	list := []any{}
	for range min(n, 200) {
		list = append(list, m.value(s.Items, depth+1))
	}
	return list
}

// characters are of one to four bytes of UTF-8, and such that JSON or HTML escape.
var characters = []rune("abcXYZ019 _-/~.\"\\<&\n\u00e9\u00df\u03bb\u2028\uac00\ufffd\U0001f600\U00010348")

func (m *maker) characters(n int) string {
	var b strings.Builder
	for range n {
		b.WriteRune(pick(m, characters))
	}
	return b.String()
}

var words = []string{"extra", "Extra", "x-1", "a/b", "a~b", "", "0", "\u00e9", "\U0001f600", "__proto__"}

func (m *maker) word() string { return pick(m, words) }

func (m *maker) text(s *openapi3.Schema) any {
	if s.Format != "" || s.Pattern != "" {
		if v, ok := m.sampled(s); ok {
			return v
		}
	}
	most := s.MinLength + 12
	if s.MaxLength != nil {
		most = max(s.MinLength, min(most, *s.MaxLength))
		if m.chance(10) && *s.MaxLength < 5000 {
			return m.characters(int(*s.MaxLength))
		}
	}
	return m.characters(int(min(5000, s.MinLength) + uint64(m.rng.IntN(int(min(20, most-s.MinLength))+1))))
}

func (m *maker) number(s *openapi3.Schema, whole bool) any {
	least, most := -1000.0, 1000.0
	if s.Min != nil {
		least, most = *s.Min, *s.Min+1000
	}
	if s.Max != nil {
		most = *s.Max
		if s.Min == nil {
			least = most - 1000
		}
	}
	v := least + m.rng.Float64()*(most-least)
	if m.chance(20) {
		v = pick(m, []float64{least, most})
	}
	step := 0.0
	switch {
	case s.MultipleOf != nil && *s.MultipleOf > 0:
		step = *s.MultipleOf
	case whole:
		step = 1
	case m.chance(50):
		step = 0.25
	}
	if step > 0 {
		v = math.Trunc(v/step) * step
		if v < least {
			v += step
		}
	}
	return numberOf(v)
}

// numberOf is a number with as many digits as needed and no rest of a computation.
func numberOf(v float64) json.Number {
	text := strconv.FormatFloat(v, 'f', 10, 64)
	text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	if text == "-0" {
		text = "0"
	}
	return json.Number(text)
}

func (m *maker) anything(depth int) any {
	if depth > deepestRandom {
		return nil
	}
	switch m.rng.IntN(7) {
	case 0:
		return nil
	case 1:
		return m.chance(50)
	case 2:
		return json.Number(pick(m, numbers))
	case 3:
		return []any{m.anything(depth + 1), m.anything(depth + 1)}
	case 4:
		return object{{m.word(), m.anything(depth + 1)}}
	}
	return m.characters(m.rng.IntN(8))
}
