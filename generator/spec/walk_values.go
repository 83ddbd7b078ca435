package spec

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

func (w *walker) misshapen(p *place, m *member, want string) {
	w.fail(m.at, p.under(m.key), fmt.Sprintf("%s is %s where %s is expected", m.key, m.value.shape, want), "write "+want)
}

// plain checks the value of a field that holds no object of OpenAPI, and repairs how it is written.
func (w *walker) plain(p *place, m *member, f form) {
	switch f {
	case formText:
		if !asText(m.value) {
			w.misshapen(p, m, "a string")
		}
	case formTexts:
		w.textList(p, m)
	case formBool:
		if !w.asBool(p, m) {
			w.misshapen(p, m, "true or false")
		}
	case formCount:
		if !w.asNumber(p, m) || !asCount(m.value) {
			w.misshapen(p, m, "an integer that is not negative")
		}
	case formNumber:
		if !w.asNumber(p, m) {
			w.misshapen(p, m, "a number")
		}
	case formBound:
		if m.value.shape != shapeBool && !w.asBool(p, m) && !w.asNumber(p, m) {
			w.misshapen(p, m, "a number")
		}
	case formValues:
		w.listed(p, m, noKind)
	case formTextMap, formTextsMap, formObject:
		w.byName(p, m, f)
	case formNeeds:
		w.security(p, m)
	}
}

// asText makes a string of what YAML took for a number or a boolean.
func asText(n *node) bool {
	if !n.scalar() {
		return false
	}
	n.shape = shapeText
	return true
}

// textList checks a list of strings, which is at the pointer of p followed by way and the key.
func (w *walker) textList(p *place, m *member, way ...string) {
	if !w.listed(p, m, noKind) {
		return
	}
	for i, item := range m.value.items {
		if !asText(item) {
			w.fail(item.at, p.under(append(way, m.key, strconv.Itoa(i))...), fmt.Sprintf("%s has %s where a string is expected", m.key, item.shape), "write a string")
		}
	}
}

// byName checks an object whose keys are names of any kind.
func (w *walker) byName(p *place, m *member, f form) {
	if m.value.shape != shapeObject {
		w.misshapen(p, m, "an object")
		return
	}
	for _, entry := range m.value.members {
		switch {
		case f == formObject:
		case f == formTextsMap:
			w.textList(p, entry, m.key)
		case entry.value.shape == shapeNull:
			entry.value = newText(entry.at, "")
		case !asText(entry.value):
			w.fail(entry.at, p.under(m.key, entry.key), fmt.Sprintf("%s is %s where a string is expected", quote(entry.key), entry.value.shape), "write a string")
		}
	}
}

func (w *walker) asBool(p *place, m *member) bool {
	if m.value.shape == shapeText && (m.value.text == "true" || m.value.text == "false") {
		w.repaired(m.at, p.under(m.key), fmt.Sprintf("%s is a string where true or false is expected", m.key), "gen read it without its quotes")
		m.value.shape = shapeBool
	}
	return m.value.shape == shapeBool
}

func (w *walker) asNumber(p *place, m *member) bool {
	if m.value.shape == shapeText {
		literal := strings.TrimSpace(m.value.text)
		if _, err := strconv.ParseFloat(literal, 64); err == nil && json.Valid([]byte(literal)) {
			w.repaired(m.at, p.under(m.key), fmt.Sprintf("%s is a string where a number is expected", m.key), "gen read it without its quotes")
			m.value.shape, m.value.text = shapeNumber, literal
		}
	}
	if m.value.shape != shapeNumber {
		return false
	}
	_, err := strconv.ParseFloat(m.value.text, 64)
	return err == nil
}

// asCount writes an integer without point and exponent: 10.0 and 1e3 are integers too.
func asCount(n *node) bool {
	if _, err := strconv.ParseUint(n.text, 10, 63); err == nil {
		return true
	}
	f, err := strconv.ParseFloat(n.text, 64)
	if err != nil || f < 0 || f > 1<<62 {
		return false
	}
	integer, exact := big.NewFloat(f).Int64()
	n.text = strconv.FormatInt(integer, 10)
	return exact == big.Exact
}

// isSwitch says whether the field is a boolean in place of a schema.
func (w *walker) isSwitch(p *place, m *member) bool {
	return m.value.shape == shapeBool || m.value.shape == shapeText && w.asBool(p, m)
}

// security checks requirements: their form, and that each scheme is defined.
func (w *walker) security(p *place, m *member) {
	if !w.listed(p, m, noKind) {
		return
	}
	for i, item := range m.value.items {
		if item.shape == shapeNull {
			*item = *newObject(item.at)
		}
		if item.shape != shapeObject {
			w.fail(item.at, p.under(m.key, strconv.Itoa(i)), fmt.Sprintf("a security requirement is %s", item.shape), "write the scheme's name with a list of scopes: - name: []")
			continue
		}
		for _, need := range item.members {
			w.requirement(p, m, i, need)
		}
	}
}

func (w *walker) requirement(p *place, m *member, i int, need *member) {
	pointer := p.under(m.key, strconv.Itoa(i), need.key)
	switch {
	case need.value.shape == shapeNull:
		need.value = newList(need.at)
	case need.value.shape != shapeList:
		w.fail(need.at, pointer, fmt.Sprintf("the scopes of %s are %s", quote(need.key), need.value.shape), "write a list, [] if there are none")
		return
	}
	for _, scope := range need.value.items {
		if !asText(scope) {
			w.fail(scope.at, pointer, "a scope is "+scope.shape.String(), "write a string")
		}
	}
	w.defineScheme(need, pointer)
}

// defineScheme adds a scheme that is required but not defined: leaving the requirement out would
// open the operation, and keeping it would refer to nothing.
func (w *walker) defineScheme(need *member, pointer string) {
	schemes := w.component("securitySchemes")
	if schemes.member(need.key) != nil {
		return
	}
	scheme, names := "bearer", keysOf(schemes)
	if strings.Contains(strings.ToLower(need.key), "basic") {
		scheme = "basic"
	}
	done := fmt.Sprintf("gen took it for http %s; define it under components.securitySchemes", scheme)
	if name := nearest(need.key, names); name != "" {
		done += fmt.Sprintf(", or did you mean %q?", name)
	}
	w.repaired(need.at, pointer, fmt.Sprintf("the security scheme %s is not defined", quote(need.key)), done)
	defined := newObject(need.at)
	defined.set("type", newText(need.at, "http"))
	defined.set("scheme", newText(need.at, scheme))
	schemes.add(&member{key: need.key, at: need.at, value: defined})
}

// component returns the components of one section, which it adds if there are none.
func (w *walker) component(section string) *node {
	root := w.tree.root
	components := root.get("components")
	if components == nil || components.shape == shapeNull {
		components = newObject(root.at)
		root.set("components", components)
	}
	list := components.get(section)
	if list == nil || list.shape == shapeNull {
		list = newObject(components.at)
		components.set(section, list)
	}
	return list
}

func keysOf(n *node) []string {
	if n == nil {
		return nil
	}
	keys := make([]string, len(n.members))
	for i, m := range n.members {
		keys[i] = m.key
	}
	return keys
}
