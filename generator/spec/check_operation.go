package spec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "connect", "query"}

// checkOperation says what an operation lacks.
func (w *walker) checkOperation(p *place) {
	w.dropTwins(p)
	m := p.node.member("responses")
	if m != nil && hasResponse(m.value) {
		return
	}
	if m != nil && m.value.shape != shapeObject || m == nil && misspelt(p.node, "responses") {
		return
	}
	at, problem := p.at, "the operation has no responses"
	if m != nil {
		at, problem = m.at, "responses is empty"
	}
	if !w.v31 {
		w.fail(at, p.pointer(), problem, `add one, such as "200" with a description`)
		return
	}
	p.node.take("responses")
	response, responses := newObject(at), newObject(at)
	response.set("description", newText(at, "Any answer"))
	responses.set("default", response)
	p.node.set("responses", responses)
	w.note(at, p.pointer(), problem, `gen added "default"`)
}

// misspelt says whether the object has a key that was probably meant to be this one.
func misspelt(n *node, key string) bool {
	return slices.ContainsFunc(n.members, func(m *member) bool { return nearest(m.key, []string{key}) != "" })
}

func hasResponse(responses *node) bool {
	return slices.ContainsFunc(responses.members, func(m *member) bool { return !strings.HasPrefix(m.key, "x-") })
}

// dropTwins leaves out the second of two parameters of the same name and place.
func (w *walker) dropTwins(p *place) {
	list := p.node.get("parameters")
	if list == nil || list.shape != shapeList {
		return
	}
	seen := map[string]bool{}
	for i, item := range slices.Clone(list.items) {
		parameter := w.tree.deref(item)
		if parameter == nil || parameter.shape != shapeObject {
			continue
		}
		key := parameter.string("in") + " parameter " + quote(parameter.string("name"))
		if seen[key] {
			w.repaired(item.at, p.under("parameters", strconv.Itoa(i)), "the "+key+" is here twice", "gen ignored the second")
			list.items = slices.DeleteFunc(list.items, func(other *node) bool { return other == item })
		}
		seen[key] = true
	}
}

// checkOperationIDs renames the second of two operations with the same operationId.
func (w *walker) checkOperationIDs() {
	taken, second := map[string]bool{}, []*place{}
	for _, section := range []string{"paths", "webhooks"} {
		list := w.tree.root.get(section)
		if list == nil {
			continue
		}
		for _, item := range list.members {
			for _, m := range item.value.members {
				if !slices.Contains(methods, m.key) {
					continue
				}
				id := m.value.member("operationId")
				if id == nil || id.value.text == "" {
					continue
				}
				if taken[id.value.text] {
					second = append(second, (&place{}).below(id.at, noKind, m.value, section, item.key, m.key))
				}
				taken[id.value.text] = true
			}
		}
	}
	for _, p := range second {
		w.renameOperation(p, taken)
	}
}

func (w *walker) renameOperation(p *place, taken map[string]bool) {
	id := p.node.get("operationId")
	old, name := id.text, id.text+"_"+p.part
	for i := 2; taken[name]; i++ {
		name = fmt.Sprintf("%s_%s_%d", old, p.part, i)
	}
	taken[name] = true
	w.repaired(p.at, p.under("operationId"), fmt.Sprintf("the operationId %s is here for the second time", quote(old)), fmt.Sprintf("gen renamed this one to %q", name))
	id.text = name
}
