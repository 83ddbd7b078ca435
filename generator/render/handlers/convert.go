package handlers

import (
	"fmt"

	"gen/generator/model"
)

// slot is how a value is held in a struct: plain, behind a pointer, or in a Nullable.
type slot struct {
	t                            *model.Type
	optional, nullable, required bool
}

func slotOf(f *model.Field) slot {
	return slot{t: f.Type, optional: f.Optional, nullable: f.Nullable, required: f.Required}
}

// convert makes of expr, which is held as from, a value for to. Fallback stands in where from may
// hold none and to must; it is of from's type, "" for the zero value.
func convert(expr string, from, to slot, fallback string) string {
	plain := !from.nullable && !from.optional
	switch {
	case plain && from.t.Basic == "string" && isNumber(to.t):
		return "reshape[" + to.expr() + "](json.Number(" + cast(expr, from.t, plainString) + "))"
	case plain && isNumber(from.t) && to.t.Basic == "string" && to.t.Kind == model.String:
		return convert("fmt.Sprint("+expr+")", slot{t: plainString, required: true}, to, "")
	case from.nullable && !similar(from.t, to.t): // a Nullable that was not sent is no JSON
		return convert("optional("+expr+")", slot{t: from.t, optional: true, required: from.required}, to, fallback)
	case !similar(from.t, to.t) && hasGaps(to):
		return onto(orElse(expr, from, fallback), from, to)
	case !similar(from.t, to.t) && to.required && !to.nullable && !to.optional:
		return filled("reshape["+to.expr()+"]("+orElse(expr, from, fallback)+")", to.t)
	case !similar(from.t, to.t):
		return "reshape[" + to.expr() + "](" + orElse(expr, from, fallback) + ")"
	case from.nullable:
		return fromNullable(expr, from, to, fallback)
	case from.optional:
		return fromPointer(expr, from, to, fallback)
	case to.nullable:
		return "nullable.NewNullableWithValue(" + cast(expr, from.t, to.t) + ")"
	case to.optional:
		return "new(" + cast(expr, from.t, to.t) + ")"
	case !from.required && fallback != "" && (to.t.Kind == model.Array || to.t.Kind == model.Map):
		return cast(orElse(expr, from, fallback), from.t, to.t)
	case to.required && !from.required:
		return filled(cast(expr, from.t, to.t), to.t)
	}
	return cast(expr, from.t, to.t)
}

// orElse is expr, or the fallback where it holds none.
func orElse(expr string, from slot, fallback string) string {
	switch {
	case fallback == "":
		return expr
	case from.nullable:
		return "or(optional(" + expr + "), " + fallback + ")"
	case from.optional:
		return "or(" + expr + ", " + fallback + ")"
	case !from.required && from.t.Kind == model.Array:
		return "orList(" + expr + ", " + fallback + ")"
	case !from.required && from.t.Kind == model.Map:
		return "orDict(" + expr + ", " + fallback + ")"
	}
	return expr
}

// convertSent is convert for what a client sent: null that may stay is no reason for the fallback.
func convertSent(expr string, from, to slot, fallback string, nullFits bool) string {
	switch {
	case fallback == "" || from.required || !from.nullable || !to.nullable || !nullFits:
		return convert(expr, from, to, fallback)
	case same(from.t, to.t):
		return "orDefault(" + expr + ", " + fallback + ")"
	}
	return "reshape[" + to.expr() + "](orDefault(" + expr + ", " + fallback + "))"
}

func fromPointer(expr string, from, to slot, fallback string) string {
	switch {
	case to.nullable && fallback != "":
		return "nullable.NewNullableWithValue(" + cast("or("+expr+", "+fallback+")", from.t, to.t) + ")"
	case to.nullable && same(from.t, to.t):
		return "null(" + expr + ")"
	case to.nullable:
		return "reshape[" + to.expr() + "](" + expr + ")"
	case to.optional && fallback != "":
		return "new(" + cast("or("+expr+", "+fallback+")", from.t, to.t) + ")"
	case to.optional && same(from.t, to.t):
		return expr
	case to.optional:
		return "reshape[" + to.expr() + "](" + expr + ")"
	}
	return cast("or("+expr+", "+orZero(fallback, from.t)+")", from.t, to.t)
}

func fromNullable(expr string, from, to slot, fallback string) string {
	switch {
	case to.nullable && same(from.t, to.t) && to.required && !from.required && fallback != "":
		return "nullable.NewNullableWithValue(or(optional(" + expr + "), " + fallback + "))"
	case to.nullable && same(from.t, to.t) && to.required && !from.required:
		return "null(optional(" + expr + "))" // absent is null too
	case to.nullable && same(from.t, to.t):
		return expr
	case to.nullable:
		return "reshape[" + to.expr() + "](optional(" + expr + "))"
	case to.optional && fallback == "" && same(from.t, to.t):
		return "optional(" + expr + ")"
	case to.optional && fallback == "":
		return "reshape[" + to.expr() + "](optional(" + expr + "))"
	}
	value := cast("or(optional("+expr+"), "+orZero(fallback, from.t)+")", from.t, to.t)
	if to.optional {
		return "new(" + value + ")"
	}
	return value
}

func (s slot) expr() string {
	switch {
	case s.nullable:
		return "nullable.Nullable[" + s.t.Expr() + "]"
	case s.optional:
		return "*" + s.t.Expr()
	}
	return s.t.Expr()
}

// filled keeps null out of what must be there although its Go type has a nil.
func filled(expr string, t *model.Type) string {
	switch {
	case t.Kind == model.Array:
		return "list(" + expr + ")"
	case t.Kind == model.Map:
		return "dict(" + expr + ")"
	case t.Basic == "[]byte":
		return "append([]byte{}, " + expr + "...)"
	}
	return expr
}

// identity is the type that an alias stands for, also within lists and maps.
func identity(t *model.Type) string {
	if t.Name != "" && !t.Alias {
		return t.Expr()
	}
	bare := *t
	bare.Name = ""
	if t.Kind == model.Array || t.Kind == model.Map {
		elem := model.Type{Basic: identity(t.Elem)}
		bare.Elem = &elem
	}
	return bare.Expr()
}

func same(a, b *model.Type) bool { return a == b || identity(a) == identity(b) }

// similar says that a conversion, if anything, makes the one of the other.
func similar(a, b *model.Type) bool {
	if same(a, b) {
		return true
	}
	return isScalar(a) && isScalar(b) && a.Basic != "" && (a.Basic == b.Basic || isNumber(a) && isNumber(b))
}

func isScalar(t *model.Type) bool {
	return t.Kind == model.String || t.Kind == model.Integer || t.Kind == model.Number || t.Kind == model.Boolean
}

func isNumber(t *model.Type) bool { return t.Kind == model.Integer || t.Kind == model.Number }

func cast(expr string, from, to *model.Type) string {
	if same(from, to) {
		return expr
	}
	return identity(to) + "(" + expr + ")"
}

func orZero(expr string, t *model.Type) string {
	if expr != "" {
		return expr
	}
	return zero(t)
}

// zero is the zero value of a type as Go writes it.
func zero(t *model.Type) string {
	switch {
	case t.Name != "" && !t.Alias && t.Kind == model.Object:
		return t.Expr() + "{}"
	case t.Kind == model.String && t.Basic == "string":
		return `""`
	case isNumber(t):
		return "0"
	case t.Kind == model.Boolean:
		return "false"
	case t.Kind == model.Any && t.Name == "":
		return "nil"
	case t.Kind == model.Array || t.Kind == model.Map:
		return identity(t) + "{}"
	}
	return fmt.Sprintf("*new(%s)", t.Expr())
}
