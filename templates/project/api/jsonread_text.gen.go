package api

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// text is the string at hand, which must be UTF-8. It is good until the next one is read.
func (r *reader) text() []byte {
	start, escaped := r.pos+1, false
	for i := start; i < len(r.data); {
		switch c := r.data[i]; {
		case isPlain(c):
			i += plain(r.data[i:])
		case c == '"':
			r.pos = i + 1
			if escaped {
				r.scratch = appendUnescaped(r.scratch[:0], r.data[start:i])
				return r.scratch
			}
			return r.data[start:i]
		default:
			length := charLength(r.data[i:])
			if length == 0 {
				r.breakOff()
				return nil
			}
			i, escaped = i+length, escaped || c == '\\'
		}
	}
	r.breakOff()
	return nil
}

// charLength is how long the escape, or the character beyond ASCII, is that text begins with; 0 if it is neither.
func charLength(text []byte) int {
	if text[0] == '\\' {
		return escapeLength(text)
	}
	if _, size := utf8.DecodeRune(text); size > 1 {
		return size
	}
	return 0
}

// string is the string at hand, to keep.
func (r *reader) string() string {
	start := r.pos + 1
	text := r.text()
	switch {
	case r.sent != "":
		return r.sent
	case r.source != "" && start+len(text)+1 == r.pos: // without an escape
		return r.source[start : start+len(text)]
	}
	return r.keep(text)
}

// keepName is the name of the member at hand, to keep.
func (r *reader) keepName() string { return r.keep(r.name) }

func (r *reader) keep(text []byte) string {
	if len(r.data) > smallBody {
		return string(text)
	}
	return r.kept.string(text, len(r.data)-r.pos)
}

// appendUnescaped appends what a string means whose escapes are known to be well-formed.
func appendUnescaped(out, text []byte) []byte {
	for {
		n := bytes.IndexByte(text, '\\')
		if n < 0 {
			return append(out, text...)
		}
		out = append(out, text[:n]...)
		length := 2
		switch c := text[n+1]; c {
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
			var code rune
			code, length = unescaped(text[n:])
			out = utf8.AppendRune(out, code)
		default:
			out = append(out, c)
		}
		text = text[n+length:]
	}
}

// unescaped is what the \uXXXX, or the pair of these, means that text begins with, and how long it is.
func unescaped(text []byte) (code rune, length int) {
	code = unicodeEscaped(text)
	if utf16.IsSurrogate(code) {
		if pair := utf16.DecodeRune(code, unicodeEscaped(text[6:])); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return code, 6
}
