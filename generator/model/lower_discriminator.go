package model

import (
	"slices"
	"strings"
	"unicode"
)

// discriminate writes a discriminator out: every branch gets a value, from the mapping, from the
// branch's own constant, or from the name of the component. If one has none, there is no discriminator.
func (l *lowerer) discriminate(t *Type, s *shape) {
	property := s.Discriminator.PropertyName
	var mapping []UnionValue
	for _, v := range s.variants {
		b := l.typeOf(v.ref, site{pointer: v.pointer})
		if b.Name == "" {
			return
		}
		for _, value := range l.discriminatorValues(s, v, b) {
			if !slices.ContainsFunc(mapping, func(u UnionValue) bool { return u.Value == value }) {
				mapping = append(mapping, UnionValue{value, b})
			}
		}
	}
	covered := func(b *Type) bool {
		return slices.ContainsFunc(mapping, func(u UnionValue) bool { return u.Type == b })
	}
	unfit := slices.ContainsFunc(t.Branches, func(b *Type) bool { return !covered(b) }) ||
		slices.ContainsFunc(mapping, func(u UnionValue) bool { return !isLiteral(u.Value) })
	if f := t.Field(property); unfit || !isTag(property) || f != nil && (f.Nullable || f.Type.Basic != "string" && f.Type.Kind != String) {
		l.warn(t.Pointer, "the discriminator "+property+" does not tell all the branches apart", "the Go type does not use it")
		return
	}
	t.Discriminator, t.Mapping = property, mapping
}

func (l *lowerer) discriminatorValues(s *shape, v variant, b *Type) []string {
	var values []string
	for _, value := range l.ordered("", mapKeys(s.Discriminator.Mapping)) {
		if ref := s.Discriminator.Mapping[value].Ref; ref == v.ref.Ref || strings.HasSuffix(v.ref.Ref, "/"+ref) {
			values = append(values, value)
		}
	}
	if len(values) > 0 {
		return values
	}
	if f := b.Field(s.Discriminator.PropertyName); f != nil && f.HasConst {
		if value, ok := f.Const.(string); ok {
			return []string{value}
		}
	}
	if _, name, ok := strings.Cut(v.ref.Ref, schemasPointer+"/"); ok {
		return []string{name}
	}
	return nil
}

// isLiteral says that a value can stand between the quotes of a Go string.
func isLiteral(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool {
		return r == '"' || r == '`' || r == '\\' || unicode.IsControl(r)
	})
}
