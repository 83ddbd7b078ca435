package api

import (
	"regexp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// compilePattern compiles an ECMAScript pattern as far as Go can: with ECMAScript's escapes, and look-ahead at its
// beginning. Any other (look-behind, back references) matches everything: a document is not refused
// for it.
func compilePattern(pattern string) (openapi3.RegexMatcher, error) {
	pattern = inGo(pattern)
	if run, ok := compileRun(pattern); ok {
		return run, nil
	}
	if re, err := regexp.Compile(pattern); err == nil {
		return re, nil
	}
	if matcher, ok := compileAhead(pattern); ok {
		return matcher, nil
	}
	return anything{}, nil
}

type anything struct{}

func (anything) MatchString(string) bool { return true }

// ahead is a pattern that begins with conditions on what follows: ^(?!no)(?=yes)rest.
type ahead struct {
	yes, no []*regexp.Regexp
	rest    *regexp.Regexp
}

func (a ahead) MatchString(s string) bool {
	for _, re := range a.yes {
		if !re.MatchString(s) {
			return false
		}
	}
	for _, re := range a.no {
		if re.MatchString(s) {
			return false
		}
	}
	return a.rest.MatchString(s)
}

func compileAhead(pattern string) (a ahead, ok bool) {
	rest, anchored := strings.CutPrefix(pattern, "^")
	if !anchored {
		return a, false
	}
	for strings.HasPrefix(rest, "(?!") || strings.HasPrefix(rest, "(?=") {
		end := closing(rest)
		if end < 0 {
			return a, false
		}
		re, err := regexp.Compile("^(?:" + rest[3:end] + ")")
		if err != nil {
			return a, false
		}
		if rest[2] == '!' {
			a.no = append(a.no, re)
		} else {
			a.yes = append(a.yes, re)
		}
		rest = strings.TrimPrefix(rest[end+1:], "^")
	}
	re, err := regexp.Compile("^(?:" + rest + ")")
	a.rest = re
	return a, err == nil
}

// closing is where the group ends that a pattern begins with, -1 if it does not.
func closing(pattern string) int {
	depth, class := 0, false
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\':
			i++
		case class:
			class = c != ']'
		case c == '[':
			class = true
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
