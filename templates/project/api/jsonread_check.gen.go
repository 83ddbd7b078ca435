package api

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
)

// The checks note what is wrong with a value that was read.

func size(n int) uint64 { return uint64(n) } //nolint:gosec // what is counted is not negative

func (r *reader) minLength(s string, least uint64) {
	if size(len(s))/utf8.UTFMax < least && size(utf8.RuneCountInString(s)) < least {
		r.fault(tooShort(least))
	}
}

func (r *reader) maxLength(s string, most uint64) {
	if size(len(s)) > most && size(utf8.RuneCountInString(s)) > most {
		r.fault(tooLong(most))
	}
}

// pattern is a pattern of the document, compiled.
type pattern struct {
	openapi3.RegexMatcher
	text string
}

func newPattern(text string) *pattern {
	matcher, err := compilePattern(text)
	if err != nil {
		matcher = anything{}
	}
	return &pattern{matcher, text}
}

func (r *reader) pattern(s string, p *pattern) {
	if !p.MatchString(s) {
		r.fault(unmatched(p.text))
	}
}

func (r *reader) format(s, format string, fits func(string) bool) {
	if !fits(s) {
		r.fault(describeFormat(format))
	}
}

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
		r.beyond(tooSmall(least))
	}
}

func (r *reader) maximum(n, most float64) {
	if !(n <= most) {
		r.beyond(tooLarge(most))
	}
}

func (r *reader) above(n, bound float64) {
	if !(n > bound) {
		r.beyond(notAbove(bound))
	}
}

func (r *reader) below(n, bound float64) {
	if !(n < bound) {
		r.beyond(notBelow(bound))
	}
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
		r.fault(noMultiple(float64(of)))
	}
}

// multipleOf takes integers the short way; for fractions it asks what knows the error that they carry.
func (r *reader) multipleOf(n, of float64) {
	const exact = 1 << 53
	if n == math.Trunc(n) && of == math.Trunc(of) && math.Abs(n) <= exact && 0 < of && of <= exact {
		if math.Mod(n, of) != 0 {
			r.fault(noMultiple(of))
		}
		return
	}
	if (&openapi3.Schema{MultipleOf: &of}).VisitJSONNumber(n) != nil {
		r.fault(noMultiple(of))
	}
}

func (r *reader) minItems(n int, least uint64) {
	if size(n) < least {
		r.fault(tooFewItems(least))
	}
}

func (r *reader) maxItems(n int, most uint64) {
	if size(n) > most {
		r.fault(tooManyItems(most))
	}
}

func (r *reader) minMembers(n int, least uint64) {
	if size(n) < least {
		r.fault(tooFewMembers(least))
	}
}

func (r *reader) maxMembers(n int, most uint64) {
	if size(n) > most {
		r.fault(tooManyMembers(most))
	}
}

// require notes which of the members, which are the first ones in seen, are not there.
func (r *reader) require(seen uint64, names ...string) {
	all := uint64(1)<<len(names) - 1
	if seen&all == all {
		return
	}
	for i, name := range names {
		if seen&(1<<i) == 0 {
			r.faultIn(name, missing)
		}
	}
}

// refuse leaves a member behind that must not be there.
func (r *reader) refuse() {
	r.fault(notAllowed)
	r.skip()
}

// here is where the value at hand begins, and how much was found to be wrong before it.
func (r *reader) here() (start, wrong int) {
	r.peek()
	return r.pos, len(r.found) + r.failures
}

// uniqueItems looks for an item that is there twice, in an array that began where here said. Items that
// are wrong have no value to compare, and the array is read again.
func uniqueItems[T comparable](r *reader, items []T, start, wrong int) {
	const few = 16
	if behind, found := r.here(); found > wrong {
		r.rewind(start)
		r.unique()
		r.rewind(behind)
		return
	}
	if len(items) > few {
		seen := make(map[T]struct{}, len(items))
		for _, item := range items {
			seen[item] = struct{}{}
		}
		if len(seen) < len(items) {
			r.fault(itemTwice)
		}
		return
	}
	for i, item := range items {
		if slices.Contains(items[:i], item) {
			r.fault(itemTwice)
			return
		}
	}
}

// unique looks for an item that is twice in the array at hand, which it does not leave behind.
func (r *reader) unique() bool {
	if r.kind() != arrays {
		return true
	}
	start := r.pos
	seen := map[string]bool{}
	twice := false
	for r.open(true); r.item(); {
		value, _ := parseJSON(r.raw())
		text, err := json.Marshal(value)
		twice = twice || err == nil && seen[string(text)]
		seen[string(text)] = true
	}
	r.rewind(start)
	if twice {
		r.fault(itemTwice)
	}
	return !twice
}

// oneOfValues says that the value at hand, which it does not leave behind, is one of the values. Any other is a fault
// and is left behind.
func (r *reader) oneOfValues(values []any) bool {
	r.peek()
	start := r.pos
	r.trials++
	value := r.anything()
	r.trials--
	for _, allowed := range values {
		if !r.broken && reflect.DeepEqual(allowed, value) {
			r.rewind(start)
			return true
		}
	}
	r.fault("must be " + alternatives(values))
	return false
}

// jsonValues are the values of a JSON array that is known to be one.
func jsonValues(text string) (values []any) {
	_ = json.Unmarshal([]byte(text), &values)
	return values
}
