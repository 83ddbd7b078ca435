package model

import "github.com/getkin/kin-openapi/openapi3"

// schemaSampler makes values of schemas themselves: where alternatives overlap, a type that stands
// for all of them does not say what goes together.
type schemaSampler struct {
	sampler

	// left is how many more schemas it looks at: alternatives of alternatives are many.
	left int
	// around are the schemas whose allOf has the current one.
	around []*openapi3.Schema
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
	case s.IsEmpty():
		out = "text"
	}
	if len(s.AllOf) > 0 {
		m.around = append(m.around, s)
		defer func() { m.around = m.around[:len(m.around)-1] }()
	}
	for _, ref := range s.AllOf {
		if ref == nil {
			continue
		}
		if v := m.both(s, out, m.sample(ref.Value, depth+1)); out == nil || isObject(v) || m.valid(s, v) {
			out = v
		}
	}
	return out
}

func (m *schemaSampler) properties(s *openapi3.Schema, names []string, depth int) map[string]any {
	out := map[string]any{}
	for _, name := range names {
		ref := s.Properties[name]
		for i := len(m.around) - 1; ref == nil && i >= 0; i-- {
			if all := descriptions(m.around[i], name, 0); len(all) > 0 {
				ref = all[0]
			}
		}
		switch {
		case ref == nil || ref.Value == nil:
			out[name] = "text"
		case m.sends(ref.Value.ReadOnly, ref.Value.WriteOnly):
			out[name] = m.sample(ref.Value, depth+1)
		}
	}
	return out
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
