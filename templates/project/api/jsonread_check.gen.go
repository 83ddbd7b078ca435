package api

import (
	"encoding/json"
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
