package codec

import (
	"cmp"
	"fmt"
	"slices"

	"gen/generator/codec/gotype"
)

// Encoders writes functions that print values of Go types as JSON, as encoding/json does.
type Encoders struct {
	types *gotype.Package
	names *namer
	asked map[string]bool
	// missing are the types whose function is asked for, and not there yet.
	missing []*gotype.Type
	done    []Function
}

// NewEncoders takes the types of package api. Reserved are names of the package that begin with
// "encode".
func NewEncoders(types *gotype.Package, reserved ...string) *Encoders {
	return &Encoders{types: types, names: newNamer("encode", types, reserved), asked: map[string]bool{}}
}

// Value is the Go statement that prints a value to a writer w. The value is an expression that has an
// address, of a type as Go source has it: "response.Body", "[]Post". The error says why that is no type.
func (e *Encoders) Value(value, goType string) (string, error) {
	t, err := e.types.Type(goType)
	if err != nil {
		return "", err
	}
	var s statements
	e.print(&s, "w", at(value), t)
	return s.String(), nil
}

// Functions are the encoders that printing the values so far takes, in the order of their names.
func (e *Encoders) Functions() []Function {
	for len(e.missing) > 0 {
		t := e.missing[0]
		e.missing = e.missing[1:]
		e.done = append(e.done, e.function(t))
	}
	slices.SortFunc(e.done, func(a, b Function) int { return cmp.Compare(a.Name, b.Name) })
	return e.done
}

// encoder is the function that prints what a pointer to a value of a type leads to.
func (e *Encoders) encoder(t *gotype.Type) string {
	base := t.Base()
	switch {
	case hasMethod(t) && base.Name == "float32":
		return "writeFloat32"
	case hasMethod(t):
		return "write" + words[base.Kind]
	case isForeign(t):
		return "writeOther"
	}
	if key := goName(t); !e.asked[key] {
		e.asked[key] = true
		e.missing = append(e.missing, t)
	}
	return e.names.function(t)
}

// hasMethod says that the writer has a method for values of the type.
func hasMethod(t *gotype.Type) bool {
	d := t.Definition()
	switch t.Base().Kind {
	case gotype.Bool, gotype.Int, gotype.Uint, gotype.Float, gotype.String:
		return d == nil || !d.Marshals
	case gotype.Bytes, gotype.Any, gotype.Raw, gotype.Time, gotype.Date, gotype.UUID, gotype.Email, gotype.File:
		return d == nil
	}
	return false
}

// isForeign says that only encoding/json knows what to print: a type that cannot be named here, or one
// that is defined as a type with methods, which it has not.
func isForeign(t *gotype.Type) bool {
	d, base := t.Definition(), t.Base()
	switch base.Kind {
	case gotype.Other:
		return d == nil || !d.Marshals
	case gotype.Struct:
		return d == nil
	case gotype.Slice:
		size := base.Elem.Base().Name // of bytes, it is one text
		return d == nil && (size == "uint8" || size == "byte" || isForeign(base.Elem))
	case gotype.Map, gotype.Pointer:
		return d == nil && isForeign(base.Elem)
	case gotype.Nullable:
		return d != nil || isForeign(base.Elem)
	case gotype.Raw, gotype.Time, gotype.Date, gotype.UUID, gotype.Email, gotype.File:
		return d != nil && !d.Marshals
	}
	return false
}

// function is the encoder of a type.
func (e *Encoders) function(t *gotype.Type) Function {
	var s statements
	d, base := t.Definition(), t.Base()
	marshals := d != nil && d.Marshals
	if e.isRecursive(t) {
		s.linef("if w.tooDeep() {\nreturn\n}")
	}
	switch {
	case marshals && base.Union && len(base.Fields) == 0 && base.Extra == nil:
		s.linef("w.raw(v.union)")
	case marshals && (base.Union || base.Extra == nil):
		s.linef("w.text(v.MarshalJSON())")
	case base.Kind == gotype.Struct:
		e.printStruct(&s, base, marshals)
	default:
		e.print(&s, "w", operand{"*v", "v"}, base)
	}
	name := e.names.function(t)
	source := "// %s writes %s as JSON.\nfunc %[1]s(w *writer, v *%[2]s) {\n%[3]s}\n"
	return Function{Name: name, Source: fmt.Sprintf(source, name, goName(t), s.String())}
}
