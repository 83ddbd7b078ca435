package model

import (
	"regexp/syntax"
	"strings"
)

// usualLength is that of keys about which the document says nothing.
const usualLength = 20

// keyShape reads prefix, length and characters of a key that the server makes out of its schema:
// ^cus_[a-z0-9]{14}$. The alphabet is "" where lower-case letters and digits will do.
func keyShape(k Key) (prefix string, length int, alphabet string) {
	length = usualLength
	for _, t := range []*Type{k.Type, fieldType(k.Field)} {
		if t == nil || t.Schema == nil {
			continue
		}
		if p, n, a, ok := patternShape(t.Schema.Pattern); ok {
			prefix, length, alphabet = p, n, a
		}
		length = max(length, int(min(t.Schema.MinLength, 1000))-len(prefix))
		if limit := t.Schema.MaxLength; limit != nil && *limit < uint64(length+len(prefix)) {
			length = max(1, int(*limit)-len(prefix)) //nolint:gosec // less than length
		}
	}
	return prefix, length, alphabet
}

// onlyUUID says that a text is a key where it is a UUID, and not where it is anything else: a name or
// an id, for example.
func onlyUUID(t *Type) bool {
	rules := t.rules()
	if t.Kind != String || rules == nil {
		return false
	}
	if _, _, _, ok := patternShape(rules.Pattern); ok {
		return false
	}
	m := sampler{answer: true}
	return m.valid(rules, samplesByFormat["uuid"]) && !m.valid(rules, "2abcdefghijklmnopqrs")
}

// patternShape reads a pattern that ends with characters of one class.
func patternShape(pattern string) (prefix string, length int, alphabet string, ok bool) {
	if pattern == "" {
		return "", 0, "", false
	}
	check, err := CompilePattern(pattern)
	if err != nil {
		return "", 0, "", false
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", 0, "", false
	}
	parts := unanchored(re)
	if len(parts) == 0 {
		return "", 0, "", false
	}
	// What repeats at the end tells keys apart; what stands before it is the same in all.
	last := len(parts) - 1
	class, least, most := repeated(parts[last])
	if class == nil {
		last, class, most = last+1, []rune("azAZ09"), -1
	}
	length = max(least, usualLength)
	if most >= 0 {
		length = min(length, most)
	}
	for _, part := range parts[:last] {
		prefix += matching(part, 0)
	}
	letters := inClass(class)
	if letters == "" || !check.MatchString(prefix+strings.Repeat(letters[:1], length)) {
		return "", 0, "", false
	}
	return prefix, length, unlessUsual(letters), true
}

// unanchored are the parts of an expression without its anchors and groups.
func unanchored(re *syntax.Regexp) []*syntax.Regexp {
	switch re.Op {
	case syntax.OpBeginText, syntax.OpEndText, syntax.OpBeginLine, syntax.OpEndLine:
		return nil
	case syntax.OpCapture:
		return unanchored(re.Sub[0])
	case syntax.OpConcat:
		var parts []*syntax.Regexp
		for _, sub := range re.Sub {
			parts = append(parts, unanchored(sub)...)
		}
		return parts
	}
	return []*syntax.Regexp{re}
}

// repeated is the class of characters that an expression repeats, and how often; -1 has no limit.
func repeated(re *syntax.Regexp) (class []rune, least, most int) {
	switch re.Op {
	case syntax.OpStar, syntax.OpPlus:
		least, most = 1, -1
	case syntax.OpRepeat:
		least, most = re.Min, re.Max
	default:
		return nil, 0, 0
	}
	if re.Sub[0].Op != syntax.OpCharClass {
		return nil, 0, 0
	}
	return re.Sub[0].Rune, least, most
}

// inClass are the letters and digits of a class, upper-case ones only if there are no others.
func inClass(ranges []rune) string {
	var out strings.Builder
	for _, set := range []string{"0123456789abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} {
		for _, c := range set {
			for i := 0; i+1 < len(ranges); i += 2 {
				if ranges[i] <= c && c <= ranges[i+1] {
					out.WriteRune(c)
				}
			}
		}
		if out.Len() > 0 && strings.ContainsFunc(out.String(), func(r rune) bool { return r >= 'a' }) {
			break
		}
	}
	return out.String()
}

// unlessUsual is "" for an alphabet that has all the characters of keys in general.
func unlessUsual(alphabet string) string {
	for _, c := range "abcdefghijklmnopqrstuvwxyz234567" {
		if !strings.ContainsRune(alphabet, c) {
			return alphabet
		}
	}
	return ""
}
