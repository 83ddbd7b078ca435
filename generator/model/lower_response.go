package model

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/spec"
)

// lowerResponses lowers the documented responses in the order of their status.
func (l *lowerer) lowerResponses(op *operation) {
	responses := op.responses()
	keys := statuses(responses)
	for _, status := range keys {
		raw := responses[status]
		pointer := op.Pointer + "/responses/" + status
		names := responseNames(op.GoName, status, keys)
		if ref := op.raw.Responses.Value(status); ref != nil && strings.HasPrefix(ref.Ref, "#/components/responses/") {
			pointer = ref.Ref[1:]
			names = componentNames(ref.Ref, "Response", "Error", "Result")
		}
		base := Response{Status: status, HasStatusCode: len(status) != 3 || strings.HasSuffix(status, "XX")}
		base.Headers = l.headers(raw.Headers, pointer)
		if len(base.Headers) > 0 {
			base.HeadersType = op.GoName + statusWord(status) + "ResponseHeaders"
		}
		l.warnXML(raw.Content, pointer, "answers", "handlers write their text by themselves")
		l.lowerContent(op, base, raw.Content, site{pointer: pointer, names: names})
	}
}

// responseNames are what to call an inline schema: ListPostsResponse for the first success,
// ListPosts404Error, ListPosts202Body for others.
func responseNames(op, status string, keys []string) []string {
	firstSuccess := slices.IndexFunc(keys, func(key string) bool { return key[0] == '2' })
	switch {
	case firstSuccess >= 0 && keys[firstSuccess] == status, len(keys) == 1:
		return []string{op + "Response", op + status + "Body"}
	case status == "default":
		return []string{op + "Error", op + "DefaultError"}
	case status[0] == '4' || status[0] == '5':
		return []string{op + status + "Error", op + status + "ErrorBody"}
	}
	return []string{op + status + "Body", op + status + "BodyData"}
}

// statusWord is a status within a Go name.
func statusWord(status string) string {
	if status == "default" {
		return "Default"
	}
	return status
}

func (l *lowerer) lowerContent(op *operation, base Response, content openapi3.Content, at site) {
	var taken []string
	for _, mediaType := range l.mediaTypes(at.pointer, content) {
		res := base
		var schema *openapi3.SchemaRef
		if media := content[mediaType]; media != nil {
			schema = media.Schema
		}
		tag := l.content(&res, mediaType, schema, at)
		res.GoName = op.GoName + statusWord(res.Status) + tag + "Response"
		if !slices.Contains(taken, tag) {
			taken = append(taken, tag)
			op.Responses = append(op.Responses, &res)
		}
	}
	if len(taken) == 0 {
		base.GoName = op.GoName + statusWord(base.Status) + "Response"
		op.Responses = append(op.Responses, &base)
	}
}

// content lowers one media type of a response, and returns its tag.
func (l *lowerer) content(res *Response, mediaType string, schema *openapi3.SchemaRef, at site) string {
	res.MediaType = mediaType
	base := baseType(mediaType)
	at.pointer += spec.Pointer("content", mediaType, "schema")
	switch {
	case isJSON(mediaType):
		res.Type = l.typeOf(schema, at)
	case strings.HasSuffix(base, "/*") && isData(schema):
		res.Type, res.MediaType = l.typeOf(schema, at), "application/json"
		return "JSON"
	case strings.HasPrefix(base, "text/") && base != "text/event-stream" && !strings.Contains(base, "*"):
		res.Type = stringType()
	default:
		res.Type = &Type{Kind: File, Basic: "io.Reader", Pointer: at.pointer}
		if schema != nil && schema.Ref != "" && isData(schema) {
			res.Data = l.typeOf(schema, at)
		}
		res.HasContentType = strings.Contains(base, "*") || strings.HasPrefix(base, "multipart/")
	}
	return mediaTag(mediaType)
}

// headers lowers the headers of a response. What is not a number or a boolean is a string.
func (l *lowerer) headers(headers openapi3.Headers, pointer string) []*Header {
	var out []*Header
	names := scope{}
	for _, name := range l.ordered(pointer+"/headers", mapKeys(headers)) {
		ref := headers[name]
		if strings.EqualFold(name, "Content-Type") || ref == nil || ref.Value == nil {
			continue
		}
		h := &Header{Name: name, GoName: names.take(goName(name)), Type: stringType(), Optional: !ref.Value.Required}
		if schema := ref.Value.Schema; schema != nil && schema.Value != nil {
			h.Type.Schema = schema.Value
			switch kind := kindOfType(schema.Value.Type); kind {
			case Integer, Number, Boolean:
				h.Type = &Type{Kind: kind, Schema: schema.Value}
				h.Type.Format, h.Type.Basic = basic(kind, schema.Value.Format)
			}
		}
		out = append(out, h)
	}
	return out
}
