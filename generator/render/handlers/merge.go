package handlers

import (
	"fmt"
	"slices"

	"gen/generator/model"
)

// mergesWithin says that op takes JSON Merge Patch, so that it merges what it changes within a property.
// One handler serves all media types of the same data.
func mergesWithin(op *model.Operation) bool {
	return op.Kind == model.Update && slices.ContainsFunc(op.Bodies, func(body *model.Body) bool {
		return body.GoField == op.Input.GoField && body.IsMergePatch()
	})
}

// hasMembers says that a value is a JSON object, or may be one. Those of a union are not merged: what
// is left of one alternative would get into another.
func hasMembers(t *model.Type) bool {
	return t.Kind == model.Object || t.Kind == model.Map || t.Kind == model.Any
}

// mergeWithin changes the members of a property that the client sent (RFC 7396 §2).
func (b *builder) mergeWithin(op *model.Operation, left string, f, from *model.Field) string {
	src := b.body(op) + "." + from.GoName
	to := slotOf(f)
	merge := mergeInto("&"+left, to, src)
	switch {
	case from.Nullable && to.required && !to.nullable && !to.optional: // null removes what must be there
		return fmt.Sprintf("if %s.IsNull() {\n%s = %s\n} else if %s.IsSpecified() {\n%s\n}", src, left, least(to), src, merge)
	case from.Nullable:
		return fmt.Sprintf("if %s.IsSpecified() {\n%s\n}", src, merge)
	case from.Optional || from.Type.HasNil() && !from.Required:
		return fmt.Sprintf("if %s != nil {\n%s\n}", src, merge)
	}
	return merge
}

// mergeInto is the call that merges src into what dst points to.
func mergeInto(dst string, to slot, src string) string {
	if hasGaps(to) {
		return fmt.Sprintf("mergeOnto(%s, %s, %s)", sample(to.t), dst, src)
	}
	return fmt.Sprintf("merge(%s, %s)", dst, src)
}

// least is an object with no more than it must have.
func least(to slot) string {
	if hasGaps(to) {
		return fmt.Sprintf("parse[%s](%s)", to.t.Expr(), sample(to.t))
	}
	return zero(to.t)
}

// wholeChange brings a stored value that is no struct in line with the body.
func (b *builder) wholeChange(op *model.Operation) string {
	if !mergesWithin(op) || !hasMembers(op.Input.Type) || !hasMembers(b.r.Type) {
		return "*" + b.file.Var + " = " + b.whole(op)
	}
	src := b.body(op)
	if len(op.Input.Wrap) == 0 {
		src = "*" + src
	}
	merge := mergeInto(b.file.Var, slot{t: b.r.Type, required: true}, src)
	if op.Input.Type.HasNil() {
		return fmt.Sprintf("if %s != nil {\n%s\n}", src, merge)
	}
	return merge
}
