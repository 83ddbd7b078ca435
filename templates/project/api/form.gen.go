package api

import (
	"errors"
	"io"
	"maps"
	"mime/multipart"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// readForm reads application/x-www-form-urlencoded as the object that it stands for: each field is a
// query parameter in the style that its encoding names.
func readForm(raw []byte, schema *openapi3.Schema, encodings map[string]*openapi3.Encoding) (any, *Invalid) {
	values, err := url.ParseQuery(string(raw))
	if err != nil {
		return nil, &Invalid{Detail: "the form cannot be read: it has a malformed escape or a semicolon"}
	}
	s := outline(schema)
	object := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.properties)) {
		field := formField(name, s.properties[name], encodings[name])
		value, found, problem := field.readField(values)
		if problem != "" {
			return nil, &Invalid{Pointer: pointerTo([]string{name}), Detail: problem}
		}
		if found && (value != "" || field.shape.text) { // an empty field of any other type was not filled in
			object[name] = value
		}
	}
	for key, sent := range values {
		name, _, _ := strings.Cut(key, "[")
		if s.properties[key] == nil && s.properties[name] == nil {
			object[key] = coerce(sent[0], s.additional)
		}
	}
	if _, err := mapStrings(object, validText); err != nil {
		return nil, &Invalid{Detail: err.Error()}
	}
	return object, nil
}

// formField is a field of a form as a parameter.
func formField(name string, schema *openapi3.Schema, encoding *openapi3.Encoding) *parameter {
	method := encoding.SerializationMethod()
	return &parameter{
		name: name, in: openapi3.ParameterInQuery, schema: schema, shape: outline(schema),
		style: method.Style, explode: method.Explode,
	}
}

// readField reads lists and objects as HTML forms and their libraries write them (a[]=b, a[0]=b,
// a[b]=c, a={"b":"c"}), whatever the document says of the field's encoding.
func (p *parameter) readField(values url.Values) (any, bool, string) {
	sent := values[p.name]
	switch {
	case p.shape.onlyScalar():
	case len(sent) == 0:
		tree, problem := nested(p.name, values)
		if tree == nil && problem == "" {
			return nil, false, ""
		}
		if object, ok := tree.(map[string]any); ok && len(object) == 1 && object[""] != nil {
			tree = object[""]
		}
		if text, ok := tree.(string); ok && p.shape.array {
			tree = []any{text}
		}
		return p.typed(tree, problem)
	case len(sent) == 1 && p.shape.object && strings.HasPrefix(sent[0], "{"):
		value, fault := parseJSON([]byte(sent[0]))
		if fault != nil {
			return nil, true, "is not JSON: " + fault.placed()
		}
		return value, true, ""
	}
	return p.readQuery(values)
}

// readMultipart reads multipart/form-data without files. A part that says that it is JSON, or that
// stands for an object, is JSON (OpenAPI 3.1 §4.8.14.4).
func readMultipart(parts *multipart.Reader, schema *openapi3.Schema) (any, *Invalid) {
	s := outline(schema)
	object := map[string]any{}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return object, nil
		}
		if err != nil {
			return nil, &Invalid{Detail: "the multipart body cannot be read"}
		}
		raw, err := io.ReadAll(part)
		if err != nil {
			return nil, &Invalid{Detail: "the multipart body ends too early"}
		}
		if fault := s.addPart(object, part, raw); fault != nil {
			fault.Pointer = pointerTo([]string{part.FormName()}) + fault.Pointer
			return nil, fault
		}
	}
}

func (s *shape) addPart(object map[string]any, part *multipart.Part, raw []byte) *Invalid {
	name := part.FormName()
	property := s.properties[name]
	field := outline(property)
	sent := part.Header.Get("Content-Type")
	var value any
	var fault *Invalid
	switch {
	case isJSON(sent), sent == "" && field.object && !field.scalar():
		value, fault = parseJSON(raw)
	case field.array && field.items != nil:
		value, fault = readText(raw, field.items)
	default:
		value, fault = readText(raw, property)
	}
	if fault != nil {
		return fault
	}
	if _, isList := value.([]any); field.array && !isList {
		list, _ := object[name].([]any)
		list = append(list, value)
		value = list
	}
	object[name] = value
	return nil
}
