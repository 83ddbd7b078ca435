package spec

import (
	"fmt"
	"slices"
	"strings"
)

// completeDocument adds what every document must have and the rest of gen relies on.
func (w *walker) completeDocument(p *place) {
	w.completeInfo(p)
	if paths := p.node.get("paths"); paths != nil && paths.shape != shapeNull {
		return
	}
	if !w.v31 {
		w.fail(p.at, "", "the document has no paths", "add paths with at least one operation")
		return
	}
	p.node.take("paths")
	p.node.set("paths", newObject(p.at))
}

const noVersion = "0.0.0"

func (w *walker) completeInfo(p *place) {
	title := strings.TrimSuffix(w.file, extension(w.file))
	info := p.node.member("info")
	switch {
	case info == nil || info.value.shape == shapeNull:
		added := newObject(p.at)
		added.set("title", newText(p.at, title))
		added.set("version", newText(p.at, noVersion))
		p.node.take("info")
		p.node.set("info", added)
		w.repaired(p.at, "", "the document has no info", fmt.Sprintf("gen took %q for its title and %q for its version", title, noVersion))
	case info.value.shape == shapeObject:
		w.completeText(info, "title", title)
		w.completeText(info, "version", noVersion)
	}
}

func (w *walker) completeText(info *member, key, text string) {
	if value := info.value.get(key); value != nil && value.shape != shapeNull && (!value.scalar() || value.text != "") {
		return
	}
	info.value.take(key)
	info.value.set(key, newText(info.at, text))
	w.repaired(info.at, Pointer("info"), "info has no "+key, fmt.Sprintf("gen took %q", text))
}

func extension(file string) string {
	if i := strings.LastIndexByte(file, '.'); i > 0 {
		return file[i:]
	}
	return ""
}

// stripGoHints removes what tells oapi-codegen which Go to write: a document must not be able to
// name packages to import.
func (w *walker) stripGoHints(p *place) {
	for _, m := range slices.Clone(p.node.members) {
		if isGoHint(m.key) {
			p.node.take(m.key)
			w.goHints = append(w.goHints, Issue{Position: m.at, Pointer: p.under(m.key), Problem: m.key})
		}
	}
}

func isGoHint(key string) bool {
	return strings.HasPrefix(key, "x-go-") || strings.HasPrefix(key, "x-oapi-codegen-") || key == "x-omitempty" || key == "x-omitzero"
}

// noteRepeated says once what is the same in many places.
func (w *walker) noteRepeated() {
	w.noteGoHints()
	w.reportLeftOut()
	if len(w.nullables) > 0 {
		first := w.nullables.Sort()[0]
		w.note(first.Position, first.Pointer, "OpenAPI 3.1 has no nullable, which is"+places(w.nullables), "gen read it as the type null")
	}
}

func places(list Issues) string {
	switch n := len(list) - 1; n {
	case 0:
		return " here"
	case 1:
		return " here and in 1 other place"
	default:
		return fmt.Sprintf(" here and in %d other places", n)
	}
}

func (w *walker) noteGoHints() {
	if len(w.goHints) == 0 {
		return
	}
	keys := map[string]bool{}
	for _, hint := range w.goHints {
		keys[hint.Problem] = true
	}
	names := make([]string, 0, len(keys))
	for key := range keys {
		names = append(names, key)
	}
	slices.Sort(names)
	first := w.goHints.Sort()[0]
	w.note(first.Position, first.Pointer, "the document has hints for Go generators"+places(w.goHints), "gen ignored "+strings.Join(names, ", "))
}
