package merge3

import (
	"regexp"
	"slices"
	"strings"
)

// Lines merges a list of lines that stand each for itself, as Text does, but that both sides added some at
// the same place is no conflict: gen's come first.
func Lines(base, ours, theirs []byte) (merged []byte, conflicts bool) {
	return merge(base, ours, theirs, func(_ []line, c chunk) ([]line, bool) {
		return slices.Concat(c.theirs, c.ours), len(c.base) == 0
	})
}

// SQL merges a list of statements, as Text does, but statements of both sides at the same place, such as the
// end, are no conflict: gen's come first. It is one where both create something of the same name; merged is
// then ours.
func SQL(base, ours, theirs []byte) (merged []byte, conflicts bool) {
	merged, conflicts = merge(base, ours, theirs, statements)
	if !conflicts && createsTwice(ours, theirs, merged) {
		return ours, true
	}
	return merged, conflicts
}

// statements are those of both sides where one side or both added some, and the other perhaps removed those
// beside them. It is false where that is within a statement.
func statements(before []line, c chunk) ([]line, bool) {
	switch {
	case !closed(before), !closed(c.base), !closed(c.ours), !closed(c.theirs):
		return nil, false
	case len(c.base) == 0:
		return slices.Concat(c.theirs, c.ours), true
	case len(c.theirs) == 0:
		return besides(c.base, c.ours)
	case len(c.ours) == 0:
		return besides(c.base, c.theirs)
	}
	return nil, false
}

// besides is what stands in text above or below what is removed, if it has nothing to do with that.
func besides(removed, text []line) ([]line, bool) {
	n := len(removed)
	switch {
	case len(text) < n:
		return nil, false
	case same(text[:n], removed):
		text = text[n:]
	case same(text[len(text)-n:], removed):
		text = text[:len(text)-n]
	default:
		return nil, false
	}
	words := identifier.FindAllString(string(join(text, style{"\n", true})), -1)
	for name := range created(join(removed, style{"\n", true})) {
		if slices.ContainsFunc(words, func(word string) bool { return strings.EqualFold(word, name) }) {
			return nil, false
		}
	}
	return text, closed(text)
}

// closed says that no statement is left open at the end of lines.
func closed(lines []line) bool {
	for _, l := range slices.Backward(lines) {
		code, _, _ := strings.Cut(l.text, "--")
		if code = strings.TrimSpace(code); code != "" {
			return strings.HasSuffix(code, ";")
		}
	}
	return true
}

var (
	identifier = regexp.MustCompile(`\w+`)
	table      = regexp.MustCompile("(?im)^CREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?[\"`\\[]?(\\w+)")
	create     = regexp.MustCompile("(?i)\\bCREATE\\s+(?:UNIQUE\\s+|VIRTUAL\\s+)?(?:TABLE|INDEX|VIEW|TRIGGER)\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?[\"`\\[]?(\\w+)")
)

// created says how often a text creates something of each name.
func created(text []byte) map[string]int {
	names := map[string]int{}
	for _, found := range create.FindAllSubmatch(text, -1) {
		names[strings.ToLower(string(found[1]))]++
	}
	return names
}

// Without is a list of statements without the paragraphs that create a table of one of some names.
func Without(list []byte, tables func(name string) bool) []byte {
	paragraphs := strings.Split(string(list), "\n\n")
	kept := slices.DeleteFunc(paragraphs, func(paragraph string) bool {
		found := table.FindStringSubmatch(paragraph)
		return found != nil && tables(found[1])
	})
	return []byte(strings.Join(kept, "\n\n"))
}

// createsTwice says that merged creates something more often than either side does.
func createsTwice(ours, theirs, merged []byte) bool {
	mine, gens := created(ours), created(theirs)
	for name, n := range created(merged) {
		if n > max(mine[name], gens[name]) {
			return true
		}
	}
	return false
}
