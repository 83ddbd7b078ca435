package handlers

import (
	"fmt"
	"strconv"
	"strings"

	"gen/generator/model"
)

// additionalField holds the properties of an object that its schema does not name.
const additionalField = "AdditionalProperties"

// keepsAdditional says that the additional properties of op's body are stored: those of the stored value are of
// the same type, or would be but for the null by which a merge patch removes one.
func keepsAdditional(op *model.Operation) bool {
	return takesAdditional(op) && sameAdditional(op.Input.Type, op.Resource.Type, mergesWithin(op))
}

// DropsAdditional says that op's body may have properties beside those of its schema, and nothing keeps them.
func DropsAdditional(op *model.Operation) bool { return takesAdditional(op) && !keepsAdditional(op) }

// takesAdditional says that op stores the named properties of an object that may have others, too.
func takesAdditional(op *model.Operation) bool {
	switch op.Kind {
	case model.Create, model.Replace, model.Update:
		in, stored := op.Input, op.Resource.Type
		return Written(op) && in != nil && in.Type.Kind == model.Object && in.Type.Extra != nil && stored.Kind == model.Object
	default:
		return false
	}
}

// sameAdditional says that two objects have additional properties of one type. Those of from may be null, too,
// where that removes one.
func sameAdditional(from, to *model.Type, nullRemoves bool) bool {
	if from.Extra == nil || to.Extra == nil || !same(from.Extra, to.Extra) {
		return false
	}
	return from.ExtraNullable == to.ExtraNullable || from.ExtraNullable && nullRemoves
}

// additional are the additional properties of value that have no name of their own in a t, nor one of those elsewhere.
func additional(value string, t *model.Type, elsewhere ...string) string {
	args := []string{value + "." + additionalField}
	for _, name := range elsewhere {
		args = append(args, strconv.Quote(name))
	}
	return fmt.Sprintf("additional[%s](%s)", t.Expr(), strings.Join(args, ", "))
}

// storable are the additional properties of op's body that a client may set. Passwords and secrets have columns.
func (b *builder) storable(op *model.Operation) string {
	var elsewhere []string
	for _, f := range append([]*model.Field{b.r.Password}, b.r.Secrets...) {
		if f != nil && b.r.Type.Field(f.Name) == nil {
			elsewhere = append(elsewhere, f.Name)
		}
	}
	return additional(b.body(op), b.r.Type, elsewhere...)
}

// changeAdditional is the statement that changes the additional properties, "" where the body has none to keep.
func (b *builder) changeAdditional(op *model.Operation) string {
	if !keepsAdditional(op) {
		return ""
	}
	left, sent := b.file.Var+"."+additionalField, b.storable(op)
	switch {
	case op.Kind == model.Replace:
		return left + " = " + sent
	case mergesWithin(op):
		return fmt.Sprintf("if %s.%s != nil {\nmerge(&%s, %s)\n}", b.body(op), additionalField, left, sent)
	}
	return fmt.Sprintf("add(&%s, %s)", left, sent)
}
