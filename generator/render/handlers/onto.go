package handlers

import (
	"encoding/json"
	"fmt"

	"gen/generator/model"
)

// hasGaps says that a value of another type may lack what an object, or the objects in a list, must
// have, and that Go's zero value is none that the schema allows.
func hasGaps(to slot) bool {
	t := to.t
	if t.Kind == model.Array {
		if t.ElemNullable || to.nullable {
			return false
		}
		t = t.Elem
	}
	return t.Kind == model.Object && t.Name != "" && !model.ZeroFits(t)
}

// onto copies expr over a sample of what it is to be.
func onto(expr string, from, to slot) string {
	if to.t.Kind == model.Array {
		out := fmt.Sprintf("eachOnto[%s](%s, %s)", to.t.Elem.Expr(), sample(to.t.Elem), expr)
		if identity(to.t) != "[]"+to.t.Elem.Expr() {
			out = identity(to.t) + "(" + out + ")"
		}
		if to.required {
			return "list(" + out + ")"
		}
		return out
	}
	out := fmt.Sprintf("onto[%s](%s, %s)", to.t.Expr(), sample(to.t), expr)
	switch certain := !from.optional && !from.nullable && !from.t.HasNil(); {
	case to.nullable:
		return "null(" + out + ")"
	case to.optional:
		return out
	case certain:
		return "*" + out
	}
	return fmt.Sprintf("or(%s, parse[%s](%s))", out, to.t.Expr(), sample(to.t))
}

// sample is a value that a server may send, as a Go literal with its JSON.
func sample(t *model.Type) string {
	text, err := json.Marshal(model.SampleAnswer(t))
	if err != nil {
		return `"{}"`
	}
	return quoted(string(text))
}
