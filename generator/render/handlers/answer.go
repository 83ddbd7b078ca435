package handlers

import (
	"fmt"
	"slices"
	"strings"

	"gen/generator/model"
)

// answer is the literal of a response object whose body is made of value, the stored value.
func (b *builder) answer(op *model.Operation, a *model.Answer, value string) string {
	if a == nil {
		return "nil"
	}
	body := ""
	if a.Response.Type != nil {
		body = b.wrapped(op, a, value)
	}
	return b.response(a, body)
}

// response is the literal of a response object with that body.
func (b *builder) response(a *model.Answer, body string) string {
	var fields []string
	if a.HasStatusCode {
		fields = append(fields, "StatusCode: "+statusCode(a.Response.Status))
	}
	if a.HasContentType {
		fields = append(fields, "ContentType: \"application/json\"")
	}
	if body != "" {
		fields = append(fields, "Body: "+body)
	}
	if headers := b.headers(a); headers != "" {
		fields = append(fields, "Headers: "+headers)
	}
	return "api." + a.GoName + "{" + strings.Join(fields, ", ") + "}"
}

func statusCode(status string) string {
	if status == "2XX" || status == "default" {
		return "http.StatusOK"
	}
	return status
}

// wrapped puts the answer's wrappers around the representation.
func (b *builder) wrapped(op *model.Operation, a *model.Answer, value string) string {
	expr := b.projection(op, a.Type, value)
	for i, f := range slices.Backward(a.Wrap) {
		outer := a.Response.Type
		if i > 0 {
			outer = a.Wrap[i-1].Type
		}
		expr = convert(expr, slot{t: f.Type, required: true}, slotOf(f), "")
		expr = outer.Expr() + "{" + f.GoName + ": " + expr + b.beside(outer, f) + "}"
	}
	return expr
}

// beside fills the other properties that a wrapper must have.
func (b *builder) beside(outer *model.Type, inside *model.Field) string {
	var out strings.Builder
	for _, f := range outer.Fields {
		if f != inside && f.Required {
			out.WriteString(", " + f.GoName + ": " + constant(model.Source{Field: f, Kind: model.FromGuess, Value: model.Guess(f)}, slotOf(f)))
		}
	}
	return out.String()
}

// projection makes an answer of the stored value: the value itself where the types are the same, else
// through a function of its own.
func (b *builder) projection(op *model.Operation, to *model.Type, value string) string {
	switch {
	case to == nil:
		return ""
	case value == "" || b.r.Type == nil:
		return zero(to)
	case same(to, b.r.Type):
		return value
	case similar(to, b.r.Type):
		return cast(value, b.r.Type, to)
	case to.Kind == model.Object && to.Name != "" && b.r.Type.Kind != model.Union:
		return b.converter(op, to) + "(" + value + ")"
	}
	return "reshape[" + to.Expr() + "](" + value + ")"
}

// converter is the name of the function that makes a to of the stored value; it is made once a file.
func (b *builder) converter(op *model.Operation, to *model.Type) string {
	name := model.Unexported(b.prefix+b.r.GoName) + "As" + to.Name
	for _, c := range b.file.Converters {
		if c.Name == name {
			return name
		}
	}
	c := Converter{
		Name:    name,
		Comment: fmt.Sprintf("answers a stored %s as %s.", strings.TrimPrefix(b.storedType(), "api."), to.Name),
		From:    b.storedType(),
		To:      to.Expr(),
		Var:     variable(b.r),
	}
	for _, s := range b.r.Project(to) {
		if s.Kind == model.FromKey || s.Kind == model.FromParent || s.Kind == model.FromURL || s.Kind == model.FromClock {
			s.Kind, s.Value = model.FromGuess, model.Guess(s.Field)
			if !s.Field.Required {
				continue
			}
		}
		f := Field{Name: s.Field.GoName, Expr: b.source(op, s, "")}
		if s.Guess() {
			f.Comment = "a guess: the document does not say where it comes from"
		}
		c.Fields = append(c.Fields, f)
	}
	if sameAdditional(b.r.Type, to, false) {
		c.Fields = append(c.Fields, Field{Name: additionalField, Expr: additional(c.Var, to)})
	}
	if len(c.Fields) == 0 || b.r.Type.Kind != model.Object {
		c.Var = "_"
		c.Comment += " Only you know how: the document does not say."
	}
	b.file.Converters = append(b.file.Converters, c)
	return name
}

// headers fills the documented headers that must be sent.
func (b *builder) headers(a *model.Answer) string {
	var fields []string
	for _, h := range a.Headers {
		if !h.Optional {
			fields = append(fields, h.GoName+": "+zero(h.Type))
		}
	}
	if len(fields) == 0 {
		return ""
	}
	return "api." + a.HeadersType + "{" + strings.Join(fields, ", ") + "}"
}

// location is the statement that sets the header of that name (RFC 9110 §10.2.2): a path, which is
// enough, unless the document wants a whole URL.
func (b *builder) location(op *model.Operation, a *model.Answer, key string) string {
	path := b.itemPath(op, key)
	switch {
	case path == "":
		return ""
	case absoluteLocation(a):
		return `web.SetHeader(ctx, "Location", web.URL(ctx, ` + path + "))"
	}
	return "web.SetLocation(ctx, " + path + ")"
}

// absoluteLocation says that the document wants a whole URL in Location.
func absoluteLocation(a *model.Answer) bool {
	if a == nil {
		return false
	}
	return slices.ContainsFunc(a.Headers, func(h *model.Header) bool {
		return strings.EqualFold(h.Name, "Location") && h.Type.Schema != nil && h.Type.Schema.Format == "uri"
	})
}
