package model

import (
	"slices"
	"strconv"
)

// SampleParam is a sample of a parameter as a request can carry it. A path parameter has its default,
// which tells it from others on the same path; a list or an object that is empty could not be told
// from none.
func SampleParam(p *Param) any {
	t := p.Type
	if p.Schema != nil {
		if p.In == "path" && p.Schema.Default != nil && (sampler{}).valid(p.Schema, p.Schema.Default) {
			return p.Schema.Default
		}
		own := *t
		own.Whole = p.Schema
		if t.Schema == nil {
			own.Schema = p.Schema
		}
		t = &own
	}
	switch v := Sample(t).(type) {
	case nil:
		return "text"
	case []any:
		if len(v) == 0 && t.Kind == Array {
			return []any{SampleParam(&Param{Type: t.Elem})}
		}
		return v
	case map[string]any:
		switch {
		case len(v) > 0:
			return v
		case t.Kind == Any:
			return "text"
		}
		return SamplePart(t)
	default:
		return v
	}
}

// SampleOther is the nth of several samples that differ, as far as the type has as many values.
func SampleOther(t *Type, n int) any { return another(t, Sample(t), n) }

// another is a sample that differs from v, the sample of t, for each n.
func another(t *Type, v any, n int) any {
	switch {
	case n == 0:
	case len(t.Enum) > 0:
		return t.Enum[n%len(t.Enum)].Value
	case t.Kind == String:
		return anotherText(t, v, n)
	case isNumber(t):
		return anotherNumber(t, v, n)
	}
	return v
}

// anotherText puts a number behind a text, over its end, or before it, whichever the schema allows.
func anotherText(t *Type, v any, n int) any {
	text, ok := v.(string)
	if !ok {
		return v
	}
	digits := strconv.Itoa(n + 1) // samples often end with a 1
	over := text[:max(0, len(text)-len(digits))] + digits
	candidates := []string{text + digits, over, digits + text}
	format := t.Format
	if format == "" && t.Schema != nil {
		format = t.Schema.Format
	}
	switch format {
	case "uuid":
		candidates = []string{over}
	case "email", "idn-email", "hostname":
		slices.Reverse(candidates)
	}
	for _, candidate := range candidates {
		if t.rules() == nil || (sampler{}).valid(t.rules(), candidate) {
			return candidate
		}
	}
	return v
}

func anotherNumber(t *Type, v any, n int) any {
	number, ok := v.(float64)
	if !ok {
		return v
	}
	step := 1.0
	if t.Schema != nil && t.Schema.MultipleOf != nil {
		step = *t.Schema.MultipleOf
	}
	if more := number + float64(n)*step; t.rules() == nil || (sampler{}).valid(t.rules(), more) {
		return more
	}
	return number - float64(n)*step
}
