package spec

// moved are the keys of a parameter that belong into its schema in OpenAPI 3.
var moved = []string{
	"type", "format", "items", "default", "enum", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
	"maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "x-nullable", "x-example",
}

// collections has the style and explode of each collectionFormat in a query. Elsewhere there is
// one style.
var collections = map[string]struct {
	style   string
	explode bool
}{
	"":      {"form", false},
	"csv":   {"form", false},
	"ssv":   {"spaceDelimited", false},
	"pipes": {"pipeDelimited", false},
	"multi": {"form", true},
}

// parameter converts a parameter that is not the body, or a header.
func (c *converter) parameter(n *node) {
	if n.shape != shapeObject || n.get("$ref") != nil {
		return
	}
	if n.get("schema") == nil {
		c.gather(n)
	} else {
		c.schema(n.get("schema"))
	}
	format := n.take("collectionFormat")
	if n.string("in") != "query" || n.get("schema").string("type") != "array" || n.get("style") != nil {
		return
	}
	name, at := "", n.at
	if format != nil {
		name, at = format.value.text, format.at
	}
	collection, known := collections[name]
	if !known {
		c.repaired(at, "", "OpenAPI 3 has no collectionFormat "+quote(name), "gen took \"csv\"")
		collection = collections["csv"]
	}
	n.set("style", newText(at, collection.style))
	n.set("explode", newBool(at, collection.explode))
}

func (c *converter) gather(n *node) {
	schema := newObject(n.at)
	for _, key := range moved {
		if m := n.take(key); m != nil {
			schema.add(m)
		}
	}
	if schema.get("type") == nil && schema.get("enum") == nil {
		c.repaired(n.at, "", "a parameter or header has no type", "gen took it for a string")
		schema.set("type", newText(n.at, "string"))
	}
	c.schema(schema)
	n.set("schema", schema)
}

// schema converts a schema with all that is in it.
func (c *converter) schema(n *node) {
	if n.shape != shapeObject {
		return
	}
	c.schemaKeys(n)
	for _, m := range n.members {
		switch schemaFields[m.key].form {
		case formOne, formSwitch:
			c.subschemas(m)
		case formMap:
			for _, entry := range m.value.members {
				c.schema(entry.value)
			}
		case formList:
			for _, item := range m.value.items {
				c.schema(item)
			}
		}
	}
}

// subschemas converts the value of items and the like. A list of items is left for the walker.
func (c *converter) subschemas(m *member) {
	if schemaFields[m.key].of != kindSchema {
		return
	}
	c.schema(m.value)
	for _, item := range m.value.items {
		c.schema(item)
	}
}

func (c *converter) schemaKeys(n *node) {
	n.take("collectionFormat")
	if m := n.member("type"); m != nil && m.value.text == "file" {
		m.value = newText(m.at, "string")
		n.take("format")
		n.add(&member{key: "format", at: m.at, value: newText(m.at, "binary")})
	}
	if m := n.member("discriminator"); m != nil && m.value.shape == shapeText {
		object := newObject(m.at)
		object.set("propertyName", m.value)
		m.value = object
	}
	if m := n.member("x-nullable"); m != nil && m.value.shape == shapeBool && n.get("nullable") == nil {
		n.rename(m, "nullable")
	}
	if m := n.member("x-example"); m != nil && n.get("example") == nil {
		n.rename(m, "example")
	}
}
