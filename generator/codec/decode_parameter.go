package codec

import (
	"cmp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/model"
)

// Parameter is how a parameter is read.
type Parameter struct {
	// Notation is how it is written, in the words of package api: "required|asInteger".
	Notation string
	// Code are the lines that read it from a reader r into its field of the request object req.
	Code string
}

// Parameter is how a parameter is read. It is false for one that is left to kin-openapi.
func (d *Decoders) Parameter(p *model.Param) (Parameter, bool) {
	read, ok := d.params[p]
	return read, ok
}

func (d *Decoders) addParams(c *decoderCompiler, op *model.Operation) error {
	for _, p := range op.Params {
		read, reason, err := c.parameter(op, p)
		if err != nil {
			return err
		}
		if reason != "" {
			d.Uncompiled = append(d.Uncompiled, Uncompiled{Operation: op, Param: p, Reason: reason})
			continue
		}
		d.params[p] = read
	}
	return nil
}

// parameter compiles one parameter. The reason says why it is left to kin-openapi.
func (c *decoderCompiler) parameter(op *model.Operation, p *model.Param) (read Parameter, reason string, err error) {
	notation, reason := Notation(p)
	if reason != "" {
		return Parameter{}, reason, nil
	}
	schema := p.Schema
	if schema == nil {
		schema = openapi3.NewStringSchema()
	}
	t, err := c.types.Type(paramType(p))
	if err != nil {
		return Parameter{}, "", err
	}
	if reason = cmp.Or(unsupported(schema, map[*openapi3.Schema]bool{}), unsupportedType(t, nil)); reason != "" {
		return Parameter{}, reason, nil
	}
	w := &writer{c: c, hint: op.GoName + p.GoName}
	w.value(c.rules(nil, schema), t, Place(p))
	if w.variables.Len() > 0 {
		c.functions = append(c.functions, &function{w.hint, w.variables.String()})
	}
	return Parameter{Notation: notation, Code: w.out.String()}, "", nil
}

// Place is the field of the request object req that a parameter goes to.
func Place(p *model.Param) string {
	if p.In == "path" {
		return "req." + p.GoName
	}
	return "req.Params." + p.GoName
}

// paramType is the type of that field.
func paramType(p *model.Param) string {
	t := strings.ReplaceAll(p.Type.Expr(), "api.", "")
	if p.Optional {
		return "*" + t
	}
	return t
}
