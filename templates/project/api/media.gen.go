package api

import (
	"maps"
	"mime"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// bodyKind is how a body is read.
type bodyKind int

const (
	noBody bodyKind = iota
	jsonBody
	formBody
	multipartBody
	textBody
	// streamBody is left to the handler: files, and media types that say nothing of JSON.
	streamBody
)

// media is a documented media type that a body is written in.
type media struct {
	// name is the key in the document; sent is the type of the body at hand, without its parameters.
	name, sent string
	params     map[string]string
	content    *openapi3.MediaType
	kind       bodyKind
}

// findMedia finds the documented media type for a Content-Type: itself, else any other JSON for a
// JSON one (application/json for a +json, and the other way round), else by wild card.
func findMedia(content openapi3.Content, contentType string) (media, bool) {
	m := media{}
	if contentType != "" {
		var err error
		if m.sent, m.params, err = mime.ParseMediaType(contentType); err != nil {
			return m, false
		}
	}
	family, _, _ := strings.Cut(m.sent, "/")
	names := slices.Sorted(maps.Keys(content))
	for _, fits := range []func(string) bool{
		func(name string) bool { return m.sent != "" && name == m.sent },
		func(name string) bool { return isJSON(name) && isJSON(m.sent) },
		func(name string) bool { return m.sent != "" && name == family+"/*" },
		func(name string) bool { return name == "*/*" },
	} {
		at := slices.IndexFunc(names, func(name string) bool { return fits(bareMedia(name)) })
		if at >= 0 {
			m.name, m.content = names[at], content[names[at]]
			m.kind = m.findKind()
			return m, true
		}
	}
	return m, false
}

func (m media) findKind() bodyKind {
	var schema *openapi3.Schema
	if m.content != nil && m.content.Schema != nil {
		schema = m.content.Schema.Value
	}
	s := outline(schema)
	switch {
	case isJSON(m.sent):
		return jsonBody
	case m.sent == "application/x-www-form-urlencoded" && s.object:
		return formBody
	case m.sent == "multipart/form-data" && s.object && !s.hasFiles():
		return multipartBody
	case m.sent == "text/plain":
		return textBody
	case strings.Contains(m.name, "*") && !s.onlyScalar():
		return jsonBody // a document that names no media type means JSON
	}
	return streamBody
}

// hasFiles says that a form has a field of raw bytes.
func (s *shape) hasFiles() bool {
	for _, property := range s.properties {
		field := outline(property)
		for _, schema := range []*openapi3.Schema{property, field.items} {
			if schema != nil && (schema.Format == "binary" || schema.ContentMediaType != "" && schema.ContentEncoding == "") {
				return true
			}
		}
	}
	return false
}

func isJSON(name string) bool {
	name = bareMedia(name)
	return name == "application/json" || name == "text/json" || strings.HasSuffix(name, "+json")
}

// bareMedia is a media type in lower case and without parameters.
func bareMedia(name string) string {
	name, _, _ = strings.Cut(name, ";")
	return strings.ToLower(strings.TrimSpace(name))
}
