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
	"strings"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"
)

func (w *writer) null() { w.buf = append(w.buf, "null"...) }

func (w *writer) bool(v bool) { w.buf = strconv.AppendBool(w.buf, v) }

func (w *writer) int(v int64) { w.buf = strconv.AppendInt(w.buf, v, 10) }

func (w *writer) uint(v uint64) { w.buf = strconv.AppendUint(w.buf, v, 10) }

func (w *writer) float(v float64) {
	if n := int64(v * 100); -hundredths < n && n < hundredths && n != 0 && float64(n)/100 == v {
		w.hundredths(n)
		return
	}
	w.number(v, 64)
}

// hundredths is how many of them are written the short way: a number of up to 15 digits is the only one of as
// few that reads as its float64.
const hundredths = 1e15

// hundredths writes n/100, which most numbers with a fraction are: prices, ratings, sizes.
func (w *writer) hundredths(n int64) {
	if n < 0 {
		w.buf = append(w.buf, '-')
		n = -n
	}
	w.buf = strconv.AppendInt(w.buf, n/100, 10)
	switch tens, ones := hexDigits[n/10%10], hexDigits[n%10]; {
	case ones != '0':
		w.buf = append(w.buf, '.', tens, ones)
	case tens != '0':
		w.buf = append(w.buf, '.', tens)
	}
}

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
	address, err := plainEmail(string(v))
	if err != nil {
		w.fail(openapi_types.ErrValidationEmail)
		return
	}
	w.string(address)
}

// plainEmail is the address alone, its local part in quotes where it needs them (RFC 5322 §3.4.1).
func plainEmail(text string) (string, error) {
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address == text {
		return text, err
	}
	bare := mail.Address{Address: address.Address}
	return strings.Trim(bare.String(), "<>"), nil
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
	start, buf := len(w.buf), bytes.NewBuffer(w.buf)
	if err == nil {
		err = json.Compact(buf, v)
	}
	if err != nil {
		w.fail(err)
		return
	}
	w.buf = buf.Bytes()
	w.unescape(start)
}
