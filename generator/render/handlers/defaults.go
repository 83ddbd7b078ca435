package handlers

import (
	"slices"

	"gen/generator/model"
)

// defaults are what rows of an older document are read with, and what a PUT that creates begins with:
// schema defaults, null, and the empty lists and objects that JSON must not show as null.
func (b *builder) defaults() []Field {
	t := b.r.Type
	if t == nil || t.Kind != model.Object || t.Name == "" {
		return nil
	}
	var out []Field
	for _, f := range t.Fields {
		if f == b.r.Password || slices.Contains(b.r.Secrets, f) {
			continue
		}
		expr := defaultOf(f)
		if expr == "" && b.guesses(f) {
			expr = constant(model.Source{Field: f, Kind: model.FromGuess, Value: model.Guess(f)}, slotOf(f))
		}
		if expr != "" {
			out = append(out, Field{Name: f.GoName, Expr: expr})
		}
	}
	return out
}

// guesses says that a PUT that creates gives f a value that only a guess can tell, and not the zero value.
func (b *builder) guesses(f *model.Field) bool {
	return slices.ContainsFunc(b.r.Operations, func(op *model.Operation) bool {
		return op.Kind != model.Create && slices.ContainsFunc(op.Sources, func(s model.Source) bool {
			return s.Field == f && s.Kind == model.FromGuess && s.Value != nil
		})
	})
}

func defaultOf(f *model.Field) string {
	container := f.Type.Kind == model.Array || f.Type.Kind == model.Map
	source, ok := model.SchemaSource(f)
	switch {
	case source.Kind == model.FromNull:
		return "nullable.NewNullNullable[" + f.Type.Expr() + "]()"
	case ok:
		return constant(source, slotOf(f))
	case f.Required && len(f.Type.Enum) > 0 && !f.Nullable && !f.Optional:
		return literal(f.Type.Enum[0].Value, f.Type)
	case f.Required && container && !f.Nullable:
		return zero(f.Type)
	}
	return ""
}
