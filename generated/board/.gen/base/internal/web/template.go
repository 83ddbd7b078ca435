package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"example.com/board/api"
)

// node is a part of a JSON document with holes for the values of an error.
type node interface {
	append(buf []byte, v errorValues) []byte
}

type (
	// literalNode is JSON that stays as it is.
	literalNode []byte
	// statusNode is "${status}": a number.
	statusNode struct{}
	// textNode is a string, by turns literal and the name of a value.
	textNode   []string
	objectNode []member
	arrayNode  []node
	// repeatNode is an array with one element for each invalid part of the request. The element's text
	// begins with the place of the part, if there is no member for that.
	repeatNode struct {
		element            node
		pointer, parameter bool
	}
)

type member struct {
	name  string
	value node
	// optional says that the member goes where it would be empty.
	optional bool
}

// parseTemplate reads an api.ErrorBody.Template. The order of members is kept.
func parseTemplate(source string) (node, error) {
	decoder := json.NewDecoder(strings.NewReader(source))
	decoder.UseNumber()
	root, err := parseNode(decoder)
	if err != nil {
		return nil, fmt.Errorf("template %s: %w", source, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("template %s: something follows the value", source)
	}
	return root, nil
}

func parseNode(decoder *json.Decoder) (node, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case json.Delim:
		if token == '{' {
			return parseObject(decoder)
		}
		return parseArray(decoder)
	case string:
		return parseText(token)
	default:
		literal, err := json.Marshal(token)
		return literalNode(literal), err
	}
}

func parseObject(decoder *json.Decoder) (node, error) {
	var object objectNode
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		value, err := parseNode(decoder)
		if err != nil {
			return nil, err
		}
		key, optional := strings.CutSuffix(fmt.Sprint(name), "?")
		object = append(object, member{key, value, optional})
	}
	_, err := decoder.Token()
	return object, err
}

func parseArray(decoder *json.Decoder) (node, error) {
	var array arrayNode
	for decoder.More() {
		element, err := parseNode(decoder)
		if err != nil {
			return nil, err
		}
		array = append(array, element)
	}
	_, err := decoder.Token()
	if len(array) == 1 && mentions(array[0], "errors.") {
		element := array[0]
		return repeatNode{element, mentions(element, "errors.pointer"), mentions(element, "errors.parameter")}, err
	}
	return array, err
}

// mentions says that a value whose name begins so has a place in n.
func mentions(n node, name string) bool {
	switch n := n.(type) {
	case textNode:
		return slices.ContainsFunc(n, func(part string) bool { return strings.HasPrefix(part, name) })
	case objectNode:
		return slices.ContainsFunc(n, func(m member) bool { return mentions(m.value, name) })
	case arrayNode:
		return slices.ContainsFunc(n, func(element node) bool { return mentions(element, name) })
	case repeatNode:
		return mentions(n.element, name)
	}
	return false
}

func parseText(source string) (node, error) {
	if source == "${status}" {
		return statusNode{}, nil
	}
	var text textNode
	for {
		literal, rest, found := strings.Cut(source, "${")
		text = append(text, literal)
		if !found {
			return text, nil
		}
		name, rest, found := strings.Cut(rest, "}")
		if !found || !slices.Contains(placeholders(), name) {
			return nil, fmt.Errorf("%q: want one of %s in ${}", name, strings.Join(placeholders(), ", "))
		}
		text, source = append(text, name), rest
	}
}

func placeholders() []string {
	return []string{
		"type", "title", "status", "statusText", "detail", "code", "instance", "requestId",
		"errors.pointer", "errors.parameter", "errors.detail",
	}
}

func (v errorValues) value(name string) string {
	var first api.Invalid
	if len(v.Invalid) > 0 {
		first = v.Invalid[0]
	}
	switch name {
	case "type":
		return v.Type
	case "title":
		return v.Title
	case "status", "statusText":
		return strconv.Itoa(v.Status)
	case "detail":
		return v.Detail
	case "code":
		return v.Code
	case "instance":
		return v.Instance
	case "requestId":
		return v.RequestID
	case "errors.pointer":
		return first.Pointer
	case "errors.parameter":
		return first.Parameter
	case "errors.detail":
		return first.Detail
	}
	return ""
}

func (n literalNode) append(buf []byte, _ errorValues) []byte { return append(buf, n...) }

func (n statusNode) append(buf []byte, v errorValues) []byte {
	return strconv.AppendInt(buf, int64(v.Status), 10)
}

func (n textNode) append(buf []byte, v errorValues) []byte { return appendString(buf, n.text(v)) }

func (n textNode) text(v errorValues) string {
	var text strings.Builder
	for i, part := range n {
		if i%2 == 1 {
			part = v.value(part)
		}
		text.WriteString(part)
	}
	return text.String()
}

func (n objectNode) append(buf []byte, v errorValues) []byte {
	buf = append(buf, '{')
	first := len(buf)
	for _, member := range n {
		if member.optional && empty(member.value, v) {
			continue
		}
		if len(buf) > first {
			buf = append(buf, ',')
		}
		buf = append(appendString(buf, member.name), ':')
		buf = member.value.append(buf, v)
	}
	return append(buf, '}')
}

func empty(n node, v errorValues) bool {
	switch n := n.(type) {
	case textNode:
		return n.text(v) == ""
	case repeatNode:
		return len(v.Invalid) == 0
	}
	return false
}

func (n arrayNode) append(buf []byte, v errorValues) []byte {
	buf = append(buf, '[')
	for i, element := range n {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = element.append(buf, v)
	}
	return append(buf, ']')
}

func (n repeatNode) append(buf []byte, v errorValues) []byte {
	elements := make(arrayNode, len(v.Invalid))
	for i, invalid := range v.Invalid {
		part := v
		if !part.placed {
			invalid, part.placed = n.place(invalid), true
		}
		part.Invalid = []api.Invalid{invalid}
		elements[i] = literalNode(n.element.append(nil, part))
	}
	return elements.append(buf, v)
}

// place moves a place that the element has no member for to the front of the text.
func (n repeatNode) place(invalid api.Invalid) api.Invalid {
	var place string
	if !n.pointer {
		place, invalid.Pointer = strings.TrimPrefix(invalid.Pointer, "/"), ""
	}
	if !n.parameter {
		place, invalid.Parameter = place+invalid.Parameter, ""
	}
	if place != "" {
		invalid.Detail = place + ": " + invalid.Detail
	}
	return invalid
}

func appendString(buf []byte, text string) []byte {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // A string always marshals.
	}
	return append(buf, quoted...)
}
