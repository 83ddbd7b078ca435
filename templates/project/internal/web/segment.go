package web

import (
	"math"
	"net/url"
	"strings"
)

// A segment is text with parameters in it: one literal more than names, which stand between them.
// The literals of "{id}.json" are "" and ".json".
type segment struct {
	literals, names []string
}

func parseSegment(text string, unescape func(string) (string, error)) segment {
	var s segment
	literal := ""
	for {
		before, rest, opened := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !opened || !closed {
			literal += text
			break
		}
		s.literals, s.names = append(s.literals, literal+before), append(s.names, name)
		literal, text = "", after
	}
	s.literals = append(s.literals, literal)
	for i, literal := range s.literals {
		if plain, err := unescape(literal); err == nil {
			s.literals[i] = plain
		}
	}
	return s
}

// static says that the segment has no parameter, whole that it is nothing else.
func (s segment) static() bool { return len(s.names) == 0 }
func (s segment) whole() bool  { return len(s.names) == 1 && s.literals[0] == "" && s.literals[1] == "" }

// weight is how particular the segment is: literals count, parameters don't.
func (s segment) weight() int {
	if s.static() {
		return math.MaxInt
	}
	return len(strings.Join(s.literals, ""))
}

// match finds the values of the parameters, none of them empty. Where there are several ways, the
// first parameters take as much as they can: "a.tar.gz" is "a.tar" and "gz" of "{name}.{extension}".
func (s segment) match(text string) ([]string, bool) {
	if s.static() {
		return nil, text == s.literals[0]
	}
	last := len(s.names)
	text, ok := strings.CutPrefix(text, s.literals[0])
	if !ok {
		return nil, false
	}
	if text, ok = strings.CutSuffix(text, s.literals[last]); !ok || text == "" {
		return nil, false
	}
	values := make([]string, last)
	for i := last - 1; i > 0; i-- {
		at := strings.LastIndex(text[:len(text)-1], s.literals[i])
		if at < 1 {
			return nil, false
		}
		values[i], text = text[at+len(s.literals[i]):], text[:at]
		if values[i] == "" {
			return nil, false
		}
	}
	values[0] = text
	return values, true
}

func (s segment) matchEscaped(text string) ([]string, bool) {
	if s.whole() {
		return []string{text}, text != ""
	}
	plain, err := url.PathUnescape(text)
	if err != nil {
		return nil, false
	}
	values, ok := s.match(plain)
	for i, value := range values {
		values[i] = escape(value)
	}
	return values, ok
}

func (s segment) shape() string {
	literals := make([]string, len(s.literals))
	for i, literal := range s.literals {
		literals[i] = escape(literal)
	}
	return strings.Join(literals, "{}")
}
