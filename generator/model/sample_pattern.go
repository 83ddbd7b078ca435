package model

import (
	"regexp/syntax"
	"strings"
)

// samplePattern is a string of at least that length which matches an expression, if one is easy to find.
func samplePattern(pattern string, least int) (string, bool) {
	check, err := CompilePattern(pattern)
	if err != nil {
		return "", false
	}
	if conditional, ok := check.(ahead); ok {
		pattern = conditional.rest.String()
	}
	parsed, err := syntax.Parse(unicodeEscape.ReplaceAllString(pattern, `\x{$1}`), syntax.Perl)
	if err != nil {
		return "", false
	}
	for _, repeat := range []int{0, 1, 2, least, least + 1} {
		if v := matching(parsed, repeat); len([]rune(v)) >= least && check.MatchString(v) {
			return v, true
		}
	}
	return "", false
}

// matching is a string that re matches, what may repeat repeated that often where it is allowed.
func matching(re *syntax.Regexp, repeat int) string {
	times := func(least, most int) string {
		n := max(least, repeat)
		if most >= 0 {
			n = min(n, most)
		}
		return strings.Repeat(matching(re.Sub[0], repeat), n)
	}
	switch re.Op {
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpCharClass:
		return string(pleasant(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return "x"
	case syntax.OpStar:
		return times(0, -1)
	case syntax.OpPlus:
		return times(1, -1)
	case syntax.OpQuest:
		return times(0, 1)
	case syntax.OpRepeat:
		return times(re.Min, re.Max)
	case syntax.OpAlternate, syntax.OpCapture:
		return matching(re.Sub[0], repeat)
	case syntax.OpConcat:
		var out strings.Builder
		for _, sub := range re.Sub {
			out.WriteString(matching(sub, repeat))
		}
		return out.String()
	}
	return ""
}

// pleasant is a character of a class, a letter or a digit if there is one.
func pleasant(ranges []rune) rune {
	for _, want := range "axA10" {
		for i := 0; i+1 < len(ranges); i += 2 {
			if ranges[i] <= want && want <= ranges[i+1] {
				return want
			}
		}
	}
	return ranges[0]
}
