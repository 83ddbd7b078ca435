package spec

import (
	"fmt"
	"slices"
	"strconv"
)

// repairSchema reads what other versions of OpenAPI, or habit, write in another way.
func (w *walker) repairSchema(p *place) {
	p.node.take("$id") // no reference needs it any more, and validators would count pointers from it
	w.requiredFlag(p)
	w.repairType(p)
	w.repairNullable(p)
	w.repairBound(p, "exclusiveMinimum", "minimum")
	w.repairBound(p, "exclusiveMaximum", "maximum")
	w.repairValues(p)
	w.repairItems(p)
	w.repairRequired(p)
	w.repairDiscriminator(p)
	w.repairSense(p)
}

// requiredFlag moves "required: true" from a property to the list of its object.
func (w *walker) requiredFlag(p *place) {
	m := p.node.member("required")
	if m == nil || m.value.shape != shapeBool {
		return
	}
	p.node.take("required")
	problem, pointer := "required is a boolean where a list of property names is expected", p.under("required")
	if !m.value.isTrue() {
		w.repaired(m.at, pointer, problem, "gen left it out")
		return
	}
	owner := p.owner()
	for owner != nil && owner.kind == kindMediaType {
		owner = owner.owner()
	}
	switch {
	case owner == nil:
		w.repaired(m.at, pointer, problem, "gen left it out")
	case owner.kind == kindSchema && p.field == "properties":
		require(owner.node, m.at, p.part)
		w.repaired(m.at, pointer, problem, "gen added "+quote(p.part)+" to the list of the object")
	case owner.kind == kindParameter || owner.kind == kindRequestBody:
		owner.node.set("required", newBool(m.at, true))
		w.repaired(m.at, pointer, problem, "gen took it for that of "+owner.kind.String())
	default:
		w.repaired(m.at, pointer, problem, "gen left it out")
	}
}

// require adds a property to the list of those that an object requires.
func require(object *node, at Position, name string) {
	list := object.get("required")
	if list == nil || list.shape != shapeList {
		list = newList(at)
		object.set("required", list)
	}
	for _, item := range list.items {
		if item.text == name {
			return
		}
	}
	list.items = append(list.items, newText(at, name))
}

// repairNullable writes nullable the way of 3.1, where null is one of the types.
func (w *walker) repairNullable(p *place) {
	n := p.node
	m := n.member("nullable")
	if m == nil || !w.v31 || !w.asBool(p, m) {
		return
	}
	n.take("nullable")
	done := "write null as one of the types"
	switch kind := n.get("type"); {
	case !m.value.isTrue():
		done = "leave it out"
	case kind == nil:
		orNull(n, m.at)
	case kind.shape == shapeText && kind.text != "null":
		n.set("type", newList(kind.at, kind, newText(m.at, "null")))
	case kind.shape == shapeList && !slices.ContainsFunc(kind.items, func(item *node) bool { return item.text == "null" }):
		kind.items = append(kind.items, newText(m.at, "null"))
	}
	if w.strict {
		w.repaired(m.at, p.under("nullable"), "OpenAPI 3.1 has no nullable", done)
		return
	}
	w.nullables = append(w.nullables, Issue{Position: m.at, Pointer: p.under("nullable")})
}

// orNull makes a schema without a type of its own accept null as well.
func orNull(n *node, at Position) {
	null := newObject(at)
	null.set("type", newText(at, "null"))
	for _, key := range []string{"oneOf", "anyOf"} {
		if list := n.get(key); list != nil && list.shape == shapeList {
			list.items = append(list.items, null)
			return
		}
	}
	for _, key := range []string{"$ref", "allOf"} {
		if m := n.take(key); m != nil {
			branch := newObject(m.at)
			branch.add(m)
			n.set("anyOf", newList(at, branch, null))
			return
		}
	}
}

// repairBound writes an exclusive bound the way of the document's version: a number in 3.1, a flag
// beside the bound in 3.0.
func (w *walker) repairBound(p *place, exclusive, inclusive string) {
	n := p.node
	m := n.member(exclusive)
	if m == nil {
		return
	}
	limit := n.get(inclusive)
	switch {
	case m.value.shape == shapeBool && w.v31:
		n.take(exclusive)
		if m.value.isTrue() && limit != nil {
			n.take(inclusive)
			n.add(&member{key: exclusive, at: m.at, value: limit})
		}
		w.repaired(m.at, p.under(exclusive), exclusive+" is a boolean, as in OpenAPI 3.0", "gen read it as 3.1 writes it, a number")
	case m.value.shape == shapeNumber && !w.v31:
		if limit == nil || !stricter(limit, m.value, inclusive) {
			n.set(inclusive, m.value)
			m.value = newBool(m.at, true)
		} else {
			n.take(exclusive)
		}
		w.repaired(m.at, p.under(exclusive), exclusive+" is a number, as in OpenAPI 3.1", "gen read it as "+inclusive+" with a flag")
	}
}

// stricter says whether limit excludes more than other, an exclusive one.
func stricter(limit, other *node, bound string) bool {
	a, errA := strconv.ParseFloat(limit.text, 64)
	b, errB := strconv.ParseFloat(other.text, 64)
	if errA != nil || errB != nil {
		return false
	}
	if bound == "minimum" {
		return a > b
	}
	return a < b
}

// repairValues makes strings of what YAML took for something else in enum and default, and reads
// a const of 3.1 in 3.0.
func (w *walker) repairValues(p *place) {
	n := p.node
	if constant := n.member("const"); constant != nil && !w.v31 && n.get("enum") == nil {
		n.take("const")
		n.set("enum", newList(constant.at, constant.value))
		w.repaired(constant.at, p.under("const"), "OpenAPI 3.0 has no const", "gen read it as an enum of one")
	}
	enum := n.member("enum")
	if enum != nil && enum.value.shape == shapeList && len(enum.value.items) == 0 {
		n.take("enum")
		w.repaired(enum.at, p.under("enum"), "the enum has no values", "gen left it out")
		enum = nil
	}
	if n.string("type") != "string" {
		return
	}
	if enum != nil {
		for _, item := range enum.value.items {
			asText(item)
		}
	}
	if value := n.get("default"); value != nil {
		asText(value)
	}
}

// repairItems says of what the items of an array are where the document does not.
func (w *walker) repairItems(p *place) {
	if w.v31 || p.node.string("type") != "array" || p.node.get("items") != nil {
		return
	}
	at := p.node.member("type").at
	p.node.take("items")
	p.node.set("items", newObject(at))
	w.repaired(at, p.pointer(), "an array has no items", "gen takes any value for an item")
}

// tuple reads a list of schemas, one for each item, as their alternatives.
func (w *walker) tuple(p *place) {
	list := p.node.items
	done := "gen takes any of them for an item"
	*p.node = *newObject(p.at)
	if len(list) == 1 && list[0].shape == shapeObject {
		*p.node = *list[0]
		done = "gen took the one in it"
	} else if len(list) > 0 {
		p.node.set("anyOf", newList(p.at, list...))
	}
	w.repaired(p.at, p.pointer(), "items is a list of schemas where one is expected", done)
}

func (w *walker) repairRequired(p *place) {
	m := p.node.member("required")
	if m == nil || m.value.shape != shapeList {
		return
	}
	seen := map[string]bool{}
	m.value.items = slices.DeleteFunc(m.value.items, func(item *node) bool {
		twice := item.scalar() && seen[item.text]
		if seen[item.text] = true; twice {
			w.note(item.at, p.under("required"), fmt.Sprintf("%s is required twice", quote(item.text)), "gen ignored the second")
		}
		return twice
	})
}

func (w *walker) repairDiscriminator(p *place) {
	m := p.node.member("discriminator")
	if m == nil || m.value.shape != shapeObject || m.value.get("propertyName") != nil {
		return
	}
	p.node.take("discriminator")
	w.repaired(m.at, p.under("discriminator"), "a discriminator has no propertyName", "gen left it out")
}
