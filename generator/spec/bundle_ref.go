package spec

import (
	"fmt"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"
)

// aim is what a reference leads to. Its node is nil if the document itself does not have it.
type aim struct {
	file  *file
	parts []string
	node  *node
	at    Position // of its key
}

func (a aim) target(k kind) target { return target{a.file, Pointer(a.parts...), k} }

// follow brings what a reference leads to into the document. It returns true if that took the place
// of the reference and was visited.
func (b *bundler) follow(n *node, m *member, k kind, f *file, depth int) bool {
	if f == b.lib.root && b.meantHere(m.value.text, k) {
		return false // the walker knows what to do
	}
	a, ok := b.end(m, f)
	if wrong := unfit(a, k); ok && wrong != "" {
		b.fail(m.at, "", fmt.Sprintf("the reference %s leads to %s where %s is expected", quote(m.value.text), wrong, k), "refer to "+k.String())
		ok = false
	}
	if !ok {
		b.hollow = b.hollow || !grammar[k].ref
		return false
	}
	if got := kindAt(a.parts); got != k && b.section(got) != nil {
		k = got // for the walker to repair
	}
	switch {
	case a.file == b.lib.root:
		m.value.text = refTo(a.parts)
	case b.section(k) != nil:
		m.value.text = b.bind(a, k)
	default:
		b.inline(n, m, k, a, f, depth)
		return true
	}
	return false
}

// unfit says what a reference to another file leads to where that cannot be meant: a text or a number
// for a schema, or what OpenAPI calls something else.
func unfit(a aim, k kind) string {
	if a.node == nil || k == kindExample {
		return ""
	}
	got := kindAt(a.parts)
	whole := a.file.root.get("openapi") != nil || a.file.root.get("swagger") != nil
	switch {
	case got == k:
		return ""
	case k == kindSchema && (a.node.shape == shapeText || a.node.shape == shapeNumber || a.node.shape == shapeNull):
		return a.node.shape.String()
	case !whole || a.node.shape != shapeObject:
		return ""
	case got == kindDocument:
		return "a whole OpenAPI document"
	case got == kindPaths || got == kindOperation || got == kindComponents || got == kindResponses:
		return got.String()
	}
	return ""
}

// meantHere says that a reference is one to this document, if need be written without a #.
func (b *bundler) meantHere(ref string, k kind) bool {
	if strings.HasPrefix(ref, "#/") {
		return len(b.lib.root.resources().around) == 0 || b.tree.target(ref) != nil
	}
	if strings.Contains(ref, "#") || namesFile(ref) {
		return false
	}
	way := b.section(k)
	return b.tree.target("#/"+strings.TrimLeft(ref, "/")) != nil || way != nil && b.tree.root.find(append(slices.Clip(way), ref)) != nil
}

// namesFile says that a reference has the name of a YAML or JSON file in it.
func namesFile(ref string) bool {
	name, _, _ := strings.Cut(ref, "#")
	return slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(path.Ext(name)))
}

// end returns what a reference leads to at last, where that is a reference alone. What is wrong with
// it is reported.
func (b *bundler) end(m *member, f *file) (aim, bool) {
	a, ok := b.aim(m, f, maxHops)
	for range maxHops {
		if !ok || a.file == b.lib.root || !isAlias(a.node) {
			return a, ok
		}
		a, ok = b.aim(a.node.member("$ref"), a.file, maxHops)
	}
	b.fail(m.at, "", fmt.Sprintf("the reference %s leads back to itself", quote(m.value.text)), "break the circle")
	return aim{}, false
}

// isAlias says that an object is a reference and nothing else.
func isAlias(n *node) bool {
	return n.string("$ref") != "" && len(n.members) == 1
}

// aim returns what a reference leads to. It may lead through so many others.
func (b *bundler) aim(m *member, f *file, hops int) (aim, bool) {
	name, fragment, _ := strings.Cut(m.value.text, "#")
	if a, ok := b.identified(m, f, name); ok {
		if a, rest, ok := b.within(a, unescape(fragment), hops); ok && len(rest) == 0 {
			return a, true
		}
		if name != "" {
			b.nowhere(m, a.file, fmt.Sprintf("the schema with the $id %s has no such part", quote(name)), "check what is behind the #")
			return aim{}, false
		}
	}
	to := f
	if name != "" {
		way, wrong := b.lib.resolve(f.at, name)
		if wrong != "" {
			b.unreachable(m, trouble{"cannot be followed", wrong})
			return aim{}, false
		}
		var why *trouble
		if to, why = b.lib.get(way); why != nil {
			b.unreachable(m, *why)
			return aim{}, false
		}
	}
	if to.root == nil { // its syntax errors are reported
		return aim{}, false
	}
	return b.fragment(m, f, to, unescape(fragment), hops)
}

// fragment finds what the fragment of a reference names in a file.
func (b *bundler) fragment(m *member, from, to *file, fragment string, hops int) (aim, bool) {
	whole := aim{file: to, node: to.root, at: to.root.at}
	switch {
	case fragment == "" || fragment == "/" && to.root.member("") == nil:
		return whole, true
	case !strings.HasPrefix(fragment, "/"):
		a, ok := to.anchor(fragment)
		if !ok && to != b.lib.root {
			b.nowhere(m, to, "its schemas have no $anchor of that name", "name one, or write a pointer like #/components/schemas/Post")
		}
		return a, ok
	}
	parts := splitPointer(fragment)
	a, rest, ok := b.walk(whole, parts, hops)
	switch {
	case !ok: // reported
	case len(rest) == 0:
		return a, true
	case to == b.lib.root:
		return aim{file: to, parts: parts}, true // the walker knows what to do
	case to == from && b.tree.root.find(parts) != nil:
		b.repaired(m.at, "", fmt.Sprintf("the reference %s leads nowhere in this file", quote(m.value.text)), "gen read it as one in "+quote(path.Base(b.lib.root.name)))
		return aim{file: b.lib.root, parts: parts}, true
	default:
		b.nowhere(m, to, fmt.Sprintf("it has no %s at that place", quote(rest[0])), meant(rest[0], keysOf(a.node), "check what is behind the #"))
	}
	return aim{}, false
}

// within finds what a fragment names in a schema that has an $id.
func (b *bundler) within(a aim, fragment string, hops int) (aim, []string, bool) {
	if fragment != "" && !strings.HasPrefix(fragment, "/") {
		anchors := map[string]aim{}
		findAnchors(a, anchors)
		found, ok := anchors[fragment]
		return found, nil, ok
	}
	return b.walk(a, splitPointer(fragment), hops)
}

// walk goes down from a value, through references where they stand in the way, and returns what of
// the pointer is left.
func (b *bundler) walk(a aim, parts []string, hops int) (aim, []string, bool) {
	for len(parts) > 0 {
		child, at := a.node.child(parts[0])
		if child != nil {
			a = aim{a.file, append(slices.Clip(a.parts), parts[0]), child, at}
			parts = parts[1:]
			continue
		}
		if a.node.string("$ref") == "" || hops == 0 {
			break
		}
		hops--
		through, ok := b.aim(a.node.member("$ref"), a.file, hops)
		if !ok || through.node == nil {
			return a, parts, ok
		}
		a = through
	}
	return a, parts, true
}

// anchor returns the schema that has an $anchor of that name.
func (f *file) anchor(name string) (aim, bool) {
	if f.anchors == nil {
		f.anchors = map[string]aim{}
		findAnchors(aim{file: f, node: f.root, at: f.root.at}, f.anchors)
	}
	a, ok := f.anchors[name]
	return a, ok
}

func findAnchors(a aim, anchors map[string]aim) {
	for _, key := range []string{"$anchor", "$dynamicAnchor"} {
		if name := a.node.string(key); name != "" && anchors[name].node == nil {
			anchors[name] = a
		}
	}
	for child := range a.children() {
		findAnchors(child, anchors)
	}
}

// children are the members and items of a value.
func (a aim) children() iter.Seq[aim] {
	return func(yield func(aim) bool) {
		for _, m := range a.node.members {
			if !yield(aim{a.file, append(slices.Clip(a.parts), m.key), m.value, m.at}) {
				return
			}
		}
		for i, item := range a.node.items {
			if !yield(aim{a.file, append(slices.Clip(a.parts), strconv.Itoa(i)), item, item.at}) {
				return
			}
		}
	}
}

// refTo writes a reference within the document.
func refTo(parts []string) string {
	return "#" + strings.ReplaceAll(Pointer(parts...), "%", "%25")
}

func (b *bundler) nowhere(m *member, to *file, problem, advice string) {
	b.fail(m.at, "", fmt.Sprintf("the reference %s leads nowhere in %s: %s", quote(m.value.text), to.name, problem), advice)
}

// unreachable notes a reference to a file that cannot be read. Each file is reported once.
func (b *bundler) unreachable(m *member, why trouble) {
	name, _, _ := strings.Cut(m.value.text, "#")
	key := trouble{name + " " + why.problem, why.advice}
	issue := Issue{Position: m.at, Problem: fmt.Sprintf("the reference %s %s", quote(m.value.text), why.problem), Advice: why.advice}
	if !slices.Contains(b.unmet[key], issue) {
		b.unmet[key] = append(b.unmet[key], issue)
	}
}

func (b *bundler) reportUnmet() {
	for _, list := range b.unmet {
		list = list.Sort()
		problem := list[0].Problem
		switch more := len(list) - 1; more {
		case 0:
		case 1:
			problem += ", as does 1 more"
		default:
			problem += fmt.Sprintf(", as do %d more", more)
		}
		b.fail(list[0].Position, "", problem, list[0].Advice)
	}
}
