package codec

import (
	"fmt"
	"strings"

	"gen/generator/codec/gotype"
)

// operand is a Go expression for a value, and one for its address.
type operand struct{ value, address string }

func at(value string) operand { return operand{value, "&" + value} }

// behind is what a pointer leads to.
func (o operand) behind() operand { return operand{"*" + o.value, o.value} }

// print writes the statements that print a value to w, an expression for a writer.
func (e *Encoders) print(s *statements, w string, o operand, t *gotype.Type) {
	base := t.Base()
	switch {
	case hasMethod(t):
		s.linef("%s", methodCall(w, o.value, t))
	case isForeign(t):
		s.linef("%s.other(%s)", w, o.address)
	case t.Definition() != nil:
		s.linef("%s(%s, %s)", e.encoder(t), w, o.address)
	case base.Kind == gotype.Slice:
		s.linef("writeList(%s, %s, %s)", w, o.value, e.encoder(base.Elem))
	case base.Kind == gotype.Map:
		s.linef("writeMap(%s, %s, %s)", w, o.value, e.encoder(base.Elem))
	case base.Kind == gotype.Pointer:
		s.linef("if %s == nil {\n%s.null()\n} else {", o.value, w)
		e.print(s, w, o.behind(), base.Elem)
		s.linef("}")
	case base.Kind == gotype.Nullable:
		e.printNullable(s, w, o.value, base.Elem, "")
	}
}

// printNullable writes null, or what the nullable holds, which is a zero value if nothing was set. With
// a condition, nothing is written where that is not so.
func (e *Encoders) printNullable(s *statements, w, value string, elem *gotype.Type, condition string) {
	s.linef("if %s.IsNull() {\n%s.null()", method(value), w)
	if condition == "" {
		s.linef("} else {")
	} else {
		s.linef("} else if %s {", condition)
	}
	held := operand{value: method(value) + "[true]"}
	if needsAddress(elem) {
		s.linef("value := %s", held.value)
		held = at("value")
	}
	e.print(s, w, held, elem)
	s.linef("}")
}

// method is an expression that a selector or an index may follow.
func method(value string) string {
	if strings.HasPrefix(value, "*") {
		return "(" + value + ")"
	}
	return value
}

// needsAddress says that a value is printed through its address.
func needsAddress(t *gotype.Type) bool {
	if hasMethod(t) {
		return t.Base().Kind == gotype.File
	}
	return t.Definition() != nil || isForeign(t) || t.Base().Kind == gotype.Pointer || t.Base().Kind == gotype.Nullable
}

var methods = map[gotype.Kind]string{
	gotype.Bool: "bool", gotype.Int: "int", gotype.Uint: "uint", gotype.Float: "float", gotype.String: "string",
	gotype.Bytes: "bytes", gotype.Any: "any", gotype.Raw: "raw", gotype.Time: "time", gotype.Date: "date",
	gotype.UUID: "uuid", gotype.Email: "email",
}

// methodCall is the call of the writer's method for a value, converted to what the method takes.
func methodCall(w, value string, t *gotype.Type) string {
	base := t.Base()
	name, takes := methods[base.Kind], base.Name
	switch base.Kind {
	case gotype.File:
		return fmt.Sprintf("%s.text(%s.MarshalJSON())", w, method(value))
	case gotype.Int:
		takes = "int64"
	case gotype.Uint:
		takes = "uint64"
	case gotype.Float:
		name = strings.TrimSuffix("float"+base.Name[len("float"):], "64")
	}
	if d := t.Definition(); base.Name != takes || d != nil {
		value = takes + "(" + value + ")"
	}
	return fmt.Sprintf("%s.%s(%s)", w, name, value)
}
