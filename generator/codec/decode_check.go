package codec

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/codec/gotype"
	"gen/generator/model"
)

// check writes what holds the value at hand against its rules, and leaves it behind.
func (w *writer) check(r rules, name string) {
	switch {
	case len(r.members) == 0:
		w.notNull(r, func() { w.linef("r.skip()") })
	case w.simple(r):
		w.unlessNull(r, func() { w.checkScalar(r, name) })
	case w.c.addsNull(r):
		w.unlessNull(r, func() { w.linef("%s(r)", w.c.checker(w.c.bare(r), name)) })
	default:
		w.linef("%s(r)", w.c.checker(r, name))
	}
}

// simple says that a scalar is asked for that needs no function of its own.
func (w *writer) simple(r rules) bool {
	if r.apart() || r.mixed() || len(r.enums()) > 0 && !r.asksForTexts() {
		return false
	}
	kinds := r.kinds()
	return len(kinds) == 1 && (kinds[0] == "booleans" || kinds[0] == "numbers" || kinds[0] == "texts")
}

// asksForTexts says that one of a few strings is asked for, and nothing else.
func (r rules) asksForTexts() bool {
	_, texts := r.texts()
	return texts && !r.checksTexts() && len(r.formats()) == 0
}

// kinds are those of values that all members allow, null apart; nil where none names any.
func (r rules) kinds() (kinds []string) {
	typed := false
	for _, s := range r.members {
		if s.Type == nil {
			continue
		}
		own := kindsOf(s)
		if !typed {
			kinds, typed = own, true
			continue
		}
		kinds = slices.DeleteFunc(kinds, func(kind string) bool { return !slices.Contains(own, kind) })
	}
	return kinds
}

func (r rules) typed() bool {
	return slices.ContainsFunc(r.members, func(s *openapi3.Schema) bool { return s.Type != nil })
}

// scalarTypes are the Go types that scalars are checked as.
var scalarTypes = map[string]*gotype.Type{
	"booleans": {Kind: gotype.Bool, Name: "bool"},
	"numbers":  {Kind: gotype.Float, Name: "float64"},
	"texts":    {Kind: gotype.String, Name: "string"},
}

// checkScalar reads a value of the only kind that is allowed.
func (w *writer) checkScalar(r rules, name string) {
	t := scalarTypes[r.kinds()[0]]
	var checks []string
	switch t.Kind {
	case gotype.String:
		checks = w.textChecks(r, "value", name)
	case gotype.Float:
		checks = w.numberChecks(r, "", false)
	}
	if whole := t.Kind == gotype.Float && r.wholeOnly(); len(checks) == 0 && !whole {
		w.scalar(r, t, "*new("+t.Name+")", name)
		return
	}
	w.linef("{")
	w.linef("var value %s", t.Name)
	w.scalar(r, t, "value", name)
	w.linef("}")
}

// checker is the function that holds a value against rules.
func (c *decoderCompiler) checker(r rules, name string) string {
	if component := c.componentOf(r); component != "" {
		name = component
		if c.addsNull(r) {
			name = "Nullable" + component
		}
	}
	key := fmt.Sprintf("check %s %t", r.key(), r.nullable())
	what := "holds a value against the schema of " + name + "."
	return c.define(key, "check"+upper(name), what, "r *reader", func(w *writer) { w.checks(r, name) })
}

func upper(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// componentOf is the Go name of the component that the rules are those of.
func (c *decoderCompiler) componentOf(r rules) string {
	if len(r.roots) != 1 {
		return ""
	}
	return nameFor(c.components[c.beneath(r.roots[0])])
}

// beneath is the component that a schema refers to with nothing beside it, but for null. Else it is the schema.
func (c *decoderCompiler) beneath(s *openapi3.Schema) *openapi3.Schema {
	for c.components[s] == "" && len(s.AllOf) == 1 && saysNothing(s) {
		s = s.AllOf[0].Value
	}
	return s
}

// bare are the rules of the component beneath a single schema.
func (c *decoderCompiler) bare(r rules) rules { return c.rules(r.hidden, c.beneath(r.roots[0])) }

// addsNull says that all that the rules add to those of a component is null.
func (c *decoderCompiler) addsNull(r rules) bool {
	return c.componentOf(r) != "" && r.nullable() && !c.bare(r).nullable()
}

// checks writes the body of a checker.
func (w *writer) checks(r rules, name string) {
	if w.c.addsNull(r) {
		w.check(r, name)
		return
	}
	if r.nullable() {
		w.linef("if r.null() {\nreturn\n}")
	}
	for _, s := range r.members {
		w.before(r, s, name)
	}
	if !r.typed() && !r.nullable() && len(r.enums()) == 0 && !r.barsNull() {
		w.linef("if !r.is(^nulls, notNull) {\nreturn\n}")
	}
	kinds := r.kinds()
	if r.typed() && len(kinds) <= 1 && !r.mixed() {
		w.checkKind(r, kinds, name)
		return
	}
	if guard := strings.TrimSuffix(r.guard(""), " && "); guard != "" {
		w.linef("if !(%s) {\nreturn\n}", guard)
	}
	w.perKind(r, name)
}

// checkKind writes the checks of the only kind that is allowed.
func (w *writer) checkKind(r rules, kinds []string, name string) {
	switch {
	case len(kinds) == 0: // the members do not agree, or want null only
		w.linef("if %s {\nr.skip()\n}", strings.TrimSuffix(r.guard(""), " && "))
	case kinds[0] == "arrays":
		w.checkArray(r, name)
	case kinds[0] == "objects":
		w.enterObject(r)
		w.object(r, nil, "")
	default:
		w.checkScalar(r, name)
	}
}

// perKind writes the checks of values of several kinds.
func (w *writer) perKind(r rules, name string) {
	of := func(kind string) rules {
		only := rules{c: r.c, hidden: r.hidden}
		for _, s := range r.members {
			own := *s
			r.c.originals[&own] = s
			own.Type = &openapi3.Types{schemaTypes[kind]}
			if kind == "numbers" && s.Type != nil && s.Type.Includes("integer") && !s.Type.Includes("number") {
				own.Type = &openapi3.Types{"integer"}
			}
			own.Enum, own.Const = nil, nil
			only.members = append(only.members, &own)
		}
		only.roots = only.members
		return only
	}
	kinds := slices.DeleteFunc(slices.Clone(kindOrder), func(kind string) bool {
		known := kind == "numbers" && len(r.enums()) > 0 && len(w.numberChecks(of(kind), "", false)) == 0
		return known || r.bars(kind) || kind == "nulls" || kind == "booleans" || r.typed() && !slices.Contains(r.kinds(), kind) || !of(kind).asks(kind)
	})
	if len(kinds) == 0 {
		w.linef("r.skip()")
		return
	}
	w.linef("switch r.kind() {")
	for _, kind := range kinds {
		w.linef("case %s:", kind)
		w.checkKind(of(kind), []string{kind}, name)
	}
	w.linef("default:\nr.skip()\n}")
}

var schemaTypes = map[string]string{"numbers": "number", "texts": "string", "arrays": "array", "objects": "object"}

// asks says that values of a kind are held against anything.
func (r rules) asks(kind string) bool {
	return slices.ContainsFunc(r.members, func(s *openapi3.Schema) bool {
		switch kind {
		case "texts":
			return s.MinLength > 0 || s.MaxLength != nil || s.Pattern != "" || checkedFormats[s.Format] != ""
		case "numbers":
			return true // a float64 must hold them
		case "arrays":
			return s.Items != nil || s.MinItems > 0 || s.MaxItems != nil || s.UniqueItems
		case "objects":
			return len(s.Properties)+len(s.Required) > 0 || s.MinProps > 0 || s.MaxProps != nil ||
				s.AdditionalProperties.Schema != nil || s.AdditionalProperties.Has != nil && !*s.AdditionalProperties.Has
		}
		return false
	})
}

func (w *writer) checkArray(r rules, name string) {
	if slices.ContainsFunc(r.members, uniqueItems) {
		w.linef("r.unique()")
	}
	w.linef("if %sr.array() {", r.guard("array"))
	w.linef("items := 0")
	w.linef("for r.item() {\nitems++")
	w.within(w.hint, func() { w.check(r.items(), name+"Item") })
	w.linef("}")
	w.itemChecks(r, "items")
	w.linef("}")
}

// before writes the checks of a schema that look at the value before it is read.
func (w *writer) before(r rules, s *openapi3.Schema, name string) {
	if never(s) {
		w.linef("if r.kind() != 0 {\nr.refuse()\nreturn\n}")
		return
	}
	hidden := r.readOnly()
	if s.Not != nil {
		w.linef("if !r.not(%s) {\nreturn\n}", w.c.checker(w.c.rules(hidden, s.Not.Value), name+"Not"))
	}
	w.alternatives("oneOf", s, s.OneOf, hidden, name)
	w.alternatives("anyOf", s, s.AnyOf, hidden, name)
	if values := w.c.enum(s); len(values) > 0 {
		text, err := json.Marshal(values)
		if err != nil {
			panic(err) // they came from JSON
		}
		variable := w.variable(model.Unexported(upper(w.c.ownName(s, name)))+"Values", "jsonValues("+literal(string(text))+")")
		w.linef("if !r.oneOfValues(%s) {\nreturn\n}", variable)
	}
}
