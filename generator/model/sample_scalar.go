package model

import (
	"math"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// scalar is a sample of a string or a number. Of several alternatives it takes the first that the
// schema allows.
func (m sampler) scalar(t *Type) any {
	v := sampleOne(t)
	rules := t.rules()
	if rules == nil || m.valid(rules, v) {
		return v
	}
	for _, ref := range slices.Concat(rules.OneOf, rules.AnyOf) {
		if ref == nil || ref.Value == nil {
			continue
		}
		if other := sampleOne(&Type{Kind: t.Kind, Format: ref.Value.Format, Schema: ref.Value}); m.valid(rules, other) {
			return other
		}
	}
	return v
}

func sampleOne(t *Type) any {
	if t.Kind == String {
		return sampleString(t)
	}
	return sampleNumber(t)
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

// sampleNumber is the number nearest to one step that keeps the bounds.
func sampleNumber(t *Type) any {
	s := t.Schema
	if s == nil {
		return 1.0
	}
	step := 1.0
	if s.MultipleOf != nil && *s.MultipleOf > 0 {
		step = *s.MultipleOf
	}
	whole := t.Kind == Integer || s.MultipleOf != nil
	v := step
	if low, exclusive := bound(s.Min, s.ExclusiveMin); low != nil && (v < *low || exclusive && v == *low) {
		v = next(*low, step, whole, exclusive)
	}
	high, exclusive := bound(s.Max, s.ExclusiveMax)
	if high == nil || v < *high || v == *high && !exclusive {
		return v
	}
	if low, _ := bound(s.Min, s.ExclusiveMin); low != nil && !whole {
		return *low + (*high-*low)/2
	}
	return -next(-*high, step, whole, exclusive)
}

// bound is a limit, and whether the limit itself is out.
func bound(limit *float64, exclusive openapi3.ExclusiveBound) (*float64, bool) {
	if exclusive.Value != nil {
		return exclusive.Value, true
	}
	return limit, exclusive.IsTrue()
}

// next is the least number from a limit on, in whole steps if need be.
func next(limit, step float64, whole, exclusive bool) float64 {
	v := limit
	if whole {
		v = math.Ceil(limit/step) * step
	}
	if exclusive && v == limit {
		v += step
	}
	return v
}
