package model

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Flat is a name without case and punctuation, so that created_at, createdAt and Created-At are one.
func Flat(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// plurals that no ending tells.
var irregular = map[string]string{
	"people": "person", "children": "child", "men": "man", "women": "woman", "mice": "mouse",
	"indices": "index", "vertices": "vertex", "matrices": "matrix", "data": "data", "media": "media",
	"news": "news", "status": "status", "series": "series", "analyses": "analysis", "bonus": "bonus",
	"aliases": "alias", "buses": "bus", "kubernetes": "kubernetes", "dns": "dns", "movies": "movie",
	"cookies": "cookie", "lenses": "lens", "quizzes": "quiz", "criteria": "criterion",
}

var sortedPlurals = slices.Sorted(maps.Keys(irregular))

// canonical is the same for all the spellings of a noun.
func canonical(noun string) string {
	ws := Words(noun)
	if len(ws) == 0 {
		return noun
	}
	return strings.Join(ws[:len(ws)-1], "") + singular(ws[len(ws)-1])
}

// singular is the singular of one English word in lower case; what is no plural comes back unchanged.
func singular(noun string) string {
	if one, ok := irregular[noun]; ok {
		return one
	}
	for _, rule := range []struct{ ending, with string }{
		{"ss", "ss"}, {"us", "us"}, {"is", "is"}, {"ies", "y"}, {"sses", "ss"}, {"shes", "sh"},
		{"ches", "ch"}, {"xes", "x"}, {"zes", "ze"}, {"s", ""},
	} {
		if head, ok := strings.CutSuffix(noun, rule.ending); ok && len(head) > 1 {
			return head + rule.with
		}
	}
	return noun
}

// plural is the plural of one English word; what is a plural already comes back unchanged.
func plural(noun string) string {
	if singular(noun) != noun {
		return noun
	}
	if i := slices.IndexFunc(sortedPlurals, func(many string) bool { return irregular[many] == noun }); i >= 0 {
		return sortedPlurals[i]
	}
	switch {
	case strings.HasSuffix(noun, "y") && len(noun) > 1 && !strings.ContainsRune("aeiou", rune(noun[len(noun)-2])):
		return noun[:len(noun)-1] + "ies"
	case slices.ContainsFunc([]string{"s", "x", "sh", "ch"}, func(end string) bool { return strings.HasSuffix(noun, end) }):
		return noun + "es"
	}
	return noun + "s"
}

var wordBreak = regexp.MustCompile(`([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])`)

// Words splits a name at punctuation and at humps: special-events, specialEvents → special, events.
func Words(name string) []string {
	name = wordBreak.ReplaceAllString(name, "$1$3 $2$4")
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// snake is a name as SQL likes it, its last word in the plural or as it is.
func snake(name string, last func(string) string) string {
	ws := Words(name)
	if len(ws) == 0 {
		return "root"
	}
	ws[len(ws)-1] = last(ws[len(ws)-1])
	return strings.Join(ws, "_")
}
