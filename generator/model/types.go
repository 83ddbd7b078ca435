package model

import "github.com/getkin/kin-openapi/openapi3"

// Kind is the shape of a type on the wire.
type Kind int

const (
	// Any is JSON of any shape: Go's any (or json.RawMessage behind a name).
	Any Kind = iota
	String
	Integer
	Number
	Boolean
	Array
	Map
	Object
	// Union is a oneOf or anyOf that could not be merged into an object.
	Union
	// File is a stream of bytes: an io.Reader, or openapi_types.File within multipart.
	File
)

// Type is a Go type that stands for a schema. Types of the same component are the same pointer, so
// recursive schemas make cycles.
type Type struct {
	// Name is the type's name in package api, "" for an unnamed one (string, []api.Tag …).
	Name string
	// Alias says that the named type is declared with "=": it is identical to Go's underlying type
	// and needs no conversion.
	Alias bool
	Kind  Kind
	// Format is the schema's format where gen knows it: date-time, date, uuid, int64 …
	Format string
	// Basic is the Go type of an unnamed scalar, and what a named scalar is made of: "string",
	// "int64", "time.Time", "openapi_types.UUID", "any".
	Basic string
	// Elem is the element of an Array or a Map. ElemNullable says that it may be null: elements of an
	// Array are then nullable.Nullable[Elem], those of a Map *Elem.
	Elem         *Type
	ElemNullable bool
	// Fields are an Object's properties, in the order of the document, allOf merged.
	Fields []*Field
	// Extra is the type of an Object's additional properties where it has any beside its Fields.
	// ExtraNullable says that they may be null: they are then *Extra.
	Extra         *Type
	ExtraNullable bool
	// Enum lists the values of an enum, in the order of the document.
	Enum []EnumValue
	// Branches are what a Union may be, all of them named types.
	Branches []*Type
	// Common is what Members says of a Union; empty where it may be something else than an object.
	Common []*Field
	// Discriminator is the property that tells a Union's branches apart, "" where the document has
	// none that covers them all. Mapping is from its values to the branches.
	Discriminator string
	Mapping       []UnionValue
	// Schema is the schema as documented (allOf merged): constraints, default, description.
	Schema *openapi3.Schema
	// Whole is the schema before merging, with alternatives that Schema may lack; nil where they are one.
	Whole *openapi3.Schema
	// Pointer is the schema's JSON pointer in the document.
	Pointer string
}

// rules are what values of the type are held against; nil where nothing is known.
func (t *Type) rules() *openapi3.Schema {
	if t.Whole != nil {
		return t.Whole
	}
	return t.Schema
}

// Field is a property of an Object.
type Field struct {
	// Name is the property on the wire, GoName the struct field.
	Name, GoName string
	Type         *Type
	Required     bool
	// Nullable says that the struct field is a nullable.Nullable[Type].
	Nullable bool
	// Optional says that the struct field is a *Type. Slices and maps are never pointers.
	Optional            bool
	ReadOnly, WriteOnly bool
	// Default is the schema's default, as encoding/json decodes it; HasDefault tells null from none.
	Default    any
	HasDefault bool
	// Const is the only value that the schema allows, when HasConst says so.
	Const    any
	HasConst bool
	// Schema is the property's own schema as documented, behind a reference that of the target.
	Schema *openapi3.Schema
	// Pointer is the property's JSON pointer in the document.
	Pointer string
}

// EnumValue is one value of an enum with its constant in package api.
type EnumValue struct {
	Value  any
	GoName string
}

// UnionValue is one value of a discriminator and the branch that it selects.
type UnionValue struct {
	Value string
	Type  *Type
}

// Expr is the type as another package writes it: "int64", "api.Post", "[]api.Tag".
func (t *Type) Expr() string {
	switch {
	case t.Name != "":
		return "api." + t.Name
	case t.Kind == Array && t.ElemNullable:
		return "[]nullable.Nullable[" + t.Elem.Expr() + "]"
	case t.Kind == Array:
		return "[]" + t.Elem.Expr()
	case t.Kind == Map && t.ElemNullable:
		return "map[string]*" + t.Elem.Expr()
	case t.Kind == Map:
		return "map[string]" + t.Elem.Expr()
	}
	return t.Basic
}

// ExtraExpr is the type of an Object's additional properties as another package writes it: "map[string]any".
func (t *Type) ExtraExpr() string {
	more := Type{Kind: Map, Elem: t.Extra, ElemNullable: t.ExtraNullable}
	return more.Expr()
}

// HasNil says that the Go type has a nil of its own, so that it needs no pointer to be absent.
func (t *Type) HasNil() bool {
	return t.Kind == Array || t.Kind == Map || t.Kind == Any || t.Kind == File || t.Basic == "[]byte"
}

// Expr is the struct field's type as another package writes it: "*string", "nullable.Nullable[int]".
func (f *Field) Expr() string {
	switch {
	case f.Nullable:
		return "nullable.Nullable[" + f.Type.Expr() + "]"
	case f.Optional:
		return "*" + f.Type.Expr()
	}
	return f.Type.Expr()
}

// Field returns the property with that name on the wire, or nil.
func (t *Type) Field(name string) *Field {
	for _, f := range t.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}
