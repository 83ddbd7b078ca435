package api

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

var errNotUTF8 = errors.New("is not valid UTF-8")

// splitPath takes a path parameter apart (RFC 6570: simple, label, matrix).
func (p *parameter) splitPath(raw string) (any, string) {
	switch p.style {
	case "label":
		rest, ok := strings.CutPrefix(raw, ".")
		if !ok {
			return nil, `must begin with "."`
		}
		if p.explode && !p.shape.onlyScalar() {
			return p.split(rest, ".")
		}
		return p.split(rest, ",")
	case "matrix":
		if p.explode && p.shape.object {
			return p.split(strings.TrimPrefix(raw, ";"), ";")
		}
		prefix := ";" + p.name + "="
		rest, ok := strings.CutPrefix(raw, prefix)
		if !ok {
			return nil, "must begin with " + strconv.Quote(prefix)
		}
		if p.explode && p.shape.array {
			return listOf(strings.Split(rest, prefix)), ""
		}
		return p.split(rest, ",")
	}
	return p.split(raw, ",")
}

// split makes a list or an object of a text where the schema wants one.
func (p *parameter) split(text, delimiter string) (any, string) {
	switch {
	case p.json || p.shape.onlyScalar():
		return text, ""
	case p.shape.array:
		if text == "" {
			return []any{}, ""
		}
		if p.shape.scalar() && !strings.Contains(text, delimiter) {
			return text, ""
		}
		return listOf(strings.Split(text, delimiter)), ""
	case p.shape.object:
		return p.pairs(strings.Split(text, delimiter))
	}
	return text, ""
}

// pairs makes an object of key=value parts, or of keys and values in turn.
func (p *parameter) pairs(parts []string) (any, string) {
	object := map[string]any{}
	if p.explode && p.in != openapi3.ParameterInCookie {
		for _, part := range parts {
			key, value, ok := strings.Cut(part, "=")
			if !ok {
				return nil, "must be a list of key=value"
			}
			object[strings.TrimSpace(key)] = value
		}
		return object, ""
	}
	if len(parts)%2 != 0 {
		return nil, "must be a list of keys and values in turn"
	}
	for pair := range slices.Chunk(parts, 2) {
		object[strings.TrimSpace(pair[0])] = pair[1]
	}
	return object, ""
}

func listOf(texts []string) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = strings.TrimSpace(text)
	}
	return list
}

// mapStrings returns a value made of strings with each of them changed.
func mapStrings(value any, change func(string) (string, error)) (any, error) {
	var err error
	switch value := value.(type) {
	case string:
		return change(value)
	case []any:
		list := make([]any, len(value))
		for i, item := range value {
			if list[i], err = mapStrings(item, change); err != nil {
				return nil, err
			}
		}
		return list, nil
	case map[string]any:
		object := make(map[string]any, len(value))
		for key, item := range value {
			if key, err = change(key); err != nil {
				return nil, err
			}
			if object[key], err = mapStrings(item, change); err != nil {
				return nil, err
			}
		}
		return object, nil
	}
	return value, nil
}

// coerce gives the strings in a value the types that the schema wants, where their text allows it.
// What it cannot read stays a string, and fails the validation that follows.
func coerce(value any, schema *openapi3.Schema) any {
	if schema == nil {
		return value
	}
	s := outline(schema)
	switch value := value.(type) {
	case string:
		return s.scalarOf(value)
	case []any:
		for i, item := range value {
			value[i] = coerce(item, s.items)
		}
	case map[string]any:
		if list, ok := indexed(value); ok && s.array && !s.object {
			return coerce(list, schema)
		}
		for key, item := range value {
			if property, ok := s.properties[key]; ok {
				value[key] = coerce(item, property)
			} else {
				value[key] = coerce(item, s.additional)
			}
		}
	}
	return value
}

// scalarOf reads a text as the first of number, boolean and null that the schema allows.
func (s *shape) scalarOf(text string) any {
	if s.number && isNumber(text, s.fraction) {
		return wholeNumber(json.Number(text))
	}
	if s.boolean {
		if b, err := strconv.ParseBool(text); err == nil {
			return b
		}
	}
	if s.null && !s.text && (text == "" || text == "null") {
		return nil
	}
	return text
}

// isNumber says that a text is a number as JSON writes it. An integer has one spelling, so that a resource
// has one address: not 1e0, +1 or 01.
func isNumber(text string, fraction bool) bool {
	whole := !strings.ContainsAny(text, ".eE")
	return json.Valid([]byte(text)) && !strings.ContainsAny(text, " \t\r\n\"[{tfn") && (whole || fraction)
}

// indexed makes a list of an object whose keys are 0, 1, 2 and so on.
func indexed(object map[string]any) ([]any, bool) {
	list := make([]any, len(object))
	for i := range list {
		item, ok := object[strconv.Itoa(i)]
		if !ok {
			return nil, false
		}
		list[i] = item
	}
	return list, true
}
