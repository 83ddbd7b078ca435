package codec

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/model"
)

func (d *Decoders) addBodies(c *decoderCompiler, op *model.Operation) error {
	for _, b := range op.Bodies {
		if reason := c.refuses(op, b); reason != "" {
			d.Uncompiled = append(d.Uncompiled, Uncompiled{Operation: op, MediaType: b.MediaType, Reason: reason})
			continue
		}
		if b.Tag != "JSON" && b.Tag != "Formdata" {
			d.bodies[bodyKey{op, b.MediaType}] = Body{}
			continue
		}
		body, reason, err := c.body(op, b)
		switch {
		case err != nil:
			return err
		case reason != "":
			d.Uncompiled = append(d.Uncompiled, Uncompiled{Operation: op, MediaType: b.MediaType, Reason: reason})
		default:
			d.bodies[bodyKey{op, b.MediaType}] = body
		}
	}
	return nil
}

// refuses says what of a body other than its schema only the validator can read.
func (c *decoderCompiler) refuses(op *model.Operation, b *model.Body) string {
	wild := func(b *model.Body) bool { return strings.Contains(b.MediaType, "*") }
	data := b.Tag == "JSON" || b.Tag == "Formdata"
	switch {
	case (data || b.Tag == "Text") && slices.ContainsFunc(op.Bodies, wild) && !c.meansJSON(op, b):
		return "a wild card among its media types"
	case data && b.IsForm():
		return "the fields of a form"
	case b.Tag == "Text" && !isPlainText(c.bodySchema(op, b.MediaType)):
		return "rules for text"
	}
	return ""
}

// meansJSON says that a wild card stands for JSON, and nothing but JSON is asked for.
func (c *decoderCompiler) meansJSON(op *model.Operation, b *model.Body) bool {
	schema := c.bodySchema(op, b.MediaType)
	if b.Tag != "JSON" || len(op.Bodies)+len(op.Unread) > 1 || schema == nil {
		return false
	}
	o := outlineOf(schema)
	return (o.kinds["arrays"] || o.kinds["objects"]) && !o.hasFiles()
}

// isPlainText says that a schema, which may be nil, lets any text pass.
func isPlainText(s *openapi3.Schema) bool {
	if s == nil {
		return true
	}
	plain := openapi3.Schema{Type: s.Type, Title: s.Title, Description: s.Description, Example: s.Example, Extensions: s.Extensions}
	text, err := s.MarshalJSON()
	other, otherErr := plain.MarshalJSON()
	return err == nil && otherErr == nil && string(text) == string(other) && (s.Type == nil || s.Type.Is("string"))
}
