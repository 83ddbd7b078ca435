// Package merge3 merges what gen would write now with what an author made of what gen wrote before, for
// files that are not Go code: text by lines, go.mod by requirements, go.sum by sums.
//
// It neither reads nor writes files. Declarations of Go code are not its business.
package merge3

import (
	"bytes"
	"slices"
)

// The lines around what both sides changed.
const (
	markOurs   = "<<<<<<< yours"
	markMiddle = "======="
	markTheirs = ">>>>>>> gen"
)

// Text merges line by line: base is what gen wrote last, ours what the author made of it, theirs what
// gen would write now. What only one side changed is taken; where both changed the same lines, or
// lines that touch, in different ways, conflicts is true and merged has both versions between
// conflict markers. Merged keeps the line endings of ours, and whether its last line is terminated.
func Text(base, ours, theirs []byte) (merged []byte, conflicts bool) {
	return merge(base, ours, theirs, func([]line, chunk) ([]line, bool) { return nil, false })
}

// merge merges line by line. What both sides changed in different ways is no conflict where both, which is
// given what stands before it, knows what becomes of it.
func merge(base, ours, theirs []byte, both func(before []line, c chunk) ([]line, bool)) (merged []byte, conflicts bool) {
	switch {
	case bytes.Equal(base, theirs):
		return bytes.Clone(ours), false
	case bytes.Equal(base, ours):
		return bytes.Clone(theirs), false
	}
	b, o, t := split(base), split(ours), split(theirs)
	for i := range t {
		t[i].ending = ""
	}
	var out []line
	for _, c := range chunks(b, o, t) {
		switch {
		case same(c.ours, c.theirs), same(c.base, c.theirs):
			out = append(out, c.ours...)
		case same(c.base, c.ours):
			out = append(out, c.theirs...)
		default:
			lines, ok := both(out, c)
			if !ok {
				lines, conflicts = conflict(c), true
			}
			out = append(out, lines...)
		}
	}
	return join(out, styleOf(ours, theirs)), conflicts
}

// conflict is what both sides have between markers, without the lines that they have in common at
// either end.
func conflict(c chunk) []line {
	head := commonPrefix(c.ours, c.theirs)
	tail := commonSuffix(c.ours[head:], c.theirs[head:])
	end := len(c.ours) - tail
	return slices.Concat(
		c.ours[:head],
		[]line{{text: markOurs}}, c.ours[head:end],
		[]line{{text: markMiddle}}, c.theirs[head:len(c.theirs)-tail],
		[]line{{text: markTheirs}}, c.ours[end:],
	)
}

// chunk is a stretch of the three texts between two places where they agree.
type chunk struct{ base, ours, theirs []line }

// chunks cuts the three texts at each line of base that both others still have. Such a line is a chunk
// of its own, so that ours can have it with another ending.
func chunks(base, ours, theirs []line) []chunk {
	inOurs, inTheirs := match(base, ours), match(base, theirs)
	var list []chunk
	b, o, t := 0, 0, 0
	for i := range base {
		if inOurs[i] < 0 || inTheirs[i] < 0 {
			continue
		}
		list = append(list,
			chunk{base[b:i], ours[o:inOurs[i]], theirs[t:inTheirs[i]]},
			chunk{base[i : i+1], ours[inOurs[i] : inOurs[i]+1], theirs[inTheirs[i] : inTheirs[i]+1]})
		b, o, t = i+1, inOurs[i]+1, inTheirs[i]+1
	}
	return append(list, chunk{base[b:], ours[o:], theirs[t:]})
}
