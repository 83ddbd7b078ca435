package codec

import (
	"fmt"
	"strings"

	"gen/generator/codec/gotype"
)

// printStruct writes the members of an object. With more, those of AdditionalProperties follow.
func (e *Encoders) printStruct(s *statements, t *gotype.Type, more bool) {
	more = more && t.Extra != nil
	if more && len(t.Fields) > 0 {
		s.linef("start := len(w.buf)")
	}
	s.linef("w.begin('{')")
	for _, f := range t.Fields {
		e.printField(s, f)
	}
	switch {
	case more && len(t.Fields) > 0:
		s.linef("writeMore(w, start, v.AdditionalProperties, %s%s)", e.encoder(t.Extra), quotedNames(t.Fields))
	case more:
		s.linef("writeMore(w, 0, v.AdditionalProperties, %s)", e.encoder(t.Extra))
	}
	s.linef("w.end('}')")
}

func quotedNames(fields []*gotype.Field) string {
	var out strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&out, ", %q", f.Name)
	}
	return out.String()
}

// printField writes a member, unless its tag says that it is to be left out.
func (e *Encoders) printField(s *statements, f *gotype.Field) {
	w, o := fmt.Sprintf("w.name(%q)", f.Name), at("v."+f.GoName)
	condition := present(f, o)
	base, own := f.Type.Base(), f.Type.Definition() == nil && !isForeign(f.Type)
	switch {
	case own && base.Kind == gotype.Nullable:
		e.printNullable(s, w, o.value, base.Elem, condition)
		return
	case condition == "":
		e.print(s, w, o, f.Type)
		return
	case own && base.Kind == gotype.Pointer:
		e.printPresent(s, condition, w, o.behind(), base.Elem)
		return
	}
	e.printPresent(s, condition, w, o, f.Type)
}

func (e *Encoders) printPresent(s *statements, condition, w string, o operand, t *gotype.Type) {
	s.linef("if %s {", condition)
	e.print(s, w, o, t)
	s.linef("}")
}

// present is the condition on which a field is written, "" if it always is.
func present(f *gotype.Field, o operand) string {
	var conditions []string
	if f.OmitEmpty {
		conditions = append(conditions, notEmpty(f.Type, o))
	}
	if zero := notZero(f.Type, o); f.OmitZero && (len(conditions) == 0 || conditions[0] != zero) {
		conditions = append(conditions, zero)
	}
	var out []string
	for _, c := range conditions {
		if c != "" {
			out = append(out, c)
		}
	}
	return strings.Join(out, " && ")
}

// notEmpty is what omitempty asks: a struct is never empty.
func notEmpty(t *gotype.Type, o operand) string {
	switch base := t.Base(); base.Kind {
	case gotype.Slice, gotype.Map, gotype.Bytes, gotype.Raw, gotype.Nullable:
		return "len(" + o.value + ") > 0"
	case gotype.Bool, gotype.Int, gotype.Uint, gotype.Float, gotype.String, gotype.Email, gotype.Any, gotype.Pointer:
		return notZero(t, o)
	}
	return ""
}

// notZero is what omitzero asks: whether a value, or its method IsZero, says that it is zero.
func notZero(t *gotype.Type, o operand) string {
	switch base := t.Base(); base.Kind {
	case gotype.Bool:
		return o.value
	case gotype.Int, gotype.Uint, gotype.Float:
		return o.value + " != 0"
	case gotype.String, gotype.Email:
		return o.value + ` != ""`
	case gotype.Slice, gotype.Map, gotype.Bytes, gotype.Raw, gotype.Nullable, gotype.Any, gotype.Pointer:
		return o.value + " != nil"
	case gotype.Time, gotype.Date:
		if t.Definition() == nil {
			return "!" + o.value + ".IsZero()"
		}
	}
	return "!isZero(" + o.address + ")"
}
