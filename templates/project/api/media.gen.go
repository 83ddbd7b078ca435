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

// content is one of the media types in which a body may be written.
type content struct {
	// name is the key in the document.
	name string
	// object says that the data may be an object, files that it has files then, many that it may be
	// more than a single value.
	object, files, many bool
	// schema is nil where the document has none, and where what it asks for was compiled.
	schema   *openapi3.Schema
	encoding map[string]*openapi3.Encoding
	compiled bool
}

// requestBody is what the document says of an operation's body. Without contents the validator knows them.
type requestBody struct {
	required bool
	contents []content
}

// contentsOf are the media types of a body in the order of their names.
func contentsOf(documented openapi3.Content) []content {
	contents := make([]content, 0, len(documented))
	for _, name := range slices.Sorted(maps.Keys(documented)) {
		doc := documented[name]
		c := content{name: name}
		if doc != nil && doc.Schema != nil {
			s := outline(doc.Schema.Value)
			c.object, c.files, c.many = s.object, s.hasFiles(), !s.onlyScalar()
			c.schema, c.encoding = doc.Schema.Value, doc.Encoding
		}
		contents = append(contents, c)
	}
	return contents
}

// media is the documented media type that a body is written in.
type media struct {
	content

	// sent is the type of the body at hand, without its parameters.
	sent   string
	params map[string]string
	kind   bodyKind
}

// findMedia finds the documented media type for a Content-Type: itself, else application/json for a +json and the
// other way round, else by wild card. One +json is no other: a JSON patch is none that is to be merged.
func findMedia(contents []content, contentType string) (media, bool) {
	m := media{}
	for _, c := range contents {
		if c.name == contentType && contentType == "application/json" { // nearly all: nothing to parse
			return media{content: c, sent: contentType, kind: jsonBody}, true
		}
	}
	if contentType != "" {
		var err error
		if m.sent, m.params, err = mime.ParseMediaType(contentType); err != nil {
			return m, false
		}
	}
	family, _, _ := strings.Cut(m.sent, "/")
	for _, fits := range []func(string) bool{
		func(name string) bool { return m.sent != "" && name == m.sent },
		func(name string) bool {
			return isJSON(name) && isPlainJSON(m.sent) || isPlainJSON(name) && isJSON(m.sent)
		},
		func(name string) bool { return m.sent != "" && name == family+"/*" },
		func(name string) bool { return name == "*/*" },
	} {
		at := slices.IndexFunc(contents, func(c content) bool { return fits(bareMedia(c.name)) })
		if at >= 0 {
			m.content = contents[at]
			m.kind = m.findKind()
			return m, m.isUTF8()
		}
	}
	return m, false
}

func (m media) findKind() bodyKind {
	switch {
	case isJSON(m.sent):
		return jsonBody
	case m.sent == "application/x-www-form-urlencoded" && m.object:
		return formBody
	case m.sent == "multipart/form-data" && m.object && !m.files:
		return multipartBody
	case m.sent == "text/plain":
		return textBody
	case m.isAny() && m.many:
		return jsonBody // a document that names no media type means JSON
	}
	return streamBody
}

// isUTF8 says that a text is in UTF-8. What is left to the handler may be in anything.
func (m media) isUTF8() bool {
	if m.kind == noBody || m.kind == streamBody {
		return true
	}
	charset := strings.ToLower(m.params["charset"])
	return charset == "" || charset == "utf-8" || charset == "us-ascii"
}

// isAny says that the document has a wild card for the media type.
func (m media) isAny() bool { return strings.Contains(m.name, "*") }

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
	return isPlainJSON(name) || strings.HasSuffix(bareMedia(name), "+json")
}

// isPlainJSON says that a media type is JSON of no certain meaning.
func isPlainJSON(name string) bool {
	name = bareMedia(name)
	return name == "application/json" || name == "text/json"
}

// bareMedia is a media type in lower case and without parameters.
func bareMedia(name string) string {
	name, _, _ = strings.Cut(name, ";")
	return strings.ToLower(strings.TrimSpace(name))
}
