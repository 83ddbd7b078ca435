package spec

import (
	"slices"
	"strings"
)

// pathItem converts the operations of a path. Bodies that the path declares go to each of them.
func (c *converter) pathItem(m *member) {
	item := m.value
	shared := c.split(item)
	for _, m := range item.members {
		if slices.Contains(methods, m.key) {
			c.operation(m, shared)
		}
	}
}

// payload is what the parameters of an operation say of its body.
type payload struct {
	bodies, fields []*node
}

// split takes the parameters that describe the body out of the list, and converts the others.
func (c *converter) split(n *node) payload {
	var found payload
	list := n.get("parameters")
	if list == nil {
		return found
	}
	list.items = slices.DeleteFunc(list.items, func(item *node) bool {
		parameter := item
		if name, ok := strings.CutPrefix(item.string("$ref"), "#/parameters/"); ok {
			if parameter = c.parameters.get(name); parameter == nil {
				return false
			}
		}
		switch parameter.string("in") {
		case "body":
			found.bodies = append(found.bodies, item)
		case "formData":
			found.fields = append(found.fields, parameter)
		default:
			c.parameter(parameter)
			return false
		}
		return true
	})
	return found
}

func (c *converter) operation(m *member, shared payload) {
	op := m.value
	own := mediaTypes(op.take("consumes"))
	consumes, produces := own, mediaTypes(op.take("produces"))
	if len(consumes) == 0 {
		consumes = c.consumes
	}
	if len(produces) == 0 {
		produces = c.produces
	}
	op.take("schemes")
	found := c.split(op)
	found.bodies = append(found.bodies, cloneAll(shared.bodies)...)
	found.fields = append(found.fields, cloneAll(shared.fields)...)
	switch {
	case len(found.bodies) > 0:
		op.add(&member{key: "requestBody", at: found.bodies[0].at, value: c.requestBody(found.bodies[0], own)})
		if len(found.bodies)+len(found.fields) > 1 && len(shared.bodies) == 0 {
			c.repaired(found.bodies[0].at, "", "the operation describes its body more than once", "gen took the first body parameter")
		}
	case len(found.fields) > 0:
		op.add(&member{key: "requestBody", at: found.fields[0].at, value: c.form(found.fields, consumes)})
	}
	if responses := op.get("responses"); responses != nil {
		for _, m := range responses.members {
			if !strings.HasPrefix(m.key, "x-") {
				c.response(m.value, produces)
			}
		}
	}
}

func cloneAll(list []*node) []*node {
	clones := make([]*node, len(list))
	for i, n := range list {
		clones[i] = n.clone()
	}
	return clones
}

// requestBody returns the request body of a body parameter. A shared one is referred to, unless
// the operation has media types of its own.
func (c *converter) requestBody(parameter *node, own []string) *node {
	name, shared := strings.CutPrefix(parameter.string("$ref"), "#/parameters/")
	switch {
	case shared && len(own) == 0:
		return newRef(parameter.at, "#/components/requestBodies/"+name)
	case shared:
		return c.body(c.parameters.get(name).clone(), own)
	case len(own) == 0:
		return c.body(parameter, c.consumes)
	default:
		return c.body(parameter, own)
	}
}

func (c *converter) body(parameter *node, consumes []string) *node {
	parameter.take("in")
	parameter.take("name")
	schema := parameter.take("schema")
	if schema != nil {
		c.schema(schema.value)
	}
	parameter.add(c.content(schema, parameter.at, consumes, "application/json"))
	return parameter
}

// content makes an entry for each media type, all with the same schema.
func (c *converter) content(schema *member, at Position, types []string, otherwise string) *member {
	if len(types) == 0 {
		types = []string{otherwise}
	}
	content := newObject(at)
	for _, mediaType := range types {
		media := newObject(at)
		if schema != nil {
			media.add(&member{key: "schema", at: schema.at, value: schema.value.clone()})
		}
		content.set(mediaType, media)
	}
	return &member{key: "content", at: at, value: content}
}

// form makes a request body of the fields of a form. A file travels as multipart only.
func (c *converter) form(fields []*node, consumes []string) *node {
	at := fields[0].at
	properties, schema := newObject(at), newObject(at)
	schema.set("type", newText(at, "object"))
	schema.set("properties", properties)
	otherwise := "application/x-www-form-urlencoded"
	for _, parameter := range fields {
		field := parameter.clone()
		name := field.string("name")
		field.take("name")
		field.take("in")
		if field.string("type") == "file" {
			otherwise, consumes = "multipart/form-data", nil
		}
		if required := field.take("required"); required != nil && required.value.isTrue() {
			require(schema, required.at, name)
		}
		field.take("collectionFormat")
		field.take("allowEmptyValue")
		c.schema(field)
		properties.set(name, field)
	}
	var types []string
	for _, mediaType := range consumes {
		if strings.HasPrefix(mediaType, "multipart/") || strings.HasPrefix(mediaType, "application/x-www-form-urlencoded") {
			types = append(types, mediaType)
		}
	}
	body := newObject(at)
	body.add(c.content(&member{key: "schema", at: at, value: schema}, at, types, otherwise))
	if schema.get("required") != nil {
		body.set("required", newBool(at, true))
	}
	return body
}

// response puts the schema and the examples of a response into its content.
func (c *converter) response(n *node, produces []string) {
	if n.shape != shapeObject || n.get("$ref") != nil {
		return
	}
	otherwise := "application/json"
	schema, examples := n.take("schema"), n.take("examples")
	if schema != nil {
		if schema.value.string("type") == "file" {
			otherwise = "application/octet-stream"
		}
		c.schema(schema.value)
		n.add(c.content(schema, schema.at, produces, otherwise))
	}
	if examples != nil && examples.value.shape == shapeObject {
		c.examples(n, examples)
	}
	if headers := n.get("headers"); headers != nil {
		for _, m := range headers.members {
			c.parameter(m.value)
		}
	}
}

func (c *converter) examples(n *node, examples *member) {
	content := n.get("content")
	for _, m := range examples.value.members {
		if content.get(m.key) != nil {
			content.get(m.key).add(&member{key: "example", at: m.at, value: m.value})
		}
	}
}
