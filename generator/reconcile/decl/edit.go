package decl

import (
	"cmp"
	"slices"
	"strings"
)

// edit replaces some bytes of a file.
type edit struct {
	start, end int
	text       string
}

// splice makes edits that do not overlap. Those at one place keep their order.
func splice(data []byte, edits []edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	var out []byte
	done := 0
	for _, e := range edits {
		out = append(out, data[done:e.start]...)
		out = append(out, e.text...)
		done = e.end
	}
	return append(out, data[done:]...)
}

// ending is text with the line ends of f.
func (f *file) ending(text string) string {
	if f.crlf {
		return strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text
}

// after is the place behind a unit where the next one may begin: comments that stand right below it
// belong to it.
func (f *file) after(u *unit) int {
	end := u.end
	for _, group := range f.ast.Comments {
		start := f.offset(group.Pos())
		if start >= end && strings.Count(string(f.data[end:start]), "\n") == 1 && !f.documents(start) {
			end = f.commentEnd(group.List[len(group.List)-1])
		}
	}
	return end
}

// documents says that the comment at an offset is that of a declaration.
func (f *file) documents(start int) bool {
	return slices.ContainsFunc(f.units, func(u *unit) bool { return u.start == start })
}

// bottom is the end of what stands in f, before the last line end.
func (f *file) bottom() int {
	return len(strings.TrimRight(string(f.data), "\r\n \t"))
}

// removal takes a unit out, and the empty line above it: what insertion put in.
func (f *file) removal(u *unit) edit {
	start := u.start
	line, _, _ := strings.Cut(string(f.data[u.end:]), "\n")
	if rest := strings.TrimRight(line, " \t\r"); rest != "" {
		return edit{start, u.end + len(rest) - len(strings.TrimLeft(rest, " \t;")), ""}
	}
	for range 2 {
		switch {
		case strings.HasSuffix(string(f.data[:start]), "\r\n"):
			start -= 2
		case strings.HasSuffix(string(f.data[:start]), "\n"):
			start--
		}
	}
	return edit{start, u.end, ""}
}
