package model

import (
	"slices"
	"strings"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/spec"
)

// site is where a schema stands and what to call the type that is made of it.
type site struct {
	pointer string
	// names are what to call the type if it needs a name, the best first.
	names []string
}

// at is the place of a part of the schema.
func (p site) at(names []string, parts ...string) site {
	return site{pointer: p.pointer + spec.Pointer(parts...), names: names}
}

func (p site) name() string {
	if len(p.names) == 0 {
		return "Value"
	}
	return p.names[0]
}

// anyType is JSON of any shape.
func anyType() *Type { return &Type{Kind: Any, Basic: "any", Schema: &openapi3.Schema{}} }

// follow is the place where a reference leads.
func (l *lowerer) follow(ref *openapi3.SchemaRef, at site) site {
	if len(ref.Ref) > 1 && ref.Ref[0] == '#' {
		at.pointer = ref.Ref[1:]
	}
	return at
}

// typeOf is the Go type of a schema. Inline objects, enums and unions get a name from the site.
func (l *lowerer) typeOf(ref *openapi3.SchemaRef, at site) *Type {
	if ref == nil || ref.Value == nil {
		return anyType()
	}
	schema := ref.Value
	if at = l.follow(ref, at); ref.Ref != "" || l.components[at.pointer] != "" {
		// What a reference has beside it makes a schema of its own, but not a type of its own.
		if t, ok := l.targets[at.pointer]; ok {
			return t
		}
		if own := l.component(at.pointer); own != nil {
			schema = own
		}
	}
	if t, ok := l.types[schema]; ok {
		return t
	}
	return l.lower(schema, at)
}

// component is the schema of a component as it stands there, nil if the pointer leads elsewhere.
func (l *lowerer) component(pointer string) *openapi3.Schema {
	key, ok := strings.CutPrefix(pointer, schemasPointer+"/")
	if !ok || l.components[pointer] == "" {
		return nil
	}
	return l.doc.T.Components.Schemas[spec.Unescape(key)].Value
}

// remember says what a schema was lowered to, before its parts are: they may refer to it.
func (l *lowerer) remember(schema *openapi3.Schema, at site, t *Type) {
	l.types[schema], l.targets[at.pointer] = t, t
}

func (l *lowerer) lower(schema *openapi3.Schema, at site) *Type {
	l.checkPattern(schema, at.pointer)
	component := l.components[at.pointer]
	if component == "" {
		if inner := only(schema, at.pointer); inner.ref != nil {
			l.remember(schema, at, anyType()) // ends a schema that stands for itself
			l.remember(schema, at, l.typeOf(inner.ref, site{pointer: inner.pointer, names: at.names}))
			return l.types[schema]
		}
	}
	t := &Type{Pointer: at.pointer}
	l.remember(schema, at, t)
	s := l.shape(schema, at.pointer)
	t.Schema = s.Schema
	if len(s.variants)+len(schema.OneOf)+len(schema.AnyOf)+len(schema.AllOf) > 0 {
		t.Whole = schema
	}
	if component != "" {
		at.names = []string{component}
		l.name(t, component)
	}
	l.build(t, s, at)
	t.Alias = t.Name != "" && t.Enum == nil && (scalar(t.Kind) || t.Kind == Any)
	return t
}

func (l *lowerer) name(t *Type, name string) {
	t.Name = name
	l.named = append(l.named, t)
}

// hoist names a type that must have a name.
func (l *lowerer) hoist(t *Type, at site) {
	if t.Name == "" {
		l.name(t, l.names.take(append(slices.Clone(at.names), at.name()+suffixOf(t.Schema))...))
	}
}

func scalar(k Kind) bool {
	return k == String || k == Integer || k == Number || k == Boolean
}

// build fills in t from the shape of its schema.
func (l *lowerer) build(t *Type, s *shape, at site) {
	if len(s.variants) > 0 {
		l.buildVariants(t, s, at)
		return
	}
	switch kind := s.kind(); kind {
	case Object:
		l.hoist(t, at)
		l.buildObject(t, s)
	case Map:
		t.Kind, t.Elem = Map, anyType()
		if elem := s.elem(); elem.ref != nil {
			t.ElemNullable = nullable(elem.ref.Value)
			t.Elem = l.typeOf(elem.ref, site{pointer: elem.pointer, names: []string{at.name() + "Value"}})
		}
		t.ElemNullable = t.ElemNullable && t.Elem.Kind != Any
	case Array:
		l.buildArray(t, s, at)
	case Any:
		t.Kind, t.Basic = Any, "any"
	default:
		t.Kind = kind
		t.Format, t.Basic = basic(kind, s.Format)
		l.buildEnum(t, s, at)
	}
}

func (l *lowerer) buildArray(t *Type, s *shape, at site) {
	t.Kind, t.Elem = Array, anyType()
	if s.Items == nil {
		return
	}
	names := []string{elementName(at.name()), at.name() + "Item"}
	t.Elem = l.typeOf(s.Items, site{pointer: s.items + "/items", names: names})
	t.ElemNullable = nullable(s.Items.Value) && t.Elem.Kind != Any
}

// buildEnum makes an enum of a scalar with a list of values. A boolean needs none, and neither does
// an inline schema with one value, which is a constant.
func (l *lowerer) buildEnum(t *Type, s *shape, at site) {
	if len(s.Enum) == 0 || t.Kind == Boolean {
		return
	}
	var values []EnumValue
	for _, v := range s.Enum {
		if v = scalarValue(t.Kind, v); v != nil && !slices.ContainsFunc(values, func(e EnumValue) bool { return e.Value == v }) {
			values = append(values, EnumValue{Value: v})
		}
	}
	if len(values) == 0 || len(values) == 1 && t.Name == "" || slices.ContainsFunc(values, unprintable) {
		return
	}
	if t.Kind == String {
		t.Format, t.Basic = "", "string"
	}
	l.hoist(t, at)
	t.Enum, l.constants[t] = values, l.constantNames(t.Kind, s.parts)
}

// unprintable says that no constant can have the value: oapi-codegen refuses control characters.
func unprintable(v EnumValue) bool {
	text, ok := v.Value.(string)
	return ok && strings.ContainsFunc(text, unicode.IsControl)
}
