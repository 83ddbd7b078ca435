package api

import (
	"encoding/json"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// kinds are kinds of JSON values.
type kinds uint8

const (
	nulls kinds = 1 << iota
	booleans
	numbers
	texts
	arrays
	objects
)

// kind is that of the value at hand, 0 if none follows.
func (r *reader) kind() kinds {
	switch c := r.peek(); c {
	case 'n':
		return nulls
	case 't', 'f':
		return booleans
	case '"':
		return texts
	case '[':
		return arrays
	case '{':
		return objects
	default:
		if c == '-' || '0' <= c && c <= '9' {
			return numbers
		}
		return 0
	}
}

// is says that the value at hand is of one of the kinds. Any other is a fault and is left behind.
func (r *reader) is(wanted kinds, detail string) bool {
	if r.kind()&wanted == 0 {
		r.mismatch(detail)
		return false
	}
	return true
}

// mismatch leaves behind a value that is of the wrong kind. One that no schema without null takes, and
// a number that no float64 can hold, are said to be that.
func (r *reader) mismatch(detail string) {
	switch r.kind() {
	case nulls:
		detail = notNull
	case numbers:
		start := r.pos
		if _, err := strconv.ParseFloat(string(r.number()), 64); err != nil {
			detail = outOfRange
		}
		r.pos = start
	}
	r.fault(detail)
	r.skip()
}

// null leaves behind a null, and says that it was there.
func (r *reader) null() bool {
	if r.peek() != 'n' {
		return false
	}
	r.literal("null")
	return true
}

func (r *reader) literal(text string) {
	end := r.pos + len(text)
	if end > len(r.data) || string(r.data[r.pos:end]) != text {
		r.breakOff()
		return
	}
	r.pos = end
}

// text is the string at hand. It is good until the next one is read.
func (r *reader) text() []byte {
	start := r.pos + 1
	for i := start; i < len(r.data); i++ {
		switch c := r.data[i]; {
		case c == '"':
			r.pos = i + 1
			return r.data[start:i]
		case c == '\\':
			return r.escapedText(start, i)
		case c < ' ':
			r.breakOff()
			return nil
		}
	}
	r.breakOff()
	return nil
}

// escapedText is text for a string that has its first escape at i.
func (r *reader) escapedText(start, i int) []byte {
	for i < len(r.data) {
		switch c := r.data[i]; {
		case c == '"':
			r.pos = i + 1
			r.scratch = appendUnescaped(r.scratch[:0], r.data[start:i])
			return r.scratch
		case c < ' ':
			r.breakOff()
			return nil
		case c == '\\':
			length := escapeLength(r.data[i:])
			if length == 0 {
				r.breakOff()
				return nil
			}
			i += length
		default:
			i++
		}
	}
	r.breakOff()
	return nil
}

// escapeLength is how long the escape is that text begins with, 0 if it is none.
func escapeLength(text []byte) int {
	if len(text) < 2 {
		return 0
	}
	switch text[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if len(text) >= 6 && unicodeEscaped(text) >= 0 {
			return 6
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

// appendUnescaped appends what a string means whose escapes are known to be well-formed. Half a
// surrogate pair becomes U+FFFD, as with encoding/json.
func appendUnescaped(out, text []byte) []byte {
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			out = append(out, text[i])
			continue
		}
		i++
		switch c := text[i]; c {
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			code := unicodeEscaped(text[i-1:])
			i += 4
			if utf16.IsSurrogate(code) {
				if pair := utf16.DecodeRune(code, unicodeEscaped(text[i+1:])); pair != utf8.RuneError {
					code = pair
					i += 6
				}
			}
			out = utf8.AppendRune(out, code)
		default:
			out = append(out, c)
		}
	}
	return out
}

// number is the number at hand as it is written.
func (r *reader) number() []byte {
	start, data := r.pos, r.data
	i := start
	if i < len(data) && data[i] == '-' {
		i++
	}
	digits := i
	i = skipDigits(data, i)
	if i == digits || data[digits] == '0' && i > digits+1 {
		r.breakOff()
		return nil
	}
	if i < len(data) && data[i] == '.' {
		fraction := i + 1
		if i = skipDigits(data, fraction); i == fraction {
			r.breakOff()
			return nil
		}
	}
	if i < len(data) && data[i]|0x20 == 'e' {
		i++
		if i < len(data) && (data[i] == '+' || data[i] == '-') {
			i++
		}
		exponent := i
		if i = skipDigits(data, i); i == exponent {
			r.breakOff()
			return nil
		}
	}
	r.pos = i
	return data[start:i]
}

func skipDigits(data []byte, i int) int {
	for i < len(data) && '0' <= data[i] && data[i] <= '9' {
		i++
	}
	return i
}

// skip leaves a value behind that nothing is asked of.
func (r *reader) skip() {
	switch r.kind() {
	case nulls:
		r.literal("null")
	case booleans:
		r.boolean()
	case numbers:
		r.number()
	case texts:
		r.text()
	case arrays:
		for r.open(true); r.item(); {
			r.skip()
		}
	case objects:
		for r.open(false); r.next(); {
			r.unlisted()
			r.skip()
		}
	default:
		r.breakOff()
	}
}

func (r *reader) boolean() bool {
	if r.data[r.pos] == 't' {
		r.literal("true")
		return true
	}
	r.literal("false")
	return false
}

// anything is the value at hand as encoding/json puts it into an any.
func (r *reader) anything() any {
	switch r.kind() {
	case booleans:
		return r.boolean()
	case numbers:
		var f float64
		readFloat(r, &f)
		return f
	case texts:
		return r.string()
	case arrays:
		list := []any{}
		for r.open(true); r.item(); {
			list = append(list, r.anything())
		}
		return list
	case objects:
		object := map[string]any{}
		for r.open(false); r.next(); {
			name := string(r.name)
			r.unlisted()
			object[name] = r.anything()
		}
		return object
	}
	r.skip()
	return nil
}

// raw is a copy of the value at hand, with 1.0 and 1e3 written as 1 and 1000: to JSON Schema they are
// integers, to Go's decoders not.
func (r *reader) raw() json.RawMessage {
	r.peek()
	start := r.pos
	r.skip()
	text := r.data[start:r.pos]
	var out json.RawMessage
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '"':
			inner := reader{data: text, pos: i}
			inner.text()
			out, i = append(out, text[i:inner.pos]...), inner.pos
		case c == '-' || '0' <= c && c <= '9':
			inner := reader{data: text, pos: i}
			out = append(out, wholeNumber(json.Number(inner.number()))...)
			i = inner.pos
		default:
			out = append(out, c)
			i++
		}
	}
	return out
}

// rawAhead is raw for a value that is not left behind.
func (r *reader) rawAhead() json.RawMessage {
	r.peek()
	start := r.pos
	text := r.raw()
	r.rewind(start)
	return text
}
