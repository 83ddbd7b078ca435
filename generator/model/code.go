package model

import (
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Extensions that the templates of package api read: oapi-codegen has no place for what they say.
const (
	CodeRoute       = "x-gen-route"        // of an operation: "GET /posts/{postId}"
	CodeContentType = "x-gen-content-type" // of an operation: its request object has a ContentType
	CodeResponse    = "x-gen-response"     // of a response's schema: a CodeResponseInfo
	CodeHeader      = "x-gen-header"       // of a header's schema: its name on the wire
)

// CodeResponseInfo is what oapi-codegen does not know of a response.
type CodeResponseInfo struct {
	GoName, MediaType string
	HasContentType    bool
	IsFile, IsText    bool
}

// codeDocument is the document that oapi-codegen is given. It holds final names only, each schema is a
// component or a scalar, and keys are made up where nothing but their order counts.
func codeDocument(api *API) *openapi3.T {
	doc := &openapi3.T{
		OpenAPI:    "3.0.3",
		Info:       &openapi3.Info{Title: "api", Version: "1"},
		Paths:      openapi3.NewPaths(),
		Components: &openapi3.Components{Schemas: openapi3.Schemas{}},
	}
	for _, t := range api.Types {
		doc.Components.Schemas[t.Name] = &openapi3.SchemaRef{Value: codeDefinition(t)}
	}
	for i, op := range api.Operations {
		path, raw := codeOperation(i, op)
		doc.Paths.Set(path, &openapi3.PathItem{Post: raw})
	}
	return doc
}

// codeOperation is an operation at a path that keeps the order of the document and of its parameters.
func codeOperation(i int, op *Operation) (string, *openapi3.Operation) {
	var path strings.Builder
	path.WriteString("/" + orderKey(i))
	raw := &openapi3.Operation{
		OperationID: op.GoName, Summary: strings.Join(strings.Fields(clean(op.Summary)), " "), Deprecated: op.Deprecated,
		Responses: codeResponses(op),
		Extensions: map[string]any{
			CodeRoute: op.Method + " " + clean(op.Path), CodeContentType: op.HasContentType,
		},
	}
	tags := map[string]int{}
	for _, p := range op.Params {
		tags[p.Name]++
	}
	for _, p := range op.Params {
		if p.In == "path" {
			path.WriteString("/{" + p.GoName + "}")
		}
		raw.Parameters = append(raw.Parameters, &openapi3.ParameterRef{Value: codeParam(p, tags[p.Name] == 1)})
	}
	if len(op.Bodies) > 0 {
		raw.RequestBody = &openapi3.RequestBodyRef{Value: &openapi3.RequestBody{Required: true, Content: codeBodies(op)}}
	}
	return path.String(), raw
}

func orderKey(i int) string {
	digits := strconv.Itoa(i)
	return strings.Repeat("0", max(0, 6-len(digits))) + digits
}

// codeParam keeps the wire name where a struct tag can hold it; nothing reads it.
func codeParam(p *Param, unique bool) *openapi3.Parameter {
	name := p.Name
	if p.In == "path" || !unique || !isTag(name) {
		name = p.GoName
	}
	return &openapi3.Parameter{
		Name: name, In: p.In, Required: p.Required, Description: clean(p.Description),
		Schema:     codeUse(p.Type, usage{}),
		Extensions: map[string]any{"x-go-name": p.GoName},
	}
}

var codeMediaTypes = map[string]string{
	"JSON": "application/json", "Formdata": "application/x-www-form-urlencoded",
	"Multipart": "multipart/form-data", "Text": "text/plain", "": "application/octet-stream",
}

func codeBodies(op *Operation) openapi3.Content {
	content := openapi3.Content{}
	for _, b := range op.Bodies {
		t := b.Type
		if t.Kind == File {
			t = anyType()
		}
		content[codeMediaTypes[b.Tag]] = &openapi3.MediaType{Schema: codeUse(t, usage{})}
	}
	return content
}

func codeResponses(op *Operation) *openapi3.Responses {
	out := openapi3.NewResponsesWithCapacity(len(op.Responses))
	for i, res := range op.Responses {
		ref := out.Value(res.Status)
		if ref == nil {
			text := ""
			ref = &openapi3.ResponseRef{Value: &openapi3.Response{Description: &text, Content: openapi3.Content{}, Headers: codeHeaders(res)}}
			out.Set(res.Status, ref)
		}
		if res.Type == nil {
			continue
		}
		info := CodeResponseInfo{
			GoName: res.GoName, MediaType: res.MediaType, HasContentType: res.HasContentType,
			IsFile: res.Type.Kind == File, IsText: !isJSON(res.MediaType) && res.Type.Kind == String,
		}
		schema := codeUse(res.Type, usage{extensions: map[string]any{CodeResponse: info}})
		ref.Value.Content["application/v"+orderKey(i)+"+json"] = &openapi3.MediaType{Schema: schema}
	}
	return out
}

func codeHeaders(res *Response) openapi3.Headers {
	out := openapi3.Headers{}
	for _, h := range res.Headers {
		schema := codeUse(h.Type, usage{extensions: map[string]any{CodeHeader: h.Name}})
		out[h.GoName] = &openapi3.HeaderRef{Value: &openapi3.Header{Parameter: openapi3.Parameter{Required: !h.Optional, Schema: schema}}}
	}
	return out
}

// clean is text that Go source can hold as a comment.
func clean(text string) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == '\uFEFF' {
			return -1
		}
		return r
	}, text))
}
