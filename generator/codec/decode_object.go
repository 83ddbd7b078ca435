package codec

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/codec/gotype"
)

// propertyNames are those that the schemas list, sorted.
func (r rules) propertyNames() []string {
	names := map[string]bool{}
	for _, s := range r.members {
		for name := range s.Properties {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// enterObject writes the beginning of a function that reads an object.
func (w *writer) enterObject(r rules) {
	if guard := r.guard("object"); guard != "" {
		w.linef("if !(%sr.object()) {\nreturn\n}", guard)
		return
	}
	w.linef("if !r.object() {\nreturn\n}")
}

// object writes what reads the members of the object that was entered into the fields of a struct v.
// Without a struct it only checks them.
func (w *writer) object(r rules, t *gotype.Type, v string) {
	required := r.required()
	fields := map[string]*gotype.Field{}
	names := slices.Clone(required)
	if t != nil {
		for _, f := range t.Fields {
			fields[f.Name] = f
			names = append(names, f.Name)
		}
	}
	names = unique(append(names, r.propertyNames()...))
	members := w.seen(len(names))
	counted := slices.ContainsFunc(r.members, func(s *openapi3.Schema) bool { return s.MinProps > 0 || s.MaxProps != nil })
	if counted {
		w.linef("members := 0")
	}
	w.linef("for r.next() {")
	if counted {
		w.linef("members++")
	}
	w.members(r, t, v, names, fields, members)
	w.linef("}")
	for i := 0; i < len(required); i += 64 {
		w.linef("r.require(%s, %s)", members(i), quoted(required[i:min(i+64, len(required))]))
	}
	w.memberChecks(r, "members")
}

func unique(names []string) (out []string) {
	seen := map[string]bool{}
	for _, name := range names {
		if !seen[name] {
			out, seen[name] = append(out, name), true
		}
	}
	return out
}

// seen declares the variable that notes which of n members are there, and names the part of it for
// the one with a number.
func (w *writer) seen(n int) func(i int) string {
	switch {
	case n == 0:
		return nil
	case n <= 64:
		w.linef("var seen uint64")
		return func(int) string { return "seen" }
	}
	w.linef("var seen [%d]uint64", (n+63)/64)
	return func(i int) string { return fmt.Sprintf("seen[%d]", i/64) }
}

func (w *writer) members(r rules, t *gotype.Type, v string, names []string, fields map[string]*gotype.Field, seen func(int) string) {
	if len(names) == 0 {
		w.unlisted(r, t, v)
		return
	}
	w.linef("switch string(r.name) {")
	for _, i := range inFieldOrder(names, t) {
		name := names[i]
		w.linef("case %s:", strconv.Quote(name))
		w.linef("r.once(&%s, %d)", seen(i), i%64)
		property, allowed := r.property(name)
		f := fields[name]
		switch {
		case !allowed:
			w.linef("r.refuse()")
		case f == nil:
			w.check(property, w.hint+nameFor(name))
		default:
			w.value(property, f.Type, v+"."+f.GoName)
		}
	}
	w.linef("default:")
	w.unlisted(r, t, v)
	w.linef("}")
}

// inFieldOrder are the numbers of the names, those of the struct's fields first and in their order.
func inFieldOrder(names []string, t *gotype.Type) (order []int) {
	rank := map[string]int{}
	if t != nil {
		for i, f := range t.Fields {
			rank[f.Name] = i - len(t.Fields)
		}
	}
	for i := range names {
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank[names[a]] - rank[names[b]] })
	return order
}

// unlisted writes what becomes of members that have no name in the schema.
func (w *writer) unlisted(r rules, t *gotype.Type, v string) {
	rest, allowed := r.property("")
	switch {
	case !allowed:
		w.linef("r.unlisted()\nr.refuse()")
	case t != nil && t.Extra != nil:
		w.linef("if %s.AdditionalProperties == nil {\n%s.AdditionalProperties = map[string]%s{}\n}", v, v, t.Extra.Name)
		w.within(w.hint, func() { w.member(rest, t.Extra, v+".AdditionalProperties", "name", "value") })
	case len(rest.members) == 0 && (rest.nullable() || len(rest.roots) == 0):
		w.linef("r.ignore()")
	default:
		w.linef("r.unlisted()")
		w.check(rest, w.hint+"Value")
	}
}

// nameFor is a name for what belongs to a property.
func nameFor(property string) string {
	var out strings.Builder
	up := true
	for _, c := range property {
		switch {
		case 'a' <= c && c <= 'z' && up:
			out.WriteRune(c - 'a' + 'A')
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9':
			out.WriteRune(c)
		default:
			up = true
			continue
		}
		up = false
	}
	return out.String()
}
