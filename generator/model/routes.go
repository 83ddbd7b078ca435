package model

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Distinction is something that a request has. Without Values and Pattern any value will do.
type Distinction struct {
	// In is path, query, header, cookie, body, Content-Type or Accept; Name is that of the parameter
	// or of the body's property.
	In, Name string
	// Values are those that it may have, as text; Pattern is a regular expression that it must match.
	Values  []string
	Pattern string
}

// holds says whether a text is what d asks for.
func (d Distinction) holds(text string) bool {
	if len(d.Values) > 0 {
		return slices.Contains(d.Values, text)
	}
	return d.Pattern == "" || regexp.MustCompile(d.Pattern).MatchString(text)
}

// rival is an operation among those of the same method and path.
type rival struct {
	*Operation
	// traits are grouped by kind, the most telling first.
	traits [][]trait
	when   []trait
}

// tellApart finds what tells operations of one method and path from each other, and warns of those
// that no request reaches. Servers see neither the names of parameters nor fragments.
func (l *lowerer) tellApart(ops []*Operation) {
	groups := map[string][]*rival{}
	for _, op := range ops {
		l.warnRepeated(op)
		key := op.Method + " " + pathShape(op.Path)
		groups[key] = append(groups[key], &rival{Operation: op})
	}
	for _, op := range ops {
		key := op.Method + " " + pathShape(op.Path)
		if group := groups[key]; len(group) > 1 && group[0].Operation == op {
			l.settle(group)
		}
	}
}

func (l *lowerer) settle(group []*rival) {
	for _, r := range group {
		r.traits = traits(r.Operation)
	}
	for _, r := range group {
		r.when = r.demands(group)
	}
	offers := make([][]trait, len(group))
	for i, r := range group {
		offers[i] = r.offers(group)
	}
	for i, r := range group {
		r.when = append(r.when, offers[i]...)
		for _, t := range r.when {
			r.When = append(r.When, t.Distinction)
		}
	}
	for _, r := range group {
		if r.HiddenBy = hidden(r, group); r.HiddenBy != nil {
			other := r.HiddenBy
			l.warn(r.Pointer,
				fmt.Sprintf("no request can tell %s %s from %s %s (%s)", r.Method, r.Path, other.Method, other.Path, other.Position),
				"that one answers for both; give one of them another path, or take it out")
		}
	}
}

func (l *lowerer) warnRepeated(op *Operation) {
	seen := map[string]bool{}
	for _, match := range pathParameter.FindAllStringSubmatch(op.Path, -1) {
		if seen[match[1]] {
			l.warn(op.Pointer, fmt.Sprintf("the path %s has the parameter %s more than once", op.Path, match[1]), "the last one counts")
		}
		seen[match[1]] = true
	}
}

// pathShape is what a server sees of a path.
func pathShape(path string) string {
	path, _, _ = strings.Cut(path, "#")
	return pathParameter.ReplaceAllString(path, "{}")
}

// demands are those of r's traits that all requests for it have and some for others lack. Of each
// kind it takes all that ask for a value, and of the others as few as will do.
func (r *rival) demands(group []*rival) []trait {
	var when []trait
	alike := slices.DeleteFunc(slices.Clone(group), func(other *rival) bool { return other == r })
	for _, kind := range r.traits {
		before := alike
		for _, t := range kind {
			against := alike
			if t.exact() {
				against = before
			}
			if !t.optional && slices.ContainsFunc(against, t.isAlienTo) {
				when, alike = append(when, t), without(alike, t)
			}
		}
	}
	return when
}

// offers are those of r's traits that only some requests have, as few as will do: for what no demand
// tells apart, one way or the other.
func (r *rival) offers(group []*rival) []trait {
	var when []trait
	var alike []*rival
	for _, other := range group {
		if other != r && !r.differs(other) && !other.differs(r) {
			alike = append(alike, other)
		}
	}
	for _, t := range slices.Concat(r.traits...) {
		if t.optional && slices.ContainsFunc(alike, t.isAlienTo) {
			when, alike = append(when, t), without(alike, t)
		}
	}
	return when
}

// differs says that something r demands tells it from the other.
func (r *rival) differs(other *rival) bool {
	return slices.ContainsFunc(r.when, func(t trait) bool { return t.isAlienTo(other) })
}

// isAlienTo says that requests for r need not have the trait.
func (t trait) isAlienTo(r *rival) bool { return !r.implies(t) }

func without(rivals []*rival, t trait) []*rival {
	return slices.DeleteFunc(slices.Clone(rivals), t.isAlienTo)
}

// implies says that every request for r has what t asks for.
func (r *rival) implies(t trait) bool {
	return slices.ContainsFunc(slices.Concat(r.traits...), func(own trait) bool {
		switch {
		case own.place != t.place || own.optional && !t.optional:
			return false
		case len(own.Values) > 0:
			return !slices.ContainsFunc(own.Values, func(v string) bool { return !t.holds(v) })
		}
		return len(t.Values) == 0 && (t.Pattern == "" || t.Pattern == own.Pattern)
	})
}

// hidden is the operation that gets the requests for r, nil if r gets one.
func hidden(r *rival, group []*rival) *Operation {
	first := request{}
	for _, t := range r.when {
		first[t.place] = t.examples()[0]
	}
	answers := choose(group, first)
	if answers == r.Operation {
		return nil
	}
	for _, t := range r.when {
		for _, text := range t.examples() {
			other := maps.Clone(first)
			if other[t.place] = text; choose(group, other) == r.Operation {
				return nil
			}
		}
	}
	return answers
}

// request is what one says at each place, as text.
type request map[string]string

// choose is the server's choice among operations whose path fits: the most particular of those that
// the request has all distinctions of, or else the first.
func choose(group []*rival, req request) *Operation {
	ranked := slices.Clone(group)
	slices.SortStableFunc(ranked, func(a, b *rival) int {
		return cmp.Or(
			len(b.when)-len(a.when),
			breadth(a.When)-breadth(b.When),
			fragment(a.Path)-fragment(b.Path),
		)
	})
	for _, r := range ranked {
		if !slices.ContainsFunc(r.when, func(t trait) bool { return !req.has(t) }) {
			return r.Operation
		}
	}
	return slices.MinFunc(group, func(a, b *rival) int { return fragment(a.Path) - fragment(b.Path) }).Operation
}

func (req request) has(t trait) bool {
	text, ok := req[t.place]
	return ok && t.holds(text)
}

// breadth is how much the distinctions leave open.
func breadth(when []Distinction) int {
	total := 0
	for _, d := range when {
		if total += len(d.Values); len(d.Values) == 0 {
			total += 1000
		}
	}
	return total
}

// fragment is 1 for a path with one: the other operation is the plain one.
func fragment(path string) int {
	if strings.Contains(path, "#") {
		return 1
	}
	return 0
}
