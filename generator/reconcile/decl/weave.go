package decl

import (
	"go/format"
	"strings"
)

// weave merges two versions of a declaration that both only have lines more than base: each gets the
// other's. It is false where a side changed or took out a line, and where the order of lines counts.
func weave(base, ours, theirs string) (string, bool) {
	if strings.Contains(base, "iota") {
		return "", false
	}
	lines := strings.Split(base, "\n")
	mine, ok := insertions(lines, strings.Split(ours, "\n"))
	if !ok {
		return "", false
	}
	gens, ok := insertions(lines, strings.Split(theirs, "\n"))
	if !ok {
		return "", false
	}
	kept := insertedInto(lines, strings.Split(ours, "\n"))
	var out []string
	for i := range len(lines) + 1 {
		for _, line := range gens[i] {
			if strings.TrimSpace(line) == "" || !has(mine[i], line) {
				out = append(out, line)
			}
		}
		out = append(out, mine[i]...)
		if i < len(lines) {
			out = append(out, kept[i])
		}
	}
	text := strings.Join(out, "\n")
	if formatted, err := format.Source([]byte(text)); err == nil && isFormatted(ours) {
		text = string(formatted)
	}
	return text, true
}

func isFormatted(text string) bool {
	formatted, err := format.Source([]byte(text))
	return err == nil && string(formatted) == text
}

// insertions are the lines of text that stand before each line of base, and behind the last. It is
// false where base is not in text; spaces don't count.
func insertions(base, text []string) (map[int][]string, bool) {
	found := map[int][]string{}
	at := 0
	for _, line := range text {
		if at < len(base) && same(base[at], line) {
			at++
			continue
		}
		found[at] = append(found[at], line)
	}
	return found, at == len(base)
}

// insertedInto are the lines of base as text has them.
func insertedInto(base, text []string) []string {
	var kept []string
	for _, line := range text {
		if len(kept) < len(base) && same(base[len(kept)], line) {
			kept = append(kept, line)
		}
	}
	return kept
}

func same(a, b string) bool {
	return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
}

func has(lines []string, line string) bool {
	for _, other := range lines {
		if same(other, line) {
			return true
		}
	}
	return false
}
