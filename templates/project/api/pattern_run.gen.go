package api

import (
	"regexp/syntax"
	"unicode/utf8"
)

// run is a pattern that asks for characters of one class and for how many: ^[a-z0-9-]{1,32}$.
type run struct {
	ascii [utf8.RuneSelf]bool
	// beyond says that all of what is no ASCII is of the class.
	beyond bool
	// most is negative where there is no limit.
	least, most int
}

func (r *run) MatchString(s string) bool {
	n := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c < utf8.RuneSelf:
			if !r.ascii[c] {
				return false
			}
			n++
		case !r.beyond:
			return false
		case utf8.RuneStart(c):
			n++
		}
	}
	return n >= r.least && (r.most < 0 || n <= r.most)
}

func compileRun(pattern string) (*run, bool) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil || re.Op != syntax.OpConcat || len(re.Sub) != 3 ||
		re.Sub[0].Op != syntax.OpBeginText || re.Sub[2].Op != syntax.OpEndText {
		return nil, false
	}
	repeat := re.Sub[1]
	r := &run{least: repeat.Min, most: repeat.Max}
	switch repeat.Op {
	case syntax.OpRepeat:
	case syntax.OpStar:
		r.least, r.most = 0, -1
	case syntax.OpPlus:
		r.least, r.most = 1, -1
	default:
		return nil, false
	}
	return r, repeat.Sub[0].Op == syntax.OpCharClass && r.setClass(repeat.Sub[0].Rune)
}

// setClass takes pairs of the first and last character of ranges. It is false for a class that tells
// characters beyond ASCII from each other.
func (r *run) setClass(ranges []rune) bool {
	for i := 0; i < len(ranges); i += 2 {
		first, last := ranges[i], ranges[i+1]
		if last >= utf8.RuneSelf {
			if first > utf8.RuneSelf || last != utf8.MaxRune {
				return false
			}
			r.beyond, last = true, utf8.RuneSelf-1
		}
		for c := first; c <= last; c++ {
			r.ascii[c] = true
		}
	}
	return true
}
