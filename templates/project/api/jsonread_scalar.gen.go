package api

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"math"
	"strconv"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"
)

// The read functions put the value at hand into v. They return false where it is a fault that it is
// what it is; v is of no use then.

// string is the string at hand.
func (r *reader) string() string {
	start := r.pos + 1
	text := r.text()
	if len(text) == 0 {
		return ""
	}
	if len(r.data) > smallBody || r.pos-1-start != len(text) {
		return string(text)
	}
	if r.whole == "" {
		r.whole = string(r.data)
	}
	return r.whole[start : start+len(text)]
}

func readString[T ~string](r *reader, v *T) bool {
	if r.peek() != '"' {
		r.mismatch("must be a string")
		return false
	}
	*v = T(r.string())
	return !r.broken
}

// readEnum reads one of the values.
func readEnum[T ~string](r *reader, v *T, values ...T) bool {
	if r.peek() != '"' {
		r.fault(mustBe(values))
		r.skip()
		return false
	}
	text := r.text()
	for _, value := range values {
		if string(text) == string(value) {
			*v = value
			return !r.broken
		}
	}
	r.fault(mustBe(values))
	return false
}

func mustBe[T ~string](values []T) string {
	list := make([]any, len(values))
	for i, value := range values {
		list[i] = value
	}
	return "must be " + alternatives(list)
}

func readBool[T ~bool](r *reader, v *T) bool {
	if r.kind() != booleans {
		r.mismatch("must be a boolean")
		return false
	}
	*v = T(r.boolean())
	return !r.broken
}

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// readInt reads an integer, which may be written as 1.0 or 1e3. The format is that of the schema.
func readInt[T integer](r *reader, v *T, format string) bool {
	if r.kind() != numbers {
		r.mismatch("must be an integer")
		return false
	}
	literal := r.number()
	if r.broken {
		return false
	}
	if n, ok := shortInt(literal); ok {
		if *v = T(n); int64(*v) == n && (*v < 0) == (n < 0) {
			return true
		}
	} else if detail := readLongInt(literal, v); detail == "" {
		return true
	} else if detail != outOfRange {
		r.fault(detail)
		return false
	}
	if format == "" {
		r.fault(outOfRange)
	} else {
		r.fault(describeFormat(format))
	}
	return false
}

// shortInt reads an integer of up to 18 digits.
func shortInt(literal []byte) (n int64, ok bool) {
	digits := literal
	if digits[0] == '-' {
		digits = digits[1:]
	}
	if len(digits) > 18 {
		return 0, false
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	if len(digits) < len(literal) {
		n = -n
	}
	return n, true
}

// readLongInt is for what shortInt does not read. It returns what is wrong.
func readLongInt[T integer](literal []byte, v *T) string {
	f, err := strconv.ParseFloat(string(literal), 64)
	switch {
	case err != nil:
		return outOfRange
	case f != math.Trunc(f):
		return "must be an integer"
	}
	number := wholeNumber(json.Number(literal)).String()
	if n, err := strconv.ParseInt(number, 10, 64); err == nil {
		if *v = T(n); int64(*v) == n && (*v < 0) == (n < 0) {
			return ""
		}
	}
	if n, err := strconv.ParseUint(number, 10, 64); err == nil {
		if *v = T(n); *v > 0 && uint64(*v) == n {
			return ""
		}
	}
	return outOfRange
}

func readFloat[T ~float32 | ~float64](r *reader, v *T) bool {
	if r.kind() != numbers {
		r.mismatch("must be a number")
		return false
	}
	literal := r.number()
	if r.broken {
		return false
	}
	f, err := strconv.ParseFloat(string(literal), sizeOf[T]())
	if err != nil {
		r.fault(outOfRange)
		return false
	}
	*v = T(f)
	return true
}

// readWhole is readInt for a Go type that has fractions.
func readWhole[T ~float32 | ~float64](r *reader, v *T) bool {
	if r.kind() != numbers {
		r.mismatch("must be an integer")
		return false
	}
	if !readFloat(r, v) {
		return false
	}
	if float64(*v) != math.Trunc(float64(*v)) {
		r.fault("must be an integer")
		return false
	}
	return true
}

// sizeOf is how many bits a float has.
func sizeOf[T ~float32 | ~float64]() int {
	if third := 1.0 / 3; float64(T(third)) == third {
		return 64
	}
	return 32
}

// readTime reads a date-time.
func readTime(r *reader, v *time.Time) bool {
	return readFormatted(r, "date-time", func(text []byte) error {
		if err := v.UnmarshalText(text); err != nil || isStrictTime(string(text)) {
			return err
		}
		return errFormat
	})
}

func readDate(r *reader, v *openapi_types.Date) bool {
	return readFormatted(r, "date", v.UnmarshalText)
}

func readUUID(r *reader, v *openapi_types.UUID) bool {
	return readFormatted(r, "uuid", func(text []byte) error {
		if len(text) != 36 { // the other spellings that the type reads are not the format's
			return errFormat
		}
		return v.UnmarshalText(text)
	})
}

func readEmail(r *reader, v *openapi_types.Email) bool {
	return readFormatted(r, "email", func(text []byte) error {
		if !isEmail(string(text)) {
			return errFormat
		}
		quoted, err := json.Marshal(string(text))
		if err != nil {
			return err
		}
		return v.UnmarshalJSON(quoted)
	})
}

func readBytes[T ~[]byte](r *reader, v *T) bool {
	return readFormatted(r, "byte", func(text []byte) (err error) {
		if bytes.ContainsAny(text, "\r\n") { // which Go's decoder passes over
			return errFormat
		}
		*v, err = base64.StdEncoding.AppendDecode([]byte{}, text)
		return err
	})
}

// readFormatted reads a string of which parse makes a value.
func readFormatted(r *reader, format string, parse func([]byte) error) bool {
	if r.peek() != '"' {
		r.mismatch("must be a string")
		return false
	}
	if text := r.text(); r.broken || parse(text) != nil {
		r.fault(describeFormat(format))
		return false
	}
	return true
}

// readOther reads a type that has a decoder of its own.
func readOther(r *reader, v json.Unmarshaler) bool {
	if text := r.raw(); r.broken || v.UnmarshalJSON(text) != nil {
		r.fault(outOfRange)
		return false
	}
	return true
}

// grow appends an item to a list and returns it.
func grow[L ~[]T, T any](list *L) *T {
	if cap(*list) == 0 {
		*list = make(L, 0, 4)
	}
	var item T
	*list = append(*list, item)
	return &(*list)[len(*list)-1]
}
