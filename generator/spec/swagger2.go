package spec

import (
	"fmt"
	"strings"
)

// converter turns a tree of Swagger 2.0 into one of OpenAPI 3.0 where it stands: values move, they
// keep their positions and their order. What it does not know it leaves to the walker.
type converter struct {
	*report
	tree               *tree
	consumes, produces []string
	parameters         *node // of the root, as Swagger 2.0 has them
}

// convert turns the document into OpenAPI 3.0.
func convert(t *tree, r *report) {
	root := t.root
	c := &converter{report: r, tree: t, parameters: root.get("parameters")}
	c.consumes, c.produces = mediaTypes(root.take("consumes")), mediaTypes(root.take("produces"))
	c.servers()
	if paths := root.get("paths"); paths != nil {
		for _, m := range paths.members {
			c.pathItem(m)
		}
	}
	c.components()
	c.references(root)
	root.rename(root.member("swagger"), "openapi")
}

// servers makes URLs of schemes, host and base path.
func (c *converter) servers() {
	root := c.tree.root
	host, base, schemes := root.take("host"), root.take("basePath"), root.take("schemes")
	var at Position
	var urls []string
	switch {
	case host != nil && host.value.text != "":
		at = host.at
		list := mediaTypes(schemes)
		if len(list) == 0 {
			list = []string{"https"}
		}
		for _, scheme := range list {
			urls = append(urls, scheme+"://"+strings.TrimSuffix(host.value.text, "/")+basePath(base))
		}
	case base != nil && base.value.text != "":
		at = base.at
		urls = append(urls, basePath(base))
	default:
		return
	}
	servers := newList(at)
	for _, url := range urls {
		server := newObject(at)
		server.set("url", newText(at, url))
		servers.items = append(servers.items, server)
	}
	root.take("servers")
	root.set("servers", servers)
}

func basePath(m *member) string {
	if m == nil {
		return ""
	}
	return "/" + strings.TrimPrefix(m.value.text, "/")
}

// mediaTypes returns the strings of a list, as of consumes and produces.
func mediaTypes(m *member) []string {
	if m == nil {
		return nil
	}
	var list []string
	for _, item := range m.value.items {
		if item.shape == shapeText {
			list = append(list, item.text)
		}
	}
	return list
}

// components moves what may be referred to under components.
func (c *converter) components() {
	root := c.tree.root
	components := newObject(root.at)
	for _, section := range []struct{ old, name string }{
		{"definitions", "schemas"}, {"responses", "responses"}, {"parameters", "parameters"}, {"securityDefinitions", "securitySchemes"},
	} {
		m := root.take(section.old)
		if m == nil {
			continue
		}
		m.key = section.name
		components.add(m)
		for _, entry := range m.value.members {
			switch section.name {
			case "schemas":
				c.schema(entry.value)
			case "responses":
				c.response(entry.value, c.produces)
			case "securitySchemes":
				c.securityScheme(entry)
			}
		}
	}
	c.sharedParameters(components)
	if len(components.members) > 0 {
		root.take("components")
		root.set("components", components)
	}
}

// sharedParameters divides the parameters under the root: bodies become request bodies, fields of
// forms are part of the operations that use them.
func (c *converter) sharedParameters(components *node) {
	if c.parameters == nil {
		return
	}
	bodies := newObject(c.parameters.at)
	for _, m := range append([]*member(nil), c.parameters.members...) {
		switch m.value.string("in") {
		case "body":
			c.parameters.take(m.key)
			bodies.add(&member{key: m.key, at: m.at, value: c.body(m.value, c.consumes)})
		case "formData":
			c.parameters.take(m.key)
		default:
			c.parameter(m.value)
		}
	}
	if len(bodies.members) > 0 {
		components.add(&member{key: "requestBodies", at: bodies.at, value: bodies})
	}
}

// references rewrites every reference to where its target went.
func (c *converter) references(n *node) {
	if ref := n.get("$ref"); ref != nil && ref.shape == shapeText {
		ref.text = c.reference(ref.text)
	}
	for _, m := range n.members {
		c.references(m.value)
	}
	for _, item := range n.items {
		c.references(item)
	}
}

var movedTo = []struct{ old, name string }{
	{"#/definitions/", "#/components/schemas/"},
	{"#/responses/", "#/components/responses/"},
	{"#/parameters/", "#/components/parameters/"},
	{"#/securityDefinitions/", "#/components/securitySchemes/"},
}

func (c *converter) reference(ref string) string {
	for _, moved := range movedTo {
		if rest, ok := strings.CutPrefix(ref, moved.old); ok {
			return moved.name + rest
		}
	}
	return ref
}

// flows has the name of each flow of OAuth 2 in OpenAPI 3.
var flows = map[string]string{
	"implicit": "implicit", "password": "password", "application": "clientCredentials", "accessCode": "authorizationCode",
}

func (c *converter) securityScheme(m *member) {
	n := m.value
	switch n.string("type") {
	case "basic":
		n.set("type", newText(m.at, "http"))
		n.set("scheme", newText(m.at, "basic"))
	case "oauth2":
		flow, stated := newObject(m.at), n.string("flow")
		n.take("flow")
		name := flows[stated]
		if name == "" {
			c.fail(m.at, Pointer("securityDefinitions", m.key), fmt.Sprintf("there is no flow %s", quote(stated)), "the flows are implicit, password, application and accessCode")
			return
		}
		for _, key := range []string{"authorizationUrl", "tokenUrl", "scopes"} {
			if moved := n.take(key); moved != nil {
				flow.add(moved)
			}
		}
		if flow.get("scopes") == nil {
			flow.set("scopes", newObject(m.at))
		}
		list := newObject(m.at)
		list.set(name, flow)
		n.set("flows", list)
	}
}

// sourcePointers gives the issues of a document that was converted or bundled the pointers of its
// source.
func sourcePointers(files []*file, r *report) {
	if len(r.errors)+len(r.warnings) == 0 {
		return
	}
	pointers := map[Position]string{}
	for _, f := range files {
		if root, _ := read(f.name, f.data, &report{}); root != nil {
			index(root, "", pointers)
		}
	}
	for _, list := range []Issues{r.errors, r.warnings} {
		for i, issue := range list {
			if pointer, ok := pointers[issue.Position]; ok {
				list[i].Pointer = pointer
			}
		}
	}
}

// index notes the pointer of every key and item by its position.
func index(n *node, pointer string, into map[Position]string) {
	for _, m := range n.members {
		into[m.at] = pointer + Pointer(m.key)
		index(m.value, pointer+Pointer(m.key), into)
	}
	for i, item := range n.items {
		at := pointer + Pointer(fmt.Sprint(i))
		if _, taken := into[item.at]; !taken {
			into[item.at] = at
		}
		index(item, at, into)
	}
}
