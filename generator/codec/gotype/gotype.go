// Package gotype reads the Go types of package api, as oapi-codegen wrote them: enough to write code
// that fills their values and prints them. It knows the types that oapi-codegen is seen to write, and
// needs no go command.
package gotype

// Kind is what a type is made of.
type Kind int

// The kinds of types. Other is whatever none of the others is: an io.Reader, a func.
const (
	Other Kind = iota
	Named      // a type that the package declares: Decl
	Bool
	Int // of all sizes: Name says which
	Uint
	Float
	String
	Bytes // []byte
	Any
	Struct // Fields, Extra, Union
	Slice  // Elem
	Map    // Elem; keys are strings
	Pointer
	Nullable // nullable.Nullable[Elem]
	Raw      // json.RawMessage
	Time
	Date
	UUID
	Email
	File
)

// Type is a Go type.
type Type struct {
	Kind Kind
	// Name is the type as Go source has it: "int64", "[]Post", "nullable.Nullable[Rating]". That of a
	// struct without a name is empty.
	Name string
	// Decl declares a Named type.
	Decl *Decl
	// Elem is what a slice, a map, a pointer or a nullable holds.
	Elem *Type
	// Fields are what encoding/json reads and writes of a struct, in order.
	Fields []*Field
	// Extra is what AdditionalProperties of a struct holds; nil without that field.
	Extra *Type
	// Union says that a struct keeps JSON text in a field union.
	Union bool
}

// Field is a field of a struct.
type Field struct {
	GoName string
	// Name is the name of the JSON property.
	Name                string
	OmitEmpty, OmitZero bool
	Type                *Type
}

// Decl is a type that the package declares.
type Decl struct {
	Name string
	// Alias says that the type is another name of Type.
	Alias bool
	Type  *Type
	// Marshals and Unmarshals say that the type has MarshalJSON and UnmarshalJSON.
	Marshals, Unmarshals bool
}

// Base follows names until a type that says what the value is made of. A pointer and a Nullable are
// such types.
func (t *Type) Base() *Type {
	for t.Kind == Named {
		t = t.Decl.Type
	}
	return t
}

// Definition is the declared type that t is a name of, aliases resolved; nil if t has no name of its own.
func (t *Type) Definition() *Decl {
	for t.Kind == Named {
		if !t.Decl.Alias {
			return t.Decl
		}
		t = t.Decl.Type
	}
	return nil
}

// HasNil says that nil is a value of the type.
func (t *Type) HasNil() bool {
	switch t.Base().Kind {
	case Bytes, Any, Slice, Map, Pointer, Nullable, Raw:
		return true
	}
	return false
}

// Field is the field of a property, nil if the type is no struct or has none for it.
func (t *Type) Field(property string) *Field {
	for _, f := range t.Base().Fields {
		if f.Name == property {
			return f
		}
	}
	return nil
}
