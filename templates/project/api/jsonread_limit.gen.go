package api

import (
	"bytes"
	"cmp"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// The limits of numbers.

// beyond notes a limit of the document that a number is beyond. That says more than that its Go type has no
// room for it.
func (r *reader) beyond(limit string) {
	if last := len(r.found) - 1; r.trials == 0 && last >= 0 && r.found[last] == (Invalid{Pointer: r.pointer(), Detail: outOfRange}) {
		r.found = r.found[:last]
	}
	r.fault(limit)
}

func (r *reader) minimum(n, least float64) {
	if !(n >= least) {
		r.beyond(tooSmall(decimal(least)))
	}
}

func (r *reader) maximum(n, most float64) {
	if !(n <= most) {
		r.beyond(tooLarge(decimal(most)))
	}
}

func (r *reader) above(n, bound float64) {
	if !(n > bound) {
		r.beyond(notAbove(decimal(bound)))
	}
}

func (r *reader) below(n, bound float64) {
	if !(n < bound) {
		r.beyond(notBelow(decimal(bound)))
	}
}

// The long limits are integers of more than 53 bits: what they have in common with a number as a float64 is not all.

func (r *reader) longMinimum(n float64, least string) {
	if r.against(n, least) < 0 {
		r.beyond(tooSmall(least))
	}
}

func (r *reader) longMaximum(n float64, most string) {
	if r.against(n, most) > 0 {
		r.beyond(tooLarge(most))
	}
}

func (r *reader) longAbove(n float64, bound string) {
	if r.against(n, bound) <= 0 {
		r.beyond(notAbove(bound))
	}
}

func (r *reader) longBelow(n float64, bound string) {
	if r.against(n, bound) >= 0 {
		r.beyond(notBelow(bound))
	}
}

// against compares n, which was just read, with a limit. Where both are the same float64, their texts tell.
func (r *reader) against(n float64, limit string) int {
	const longest = 400 // of a number without needless digits
	near, _ := strconv.ParseFloat(limit, 64)
	sent := r.data[:r.pos]
	sent = sent[bytes.LastIndexFunc(sent, func(c rune) bool { return !strings.ContainsRune("0123456789+-.eE", c) })+1:]
	if n != near || len(sent) > longest {
		return cmp.Compare(n, near)
	}
	exact, ok := new(big.Rat).SetString(string(sent))
	bound, known := new(big.Rat).SetString(limit)
	if !ok || !known {
		return 0
	}
	return exact.Cmp(bound)
}

// within holds an integer against the range of its format.
func (r *reader) within(n float64, format string) {
	bits := 63
	if format == "int32" {
		bits = 31
	}
	if limit := math.Ldexp(1, bits); n < -limit || n > limit || n == limit && bits == 31 {
		r.fault(describeFormat(format))
	}
}

// multipleOfWhole holds an integer against a step, with all the digits that float64 has no place for. The
// number that was sent may be none.
func multipleOfWhole[T integer](r *reader, n T, sent float64, of uint64) {
	if float64(n) != sent {
		r.multipleOf(sent, float64(of))
		return
	}
	size := uint64(n)
	if n < 0 {
		size = -size
	}
	if size%of != 0 {
		r.fault(noMultiple(decimal(float64(of))))
	}
}

// multipleOf takes integers the short way. Fractions are the decimals that they are written as: 0.3 is a multiple of
// 0.1, and 0.30000000000000004 is none.
func (r *reader) multipleOf(n, of float64) {
	const exact = 1 << 53
	if n == math.Trunc(n) && of == math.Trunc(of) && math.Abs(n) <= exact && 0 < of && of <= exact {
		if math.Mod(n, of) != 0 {
			r.fault(noMultiple(decimal(of)))
		}
		return
	}
	number, step := shortest(n), shortest(of)
	if step.Sign() <= 0 || !number.Quo(number, step).IsInt() {
		r.fault(noMultiple(decimal(of)))
	}
}

// shortest is the decimal of the fewest digits that reads as f.
func shortest(f float64) *big.Rat {
	d, _ := new(big.Rat).SetString(strconv.FormatFloat(f, 'g', -1, 64))
	return d
}
