package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// deepestJSON is how many arrays and objects may stand within each other.
const deepestJSON = 1000

// parseJSON reads one JSON text. It refuses what encoding/json lets pass and what readers disagree
// on (RFC 8259 §4, §8.1, §8.2): names that repeat within an object, what is not UTF-8, and halves of surrogate pairs.
func parseJSON(data []byte) (any, *Invalid) {
	if offset := firstInvalidUTF8(data); offset >= 0 {
		return nil, &Invalid{Detail: placeIn(data, offset) + ": not valid UTF-8"}
	}
	if err := json.Unmarshal(data, new(json.RawMessage)); err != nil {
		var syntax *json.SyntaxError
		if !errors.As(err, &syntax) {
			return nil, &Invalid{Detail: err.Error()}
		}
		return nil, &Invalid{Detail: placeIn(data, max(0, int(syntax.Offset)-1)) + ": " + syntax.Error()}
	}
	if offset := firstBadEscape(data); offset >= 0 {
		return nil, &Invalid{Detail: placeIn(data, offset) + ": half of a surrogate pair"}
	}
	r := jsonReader{dec: json.NewDecoder(bytes.NewReader(data))}
	r.dec.UseNumber()
	return r.value()
}

func firstInvalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// firstBadEscape is where the first escape of a JSON text stands that is none, -1 if all are well-formed.
func firstBadEscape(data []byte) int {
	for i := 0; ; {
		n := bytes.IndexByte(data[i:], '\\')
		if n < 0 {
			return -1
		}
		i += n
		length := escapeLength(data[i:])
		if length == 0 {
			return i
		}
		i += length
	}
}

// escapeLength is how long the escape, or the surrogate pair of two, is that text begins with, 0 if it is none.
func escapeLength(text []byte) int {
	if len(text) < 2 {
		return 0
	}
	switch text[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		code := unicodeEscaped(text)
		switch {
		case code < 0:
			return 0
		case !utf16.IsSurrogate(code):
			return 6
		case utf16.DecodeRune(code, unicodeEscaped(text[6:])) != utf8.RuneError:
			return 12
		}
	}
	return 0
}

// unicodeEscaped is the code of the \uXXXX that text begins with, -1 if it does not.
func unicodeEscaped(text []byte) rune {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return -1
	}
	code, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	if err != nil {
		return -1
	}
	return rune(code)
}

func placeIn(data []byte, offset int) string {
	before := data[:min(offset, len(data))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return fmt.Sprintf("line %d, column %d", line, column)
}

// jsonReader builds a value out of a text that is known to be JSON.
type jsonReader struct {
	dec  *json.Decoder
	path []string
}

func (r *jsonReader) value() (any, *Invalid) {
	token, err := r.dec.Token()
	if err != nil {
		return nil, &Invalid{Detail: err.Error()}
	}
	switch token := token.(type) {
	case json.Delim:
		if len(r.path) >= deepestJSON {
			return nil, &Invalid{Detail: fmt.Sprintf("nested more than %d levels deep", deepestJSON)}
		}
		if token == '[' {
			return r.array()
		}
		return r.object()
	case json.Number:
		return wholeNumber(token), nil
	}
	return token, nil
}

func (r *jsonReader) array() (any, *Invalid) {
	list := []any{}
	for r.dec.More() {
		item, fault := r.inside(strconv.Itoa(len(list)))
		if fault != nil {
			return nil, fault
		}
		list = append(list, item)
	}
	_, _ = r.dec.Token()
	return list, nil
}

func (r *jsonReader) object() (any, *Invalid) {
	object := map[string]any{}
	for r.dec.More() {
		token, _ := r.dec.Token()
		name, _ := token.(string)
		if _, twice := object[name]; twice {
			return nil, &Invalid{Pointer: pointerTo(append(r.path, name)), Detail: "is given twice"}
		}
		item, fault := r.inside(name)
		if fault != nil {
			return nil, fault
		}
		object[name] = item
	}
	_, _ = r.dec.Token()
	return object, nil
}

func (r *jsonReader) inside(step string) (any, *Invalid) {
	r.path = append(r.path, step)
	item, fault := r.value()
	r.path = r.path[:len(r.path)-1]
	return item, fault
}

// pointerTo is the JSON pointer (RFC 6901) that takes the steps.
func pointerTo(steps []string) string {
	var b strings.Builder
	escape := strings.NewReplacer("~", "~0", "/", "~1")
	for _, step := range steps {
		b.WriteByte('/')
		_, _ = escape.WriteString(&b, step)
	}
	return b.String()
}
