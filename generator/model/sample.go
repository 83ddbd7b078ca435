package model

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
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
		return map[string]any{}
	case String:
		return sampleString(t)
	case Integer, Number:
		return sampleNumber(t)
	case Boolean:
		return true
	case Union:
		return sampleUnion(t, depth)
	}
	return map[string]any{}
}

func sampleObject(t *Type, depth int) any {
	out := map[string]any{}
	for _, f := range t.Fields {
		if f.Required && !f.ReadOnly {
			out[f.Name] = sampleField(f, depth)
		}
	}
	return out
}

func sampleField(f *Field, depth int) any {
	if f.HasConst {
		return f.Const
	}
	return sample(f.Type, depth+1)
}

func sampleArray(t *Type, depth int) any {
	out := []any{}
	if t.Schema == nil {
		return out
	}
	for range min(t.Schema.MinItems, 10) {
		out = append(out, sample(t.Elem, depth+1))
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
		if t.Schema == nil || t.Schema.VisitJSON(v) == nil {
			return v
		}
		if i == 0 {
			first = v
		}
	}
	return first
}

var samplesByFormat = map[string]string{
	"date-time": "2026-01-02T15:04:05Z", "date": "2026-01-02", "time": "15:04:05Z", "duration": "PT1H",
	"uuid": "0191e0c4-5f0a-7000-8000-000000000001", "email": "ada@example.com", "idn-email": "ada@example.com",
	"uri": "https://example.com/", "url": "https://example.com/", "uri-reference": "/", "iri": "https://example.com/",
	"hostname": "example.com", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1", "byte": "YQ==", "binary": "a",
	"json-pointer": "/a", "regex": "a",
}

func sampleString(t *Type) any {
	if v, ok := samplesByFormat[t.Format]; ok {
		return v
	}
	if t.Schema == nil {
		return "text"
	}
	if v, ok := samplesByFormat[t.Schema.Format]; ok {
		return v
	}
	least := int(min(t.Schema.MinLength, 10_000))
	if t.Schema.Pattern != "" {
		if v, ok := samplePattern(t.Schema.Pattern, least); ok {
			return v
		}
	}
	v := "text"
	if least > len(v) {
		v += strings.Repeat("x", least-len(v))
	}
	if most := t.Schema.MaxLength; most != nil && uint64(len(v)) > *most {
		v = v[:*most]
	}
	return v
}

func sampleNumber(t *Type) any {
	v := 1.0
	s := t.Schema
	if s == nil {
		return v
	}
	step := 1.0
	if s.MultipleOf != nil {
		step = *s.MultipleOf
		v = step
	}
	if s.Min != nil && v <= *s.Min {
		v = *s.Min
		if s.ExclusiveMin.IsTrue() {
			v += step
		}
	}
	if s.Max != nil && v >= *s.Max {
		v = *s.Max
		if s.ExclusiveMax.IsTrue() {
			v -= step
		}
	}
	return v
}

// samplePattern is a string of at least that length which matches an expression, if one is easy to find.
func samplePattern(pattern string, least int) (string, bool) {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", false
	}
	check, err := regexp.Compile(pattern)
	if err != nil {
		return "", false
	}
	for _, repeat := range []int{0, 1, 2, least, least + 1} {
		if v := matching(parsed, repeat); len([]rune(v)) >= least && check.MatchString(v) {
			return v, true
		}
	}
	return "", false
}

// matching is a string that re matches, what may repeat repeated that often where it is allowed.
func matching(re *syntax.Regexp, repeat int) string {
	times := func(least, most int) string {
		n := max(least, repeat)
		if most >= 0 {
			n = min(n, most)
		}
		return strings.Repeat(matching(re.Sub[0], repeat), n)
	}
	switch re.Op {
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpCharClass:
		return string(pleasant(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return "x"
	case syntax.OpStar:
		return times(0, -1)
	case syntax.OpPlus:
		return times(1, -1)
	case syntax.OpQuest:
		return times(0, 1)
	case syntax.OpRepeat:
		return times(re.Min, re.Max)
	case syntax.OpAlternate, syntax.OpCapture:
		return matching(re.Sub[0], repeat)
	case syntax.OpConcat:
		var out strings.Builder
		for _, sub := range re.Sub {
			out.WriteString(matching(sub, repeat))
		}
		return out.String()
	}
	return ""
}

// pleasant is a character of a class, a letter or a digit if there is one.
func pleasant(ranges []rune) rune {
	for _, want := range "axA10" {
		for i := 0; i+1 < len(ranges); i += 2 {
			if ranges[i] <= want && want <= ranges[i+1] {
				return want
			}
		}
	}
	return ranges[0]
}
