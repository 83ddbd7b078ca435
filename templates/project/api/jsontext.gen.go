package api

import (
	"bytes"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// string writes a string. What is not UTF-8 becomes U+FFFD.
func (w *writer) string(v string) {
	n := plain(v)
	w.buf = append(w.buf, '"')
	w.buf = append(w.buf, v[:n]...)
	if n < len(v) {
		w.escape(v[n:])
	}
	w.buf = append(w.buf, '"')
}

// plain is how much of the beginning of a string stands in JSON as it is. It looks at eight bytes at a
// time: the top bit of one is set in mask where a byte is not ASCII, below a space, '"' or '\\'. It may be set
// in bytes behind that one, too.
func plain[T string | []byte](v T) int {
	const ones = 0x0101010101010101
	i := 0
	for ; len(v)-i >= 8; i += 8 {
		b := v[i : i+8]
		x := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		mask := (x | (x - ' '*ones) | (x ^ '"'*ones - ones) | (x ^ '\\'*ones - ones)) & (0x80 * ones)
		if mask != 0 {
			return i + bits.TrailingZeros64(mask)/8
		}
	}
	for i < len(v) && isPlain(v[i]) {
		i++
	}
	return i
}

func isPlain(c byte) bool { return c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' }

func (w *writer) escape(v string) {
	buf, from := w.buf, 0
	for i := 0; i < len(v); {
		switch c := v[i]; {
		case isPlain(c):
			i += plain(v[i:])
		case c < utf8.RuneSelf:
			buf = appendEscape(append(buf, v[from:i]...), c)
			i++
			from = i
		default:
			r, size := utf8.DecodeRuneInString(v[i:])
			if r == utf8.RuneError && size == 1 || r == '\u2028' || r == '\u2029' {
				buf = appendRune(append(buf, v[from:i]...), r)
				from = i + size
			}
			i += size
		}
	}
	buf = append(buf, v[from:]...)
	w.buf = buf
}

const hexDigits = "0123456789abcdef"

func appendEscape(buf []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(buf, '\\', c)
	case '\b':
		return append(buf, `\b`...)
	case '\f':
		return append(buf, `\f`...)
	case '\n':
		return append(buf, `\n`...)
	case '\r':
		return append(buf, `\r`...)
	case '\t':
		return append(buf, `\t`...)
	}
	return append(buf, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}

// appendRune escapes what JavaScript takes for the end of a line, and what stands for bytes that are
// no UTF-8.
func appendRune(buf []byte, r rune) []byte {
	return append(buf, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
}

// unescape writes <, > and & behind start as they are: json.Marshal, which stands in many a MarshalJSON, has
// escapes for them, in case that somebody takes JSON for HTML. A browser that is told application/json and nosniff
// does not, and answers are the same whatever type a text is in.
func (w *writer) unescape(start int) {
	text := w.buf[start:]
	if !bytes.Contains(text, []byte(`\u00`)) {
		return
	}
	out := text[:0]
	for len(text) > 0 {
		length := 1
		if text[0] == '\\' {
			length = 2
		}
		if c := unescapedHTML(text); c != 0 {
			out, length = append(out, c), 6
		} else {
			out = append(out, text[:length]...)
		}
		text = text[length:]
	}
	w.buf = w.buf[:start+len(out)]
}

// unescapedHTML is the character whose escape text begins with, 0 if that is none of HTML's.
func unescapedHTML(text []byte) byte {
	switch string(text[:min(len(text), 6)]) {
	case `\u003c`:
		return '<'
	case `\u003e`:
		return '>'
	case `\u0026`:
		return '&'
	}
	return 0
}

// arena keeps strings, several in one piece of memory.
type arena struct{ strings.Builder }

// string is text as a string. Where a new piece is needed it has that size, or more.
func (a *arena) string(text []byte, size int) string {
	if len(text) > a.Cap()-a.Len() { // what is kept already must stay where it is
		a.Builder = strings.Builder{}
		a.Grow(max(size, len(text)))
	}
	start := a.Len()
	_, _ = a.Write(text)
	return a.String()[start:]
}
