package api

import (
	"encoding/json"
	"strconv"
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

// ignore leaves behind a member that the Go type has no field for.
func (r *reader) ignore() {
	r.ignored = true
	r.unlisted()
	r.skip()
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
	return r.value(func(r *reader) any {
		var f float64
		readFloat(r, &f)
		return f
	})
}

// value is anything with numbers of one's own.
func (r *reader) value(number func(*reader) any) any {
	switch r.kind() {
	case booleans:
		return r.boolean()
	case numbers:
		return number(r)
	case texts:
		return r.string()
	case arrays:
		list := []any{}
		for r.open(true); r.item(); {
			list = append(list, r.value(number))
		}
		return list
	case objects:
		object := map[string]any{}
		for r.open(false); r.next(); {
			name := r.keepName()
			r.unlisted()
			object[name] = r.value(number)
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
