package render

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/codec"
	"gen/generator/model"
)

// glue is the Go between a request and the handler of its operation, in place of what has no codec: lines
// that end with a line break.
type glue struct {
	// Variable is the operation's.
	Variable string
	// Params and Body put what was sent into the request object.
	Params, Body string
	// Required says that there must be a body; Contents are its documented media types, "" where only
	// the validator knows.
	Required bool
	Contents string
	// Validated says that something of the request is left to the validator.
	Validated bool
}

// RequestBody is the table of the body within an operation, "" where no body is looked at.
func (g glue) RequestBody() string {
	if g.Body == "" {
		return ""
	}
	var fields []string
	if g.Required {
		fields = append(fields, "required: true")
	}
	if g.Contents != "" {
		fields = append(fields, "contents: "+g.Contents)
	}
	return "requestBody{" + strings.Join(fields, ", ") + "}"
}

// reading writes Go that reads JSON.
type reading struct {
	// value is Go that reads a value of a schema from r into a place of a type. False says that this
	// cannot be done.
	value func(schema *openapi3.Schema, place, goType string) (string, bool)
	doc   *openapi3.T
}

func (rd reading) glue(op *model.Operation) glue {
	g := glue{Variable: op.Variable()}
	for _, p := range op.Params {
		line, ok := rd.param(p)
		g.Params += line
		g.Validated = g.Validated || !ok
	}
	if ref := rd.doc.Paths.Value(op.Path).Operations()[op.Method].RequestBody; ref != nil {
		rd.body(op, ref.Value, &g)
	}
	return g
}

// param is the Go that reads a parameter into its field, and whether the validator is not needed for it.
func (rd reading) param(p *model.Param) (string, bool) {
	place := "req." + p.GoName
	if p.In != "path" {
		place = "req.Params." + p.GoName
	}
	goType := strings.ReplaceAll(p.Type.Expr(), "api.", "")
	if p.Optional {
		goType = "*" + goType
	}
	schema := p.Schema
	if schema == nil {
		schema = openapi3.NewStringSchema()
	}
	if how, ok := codec.Notation(p); ok {
		if code, ok := rd.value(schema, place, goType); ok {
			return fmt.Sprintf("if r := in.%s(%q, %s); r != nil {\n%s\n}\n", p.In, p.Name, how, code), true
		}
	}
	return fmt.Sprintf("in.checked(%q, %q, &%s)\n", p.In, p.Name, place), false
}

// body adds the Go that reads the body, for each documented media type.
func (rd reading) body(op *model.Operation, documented *openapi3.RequestBody, g *glue) {
	compiled := map[string]bool{}
	var code strings.Builder
	code.WriteString("in.body()\n")
	if op.HasContentType {
		code.WriteString("req.ContentType = in.contentType()\n")
	}
	for _, b := range op.Bodies {
		line, ok := rd.media(b, documented.Content[b.MediaType])
		compiled[b.MediaType] = ok
		if len(op.Bodies)+len(op.Unread) > 1 {
			line = fmt.Sprintf("if in.is(%q) {\n%s}\n", b.MediaType, line)
		}
		code.WriteString(line)
	}
	for _, mediaType := range op.Unread {
		fmt.Fprintf(&code, "in.unread(%q, %s)\n", mediaType, readable(op))
	}
	g.Body, g.Required = code.String(), documented.Required
	g.Contents = contentTable(op, documented.Content, compiled)
	g.Validated = g.Validated || g.Contents == "" || slices.ContainsFunc(op.Bodies, func(b *model.Body) bool { return !compiled[b.MediaType] })
}

// media is the Go that reads a body of one media type, and whether the validator is not needed for it.
func (rd reading) media(b *model.Body, media *openapi3.MediaType) (string, bool) {
	schema := &openapi3.Schema{}
	if media != nil && media.Schema != nil {
		schema = media.Schema.Value
	}
	place := "req." + b.GoField
	switch {
	case (b.Tag == "JSON" || b.Tag == "Formdata") && b.IsForm():
		return fmt.Sprintf("in.form(&%s)\n", place), false
	case b.Tag == "JSON" || b.Tag == "Formdata":
		if code, ok := rd.value(schema, place, "*"+b.GoType); ok {
			return fmt.Sprintf("if r := in.json(); r != nil {\n%s\n}\n", code), true
		}
		return fmt.Sprintf("in.checkedJSON(&%s)\n", place), false
	case b.Tag == "Text":
		return fmt.Sprintf("in.text(&%s)\n", place), isPlainText(schema)
	case b.Tag == "Multipart":
		return place + " = in.parts()\n", true
	}
	return place + " = in.stream()\n", true
}

// isPlainText says that a schema lets any text pass.
func isPlainText(s *openapi3.Schema) bool {
	plain := openapi3.Schema{Type: s.Type, Title: s.Title, Description: s.Description, Example: s.Example, Extensions: s.Extensions}
	text, err := s.MarshalJSON()
	other, otherErr := plain.MarshalJSON()
	return err == nil && otherErr == nil && string(text) == string(other) && (s.Type == nil || s.Type.Is("string"))
}

// contentTable is the table of the media types, in the order of their names. Which form a body of any type has
// is the validator's to say.
func contentTable(op *model.Operation, documented openapi3.Content, compiled map[string]bool) string {
	if len(documented) == 0 {
		return ""
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(documented)) {
		if strings.Contains(name, "*") {
			return ""
		}
		fields := "{name: " + strconv.Quote(name)
		if i := slices.IndexFunc(op.Bodies, func(b *model.Body) bool { return b.MediaType == name }); i >= 0 {
			if b := op.Bodies[i]; b.IsForm() && b.Tag != "Multipart" && b.Tag != "" {
				fields += ", object: true"
			}
			if compiled[name] {
				fields += ", compiled: true"
			}
		}
		out = append(out, fields+"}")
	}
	return "[]content{" + strings.Join(out, ", ") + "}"
}
