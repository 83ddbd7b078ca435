package spec

import (
	"fmt"
	"slices"
	"strings"
)

var locations = []string{"query", "path", "header", "cookie"}

// styles has the styles by location, the default first.
var styles = map[string][]string{
	"path":   {"simple", "label", "matrix"},
	"query":  {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
	"header": {"simple"},
	"cookie": {"form", "cookie"},
}

func (w *walker) repairParameter(p *place) {
	n := p.node
	if in := n.get("in"); in != nil && in.shape == shapeText && !slices.Contains(locations, in.text) && slices.Contains(locations, strings.ToLower(in.text)) {
		w.repaired(n.member("in").at, p.under("in"), fmt.Sprintf("there is no location %s", quote(in.text)), fmt.Sprintf("gen read it as %q", strings.ToLower(in.text)))
		in.text = strings.ToLower(in.text)
	}
	w.gatherSchema(p)
	w.oneDescription(p)
	w.repairStyle(p)
	if n.string("in") == "path" && !n.get("required").isTrue() {
		at := p.at
		if m := n.member("required"); m != nil {
			at = m.at
		}
		n.take("required")
		n.set("required", newBool(at, true))
		w.repaired(at, p.pointer(), fmt.Sprintf("the path parameter %s is not required", quote(n.string("name"))), "gen made it required: a path has all of its parts")
	}
}

// gatherSchema makes a schema of type, format and the like that stand beside the name, as in
// Swagger 2.0.
func (w *walker) gatherSchema(p *place) {
	n := p.node
	if n.get("schema") != nil || n.get("content") != nil || n.get("type") == nil {
		return
	}
	at := n.member("type").at
	schema := newObject(at)
	for _, m := range slices.Clone(n.members) {
		_, own := grammar[p.kind].fields[m.key]
		if _, known := schemaFields[m.key]; known && !own {
			schema.add(n.take(m.key))
		}
	}
	n.set("schema", schema)
	w.repaired(at, p.under("type"), fmt.Sprintf("%s has its type without a schema", p.kind), "gen put it into a schema")
}

// oneDescription makes sure that there is a schema or one media type, not both.
func (w *walker) oneDescription(p *place) {
	content := p.node.member("content")
	if content == nil {
		return
	}
	if p.node.get("schema") != nil {
		p.node.take("content")
		w.repaired(content.at, p.under("content"), fmt.Sprintf("%s has both schema and content", p.kind), "gen ignored content")
		return
	}
	if list := content.value; len(list.members) > 1 {
		w.repaired(content.at, p.under("content"), fmt.Sprintf("%s has several media types", p.kind), "gen took the first")
		list.members, list.index = list.members[:1:1], nil
	}
}

// repairStyle leaves out a style that the location does not have.
func (w *walker) repairStyle(p *place) {
	n := p.node
	style, allowed := n.member("style"), styles[n.string("in")]
	if style == nil || allowed == nil {
		return
	}
	if !slices.Contains(allowed, style.value.text) {
		n.take("style")
		n.take("explode")
		w.repaired(style.at, p.under("style"), fmt.Sprintf("%s parameters have no style %s", n.string("in"), quote(style.value.text)), fmt.Sprintf("gen took %q, the default", allowed[0]))
		return
	}
	if explode := n.get("explode"); style.value.text == "deepObject" && explode != nil && !explode.isTrue() {
		n.take("explode")
		w.repaired(style.at, p.under("style"), "the style deepObject is always exploded", "gen ignored explode: false")
	}
	w.repairScalarStyle(p, style)
}

// repairScalarStyle leaves out a style that puts several values into a parameter which has one.
func (w *walker) repairScalarStyle(p *place, style *member) {
	name := style.value.text
	types := typesOf(w.tree.deref(p.node.get("schema")))
	single := len(types) > 0 && !slices.ContainsFunc(types, func(t string) bool { return t == "array" || t == "object" })
	switch {
	case p.node.get("content") != nil:
		p.node.take("style")
		w.note(style.at, p.under("style"), "a parameter with content has no style", "gen ignored it")
	case single && slices.Contains([]string{"deepObject", "pipeDelimited", "spaceDelimited"}, name):
		p.node.take("style")
		p.node.take("explode")
		w.repaired(style.at, p.under("style"), fmt.Sprintf("the style %s is for lists and objects, and the parameter is %s", name, typed(types[0])), `gen took "form", the default`)
	case name == "deepObject" && len(types) > 0 && !slices.Contains(types, "object"):
		w.note(style.at, p.under("style"), "the style deepObject is for objects, and the parameter is an array", "gen reads name[]=a&name[]=b and name[0]=a&name[1]=b")
	case name != "deepObject" && strings.HasSuffix(name, "Delimited") && p.node.get("explode").isTrue():
		w.note(style.at, p.under("style"), fmt.Sprintf("the style %s has no meaning with explode: true", name), "gen reads name=a&name=b")
	}
}

// checkParameter says what a parameter lacks.
func (w *walker) checkParameter(p *place) {
	n := p.node
	name := quote(n.string("name"))
	if n.member("name") != nil && n.string("name") == "" {
		w.fail(n.member("name").at, p.under("name"), "the name of a parameter is empty", "name it")
	}
	switch in := n.string("in"); {
	case in == "":
		w.fail(p.at, p.pointer(), fmt.Sprintf("the parameter %s does not say where it is", name), "add in: path, query, header or cookie")
	case in == "body" || in == "formData":
		w.fail(n.member("in").at, p.under("in"), fmt.Sprintf("OpenAPI 3 has no parameters in %s", in), "describe the body in requestBody")
	case !slices.Contains(locations, in):
		w.fail(n.member("in").at, p.under("in"), fmt.Sprintf("there is no location %s", quote(in)), meant(in, locations, "the locations are path, query, header and cookie"))
	}
	if content := n.get("content"); n.get("schema") == nil && (content == nil || len(content.members) == 0) {
		w.fail(p.at, p.pointer(), fmt.Sprintf("the parameter %s has neither schema nor content", name), "add a schema, such as type: string")
	}
}

func (w *walker) repairHeader(p *place) {
	n := p.node
	n.take("name")
	n.take("in")
	w.gatherSchema(p)
	w.oneDescription(p)
	if n.get("schema") == nil && n.get("content") == nil {
		schema := newObject(p.at)
		schema.set("type", newText(p.at, "string"))
		n.take("schema")
		n.set("schema", schema)
		w.repaired(p.at, p.pointer(), "a header has neither schema nor content", "gen took it for a string")
	}
}
