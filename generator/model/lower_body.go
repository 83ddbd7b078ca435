package model

import (
	"mime"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/spec"
)

// lowerBodies lowers the media types of a request body. Those that carry the same data, as JSON or as
// a form, share one field of the request object.
func (l *lowerer) lowerBodies(op *operation) {
	ref := op.raw.RequestBody
	if ref == nil || ref.Value == nil || len(ref.Value.Content) == 0 {
		return
	}
	op.BodyRequired = ref.Value.Required
	pointer := op.Pointer + "/requestBody"
	names := []string{op.GoName + "Request", op.GoName + "RequestBody"}
	if strings.HasPrefix(ref.Ref, "#/components/requestBodies/") {
		pointer = ref.Ref[1:]
		names = componentNames(ref.Ref, "Request", "Body", "Input")
	}
	for _, mediaType := range l.mediaTypes(pointer, ref.Value.Content) {
		media := ref.Value.Content[mediaType]
		at := site{pointer: pointer + spec.Pointer("content", mediaType, "schema"), names: names}
		if b := l.body(mediaType, media, at); b != nil {
			op.Bodies = append(op.Bodies, b)
		}
	}
	l.warnXML(ref.Value.Content, pointer, "requests", "handlers get their text, to read it by themselves")
	l.shareFields(op)
}

// warnXML tells of content that is XML and nothing else: there are no Go types for it.
func (l *lowerer) warnXML(content openapi3.Content, pointer, what, done string) {
	for mediaType := range content {
		if !isXML(baseType(mediaType)) {
			return
		}
	}
	if len(content) > 0 {
		l.warn(pointer+"/content", "these "+what+" are XML and nothing else, which gen has no types for", done)
	}
}

// mediaTypes are the keys of a content map, JSON first, else in the order of the document.
func (l *lowerer) mediaTypes(pointer string, content openapi3.Content) []string {
	keys := l.ordered(pointer+"/content", mapKeys(content))
	slices.SortStableFunc(keys, func(a, b string) int { return jsonRank(a) - jsonRank(b) })
	return keys
}

func jsonRank(mediaType string) int {
	switch {
	case baseType(mediaType) == "application/json":
		return 0
	case isJSON(mediaType):
		return 1
	}
	return 2
}

// baseType is a media type without parameters, in lower case.
func baseType(mediaType string) string {
	base, _, err := mime.ParseMediaType(mediaType)
	if err != nil {
		base, _, _ = strings.Cut(mediaType, ";")
	}
	return strings.ToLower(strings.TrimSpace(base))
}

// isJSON says that a media type is JSON: application/json, anything with +json.
func isJSON(mediaType string) bool {
	base := baseType(mediaType)
	return base == "application/json" || base == "text/json" || strings.HasSuffix(base, "+json")
}

// componentNames are what to call the schema within a component: its name, with what it is behind it
// unless the name says so.
func componentNames(ref, suffix string, others ...string) []string {
	name := goName(ref[strings.LastIndex(ref, "/")+1:])
	for _, known := range append(others, suffix) {
		if strings.HasSuffix(name, known) {
			return []string{name, name + "Data"}
		}
	}
	return []string{name + suffix, name + suffix + "Data"}
}

// body lowers one media type of a request body.
func (l *lowerer) body(mediaType string, media *openapi3.MediaType, at site) *Body {
	b := &Body{MediaType: mediaType, Type: &Type{Kind: File, Basic: "io.Reader", Pointer: at.pointer}}
	var schema *openapi3.SchemaRef
	if media != nil {
		schema = media.Schema
	}
	base := baseType(mediaType)
	switch {
	case isJSON(mediaType), strings.HasSuffix(base, "/*") && isData(schema):
		b.Tag, b.Type = "JSON", l.typeOf(schema, at)
	case base == "application/x-www-form-urlencoded" && isData(schema),
		base == "multipart/form-data" && isData(schema) && !l.hasFile(schema):
		b.Tag, b.Type = "Formdata", l.typeOf(schema, at)
	case strings.HasPrefix(base, "multipart/"):
		b.Tag = "Multipart"
		if isData(schema) {
			b.Type = l.typeOf(schema, at)
		}
	case strings.HasPrefix(base, "text/") && base != "text/event-stream":
		b.Tag, b.Type = "Text", stringType()
	}
	b.Streamed = b.Tag == "Multipart" || b.Tag == "" && isData(schema)
	return b
}

// IsMergePatch says that a body is JSON Merge Patch (RFC 7396).
func (b *Body) IsMergePatch() bool { return baseType(b.MediaType) == "application/merge-patch+json" }

// IsForm says that the data of a body travels as a form.
func (b *Body) IsForm() bool {
	base := baseType(b.MediaType)
	return base == "application/x-www-form-urlencoded" || base == "multipart/form-data"
}

// isData says that a schema describes an object, not a stream of bytes.
func isData(ref *openapi3.SchemaRef) bool {
	if ref == nil || ref.Value == nil {
		return false
	}
	s := ref.Value
	return s.Type.Is("object") || s.Type == nil && (len(s.Properties) > 0 || len(s.AllOf)+len(s.OneOf)+len(s.AnyOf) > 0)
}

// hasFile says that a property is a file, or a list of files.
func (l *lowerer) hasFile(ref *openapi3.SchemaRef) bool {
	s := l.shape(ref.Value, l.follow(ref, site{}).pointer)
	return len(s.variants) > 0 || slices.ContainsFunc(s.props, func(p property) bool {
		v := p.ref.Value
		if v.Items != nil && v.Items.Value != nil {
			v = v.Items.Value
		}
		return v.Format == "binary" || v.ContentMediaType != "" || v.Type.Is("file")
	})
}

// shareFields decides the fields of the request object. Beside a typed body, XML of the same data is
// left out: nothing reads it.
func (l *lowerer) shareFields(op *operation) {
	data := slices.ContainsFunc(op.Bodies, func(b *Body) bool { return b.Tag == "JSON" || b.Tag == "Formdata" })
	op.Bodies = slices.DeleteFunc(op.Bodies, func(b *Body) bool {
		if data && b.Tag == "" && isXML(baseType(b.MediaType)) {
			l.warn(b.Type.Pointer, "requests in "+b.MediaType+" are not read", "they are answered with 415; the other media types work")
			op.Unread = append(op.Unread, b.MediaType)
			return true
		}
		return false
	})
	first := map[string]*Body{}
	for _, b := range op.Bodies {
		if json := first["JSON"]; b.Tag == "Formdata" && json != nil && json.Type == b.Type {
			b.Tag = "JSON"
		}
		if same := first[b.Tag]; same == nil {
			first[b.Tag] = b
		} else {
			l.agree(same, b)
		}
	}
	for _, b := range op.Bodies {
		b.GoField = "Body"
		if len(first) > 1 {
			b.GoField = b.Tag + "Body"
		}
		switch b.Tag {
		case "":
			b.GoType = "io.Reader"
			op.HasContentType = op.HasContentType || strings.Contains(b.MediaType, "*") || len(op.Bodies) > 1
		case "Multipart":
			b.GoType = "multipart.Reader"
		default:
			b.GoType = op.GoName + b.Tag + "RequestBody"
		}
		b.Type = first[b.Tag].Type
	}
}

// agree makes one type of two media types that share a field.
func (l *lowerer) agree(a, b *Body) {
	if a.Type == b.Type || a.Tag == "Text" || a.Tag == "Multipart" || a.Tag == "" {
		return
	}
	if a.Type.Kind != Array || b.Type.Kind != Array || a.Type.Elem != b.Type.Elem {
		l.warn(b.Type.Pointer, "the body in "+b.MediaType+" differs from that in "+a.MediaType, "handlers get JSON of any shape")
		a.Type = anyType()
	}
}
