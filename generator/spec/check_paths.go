package spec

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

var templated = regexp.MustCompile(`\{([^{}]*)\}`)

// repairPaths checks the keys of paths.
func (w *walker) repairPaths(p *place) {
	for _, m := range slices.Clone(p.node.members) {
		if strings.HasPrefix(m.key, "x-") {
			continue
		}
		if rest := templated.ReplaceAllString(m.key, ""); strings.ContainsAny(rest, "{}") || strings.Contains(m.key, "{}") {
			w.fail(m.at, p.under(m.key), fmt.Sprintf("the path %s has a brace without its other half, or none between them", quote(m.key)), "write parameters as {name}")
		}
		if strings.ContainsFunc(m.key, unicode.IsControl) {
			w.fail(m.at, p.under(m.key), fmt.Sprintf("the path %s has a line break or another control character in it", quote(m.key)), "remove it")
		}
		if path := "/" + m.key; !strings.HasPrefix(m.key, "/") {
			if p.node.member(path) != nil {
				w.fail(m.at, p.under(m.key), fmt.Sprintf("the path %s is here twice, with and without its slash", quote(m.key)), "remove one of them")
				continue
			}
			w.repaired(m.at, p.under(m.key), fmt.Sprintf("the path %s does not begin with a slash", quote(m.key)), fmt.Sprintf("gen read it as %q", path))
			p.node.rename(m, path)
		}
	}
}

// checkPathParameters brings the path parameters of each operation in step with the path.
func (w *walker) checkPathParameters(p *place) {
	w.dropTwins(p)
	if owner := p.owner(); owner == nil || owner.kind != kindPaths {
		return
	}
	var names []string
	for _, match := range templated.FindAllStringSubmatch(p.part, -1) {
		if !slices.Contains(names, match[1]) {
			names = append(names, match[1])
		}
	}
	shared, extra := w.pathParameters(p, names)
	w.dropExtra(p, extra)
	for _, m := range p.node.members {
		if slices.Contains(methods, m.key) && m.value.shape == shapeObject {
			w.completePath(p.below(m.at, kindOperation, m.value, m.key), names, shared, extra)
		}
	}
}

// pathParameters returns the names of the path parameters that p declares and the path has, and
// those which it does not have.
func (w *walker) pathParameters(p *place, names []string) (declared []string, extra []*node) {
	list := p.node.get("parameters")
	if list == nil {
		return nil, nil
	}
	for _, item := range list.items {
		parameter := w.tree.deref(item)
		if parameter.string("in") != "path" {
			continue
		}
		if name := parameter.string("name"); slices.Contains(names, name) {
			declared = append(declared, name)
		} else {
			extra = append(extra, item)
		}
	}
	return declared, extra
}

// completePath adds the path parameters that an operation lacks and drops those too many. One too
// many where one lacks is that one under another name.
func (w *walker) completePath(p *place, names, shared []string, spare []*node) {
	declared, extra := w.pathParameters(p, names)
	w.dropExtra(p, extra)
	spare = append(extra, spare...)
	var missing []string
	for _, name := range names {
		if !slices.Contains(declared, name) && !slices.Contains(shared, name) {
			missing = append(missing, name)
		}
	}
	for _, name := range missing {
		parameter, done := pathString(p.at, name), "gen added it as a string"
		if len(missing) == 1 && len(spare) == 1 {
			parameter = w.tree.deref(spare[0]).clone()
			done = fmt.Sprintf("gen took %s for it", quote(parameter.string("name")))
			parameter.set("name", newText(spare[0].at, name))
		}
		w.addParameter(p, parameter)
		w.repaired(p.at, p.pointer(), fmt.Sprintf("the path parameter %s is not declared", quote(name)), done)
	}
}

func (w *walker) addParameter(p *place, parameter *node) {
	list := p.node.get("parameters")
	if list == nil || list.shape != shapeList {
		list = newList(p.at)
		p.node.set("parameters", list)
	}
	list.items = append(list.items, parameter)
}

func pathString(at Position, name string) *node {
	schema, parameter := newObject(at), newObject(at)
	schema.set("type", newText(at, "string"))
	parameter.set("name", newText(at, name))
	parameter.set("in", newText(at, "path"))
	parameter.set("required", newBool(at, true))
	parameter.set("schema", schema)
	return parameter
}

func (w *walker) dropExtra(p *place, extra []*node) {
	list := p.node.get("parameters")
	for _, item := range extra {
		i := slices.Index(list.items, item)
		w.repaired(item.at, p.under("parameters", strconv.Itoa(i)), fmt.Sprintf("the path has no parameter %s", quote(w.tree.deref(item).string("name"))), "gen ignored it")
	}
	if len(extra) > 0 {
		list.items = slices.DeleteFunc(list.items, func(item *node) bool { return slices.Contains(extra, item) })
	}
}
