package model

import (
	"maps"
	"slices"
	"strconv"
)

// Sample is a JSON value that the schema of t allows, the shortest that is easy to find: required
// properties, the first value of an enum, the least number. It is the same each time.
func Sample(t *Type) any { return sample(t, 0) }

// SamplePart is a sample with one property of its own, for operations that change a part.
func SamplePart(t *Type) any {
	all, ok := Sample(t).(map[string]any)
	if !ok || len(all) > 0 {
		return Sample(t)
	}
	for _, f := range t.Fields {
		if !f.ReadOnly && isScalar(f.Type) {
			return map[string]any{f.Name: sampleField(f, 0)}
		}
	}
	return all
}

func sample(t *Type, depth int) any {
	switch {
	case t == nil || depth > 6:
		return nil
	case len(t.Enum) > 0:
		return t.Enum[0].Value
	case t.Schema != nil && t.Schema.Const != nil:
		return t.Schema.Const
	}
	switch t.Kind {
	case Object:
		return sampleObject(t, depth)
	case Array:
		return sampleArray(t, depth)
	case Map:
		return sampleMap(t, depth)
	case String, Integer, Number:
		return sampleScalar(t)
	case Boolean:
		return true
	case Union:
		return sampleUnion(t, depth)
	}
	return map[string]any{}
}

// sampleObject has the required properties. Where the schema wants more of them, or one of several, it
// has the first of the others that helps, or else as many as it takes.
func sampleObject(t *Type, depth int) any {
	out := map[string]any{}
	for _, f := range t.Fields {
		if f.Required && !f.ReadOnly {
			out[f.Name] = sampleField(f, depth)
		}
	}
	if t.Schema == nil || valid(t.Schema, out) {
		return out
	}
	more := maps.Clone(out)
	for _, f := range t.Fields {
		if f.Required || f.ReadOnly {
			continue
		}
		one := maps.Clone(out)
		one[f.Name] = sampleField(f, depth)
		more[f.Name] = one[f.Name]
		for _, v := range []map[string]any{one, more} {
			if valid(t.Schema, v) {
				return v
			}
		}
	}
	return out
}

func sampleMap(t *Type, depth int) any {
	out := map[string]any{}
	if t.Schema != nil {
		for i := range min(t.Schema.MinProps, 10) {
			out["key"+strconv.FormatUint(i+1, 10)] = sample(t.Elem, depth+1)
		}
	}
	return out
}

func sampleField(f *Field, depth int) any {
	if f.HasConst {
		return f.Const
	}
	if s := f.Schema; s != nil && f.Type.Kind != Union && len(s.OneOf)+len(s.AnyOf) > 0 {
		alternatives := *f.Type // the type is what they have in common
		alternatives.Schema = s
		return sample(&alternatives, depth+1)
	}
	return sample(f.Type, depth+1)
}

func sampleArray(t *Type, depth int) any {
	out := []any{}
	if t.Schema == nil {
		return out
	}
	for i := range int(min(t.Schema.MinItems, 100)) {
		v := sample(t.Elem, depth+1)
		if t.Schema.UniqueItems {
			v = another(t.Elem, v, i)
		}
		out = append(out, v)
	}
	return out
}

// sampleUnion is a sample of the first branch that the union's own schema allows: one that is also
// another branch's is none of a oneOf.
func sampleUnion(t *Type, depth int) any {
	var first any = map[string]any{}
	for i, b := range t.Branches {
		v := sample(b, depth+1)
		if object, ok := v.(map[string]any); ok && t.Discriminator != "" {
			for _, m := range slices.Backward(t.Mapping) {
				if m.Type == b {
					object[t.Discriminator] = m.Value
				}
			}
		}
		if t.Schema == nil || valid(t.Schema, v) {
			return v
		}
		if i == 0 {
			first = v
		}
	}
	return first
}
