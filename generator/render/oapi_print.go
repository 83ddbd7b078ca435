package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"gen/generator/model"
)

// printer writes the Go of package api that depends on the model.
type printer struct {
	// constants are the error templates that several answers share.
	constants []constant
	byText    map[string]string
}

type constant struct{ Name, Text string }

func newPrinter(api *model.API) *printer {
	p := &printer{byText: map[string]string{}}
	bodies := []model.ErrorBody{api.Fallback}
	for _, op := range api.Operations {
		bodies = append(bodies, op.Errors...)
	}
	count := map[string]int{}
	for _, b := range bodies {
		if count[b.Template]++; count[b.Template] == 2 && len(b.Template) > 2 {
			name := "errorTemplate" + strconv.Itoa(len(p.constants)+1)
			p.constants = append(p.constants, constant{name, literal(b.Template)})
			p.byText[b.Template] = name
		}
	}
	return p
}

func (p *printer) functions() template.FuncMap {
	return template.FuncMap{
		"quote":          strconv.Quote,
		"variable":       (*model.Operation).Variable,
		"bind":           bind,
		"readers":        readers,
		"distinctions":   distinctions,
		"security":       security,
		"produces":       produces,
		"invalid":        invalid,
		"errorBody":      func(b model.ErrorBody) string { return "ErrorBody" + p.errorFields(b) },
		"errorFields":    p.errorFields,
		"errorTemplates": func() []constant { return p.constants },
	}
}

// literal is a Go string, raw where that is easier to read.
func literal(text string) string {
	if strconv.CanBackquote(text) {
		return "`" + text + "`"
	}
	return strconv.Quote(text)
}

func (p *printer) errorFields(b model.ErrorBody) string {
	fields := []string{"Status: " + strconv.Quote(b.Status)}
	if b.Status == "" {
		fields = nil
	}
	if b.MediaType != "" {
		fields = append(fields, "MediaType: "+strconv.Quote(b.MediaType))
	}
	if name := p.byText[b.Template]; name != "" {
		fields = append(fields, "Template: "+name)
	} else if b.Template != "" {
		fields = append(fields, "Template: "+literal(b.Template))
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

// bind is the line that puts a parameter into its field.
func bind(p *model.Param) string {
	switch p.In {
	case "path":
		return fmt.Sprintf("in.path(%q, %q, %t, &req.%s)", p.Name, p.Style, p.Explode, p.GoName)
	case "query":
		return fmt.Sprintf("in.query(%q, %q, %t, &req.Params.%s)", p.Name, p.Style, p.Explode, p.GoName)
	}
	return fmt.Sprintf("in.%s(%q, %t, &req.Params.%s)", p.In, p.Name, p.Explode, p.GoName)
}

// readers are the lines that put the body into its field, one for each documented media type.
func readers(op *model.Operation) []string {
	var out []string
	for _, b := range op.Bodies {
		line := bodyReader(b)
		if len(op.Bodies)+len(op.Unread) > 1 {
			line = fmt.Sprintf("if in.is(%q) {\n%s\n}", b.MediaType, line)
		}
		out = append(out, line)
	}
	for _, mediaType := range op.Unread {
		out = append(out, fmt.Sprintf("if in.is(%q) {\nreturn unread(%q, %s)\n}", mediaType, mediaType, readable(op)))
	}
	return out
}

// readable are the media types of a body that the server can read, as arguments.
func readable(op *model.Operation) string {
	types := make([]string, len(op.Bodies))
	for i, b := range op.Bodies {
		types[i] = strconv.Quote(b.MediaType)
	}
	return strings.Join(types, ", ")
}

func bodyReader(b *model.Body) string {
	switch b.Tag {
	case "JSON", "Formdata":
		if b.IsForm() {
			return "in.form(&req." + b.GoField + ")"
		}
		return "in.json(&req." + b.GoField + ")"
	case "Text":
		return "in.text(&req." + b.GoField + ")"
	case "Multipart":
		return "req." + b.GoField + " = in.parts()"
	}
	return "req." + b.GoField + " = in.stream()"
}

// distinctions are what tells an operation from others at its path.
func distinctions(when []model.Distinction) string {
	list := make([]string, len(when))
	for i, d := range when {
		list[i] = "{In: " + strconv.Quote(d.In)
		if d.Name != "" {
			list[i] += ", Name: " + strconv.Quote(d.Name)
		}
		if len(d.Values) > 0 {
			list[i] += ", Values: " + stringSlice(d.Values)
		}
		if d.Pattern != "" {
			list[i] += ", Pattern: " + literal(d.Pattern)
		}
		list[i] += "}"
	}
	return "[]Distinction{" + strings.Join(list, ", ") + "}"
}

func security(op *model.Operation) string {
	var alternatives []string
	for _, requirement := range op.Security {
		var uses []string
		for _, use := range requirement {
			text := "{Scheme: " + strconv.Quote(use.Scheme.Name)
			if len(use.Scopes) > 0 {
				text += ", Scopes: " + stringSlice(use.Scopes)
			}
			uses = append(uses, text+"}")
		}
		alternatives = append(alternatives, "{"+strings.Join(uses, ", ")+"}")
	}
	if len(alternatives) == 0 {
		return ""
	}
	return "[]Requirement{" + strings.Join(alternatives, ", ") + "}"
}

func stringSlice(values []string) string {
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = strconv.Quote(value)
	}
	return "[]string{" + strings.Join(quoted, ", ") + "}"
}

// produces are the media types of the answers that are no errors.
func produces(op *model.Operation) string {
	var types []string
	for _, res := range op.Responses {
		if success := res.Status[0] == '2' || res.Status == "default"; success && res.MediaType != "" && !slices.Contains(types, res.MediaType) {
			if res.Status != "default" || len(types) == 0 {
				types = append(types, res.MediaType)
			}
		}
	}
	if len(types) == 0 {
		return ""
	}
	return stringSlice(types)
}

// invalid is the status for an invalid request: 422 where that is documented and 400 is not.
func invalid(op *model.Operation) int {
	documented := func(status string) bool {
		return slices.ContainsFunc(op.Responses, func(r *model.Response) bool { return r.Status == status })
	}
	if documented("422") && !documented("400") {
		return 422
	}
	return 400
}
