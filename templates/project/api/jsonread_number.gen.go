package api

import (
	"encoding/json"
	"math"
	"strconv"
)

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
