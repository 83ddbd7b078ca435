package model

import (
	"slices"
	"strings"
)

// Guess is the first value that the schema allows; nil stands for the zero value.
func Guess(f *Field) any {
	t := f.Type
	switch {
	case f.HasConst:
		return f.Const
	case len(t.Enum) > 0:
		return t.Enum[0].Value
	case t.Kind == Boolean && slices.Contains([]string{"deleted", "success", "ok", "acknowledged"}, Flat(f.Name)):
		return true
	case zeroFits(t, 0) || isContainer(t) && emptyFits(t):
		return nil
	}
	if t.Kind == String && t.Schema != nil {
		dashes := strings.Repeat("-", int(min(t.Schema.MinLength, 10_000)))
		if samplesByFormat[t.Schema.Format] == "" && (sampler{answer: true}).valid(t.rules(), dashes) {
			return dashes
		}
	}
	return SampleAnswer(t)
}

// ZeroFits says that the schema of a type allows Go's zero value.
func ZeroFits(t *Type) bool { return zeroFits(t, 0) }

// zeroFits says that the schema of t allows Go's zero value.
func zeroFits(t *Type, depth int) bool {
	if depth > 6 {
		return true
	}
	if t.Schema != nil {
		if _, ok := stated(t.Schema); ok {
			return false
		}
	}
	switch t.Kind {
	case String:
		return len(t.Enum) == 0 && t.Basic != "[]byte" && (t.Basic != "string" || emptyStringFits(t))
	case Integer, Number:
		return len(t.Enum) == 0 && zeroNumberFits(t)
	case Boolean:
		return true
	case Object:
		return !slices.ContainsFunc(t.Fields, func(f *Field) bool {
			return f.Required && (f.HasConst || f.Nullable || !zeroFits(f.Type, depth+1))
		}) && alternativesFit(t)
	}
	return false // it is null on the wire
}

// emptyStringFits says that a string may be empty. A format that gen has a sample of is taken to be
// one that "" is not in.
func emptyStringFits(t *Type) bool {
	s := t.rules()
	return s == nil || samplesByFormat[s.Format] == "" && (sampler{answer: true}).valid(s, "")
}

func zeroNumberFits(t *Type) bool {
	s := t.rules()
	return s == nil || (sampler{answer: true}).valid(s, 0.0)
}

// NullFits says that a property may be null, as validators see it: for some, null must be allowed
// beside what says so of a part.
func NullFits(f *Field) bool {
	return f.Nullable && (f.Schema == nil || (sampler{answer: true}).valid(f.Schema, nil))
}

// isContainer says that a property without a value of its own is simply empty.
func isContainer(t *Type) bool { return t.Kind == Array || t.Kind == Map }

// emptyFits says that the schema of a list or a map allows an empty one.
func emptyFits(t *Type) bool {
	return t.Schema == nil || t.Schema.MinItems == 0 && t.Schema.MinProps == 0
}

// alternativesFit says that the alternatives of an object allow one that has only what is required.
func alternativesFit(t *Type) bool {
	s := t.rules()
	if s == nil || len(s.OneOf)+len(s.AnyOf) == 0 && s.MinProps == 0 && s.Not == nil {
		return true
	}
	zero := map[string]any{}
	for _, f := range t.Fields {
		if f.Required {
			zero[f.Name] = (sampler{answer: true}).field(f, 0)
		}
	}
	return (sampler{answer: true}).valid(s, zero)
}
