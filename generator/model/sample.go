package model

import (
	"maps"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
)

// Sample is a JSON value that the schema of t allows in a request, the shortest that is easy to find:
// required properties, the first value of an enum, the least number. It is the same each time.
func Sample(t *Type) any { return sampler{}.sample(t, 0) }

// SampleAnswer is a sample that a server may send.
func SampleAnswer(t *Type) any { return sampler{answer: true}.sample(t, 0) }

// SamplePart is a sample with one property of its own, for operations that change a part.
func SamplePart(t *Type) any {
	all, ok := Sample(t).(map[string]any)
	if !ok || len(all) > 0 {
		return Sample(t)
	}
	for _, f := range t.Fields {
		if !f.ReadOnly && isScalar(f.Type) {
			return map[string]any{f.Name: sampler{}.field(f, 0)}
		}
	}
	return all
}

// sampler makes samples of requests or of answers: what is readOnly is not sent by clients, what is
// writeOnly not by servers. A whole one has both, and a described one nothing beyond the schema.
type sampler struct{ answer, whole, described bool }

func (m sampler) valid(s *openapi3.Schema, v any) bool {
	opts := []openapi3.SchemaValidationOption{openapi3.FailFast(), openapi3.SetSchemaRegexCompiler(CompilePattern), checkedFormats}
	switch {
	case m.whole:
	case m.answer:
		opts = append(opts, openapi3.VisitAsResponse())
	default:
		opts = append(opts, openapi3.VisitAsRequest())
	}
	return s.VisitJSON(v, opts...) == nil
}

// sends says that a property belongs into a sample if it is required.
func (m sampler) sends(readOnly, writeOnly bool) bool {
	switch {
	case m.whole:
		return true
	case m.answer:
		return !writeOnly
	}
	return !readOnly
}

func (m sampler) sample(t *Type, depth int) any {
	switch {
	case t == nil || depth > 6:
		return nil
	case len(t.Enum) > 0:
		return t.Enum[0].Value
	case t.rules() == nil:
		return m.kind(t, depth)
	}
	if v, ok := stated(t.rules()); ok && isScalar(t) {
		return v
	}
	v := m.kind(t, depth)
	if t.Kind != Any && t.Kind != File && !m.valid(t.rules(), v) {
		if other := m.ofSchema(t.rules()); m.valid(t.rules(), other) {
			return other
		}
	}
	return v
}

func (m sampler) kind(t *Type, depth int) any {
	switch t.Kind {
	case Object:
		return m.object(t, depth)
	case Array:
		return m.array(t, depth)
	case Map:
		return m.mapping(t, depth)
	case String, Integer, Number:
		return m.scalar(t)
	case Boolean:
		return true
	case Union:
		return m.union(t, depth)
	}
	return map[string]any{}
}

// object has the required properties. Where the schema wants more of them, or one of several, it has
// the first of the others that helps, or else as many as it takes.
func (m sampler) object(t *Type, depth int) any {
	out := map[string]any{}
	for _, f := range t.Fields {
		if f.Required && m.sends(f.ReadOnly, f.WriteOnly) {
			out[f.Name] = m.field(f, depth)
		}
	}
	if t.rules() == nil || m.valid(t.rules(), out) {
		return out
	}
	more := maps.Clone(out)
	for _, f := range t.Fields {
		if f.Required || !m.sends(f.ReadOnly, f.WriteOnly) {
			continue
		}
		one := maps.Clone(out)
		one[f.Name] = m.field(f, depth)
		more[f.Name] = one[f.Name]
		for _, v := range []map[string]any{one, more} {
			if m.valid(t.rules(), v) {
				return v
			}
		}
	}
	return out
}

func (m sampler) field(f *Field, depth int) any {
	if f.HasConst {
		return f.Const
	}
	if s := f.Schema; s != nil && f.Type.Kind != Union && len(s.OneOf)+len(s.AnyOf) > 0 {
		alternatives := *f.Type // the type is what they have in common
		alternatives.Schema, alternatives.Whole = s, s
		return m.sample(&alternatives, depth+1)
	}
	return m.sample(f.Type, depth+1)
}

func (m sampler) mapping(t *Type, depth int) any {
	out := map[string]any{}
	if t.Schema != nil {
		for i := range min(t.Schema.MinProps, 10) {
			out["key"+strconv.FormatUint(i+1, 10)] = m.sample(t.Elem, depth+1)
		}
	}
	return out
}

func (m sampler) array(t *Type, depth int) any {
	out := []any{}
	if t.Schema == nil {
		return out
	}
	for i := range int(min(t.Schema.MinItems, 100)) {
		v := m.sample(t.Elem, depth+1)
		if t.Schema.UniqueItems {
			v = another(t.Elem, v, i)
		}
		out = append(out, v)
	}
	return out
}

// union is a sample of the first branch that the union's own schema allows: one that is also another
// branch's is none of a oneOf.
func (m sampler) union(t *Type, depth int) any {
	var first any = map[string]any{}
	for i, b := range t.Branches {
		v := m.sample(b, depth+1)
		if object, ok := v.(map[string]any); ok && t.Discriminator != "" {
			for _, u := range slices.Backward(t.Mapping) {
				if u.Type == b {
					object[t.Discriminator] = u.Value
				}
			}
		}
		if t.rules() == nil || m.valid(t.rules(), v) {
			return v
		}
		if i == 0 {
			first = v
		}
	}
	return first
}
