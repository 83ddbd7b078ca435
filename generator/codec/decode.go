// Package codec compiles the schemas of a document, together with the Go types that oapi-codegen made
// of them, into Go source that reads and writes JSON: no reflection, and no schema at run time.
package codec

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/codec/gotype"
	"gen/generator/model"
	"gen/generator/spec"
)

// Decoders are the functions that read the JSON bodies of requests and of stored rows. They call the reader of the
// project's package api.
type Decoders struct {
	// Files have the declarations of each resource's functions, in the order of the resources. A
	// function that several need stands with the first; a resource that adds none has "".
	Files []string
	// Stored are the functions that read the rows of stored resources, and the methods that call them under
	// their names.
	Stored []Function
	// Uncompiled are the parameters and bodies that are left to kin-openapi, in the order of the document.
	Uncompiled []Uncompiled
	params     map[*model.Param]Parameter
	bodies     map[bodyKey]Body
}

// Body is how the body of a request is read.
type Body struct {
	// Func reads a value that is not null into a pointer to the body's type: func(*reader, *NewPost).
	Func string
	// Nullable says that null is a body, for which nothing is read.
	Nullable bool
}

// Uncompiled is a parameter, or a body, whose schema asks for what cannot be compiled.
type Uncompiled struct {
	Operation *model.Operation
	// Param is nil for a body.
	Param     *model.Param
	MediaType string
	// Reason completes "it has": "the keyword patternProperties".
	Reason string
}

type bodyKey struct {
	operation *model.Operation
	mediaType string
}

// Body is how the body of an operation with that media type is read; without a Func as it comes. It is
// false for one that is left to kin-openapi.
func (d *Decoders) Body(op *model.Operation, mediaType string) (Body, bool) {
	body, ok := d.bodies[bodyKey{op, mediaType}]
	return body, ok
}

// Decode compiles what reads the bodies of all operations of the document. The types are those that
// oapi-codegen wrote for api.
func Decode(doc *spec.Document, api *model.API, types *gotype.Package) (*Decoders, error) {
	c := newDecoderCompiler(doc, types)
	d := &Decoders{params: map[*model.Param]Parameter{}, bodies: map[bodyKey]Body{}}
	for _, resource := range api.Resources {
		first := len(c.functions)
		for _, op := range resource.Operations {
			if err := d.addParams(c, op); err != nil {
				return nil, err
			}
			if err := d.addBodies(c, op); err != nil {
				return nil, err
			}
		}
		d.Files = append(d.Files, printFunctions(c.functions[first:]))
	}
	d.Stored = c.stored(api.Resources)
	return d, nil
}

func printFunctions(functions []*function) string {
	functions = slices.SortedFunc(slices.Values(functions), func(a, b *function) int { return cmp.Compare(a.name, b.name) })
	var out strings.Builder
	for _, f := range functions {
		out.WriteString(f.source)
	}
	return out.String()
}

// decoderCompiler is the state of one run of Decode.
type decoderCompiler struct {
	doc   *openapi3.T
	types *gotype.Package
	// limit is Document.Limit; originals are the schemas of the document that others are copies of.
	limit     func(s *openapi3.Schema, keyword string) string
	originals map[*openapi3.Schema]*openapi3.Schema
	// components are the names of component schemas.
	components map[*openapi3.Schema]string
	// functions are those written so far, byKey by what they do, names those that are taken.
	functions []*function
	byKey     map[string]*function
	names     map[string]bool
	ids       map[*openapi3.Schema]int
	variables map[string]string
}

// function is one function of the generated source.
type function struct {
	name, source string
}

func newDecoderCompiler(doc *spec.Document, types *gotype.Package) *decoderCompiler {
	c := &decoderCompiler{
		doc: doc.T, types: types, limit: doc.Limit, originals: map[*openapi3.Schema]*openapi3.Schema{},
		components: map[*openapi3.Schema]string{}, byKey: map[string]*function{}, names: map[string]bool{},
		ids: map[*openapi3.Schema]int{}, variables: map[string]string{},
	}
	if doc.T.Components != nil {
		for name, ref := range doc.T.Components.Schemas {
			if ref.Ref == "" && ref.Value != nil {
				c.components[ref.Value] = name
			}
		}
	}
	return c
}

// body compiles one body, of JSON. The reason says why it is left to kin-openapi.
func (c *decoderCompiler) body(op *model.Operation, b *model.Body) (body Body, reason string, err error) {
	decl := c.types.Lookup(b.GoType)
	if decl == nil {
		return Body{}, "", fmt.Errorf("oapi-codegen wrote no type %s", b.GoType)
	}
	schema := c.bodySchema(op, b.MediaType)
	if schema == nil {
		schema = &openapi3.Schema{Nullable: true}
	}
	t := named(decl)
	if reason = cmp.Or(unsupported(schema, map[*openapi3.Schema]bool{}), unsupportedType(t, nil)); reason != "" {
		return Body{}, reason, nil
	}
	rules := c.rules(nil, schema)
	name := b.GoType
	if definition := t.Definition(); definition != nil {
		name, t = definition.Name, named(definition)
	}
	return Body{Func: c.decoder(rules, t, name), Nullable: rules.nullable()}, "", nil
}

func named(decl *gotype.Decl) *gotype.Type {
	return &gotype.Type{Kind: gotype.Named, Name: decl.Name, Decl: decl}
}

func (c *decoderCompiler) bodySchema(op *model.Operation, mediaType string) *openapi3.Schema {
	item := c.doc.Paths.Value(op.Path)
	if item == nil {
		return nil
	}
	raw := item.GetOperation(op.Method)
	if raw == nil || raw.RequestBody == nil || raw.RequestBody.Value == nil {
		return nil
	}
	media := raw.RequestBody.Value.Content[mediaType]
	if media == nil || media.Schema == nil {
		return nil
	}
	return media.Schema.Value
}

// ownName is the name of a component, or else the one given, for what belongs to a schema.
func (c *decoderCompiler) ownName(s *openapi3.Schema, name string) string {
	return cmp.Or(nameFor(c.components[s]), name)
}

// take reserves a name for a function or a variable.
func (c *decoderCompiler) take(name string) string {
	taken := name
	for n := 2; c.names[taken]; n++ {
		taken = fmt.Sprintf("%s%d", name, n)
	}
	c.names[taken] = true
	return taken
}

// define writes a function, unless one does the same: its parameters, and what prints its body.
func (c *decoderCompiler) define(key, name, comment, params string, body func(*writer)) string {
	if f := c.byKey[key]; f != nil {
		return f.name
	}
	f := &function{name: c.take(name)}
	c.byKey[key] = f
	c.functions = append(c.functions, f)
	w := &writer{c: c, hint: strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(f.name, "decode"), "check"), "bind")}
	body(w)
	f.source = w.variables.String() +
		fmt.Sprintf("// %s %s\nfunc %s(%s) {\n%s}\n\n", f.name, comment, f.name, params, w.out.String())
	return f.name
}

// writer writes the body of one function.
type writer struct {
	c *decoderCompiler
	// hint begins the names of variables that the function needs.
	hint           string
	out, variables strings.Builder
	// depth is how many loops stand around what is written.
	depth int
}

func (w *writer) linef(format string, args ...any) {
	fmt.Fprintf(&w.out, format+"\n", args...)
}

// variable is a package variable with a value. Functions share those of the same value.
func (w *writer) variable(name, value string) string {
	if known := w.c.variables[value]; known != "" {
		return known
	}
	name = w.c.take(name)
	w.c.variables[value] = name
	fmt.Fprintf(&w.variables, "var %s = %s\n\n", name, value)
	return name
}
