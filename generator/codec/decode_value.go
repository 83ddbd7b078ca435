package codec

import (
	"fmt"
	"slices"
	"strings"

	"gen/generator/codec/gotype"
)

// decoder is the function that reads a value that is not null into a *t.
func (c *decoderCompiler) decoder(r rules, t *gotype.Type, name string) string {
	prefix := "decode"
	if len(r.members) == 0 {
		prefix = "bind"
	}
	params := fmt.Sprintf("r *reader, v *%s", t.Name)
	return c.define(prefix+" "+name+" "+r.key(), prefix+name, fmt.Sprintf("reads JSON as %s.", t.Name), params, func(w *writer) {
		w.defined(r, t)
	})
}

// defined writes the body of a decoder.
func (w *writer) defined(r rules, t *gotype.Type) {
	base := t.Base()
	union := base.Kind == gotype.Struct && base.Union
	switch {
	case union && len(base.Fields) == 0 && len(r.members) == 0:
		w.linef("v.union = r.raw()")
	case union && len(r.members) == 0:
		w.linef("v.union = r.rawAhead()")
		w.linef("if r.kind() != objects {\nr.skip()\nreturn\n}")
		w.enterObject(r)
		w.object(r, base, "v")
	case w.apart(r, base):
		w.linef("if r.passes(%s) {", w.c.checker(r, t.Name))
		w.value(w.c.rules(nil), t, "*v")
		w.linef("}")
	case base.Kind == gotype.Struct:
		w.enterObject(r)
		w.object(r, base, "v")
	default:
		w.scalarOrList(r, t, "*v", t.Name)
	}
}

// apart says that a value is checked first, and then read into the Go type without a look at its rules.
func (w *writer) apart(r rules, base *gotype.Type) bool {
	if len(r.members) == 0 {
		return false
	}
	if r.apart() || r.mixed() {
		return true
	}
	switch base.Kind {
	case gotype.String:
		return len(r.enums()) > 0 && !r.asksForTexts()
	case gotype.Bool, gotype.Int, gotype.Uint, gotype.Float:
		return len(r.enums()) > 0
	case gotype.Slice:
		return len(r.enums()) > 0
	case gotype.Struct:
		return base.Union || len(r.enums()) > 0
	case gotype.Map:
		return len(r.enums()) > 0 || len(r.propertyNames()) > 0 || len(r.required()) > 0
	case gotype.Time, gotype.Date, gotype.UUID, gotype.Email, gotype.Bytes:
		return len(r.enums()) > 0 || r.checksTexts() || !slices.Equal(r.formats(), []string{formatOf[base.Kind]})
	}
	return true
}

var formatOf = map[gotype.Kind]string{
	gotype.Time: "date-time", gotype.Date: "date", gotype.UUID: "uuid", gotype.Email: "email", gotype.Bytes: "byte",
}

// value writes what reads the value at hand into dst.
func (w *writer) value(r rules, t *gotype.Type, dst string) {
	base := t.Base()
	switch {
	case base.Kind == gotype.Nullable:
		w.nullableValue(r, base.Elem, dst)
	case base.Kind == gotype.Pointer:
		w.unlessNull(r, func() {
			w.linef("%s = new(%s)", dst, base.Elem.Name)
			w.plain(r, base.Elem, "*"+dst)
		})
	case base.Kind == gotype.Any && len(r.members) == 0 && r.nullable():
		w.linef("%s = r.anything()", dst)
	case base.Kind == gotype.Raw, base.Kind == gotype.Struct && base.Union && r.nullable():
		w.plain(r, t, dst)
	default:
		w.unlessNull(r, func() { w.plain(r, t, dst) })
	}
}

func (w *writer) nullableValue(r rules, elem *gotype.Type, dst string) {
	target := strings.TrimPrefix(dst, "*")
	name := w.local("value")
	if r.nullable() {
		w.linef("if r.null() {\n%s.SetNull()\n} else {", target)
	} else {
		w.linef("{")
	}
	w.linef("var %s %s", name, elem.Name)
	w.within(w.nameOf(nil, dst), func() { w.plain(r, elem, name) })
	w.linef("%s.Set(%s)\n}", target, name)
}

// within writes what belongs to the value of that name, and has variables of its own.
func (w *writer) within(name string, write func()) {
	outer := w.hint
	w.hint = name
	w.depth++
	write()
	w.depth--
	w.hint = outer
}

// unlessNull writes what is done with a value other than null, where null is one.
func (w *writer) unlessNull(r rules, write func()) {
	if !r.nullable() {
		write()
		return
	}
	w.linef("if !r.null() {")
	write()
	w.linef("}")
}

// plain is value for one that is not null, or must not be.
func (w *writer) plain(r rules, t *gotype.Type, dst string) {
	base := t.Base()
	definition := t.Definition()
	switch {
	case base.Kind == gotype.Pointer || base.Kind == gotype.Nullable:
		w.value(r, t, dst)
	case definition != nil && (base.Kind == gotype.Struct || base.Kind == gotype.Slice || base.Kind == gotype.Map):
		w.linef("%s(r, %s)", w.c.decoder(r, named(definition), definition.Name), address(dst))
	case w.apart(r, base):
		w.linef("if r.passes(%s) {", w.c.checker(r, w.nameOf(t, dst)))
		w.plain(w.c.rules(nil), t, dst)
		w.linef("}")
	default:
		w.scalarOrList(r, t, dst, w.nameOf(t, dst))
	}
}

// nameOf is what to call what belongs to a value: its type, else the function and the field.
func (w *writer) nameOf(t *gotype.Type, dst string) string {
	if t != nil && t.Kind == gotype.Named {
		return t.Name
	}
	_, field, ok := strings.Cut(dst, "v.")
	if !ok {
		field = ""
	}
	return w.hint + strings.Map(func(c rune) rune {
		if c == '.' || c == '*' || c == '(' || c == ')' {
			return -1
		}
		return c
	}, field)
}

func (w *writer) scalarOrList(r rules, t *gotype.Type, dst, name string) {
	base := t.Base()
	switch base.Kind {
	case gotype.Slice:
		w.slice(r, t, dst)
	case gotype.Map:
		w.mapping(r, t, dst)
	case gotype.Any:
		w.notNull(r, func() { w.linef("%s = r.anything()", dst) })
	case gotype.Raw:
		w.linef("%s = r.raw()", dst)
	default:
		w.scalar(r, t, dst, name)
	}
}

// notNull writes what is done with a value of any kind but null, where null is none.
func (w *writer) notNull(r rules, write func()) {
	if r.nullable() {
		write()
		return
	}
	w.linef("if r.is(^nulls, notNull) {")
	write()
	w.linef("}")
}

// local is a name for a variable that those of the loops around do not have.
func (w *writer) local(name string) string {
	if w.depth == 0 {
		return name
	}
	return fmt.Sprintf("%s%d", name, w.depth+1)
}

func address(dst string) string {
	if pointer, ok := strings.CutPrefix(dst, "*"); ok {
		return pointer
	}
	return "&" + dst
}

func (w *writer) slice(r rules, t *gotype.Type, dst string) {
	unique := slices.ContainsFunc(r.members, uniqueItems)
	elem := t.Base().Elem
	simple := isBasic(elem)
	switch {
	case unique && simple:
		w.linef("start, wrong := r.here()")
	case unique:
		w.linef("r.unique()")
	}
	w.linef("if %sr.array() {", r.guard("array"))
	w.linef("%s = %s{}", dst, t.Name)
	w.linef("for r.item() {")
	item := w.local("item")
	w.linef("%s := grow(%s)", item, address(dst))
	w.within(w.nameOf(nil, dst)+"Item", func() { w.value(r.items(), elem, "*"+item) })
	w.linef("}")
	w.itemChecks(r, "len("+dst+")")
	if unique && simple {
		w.linef("uniqueItems(r, %s, start, wrong)", dst)
	}
	w.linef("}")
}

// isBasic says that values of a type can be compared as they are.
func isBasic(t *gotype.Type) bool {
	switch t.Base().Kind {
	case gotype.String, gotype.Bool, gotype.Int, gotype.Uint, gotype.Float:
		return true
	}
	return false
}

func (w *writer) mapping(r rules, t *gotype.Type, dst string) {
	values, allowed := r.property("")
	name, value := w.local("name"), w.local("value")
	w.linef("if %sr.object() {", r.guard("object"))
	w.linef("%s = %s{}", dst, t.Name)
	w.linef("for r.next() {")
	if allowed {
		w.member(values, t.Base().Elem, dst, name, value)
	} else {
		w.linef("r.unlisted()\nr.refuse()")
	}
	w.linef("}")
	w.memberChecks(r, "len("+dst+")")
	w.linef("}")
}

// member writes what reads a member into a map.
func (w *writer) member(r rules, t *gotype.Type, dst, name, value string) {
	w.linef("r.unlisted()")
	w.linef("%s := r.keepName()\nvar %s %s", name, value, t.Name)
	w.within(w.nameOf(nil, dst)+"Value", func() { w.value(r, t, value) })
	if strings.HasPrefix(dst, "*") {
		dst = "(" + dst + ")"
	}
	w.linef("%s[%s] = %s", dst, name, value)
}
