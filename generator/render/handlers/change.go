package handlers

import (
	"fmt"
	"slices"
	"strings"

	"gen/generator/model"
)

// change prepares PUT, PATCH, and POST on an item.
func (b *builder) change(op *model.Operation, m *Method) {
	m.Template = "update"
	if op.MayCreate() {
		m.Template = "put"
	}
	m.Note = "only what the client sent changes"
	if op.Kind == model.Replace {
		m.Note = ""
	}
	b.readBody(op, m)
	switch b.r.Type.Kind {
	case model.Object:
		m.Changes = b.changes(op, m.Template == "put")
	case model.Union:
		m.Changes = []string{b.changeMembers(op, m.Template == "put")}
	default:
		m.Changes = []string{b.wholeChange(op)}
	}
	m.Clock = usesClock(strings.Join(m.Changes, "\n"))
	b.secrets(op, m)
	m.Answer = b.answer(op, op.Answer, "row.Value")
	if op.Created != nil && op.Answer.Status != "201" {
		m.Created = b.answer(op, op.Created, "row.Value")
	}
	if m.Template == "put" {
		m.Location = b.location(op, op.Created, m.Key)
	}
}

// changes are the statements that bring the stored value in line with the body. Properties that the
// body's schema does not have keep their value.
func (b *builder) changes(op *model.Operation, creates bool) []string {
	var out []string
	for _, f := range b.r.Type.Fields {
		if s := b.changeOf(op, f, creates); s != "" {
			out = append(out, s)
		}
	}
	if s := b.changeAdditional(op); s != "" {
		out = append(out, s)
	}
	return out
}

func (b *builder) changeOf(op *model.Operation, f *model.Field, creates bool) string {
	r, left := b.r, b.file.Var+"."+f.GoName
	switch {
	case f == r.Password || slices.Contains(r.Secrets, f):
		return ""
	case f == r.Key.Field:
		if !creates {
			return ""
		}
		return left + " = " + convert(b.key(op), slot{t: r.Key.Type, required: true}, slotOf(f), "")
	case model.IsUpdated(f) && model.IsClock(f):
		return left + " = " + clock(slotOf(f))
	}
	from := b.sent(op, f)
	switch {
	case from != nil && op.Kind == model.Replace && !needsAny(f, from):
		return left + " = " + b.replacement(op, f, from)
	case from != nil && mergesWithin(op) && hasMembers(from.Type) && hasMembers(f.Type):
		return b.mergeWithin(op, left, f, from)
	case from != nil:
		return b.merge(op, left, f, from)
	case creates:
		return b.onCreate(op, left, f)
	}
	return ""
}

// needsAny says that f must be there and may be anything, which has no zero but null: what was not
// sent stays.
func needsAny(f, from *model.Field) bool {
	return f.Required && f.Type.Kind == model.Any && !from.Nullable
}

// sent is the body's property that changes f.
func (b *builder) sent(op *model.Operation, f *model.Field) *model.Field {
	if op.Input.Type.Kind != model.Object || f.ReadOnly || model.IsCreated(f) {
		return nil
	}
	from := op.Input.Type.Field(f.Name)
	if from == nil || from.ReadOnly || !model.Fits(from, f) {
		return nil
	}
	return from
}

func (b *builder) replacement(op *model.Operation, f, from *model.Field) string {
	fallback := ""
	switch {
	case from.HasDefault && model.Allows(f, from.Default):
		fallback = literal(from.Default, from.Type)
	case f.HasDefault && model.Allows(f, f.Default):
		fallback = literal(f.Default, from.Type)
	case f.HasConst:
		fallback = literal(f.Const, from.Type)
	case f.Required && !f.Nullable && !from.Required && model.Guess(f) != nil:
		fallback = literal(model.Guess(f), from.Type)
	}
	return convertSent(b.body(op)+"."+from.GoName, slotOf(from), slotOf(f), fallback, model.NullFits(f))
}

// merge changes a property only if the client sent it, and then as a whole.
func (b *builder) merge(op *model.Operation, left string, f, from *model.Field) string {
	src := b.body(op) + "." + from.GoName
	to := slotOf(f)
	absent := from.Type.HasNil() && !from.Required // it has a nil for what was not sent
	switch {
	case from.Nullable:
		return fmt.Sprintf("if %s.IsSpecified() {\n%s = %s\n}", src, left, convert(src, slotOf(from), to, ""))
	case from.Optional && similar(from.Type, f.Type) && same(from.Type, f.Type) && !f.Optional && !f.Nullable:
		return fmt.Sprintf("set(&%s, %s)", left, src)
	case from.Optional || absent:
		plain := slotOf(from)
		value := src
		if from.Optional {
			value, plain.optional = "*"+src, false
		}
		plain.required = true
		if from.Optional && f.Optional && same(from.Type, f.Type) {
			return fmt.Sprintf("if %s != nil {\n%s = %s\n}", src, left, src)
		}
		return fmt.Sprintf("if %s != nil {\n%s = %s\n}", src, left, convert(value, plain, to, ""))
	}
	return left + " = " + convert(src, slotOf(from), to, "")
}

// onCreate fills, in a PUT that may create, what clients do not send. What is there already stays.
func (b *builder) onCreate(op *model.Operation, left string, f *model.Field) string {
	switch {
	case model.IsClock(f) && !f.Optional && !f.Nullable && f.Type.Kind == model.String && f.Type.Basic == "time.Time":
		return fmt.Sprintf("if %s.IsZero() {\n%s = now\n}", left, left)
	case model.IsClock(f) && f.Optional:
		return fmt.Sprintf("if %s == nil {\n%s = %s\n}", left, left, clock(slotOf(f)))
	}
	for _, s := range op.Sources {
		if s.Field == f && (s.Kind == model.FromParent || s.Kind == model.FromURL) {
			return left + " = " + b.source(op, s, b.key(op))
		}
	}
	return "" // Def.New has its value
}
