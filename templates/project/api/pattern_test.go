package api

import "testing"

func TestPatterns(t *testing.T) {
	for _, test := range []struct {
		pattern, text string
		want          bool
	}{
		{`^[a-z]+$`, "abc", true},
		{`^[a-z]+$`, "ABC", false},
		{`^\u0041+$`, "AA", true},
		{`^\u0041+$`, "B", false},
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
