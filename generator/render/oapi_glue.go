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

// Lines are what puts a request into its object.
func (g glue) Lines() string { return strings.TrimSuffix(g.Params+g.Body, "\n") }

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

// reading writes Go that reads requests.
type reading struct {
	doc      *openapi3.T
	decoders *codec.Decoders
}

func (rd reading) glue(op *model.Operation) *glue {
	g := &glue{Variable: op.Variable()}
	for _, p := range op.Params {
		if read, ok := rd.decoders.Parameter(p); ok {
			g.Params += fmt.Sprintf("if r := in.%s(%q, %s); r != nil {\n%s}\n", p.In, p.Name, read.Notation, read.Code)
		} else {
			g.Params += fmt.Sprintf("in.checked(%q, %q, &%s)\n", p.In, p.Name, codec.Place(p))
			g.Validated = true
		}
	}
	if ref := rd.doc.Paths.Value(op.Path).Operations()[op.Method].RequestBody; ref != nil {
		rd.body(op, ref.Value, g)
	}
	return g
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
		line, ok := rd.media(op, b)
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
func (rd reading) media(op *model.Operation, b *model.Body) (code string, compiled bool) {
	place := "req." + b.GoField
	read, compiled := rd.decoders.Body(op, b.MediaType)
	switch {
	case b.Tag == "Text":
		return fmt.Sprintf("in.text(&%s)\n", place), compiled
	case b.Tag == "Multipart":
		return place + " = in.parts()\n", compiled
	case b.Tag == "":
		return place + " = in.stream()\n", compiled
	case b.IsForm():
		return fmt.Sprintf("in.form(&%s)\n", place), compiled
	case !compiled:
		return fmt.Sprintf("in.checkedJSON(&%s)\n", place), compiled
	}
	some := "r != nil"
	if read.Nullable {
		some += " && !r.null()"
	}
	return fmt.Sprintf("if r := in.json(); %s {\n%s = new(%s)\n%s(r, %s)\n}\n", some, place, b.GoType, read.Func, place), compiled
}

// contentTable is the table of the media types, in the order of their names. Which form a body of any type has
// is the validator's to say, unless it was compiled: then it is JSON.
func contentTable(op *model.Operation, documented openapi3.Content, compiled map[string]bool) string {
	if len(documented) == 0 {
		return ""
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(documented)) {
		wild := strings.Contains(name, "*")
		if wild && !compiled[name] {
			return ""
		}
		fields := "{name: " + strconv.Quote(name)
		if wild {
			fields += ", object: true, many: true"
		}
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
