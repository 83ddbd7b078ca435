package merge3

import (
	"slices"
	"sort"
)

// match says for each line of a which line of b it became, -1 for none. Matched lines are equal and in
// the same order. It is patience diff: lines that occur once on both sides are the fixed points, and
// what lies between them is compared again.
func match(a, b []line) []int {
	matched := slices.Repeat([]int{-1}, len(a))
	matchInto(matched, a, b, 0)
	return matched
}

// matchInto matches a, whose results go to matched, with b, which begins at line start of its text.
func matchInto(matched []int, a, b []line, start int) {
	head := commonPrefix(a, b)
	for i := range head {
		matched[i] = start + i
	}
	matched, a, b, start = matched[head:], a[head:], b[head:], start+head

	tail := commonSuffix(a, b)
	for i := range tail {
		matched[len(a)-1-i] = start + len(b) - 1 - i
	}
	matched, a, b = matched[:len(a)-tail], a[:len(a)-tail], b[:len(b)-tail]

	fixed := anchors(a, b)
	if len(fixed) == 0 {
		return
	}
	i, j := 0, 0
	for _, f := range append(fixed, anchor{len(a), len(b)}) {
		matchInto(matched[i:f.a], a[i:f.a], b[j:f.b], start+j)
		if f.a < len(a) {
			matched[f.a] = start + f.b
		}
		i, j = f.a+1, f.b+1
	}
}

// anchor is a line that stands in both texts, by its index in each.
type anchor struct{ a, b int }

// anchors are the most lines, in the same order on both sides, that occur once on each.
func anchors(a, b []line) []anchor {
	inA, inB := once(a), once(b)
	var unique []anchor
	for i, l := range a {
		if inA[l.text] == i {
			if j, found := inB[l.text]; found && j >= 0 {
				unique = append(unique, anchor{i, j})
			}
		}
	}
	return increasing(unique)
}

// once is where each line stands that occurs once, -1 for those that occur more often.
func once(lines []line) map[string]int {
	at := make(map[string]int, len(lines))
	for i, l := range lines {
		if _, seen := at[l.text]; seen {
			i = -1
		}
		at[l.text] = i
	}
	return at
}

// increasing is the longest subsequence of list whose b increases; its a does already.
func increasing(list []anchor) []anchor {
	var tops []int // tops[n] ends the best sequence of n+1 anchors
	previous := make([]int, len(list))
	for i, x := range list {
		n := sort.Search(len(tops), func(n int) bool { return list[tops[n]].b >= x.b })
		previous[i] = -1
		if n > 0 {
			previous[i] = tops[n-1]
		}
		if n == len(tops) {
			tops = append(tops, i)
		}
		tops[n] = i
	}
	if len(tops) == 0 {
		return nil
	}
	longest := make([]anchor, len(tops))
	for n, i := len(tops)-1, tops[len(tops)-1]; n >= 0; n, i = n-1, previous[i] {
		longest[n] = list[i]
	}
	return longest
}
