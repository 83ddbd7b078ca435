package api

import (
	"strconv"
)

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// The readers of numbers return what they read as a float64, to be held against limits. It is false for
// what is no number, or none that a float64 holds. A number that is wrong for its type is a fault, v is of
// no use then, and its limits still count.

// readInt reads an integer, which may be written as 1.0 or 1e3. The format is that of the schema.
func readInt[T integer](r *reader, v *T, format string) (n float64, ok bool) {
	if r.kind() != numbers {
		r.mismatch("must be an integer")
		return 0, false
	}
	literal := r.number()
	if r.broken {
		return 0, false
	}
	if n, ok := shortInt(literal); ok {
		if *v = T(n); int64(*v) == n && (*v < 0) == (n < 0) {
			return float64(n), true
		}
	}
	return readLongInt(r, literal, v, format)
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

// readLongInt is for what shortInt does not read, or finds no room for.
func readLongInt[T integer](r *reader, literal []byte, v *T, format string) (n float64, ok bool) {
	n, err := strconv.ParseFloat(string(literal), 64)
	if err != nil {
		r.noRoom(format)
		return 0, false
	}
	size, whole, held := integerSize(literal)
	switch {
	case !whole:
		r.fault("must be an integer")
		if format != "" {
			r.within(n, format)
		}
	case !held || !hold(v, size, literal[0] == '-'):
		r.noRoom(format)
	}
	return n, true
}

// noRoom notes that no Go type of the format has the number.
func (r *reader) noRoom(format string) {
	if format == "" {
		r.fault(outOfRange)
	} else {
		r.fault(describeFormat(format))
	}
}

// hold puts an integer into v, and says that it has room for it.
func hold[T integer](v *T, size uint64, negative bool) bool {
	const least = 1 << 63 // of int64, without its sign
	if !negative {
		*v = T(size)
		return *v >= 0 && uint64(*v) == size
	}
	n := -int64(size) //nolint:gosec // the least one is its own negative
	*v = T(n)
	return size <= least && int64(*v) == n && (*v < 0) == (n < 0)
}

func readFloat[T ~float32 | ~float64](r *reader, v *T) (n float64, ok bool) {
	if r.kind() != numbers {
		r.mismatch("must be a number")
		return 0, false
	}
	literal := r.number()
	if r.broken {
		return 0, false
	}
	n, err := strconv.ParseFloat(string(literal), sizeOf[T]())
	if err == nil {
		*v = T(n)
		return n, true
	}
	r.fault(outOfRange)
	n, err = strconv.ParseFloat(string(literal), 64)
	return n, err == nil
}

// readWhole is readInt for a Go type that has fractions.
func readWhole[T ~float32 | ~float64](r *reader, v *T) (n float64, ok bool) {
	if r.kind() != numbers {
		r.mismatch("must be an integer")
		return 0, false
	}
	start := r.pos
	if n, ok = readFloat(r, v); !ok {
		return 0, false
	}
	if _, whole, _ := integerSize(r.data[start:r.pos]); !whole {
		r.fault("must be an integer")
	}
	return n, true
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
