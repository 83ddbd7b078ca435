package model

import (
	"strings"
	"unicode"
)

// initialisms are the words that Go writes in one case: those of staticcheck's ST1003.
var initialisms = set(`acl api ascii cpu css dns eof guid html http https id ip json qps ram rpc sla
	smtp sql ssh tcp tls ttl udp ui gid uid uuid uri url utf8 vm xml xmpp xsrf xss sip rtp amqp db ts`)

func set(list string) map[string]bool {
	out := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		out[word] = true
	}
	return out
}

// symbols are the signs that tell two names apart when letters and digits do not: "StartTime<".
var symbols = map[rune]string{
	'<': "LessThan", '>': "GreaterThan", '=': "Equal", '+': "Plus", '*': "Star", '!': "Not",
}

// goName is name as an exported Go identifier: postId → PostID, "+1" → Plus1, "" → Empty.
func goName(name string) string {
	if name == "" {
		return "Empty"
	}
	shout := strings.ToUpper(name) == name
	var out strings.Builder
	for _, word := range humps(name) {
		out.WriteString(goWord(word, shout))
	}
	first := []rune(out.String() + " ")[0]
	switch {
	case first == ' ':
		return spell(name)
	case unicode.IsDigit(first):
		return "N" + out.String()
	case !unicode.IsUpper(first):
		return "X" + out.String()
	}
	return out.String()
}

// signs are what a name without letters and digits is spelled with.
var signs = map[rune]string{
	'.': "Dot", '_': "Underscore", '-': "Dash", '/': "Slash", ',': "Comma", '&': "And", '|': "Or", ':': "Colon",
	'~': "Tilde", '#': "Hash", '@': "At", '%': "Percent", '^': "Caret", '$': "Dollar", ' ': "Space", '?': "Question",
}

func spell(name string) string {
	var out strings.Builder
	for _, r := range name {
		out.WriteString(signs[r])
	}
	if out.Len() == 0 {
		return "Sign"
	}
	return out.String()
}

func goWord(word string, shout bool) string {
	lower := strings.ToLower(word)
	one, many := strings.CutSuffix(lower, "s")
	switch {
	case initialisms[lower]:
		return strings.ToUpper(word)
	case many && initialisms[one]:
		return strings.ToUpper(one) + "s"
	case shout:
		word = lower
	}
	runes := []rune(word)
	runes[0] = unicode.ToUpper(runes[0])
	return string(runes)
}

// humps splits a name at punctuation and where its case says that a word begins.
func humps(name string) []string {
	var out []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			out = append(out, string(word))
			word = nil
		}
	}
	runes := []rune(name)
	for i, r := range runes {
		switch {
		case symbols[r] != "":
			flush()
			out = append(out, symbols[r])
		case r == '-' && i == 0 && len(runes) > 1 && unicode.IsDigit(runes[1]):
			out = append(out, "Minus")
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
		default:
			if len(word) > 0 && beginsWord(runes, i) {
				flush()
			}
			word = append(word, r)
		}
	}
	flush()
	return out
}

// beginsWord says that the capital at i begins a word: userId, HTTPServer, but not the plural IDs.
func beginsWord(runes []rune, i int) bool {
	if !unicode.IsUpper(runes[i]) {
		return false
	}
	if !unicode.IsUpper(runes[i-1]) {
		return true
	}
	lower := func(i int) bool { return i < len(runes) && unicode.IsLower(runes[i]) }
	return lower(i+1) && (runes[i+1] != 's' || lower(i+2))
}

// Unexported is an exported name with its first word in lower case: IDLookup → idLookup.
func Unexported(name string) string {
	words := humps(name)
	words[0] = strings.ToLower(words[0])
	return strings.Join(words, "")
}

// elementName is what to call an element of the list called name: PostTags → PostTag.
func elementName(name string) string {
	words := humps(name)
	last := len(words) - 1
	lower := strings.ToLower(words[last])
	one := singular(lower)
	if base, ok := strings.CutSuffix(lower, "s"); ok && initialisms[base] {
		one = base
	}
	if one != lower {
		words[last] = goWord(one, false)
		return strings.Join(words, "")
	}
	return name + "Item"
}
