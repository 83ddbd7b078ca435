package api

import (
	"regexp"
	"strings"
)

// White space and the ends of lines (ECMA-262 §22.2.2.9, §12.2, §12.3), of which Go has only those of ASCII, and not
// all of these.
const (
	spaces    = `\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`
	noSpaces  = `\x{0}-\x{8}\x{e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}`
	noLineEnd = `[^\n\r\x{2028}\x{2029}]`
)

var unicodeEscape = regexp.MustCompile(`^\\u([0-9A-Fa-f]{4})`)

// inGo writes what an ECMAScript pattern has that Go reads otherwise as Go has it.
func inGo(pattern string) string {
	var out strings.Builder
	class := false
	for len(pattern) > 0 {
		length := 1
		switch c := pattern[0]; {
		case c == '\\' && len(pattern) > 1:
			var escape string
			escape, length = escapeInGo(pattern, class)
			out.WriteString(escape)
		case c == '.' && !class:
			out.WriteString(noLineEnd)
		default:
			class = c == '[' || class && c != ']'
			out.WriteByte(c)
		}
		pattern = pattern[length:]
	}
	return out.String()
}

// escapeInGo is the escape that a pattern begins with, and how much of the pattern that is.
func escapeInGo(pattern string, class bool) (escape string, length int) {
	switch c := pattern[1]; {
	case c == 'u' && unicodeEscape.MatchString(pattern):
		return `\x{` + pattern[2:6] + "}", 6
	case c == 's' && !class:
		return "[" + spaces + "]", 2
	case c == 'S' && !class:
		return "[^" + spaces + "]", 2
	case c == 's' || c == 'S':
		set := spaces
		if c == 'S' {
			set = noSpaces
		}
		if strings.HasPrefix(pattern[2:], "-") { // which is itself behind a set, and would begin a range
			return set + `\-`, 3
		}
		return set, 2
	}
	return pattern[:2], 2
}
