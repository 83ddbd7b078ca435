package model

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// CompilePattern compiles an ECMAScript pattern as far as Go can: \u escapes, and look-ahead at its
// beginning. Any other matches everything, as it does in a generated server: no value is refused for
// a pattern that cannot be tried.
func CompilePattern(pattern string) (openapi3.RegexMatcher, error) {
	pattern = unicodeEscape.ReplaceAllString(pattern, `\x{$1}`)
	if re, err := regexp.Compile(pattern); err == nil {
		return re, nil
	}
	if matcher, ok := compileAhead(pattern); ok {
		return matcher, nil
	}
	return anything{}, nil
}

// checkPattern warns of a pattern that matches everything because Go cannot compile it.
func (l *lowerer) checkPattern(s *openapi3.Schema, pointer string) {
	if check, _ := CompilePattern(s.Pattern); check == (anything{}) {
		l.warn(pointer+"/pattern", "Go cannot try this pattern: "+beyond(s.Pattern), "the server lets any string pass it")
	}
}

// beyond says what of a pattern Go does not know.
func beyond(pattern string) string {
	_, err := syntax.Parse(pattern, syntax.Perl)
	var fault *syntax.Error
	if !errors.As(err, &fault) {
		return "it is too large"
	}
	switch fault.Code {
	case syntax.ErrInvalidRepeatSize:
		return "it repeats something more than 1000 times"
	case syntax.ErrInvalidNamedCapture, syntax.ErrInvalidPerlOp:
		return "it looks ahead or behind"
	}
	return fmt.Sprintf("%s `%s`", fault.Code, fault.Expr)
}

var unicodeEscape = regexp.MustCompile(`\\u([0-9A-Fa-f]{4})`)

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
