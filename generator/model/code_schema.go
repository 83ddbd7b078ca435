package model

import (
	"maps"

	"github.com/getkin/kin-openapi/openapi3"
)

// usage is what a schema says about one use of a type.
type usage struct {
	nullable, deprecated bool
	description          string
	extensions           map[string]any
}

const (
	goTypeExtension      = "x-go-type"
	skipPointerExtension = "x-go-type-skip-optional-pointer"
)

// codeUse refers to a named type, or writes an unnamed one out. The value behind a reference describes
// the use, not the type: oapi-codegen reads no more than that from it.
func codeUse(t *Type, u usage) *openapi3.SchemaRef {
	schema := &openapi3.Schema{}
	ref := &openapi3.SchemaRef{Value: schema}
	if t.Name != "" {
		ref.Ref = "#" + schemasPointer + "/" + t.Name
	} else {
		schema = codeShape(t)
		ref.Value = schema
	}
	schema.Nullable, schema.Deprecated, schema.Description = u.nullable, u.deprecated, clean(u.description)
	if schema.Extensions == nil {
		schema.Extensions = map[string]any{}
	}
	maps.Copy(schema.Extensions, u.extensions)
	if t.HasNil() {
		schema.Extensions[skipPointerExtension] = true
	}
	return ref
}

// codeShape is a type without its name.
func codeShape(t *Type) *openapi3.Schema {
	switch t.Kind {
	case String, Integer, Number, Boolean:
		return &openapi3.Schema{Type: &openapi3.Types{typeNames[t.Kind]}, Format: t.Format}
	case Array:
		return &openapi3.Schema{Type: &openapi3.Types{"array"}, Items: codeUse(t.Elem, usage{nullable: t.ElemNullable})}
	case Map:
		elem := codeUse(t.Elem, usage{nullable: t.ElemNullable})
		return &openapi3.Schema{Type: &openapi3.Types{"object"}, AdditionalProperties: openapi3.AdditionalProperties{Schema: elem}}
	case File:
		return goType("io.Reader")
	}
	return goType("any")
}

func goType(name string) *openapi3.Schema {
	return &openapi3.Schema{Extensions: map[string]any{goTypeExtension: name}}
}

var typeNames = map[Kind]string{String: "string", Integer: "integer", Number: "number", Boolean: "boolean"}

// codeDefinition is the component that declares a named type.
func codeDefinition(t *Type) *openapi3.Schema {
	var schema *openapi3.Schema
	switch t.Kind {
	case Object:
		schema = codeObject(t)
	case Union:
		schema = codeUnion(t)
	default:
		schema = codeShape(t)
	}
	if len(t.Enum) > 0 {
		names := make([]any, len(t.Enum))
		for i, v := range t.Enum {
			names[i] = v.GoName
			schema.Enum = append(schema.Enum, v.Value)
		}
		schema.Extensions = map[string]any{"x-enum-varnames": names}
	}
	if t.Schema != nil {
		schema.Description, schema.Deprecated = clean(t.Schema.Description), t.Schema.Deprecated
	}
	return schema
}

func codeObject(t *Type) *openapi3.Schema {
	schema := &openapi3.Schema{Type: &openapi3.Types{"object"}, Properties: openapi3.Schemas{}}
	if t.Extra != nil {
		schema.AdditionalProperties.Schema = codeUse(t.Extra, usage{nullable: t.ExtraNullable})
	}
	for i, f := range t.Fields {
		schema.Properties[f.Name] = codeField(i, f)
		if !f.Optional && (f.Required || !f.Nullable && !f.Type.HasNil()) {
			schema.Required = append(schema.Required, f.Name)
		}
	}
	return schema
}

// codeField is a property. An optional list or map is left out when it is nil, not when it is empty.
func codeField(order int, f *Field) *openapi3.SchemaRef {
	u := usage{nullable: f.Nullable, extensions: map[string]any{"x-go-name": f.GoName, "x-order": float64(order)}}
	if f.Schema != nil {
		u.description, u.deprecated = f.Schema.Description, f.Schema.Deprecated
	}
	switch {
	case f.Required && f.WriteOnly && !f.Optional && !f.Nullable:
		u.extensions["x-omitempty"], u.extensions["x-omitzero"] = false, true // answers are without it
	case f.Required && f.Optional:
		u.extensions["x-omitempty"] = false
	case !f.Required && !f.Nullable && f.Type.HasNil():
		u.extensions["x-omitempty"], u.extensions["x-omitzero"] = false, true
	}
	return codeUse(f.Type, u)
}

func codeUnion(t *Type) *openapi3.Schema {
	schema := codeObject(t)
	schema.Type = nil
	for _, b := range t.Branches {
		schema.OneOf = append(schema.OneOf, codeUse(b, usage{}))
	}
	if t.Discriminator != "" {
		schema.Discriminator = &openapi3.Discriminator{PropertyName: t.Discriminator, Mapping: map[string]openapi3.MappingRef{}}
		for _, v := range t.Mapping {
			schema.Discriminator.Mapping[v.Value] = openapi3.MappingRef{Ref: "#" + schemasPointer + "/" + v.Type.Name}
		}
	}
	return schema
}
