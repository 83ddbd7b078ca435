package merge3

import (
	"bytes"
	"slices"
	"strings"
)

// line is a line of a text without its ending. The ending is the author's own, or "" for the
// prevailing one.
type line struct{ text, ending string }

func split(text []byte) []line {
	var lines []line
	for raw := range strings.Lines(string(text)) {
		content := strings.TrimSuffix(raw, "\n")
		if content == raw {
			lines = append(lines, line{raw, ""})
			continue
		}
		content = strings.TrimSuffix(content, "\r")
		lines = append(lines, line{content, raw[len(content):]})
	}
	return lines
}

// style is how a text ends its lines.
type style struct {
	ending     string
	terminated bool
}

// styleOf is the style of ours, where it has any text, else that of theirs.
func styleOf(ours, theirs []byte) style {
	text := ours
	if len(text) == 0 {
		text = theirs
	}
	s := style{"\n", bytes.HasSuffix(text, []byte("\n"))}
	if crlf := bytes.Count(text, []byte("\r\n")); 2*crlf > bytes.Count(text, []byte("\n")) {
		s.ending = "\r\n"
	}
	return s
}

// join makes a text of lines. Those that the author had keep their ending, all others take the style's.
func join(lines []line, s style) []byte {
	var out bytes.Buffer
	for i, l := range lines {
		out.WriteString(l.text)
		switch {
		case i == len(lines)-1 && !s.terminated && l.text != "": // an empty one without an ending is none
		case l.ending == "":
			out.WriteString(s.ending)
		default:
			out.WriteString(l.ending)
		}
	}
	return out.Bytes()
}

func same(a, b []line) bool {
	return slices.EqualFunc(a, b, sameText)
}

func sameText(a, b line) bool { return a.text == b.text }

func commonPrefix(a, b []line) int {
	n := 0
	for n < min(len(a), len(b)) && sameText(a[n], b[n]) {
		n++
	}
	return n
}

func commonSuffix(a, b []line) int {
	n := 0
	for n < min(len(a), len(b)) && sameText(a[len(a)-1-n], b[len(b)-1-n]) {
		n++
	}
	return n
}
