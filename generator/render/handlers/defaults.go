package handlers

import "gen/generator/model"

// defaults are what rows of an older document are read with: schema defaults, and the empty lists and
// objects that JSON must not show as null.
func (b *builder) defaults() []Field {
	t := b.r.Type
	if t == nil || t.Kind != model.Object || t.Name == "" {
		return nil
	}
	var out []Field
	for _, f := range t.Fields {
		if expr := defaultOf(f); expr != "" {
			out = append(out, Field{Name: f.GoName, Expr: expr})
		}
	}
	return out
}

func defaultOf(f *model.Field) string {
	container := f.Type.Kind == model.Array || f.Type.Kind == model.Map
	switch {
	case f.HasDefault && f.Default != nil:
		return constant(model.Source{Field: f, Kind: model.FromDefault, Value: f.Default}, slotOf(f))
	case f.HasConst && f.Required:
		return constant(model.Source{Field: f, Kind: model.FromConst, Value: f.Const}, slotOf(f))
	case f.Required && len(f.Type.Enum) > 0 && !f.Nullable && !f.Optional:
		return literal(f.Type.Enum[0].Value, f.Type)
	case f.Required && container && !f.Nullable:
		return zero(f.Type)
	}
	return ""
}
