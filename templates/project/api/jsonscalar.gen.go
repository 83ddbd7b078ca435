package api

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"net/mail"
	"strconv"
	"time"
	"unicode/utf8"

	openapi_types "github.com/oapi-codegen/runtime/types"
)

func (w *writer) null() { w.buf = append(w.buf, "null"...) }

func (w *writer) bool(v bool) { w.buf = strconv.AppendBool(w.buf, v) }

func (w *writer) int(v int64) { w.buf = strconv.AppendInt(w.buf, v, 10) }

func (w *writer) uint(v uint64) { w.buf = strconv.AppendUint(w.buf, v, 10) }

func (w *writer) float(v float64) { w.number(v, 64) }

func (w *writer) float32(v float32) { w.number(float64(v), 32) }

// number writes the shortest text that reads as the same number: as ECMAScript does, with an exponent
// where the number is very large or very small.
func (w *writer) number(v float64, bits int) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		w.fail(fmt.Errorf("%v is no number of JSON", v))
		return
	}
	size, format := math.Abs(v), byte('f')
	if size != 0 && (bits == 64 && (size < 1e-6 || size >= 1e21) || bits == 32 && (float32(size) < 1e-6 || float32(size) >= 1e21)) {
		format = 'e'
	}
	w.buf = strconv.AppendFloat(w.buf, v, format, -1, bits)
	if n := len(w.buf); format == 'e' && w.buf[n-4] == 'e' && w.buf[n-3] == '-' && w.buf[n-2] == '0' {
		w.buf[n-2] = w.buf[n-1] // e-09 is e-9 there
		w.buf = w.buf[:n-1]
	}
}

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
// time: the top bit of one is set in mask where a byte is not ASCII, below a space, '"' or '\\'.
func plain(v string) int {
	const ones = 0x0101010101010101
	i := 0
	for ; len(v)-i >= 8; i += 8 {
		b := v[i : i+8]
		x := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		mask := x | (x - ' '*ones) | (x ^ '"'*ones - ones) | (x ^ '\\'*ones - ones)
		if mask&(0x80*ones) != 0 {
			break
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
		if c := v[i]; c < utf8.RuneSelf {
			if !isPlain(c) {
				buf = appendEscape(append(buf, v[from:i]...), c)
				from = i + 1
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(v[i:])
		if r == utf8.RuneError && size == 1 || r == '\u2028' || r == '\u2029' {
			buf = appendRune(append(buf, v[from:i]...), r)
			from = i + size
		}
		i += size
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

// bytes writes base64 (RFC 4648 §4), and null for nil.
func (w *writer) bytes(v []byte) {
	if v == nil {
		w.null()
		return
	}
	w.buf = append(base64.StdEncoding.AppendEncode(append(w.buf, '"'), v), '"')
}

// time writes RFC 3339, which has years of four digits.
func (w *writer) time(v time.Time) {
	w.buf = append(w.buf, '"')
	text, err := v.AppendText(w.buf)
	if err != nil {
		w.fail(err)
		return
	}
	w.buf = text
	w.buf = append(w.buf, '"')
}

func (w *writer) date(v openapi_types.Date) {
	w.buf = append(v.AppendFormat(append(w.buf, '"'), openapi_types.DateFormat), '"')
}

func (w *writer) uuid(v openapi_types.UUID) {
	w.buf = append(w.buf, '"')
	from := 0
	for _, to := range [...]int{4, 6, 8, 10} {
		w.buf = append(hex.AppendEncode(w.buf, v[from:to]), '-')
		from = to
	}
	w.buf = append(hex.AppendEncode(w.buf, v[from:]), '"')
}

// email writes the address alone of an e-mail address: "Ann <a@b.c>" becomes "a@b.c".
func (w *writer) email(v openapi_types.Email) {
	address, err := mail.ParseAddress(string(v))
	if err != nil {
		w.fail(openapi_types.ErrValidationEmail)
		return
	}
	w.string(address.Address)
}

// raw writes JSON text without its white space, and null for nil.
func (w *writer) raw(v json.RawMessage) {
	if v == nil {
		w.null()
		return
	}
	w.text(v, nil)
}

// text writes what MarshalJSON returned.
func (w *writer) text(v []byte, err error) {
	buf := bytes.NewBuffer(w.buf)
	if err == nil {
		err = json.Compact(buf, v)
	}
	if err != nil {
		w.fail(err)
		return
	}
	w.buf = buf.Bytes()
}
