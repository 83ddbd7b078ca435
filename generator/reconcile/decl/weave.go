package decl

import (
	"go/format"
	"slices"
	"strings"
)

// weave merges two versions of a declaration where a merge on lines sees a conflict because both changed
// lines that touch: each side's new lines go in, each side's old ones out. It is false where both
// replaced the same line, and where the order of lines counts.
func weave(base, ours, theirs string) (string, bool) {
	lines := strings.Split(base, "\n")
	mine, gens := align(lines, strings.Split(ours, "\n")), align(lines, strings.Split(theirs, "\n"))
	if strings.Contains(base, "iota") || clash(mine, gens) {
		return "", false
	}
	var out []string
	for i := range len(lines) + 1 {
		for _, line := range gens.added[i] {
			if spaced(line) == "" || !slices.ContainsFunc(mine.added[i], func(other string) bool { return spaced(other) == spaced(line) }) {
				out = append(out, line)
			}
		}
		out = append(out, mine.added[i]...)
		if i < len(lines) && mine.kept[i] != nil && gens.kept[i] != nil {
			out = append(out, *mine.kept[i])
		}
	}
	return strings.Join(out, "\n"), true
}

// formattedAs formats a declaration if another one is formatted.
func formattedAs(like, text string) string {
	if formatted, err := format.Source([]byte(like)); err != nil || string(formatted) != like {
		return text
	}
	if formatted, err := format.Source([]byte(text)); err == nil {
		return string(formatted)
	}
	return text
}

// alignment is a text beside an older one: the lines that it kept, nil for one that it lost, and those
// that it added above each, and at the end.
type alignment struct {
	kept  []*string
	added [][]string
}

// clash says that both sides replaced the same line.
func clash(a, b alignment) bool {
	for i := range a.kept {
		if a.kept[i] == nil && b.kept[i] == nil && a.addedAt(i) && b.addedAt(i) {
			return true
		}
	}
	return false
}

func (a alignment) addedAt(i int) bool { return len(a.added[i])+len(a.added[i+1]) > 0 }

// align finds the longest common subsequence of lines, spaces aside.
func align(base, text []string) alignment {
	common := make([][]int, len(base)+1)
	for i := range common {
		common[i] = make([]int, len(text)+1)
	}
	for i, line := range slices.Backward(base) {
		for j, other := range slices.Backward(text) {
			common[i][j] = max(common[i+1][j], common[i][j+1])
			if spaced(line) == spaced(other) {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	a := alignment{make([]*string, len(base)), make([][]string, len(base)+1)}
	i := 0
	for j := 0; j < len(text); {
		switch {
		case i < len(base) && spaced(base[i]) == spaced(text[j]):
			a.kept[i] = &text[j]
			i, j = i+1, j+1
		case i < len(base) && common[i+1][j] >= common[i][j+1]:
			i++
		default:
			a.added[i] = append(a.added[i], text[j])
			j++
		}
	}
	return a
}

// spaced is a line with one space between its words.
func spaced(line string) string { return strings.Join(strings.Fields(line), " ") }
