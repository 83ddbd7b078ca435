package api

import (
	"strings"
	"testing"
)

func TestPatterns(t *testing.T) {
	for _, test := range []struct {
		pattern, text string
		want          bool
	}{
		{`^[a-z]+$`, "abc", true},
		{`^[a-z]+$`, "ABC", false},
		{`^\u0041+$`, "AA", true},
		{`^\u0041+$`, "B", false},
		{`^\\u0041$`, `\u0041`, true}, // the backslash is escaped, not the A
		{`^[\u0041\]]+$`, "A]", true},
		{`^[\u0041\]]+$`, "B", false},
		{`^[\s-]+$`, " -\u00a0", true},
		{`^[\s-x]+$`, "x-", true},
		{`^[\s-x]+$`, "a", false},
		{`^[.]$`, "a", false},
		{`^\.$`, "a", false},
		{`^[a].$`, "a\u2028", false},
		{`^[^.\s]+$`, "a\ufeff", false},
		{`^\d\w$`, "1é", false},
		{`^(?=.{3}$)\S+$`, "a\u2003b", false},
		{`^(?!.*\s)`, "a\u00a0", false},
		{`^(?!abc$)[a-z]+$`, "abd", true},
		{`^(?!abc$)[a-z]+$`, "abc", false},
		{`^(?!abc$)^[a-z]+$`, "ab1", false},
		{`^(?=.*[0-9])(?=.*[a-z])[a-z0-9]{3}$`, "ab1", true},
		{`^(?=.*[0-9])(?=.*[a-z])[a-z0-9]{3}$`, "abc", false},
		{`^(?!\)[)])a|b$`, "b", true},
		{`^(?!a|b)c|d$`, "ad", false},
		{`a(?!b)`, "x", true},   // nothing is known of it
		{`^(?!a`, "x", true},    // it is none
		{`(?<!a)b`, "ab", true}, // look-behind
	} {
		re, err := compilePattern(test.pattern)
		if err != nil || re.MatchString(test.text) != test.want {
			t.Errorf("%s matches %q is not %t: %v", test.pattern, test.text, test.want, err)
		}
	}
}

// TestWhiteSpaceOfPatterns holds each character that ECMA-262 has as white space or the end of a line, and some that
// it has not, against what asks for these.
func TestWhiteSpaceOfPatterns(t *testing.T) {
	const space = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
	const ends = "\n\r\u2028\u2029"
	for _, c := range space + "\x00\b\x0e\x1f!a~\u0085\u009f\u00a1\u180e\u1fff\u200b\u2027\u202a\u2030\u2060\u2fff\u3001\ufefe\uff00é日😀" {
		isSpace := strings.ContainsRune(space, c)
		for pattern, want := range map[string]bool{
			`^\s$`: isSpace, `^[\s]$`: isSpace, `^[^\S]$`: isSpace,
			`^\S$`: !isSpace, `^[\S]$`: !isSpace, `^[^\s]$`: !isSpace,
			`^[\s\S]$`: true, `^.$`: !strings.ContainsRune(ends, c), `^\S*$`: !isSpace,
		} {
			re, err := compilePattern(pattern)
			if err != nil || re.MatchString(string(c)) != want {
				t.Errorf("%s matches %+q is not %t: %v", pattern, c, want, err)
			}
		}
	}
}
