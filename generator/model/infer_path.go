package model

import (
	"regexp"
	"slices"
	"strings"
)

// A segment is what stands between two slashes of a path: a literal, a parameter, or a mixture of
// both ("{id}.json", "{id}:cancel"), which no rule understands.
type segment struct {
	text  string
	param string
	mixed bool
}

func segments(path string) []segment {
	var out []segment
	for part := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		name, isParam := strings.CutPrefix(part, "{")
		name, closed := strings.CutSuffix(name, "}")
		switch {
		case part == "":
		case isParam && closed && !strings.ContainsAny(name, "{}"):
			out = append(out, segment{text: part, param: name})
		default:
			out = append(out, segment{text: part, mixed: strings.ContainsAny(part, "{}?#")})
		}
	}
	return out
}

var version = regexp.MustCompile(`^(v\d+([._]\d+)*|\d{4}-\d{2}(-\d{2})?)$`)

// nounPath is where an operation stands: on the collection of a noun, or on one item of it.
type nounPath struct {
	// key is the same for all the spellings of one collection; spelling is not, but it is for all the
	// names of parameters.
	key, spelling string
	// collection is the path without the item's parameter.
	collection string
	// noun is the last literal.
	noun string
	// parents are the parameters before the item's, item is "" on the collection itself.
	parents []string
	item    string
}

// locate reads a path as the place of a resource. It is false for the root and for paths with segments
// that mix text and parameters.
func locate(path string) (nounPath, bool) {
	segs := segments(path)
	for _, s := range segs {
		if s.mixed {
			return nounPath{}, false
		}
	}
	var p nounPath
	if n := len(segs); n > 0 && segs[n-1].param != "" {
		p.item = segs[n-1].param
		segs = segs[:n-1]
	}
	var key, spelling, collection strings.Builder
	last := lastLiteral(segs)
	if last < 0 || version.MatchString(segs[last].text) {
		return nounPath{}, false
	}
	for i, s := range segs {
		collection.WriteString("/" + s.text)
		switch {
		case s.param != "":
			p.parents = append(p.parents, s.param)
			key.WriteString("/{}")
			spelling.WriteString("/{}")
			continue
		case i == last:
			p.noun = s.text
			key.WriteString("/" + canonical(s.text))
		default:
			key.WriteString("/" + s.text)
		}
		spelling.WriteString("/" + s.text)
	}
	p.key, p.spelling, p.collection = key.String(), spelling.String(), collection.String()
	return p, true
}

// nounBefore is the noun right before a parameter of a path, as it is in the names of properties, "" where there is none.
func nounBefore(path, param string) string {
	noun := ""
	for _, s := range segments(path) {
		switch s.param {
		case param:
			return noun
		case "":
			noun = canonical(s.text)
		default:
			noun = ""
		}
	}
	return ""
}

func lastLiteral(segs []segment) int {
	for i, s := range slices.Backward(segs) {
		if s.param == "" {
			return i
		}
	}
	return -1
}
