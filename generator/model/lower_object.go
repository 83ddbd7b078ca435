package model

import (
	"slices"
	"strings"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/spec"
)

// buildObject lowers the properties of an object. The type has its name already.
func (l *lowerer) buildObject(t *Type, s *shape) {
	t.Kind = Object
	l.buildExtra(t, s)
	l.buildFields(t, s, scope{"AdditionalProperties": true, "MarshalJSON": true, "UnmarshalJSON": true})
}

func (l *lowerer) buildExtra(t *Type, s *shape) {
	switch elem := s.elem(); {
	case elem.ref != nil:
		t.Extra = l.typeOf(elem.ref, site{pointer: elem.pointer, names: []string{t.Name + "Value"}})
		t.ExtraNullable = nullable(elem.ref.Value) && t.Extra.Kind != Any
	case s.AdditionalProperties.Has != nil && *s.AdditionalProperties.Has:
		t.Extra = anyType()
	}
}

// buildFields lowers the properties of an object. Names that no struct tag can hold travel among the
// additional properties.
func (l *lowerer) buildFields(t *Type, s *shape, names scope) {
	for _, p := range s.props {
		if !isTag(p.name) {
			t.Extra, t.ExtraNullable = anyType(), false
			l.warn(p.pointer, "no Go struct tag can hold the name of this property", "it is one of the additional properties")
			continue
		}
		name := goName(p.name)
		f := &Field{
			Name: p.name, GoName: names.take(name, name+"Field"),
			Required: slices.Contains(s.Required, p.name),
			Pointer:  p.pointer, Schema: p.ref.Value,
		}
		f.Type = l.typeOf(p.ref, site{pointer: p.pointer, names: []string{t.Name + name}})
		f.Nullable = nullable(p.ref.Value) && (f.Type.Kind != Any || !f.Required)
		f.Optional = !f.Required && !f.Nullable && !f.Type.HasNil()
		f.annotate(p.ref.Value, 0)
		t.Fields = append(t.Fields, f)
	}
	l.buildUndescribed(t, s, names)
}

// buildUndescribed makes fields of properties that are required and not described: they may be
// anything, and have to be there.
func (l *lowerer) buildUndescribed(t *Type, s *shape, names scope) {
	if s.AdditionalProperties.Has != nil && !*s.AdditionalProperties.Has {
		return
	}
	for _, name := range s.Required {
		if t.Field(name) == nil && isTag(name) {
			field := goName(name)
			t.Fields = append(t.Fields, &Field{
				Name: name, GoName: names.take(field, field+"Field"), Required: true,
				Type: anyType(), Schema: &openapi3.Schema{}, Pointer: t.Pointer + spec.Pointer("required"),
			})
		}
	}
}

// annotate takes over what a property's schema says about its use, and what the schema says that it
// stands for.
func (f *Field) annotate(s *openapi3.Schema, depth int) {
	if s == nil || depth > 20 {
		return
	}
	f.ReadOnly = f.ReadOnly || s.ReadOnly
	f.WriteOnly = f.WriteOnly || s.WriteOnly
	if s.Default != nil && !f.HasDefault {
		f.Default, f.HasDefault = s.Default, true
	}
	if !f.HasConst {
		switch {
		case s.Const != nil:
			f.Const, f.HasConst = s.Const, true
		case len(s.Enum) == 1 && s.Enum[0] != nil:
			f.Const, f.HasConst = s.Enum[0], true
		}
	}
	for _, ref := range s.AllOf {
		if ref != nil {
			f.annotate(ref.Value, depth+1)
		}
	}
	if inner := only(s, ""); inner.ref != nil && len(s.AllOf) == 0 {
		f.annotate(inner.ref.Value, depth+1)
	}
}

// isTag says that a struct tag can hold the JSON name (see encoding/json), and that a generated file
// can hold the tag.
func isTag(name string) bool {
	if name == "" || name == "-" {
		return false
	}
	for _, r := range name {
		if !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// breakCycles makes pointers of fields that would make a struct contain itself.
func breakCycles(types []*Type) {
	state := map[*Type]int{}
	var visit func(t *Type)
	visit = func(t *Type) {
		state[t] = 1
		for _, f := range t.Fields {
			if f.Optional || f.Nullable || f.Type.Kind != Object && f.Type.Kind != Union {
				continue
			}
			switch state[f.Type] {
			case 0:
				visit(f.Type)
			case 1:
				f.Optional = true
			}
		}
		state[t] = 2
	}
	for _, t := range types {
		if state[t] == 0 {
			visit(t)
		}
	}
}
