package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// A pathTemplate is what a server can see of a documented path: the segments between its slashes, and
// what its query must have. A fragment never reaches a server.
type pathTemplate struct {
	segments []segment
	query    []queryKey
}

// A queryKey is a key that the path asks for: "?upload" with any value, "?type=a", "?type={type}".
type queryKey struct {
	key   string
	any   bool
	value segment
}

func splitPath(text string) []string { return strings.Split(text, "/") }

func parsePath(documented string) pathTemplate {
	documented, _, _ = strings.Cut(documented, "#")
	documented, query, _ := strings.Cut(documented, "?")
	var p pathTemplate
	for text := range strings.SplitSeq(documented, "/") {
		p.segments = append(p.segments, parseSegment(text, url.PathUnescape))
	}
	for text := range strings.SplitSeq(query, "&") {
		if text == "" {
			continue
		}
		key, value, _ := strings.Cut(text, "=")
		if plain, err := url.QueryUnescape(key); err == nil {
			key = plain
		}
		p.query = append(p.query, queryKey{key, value == "", parseSegment(value, url.QueryUnescape)})
	}
	return p
}

// match finds the values of the parameters in a request, escaped as canonicalPath does. The request's
// segments are canonical.
func (p pathTemplate) match(segments []string, query func() url.Values) ([]string, bool) {
	if len(segments) != len(p.segments) {
		return nil, false
	}
	var values []string
	for i, s := range p.segments {
		found, ok := s.matchEscaped(segments[i])
		if !ok {
			return nil, false
		}
		values = append(values, found...)
	}
	for _, k := range p.query {
		found, ok := k.match(query())
		if !ok {
			return nil, false
		}
		values = append(values, found...)
	}
	return values, true
}

func (k queryKey) match(query url.Values) ([]string, bool) {
	if k.any {
		return nil, query.Has(k.key)
	}
	for _, sent := range query[k.key] {
		if values, ok := k.value.match(sent); ok {
			for i, value := range values {
				values[i] = escape(value)
			}
			return values, true
		}
	}
	return nil, false
}

// compare puts the more particular path first: the leftmost segment decides, as it does for Echo.
func (p pathTemplate) compare(other pathTemplate) int {
	for i := range min(len(p.segments), len(other.segments)) {
		if order := cmp.Compare(other.segments[i].weight(), p.segments[i].weight()); order != 0 {
			return order
		}
	}
	return cmp.Or(cmp.Compare(len(other.query), len(p.query)), cmp.Compare(other.queryWeight(), p.queryWeight()))
}

func (p pathTemplate) queryWeight() int {
	total := 0
	for _, k := range p.query {
		for _, literal := range k.value.literals {
			total += len(literal)
		}
	}
	return total
}

// meets says that some request fits both paths, but for their queries, and that Echo may have passed
// over other: where the two differ first, other is not the literal one.
func (p pathTemplate) meets(other pathTemplate) bool {
	if len(p.segments) != len(other.segments) {
		return false
	}
	decided := false
	for i, own := range p.segments {
		its := other.segments[i]
		switch {
		case own.static() && its.static():
			if own.literals[0] != its.literals[0] {
				return false
			}
		case own.static():
			if _, ok := its.match(own.literals[0]); !ok {
				return false
			}
			decided = true
		case its.static():
			if !decided {
				return false
			}
		}
	}
	return true
}

// takesAll says that every request which Echo brings to the path fits it.
func (p pathTemplate) takesAll() bool {
	return len(p.query) == 0 && !slices.ContainsFunc(p.segments, func(s segment) bool { return !s.static() && !s.whole() })
}

// names are the parameters in order.
func (p pathTemplate) names() []string {
	var names []string
	for _, s := range p.segments {
		names = append(names, s.names...)
	}
	for _, k := range p.query {
		names = append(names, k.value.names...)
	}
	return names
}

// shape is the path without the names of its parameters: what operations share that only Distinctions
// tell apart.
func (p pathTemplate) shape() string {
	var out strings.Builder
	for _, s := range p.segments {
		out.WriteString("/" + s.shape())
	}
	for _, k := range p.query {
		out.WriteString("?" + escape(k.key) + "=" + k.value.shape())
	}
	return out.String()
}

// pattern spells the path for Echo, which knows parameters as whole segments only. Its parameters have
// their own names, or else numbers.
func (p pathTemplate) pattern(named bool) string {
	spelled := make([]string, len(p.segments))
	for i, s := range p.segments {
		switch {
		case s.static():
			spelled[i] = escape(s.literals[0])
		case named:
			spelled[i] = ":" + s.names[0]
		default:
			spelled[i] = ":" + strconv.Itoa(i)
		}
	}
	return strings.Join(spelled, "/")
}
