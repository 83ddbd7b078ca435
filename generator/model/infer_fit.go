package model

import (
	"fmt"
	"slices"
)

// Fits says that what one property holds can stand for another: the shape is the same, and there is
// no enum or const that it would break. Parts that are missing can be filled.
func Fits(from, to *Field) bool {
	switch {
	case to.HasConst:
		return from.HasConst && equal(from.Const, to.Const)
	case from.HasConst && len(to.Type.Enum) > 0:
		return slices.ContainsFunc(to.Type.Enum, func(v EnumValue) bool { return equal(v.Value, from.Const) })
	}
	return fitsType(from.Type, to.Type, 0)
}

func fitsType(from, to *Type, depth int) bool {
	switch {
	case from == to || depth > 6 || from.Kind == Any || to.Kind == Any:
		return true
	case isScalar(to):
		return isScalar(from) && (from.Kind == Boolean) == (to.Kind == Boolean) && fitsEnum(from, to) && fitsText(from, to)
	case to.Kind == Array:
		return from.Kind == Array && fitsType(from.Elem, to.Elem, depth+1)
	case to.Kind == Union:
		return slices.Contains(to.Branches, from) || sameBranches(from, to)
	case to.Kind == Object || to.Kind == Map:
		return from.Kind == Object || from.Kind == Map
	}
	return from.Kind == to.Kind
}

// fitsEnum says that every value of from is one of to.
func fitsEnum(from, to *Type) bool {
	if len(to.Enum) == 0 {
		return true
	}
	return len(from.Enum) > 0 && !slices.ContainsFunc(from.Enum, func(v EnumValue) bool {
		return !slices.ContainsFunc(to.Enum, func(w EnumValue) bool { return equal(v.Value, w.Value) })
	})
}

// fitsText says that some text is one of from and one of to: two patterns may exclude each other.
func fitsText(from, to *Type) bool {
	if from.Kind != String || to.Kind != String || from.rules() == nil || to.rules() == nil {
		return true
	}
	m := sampler{answer: true}
	return m.valid(to.rules(), Sample(from)) || m.valid(from.rules(), SampleAnswer(to))
}

// sameBranches says that every branch of a union is one of another.
func sameBranches(from, to *Type) bool {
	return from.Kind == Union && !slices.ContainsFunc(from.Branches, func(b *Type) bool { return !slices.Contains(to.Branches, b) })
}

// equal says that two JSON values are the same.
func equal(a, b any) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

// Allows says that a property may have a value: a default may break the rules of its own schema.
func Allows(f *Field, v any) bool {
	if v == nil || f.HasConst && !equal(v, f.Const) {
		return false
	}
	rules := f.Type.rules()
	return rules == nil || (sampler{answer: true}).valid(rules, v)
}

// SchemaSource is the value that a schema gives a property which is not there: its default, or where it is required
// its const or null. It is false where the schema gives none.
func SchemaSource(f *Field) (Source, bool) {
	switch {
	case f.HasDefault && Allows(f, f.Default):
		return Source{Field: f, Kind: FromDefault, Value: f.Default}, true
	case f.HasConst && f.Required:
		return Source{Field: f, Kind: FromConst, Value: f.Const}, true
	case f.Required && NullFits(f):
		return Source{Field: f, Kind: FromNull}, true
	}
	return Source{}, false
}

// Default is the parameter's default, nil where it has none, or one that its own schema refuses.
func (p *Param) Default() any {
	s := p.Type.Schema
	if s == nil || s.Default == nil || !(sampler{}).valid(s, s.Default) {
		return nil
	}
	return s.Default
}
