package api

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
)

// parameter is one parameter of an operation, and how it travels.
type parameter struct {
	name, in, style               string
	explode, required, allowEmpty bool
	// json says that the value is written as JSON (content instead of a schema).
	json bool
	// ignored parameters are those that HTTP itself defines (OpenAPI 3.1 §4.8.12).
	ignored bool
	schema  *openapi3.Schema
	shape   shape
}

func newParameter(doc *openapi3.Parameter) *parameter {
	p := &parameter{
		name: doc.Name, in: doc.In, style: doc.Style,
		required: doc.Required, allowEmpty: doc.AllowEmptyValue,
	}
	if method, err := doc.SerializationMethod(); err == nil {
		p.style, p.explode = method.Style, method.Explode
	}
	if doc.In == openapi3.ParameterInHeader {
		p.ignored = slices.Contains([]string{"Accept", "Content-Type", "Authorization"}, http.CanonicalHeaderKey(doc.Name))
	}
	ref := doc.Schema
	for _, media := range doc.Content {
		ref, p.json = media.Schema, true
	}
	if ref != nil {
		p.schema = ref.Value
	}
	p.shape = outline(p.schema)
	return p
}

// read finds the parameter in a request. Its value is as decoded from JSON, with the types of the
// schema where the text allows them; problem says why there is none although something was sent.
func (p *parameter) read(c echo.Context, query url.Values) (value any, found bool, problem string) {
	switch p.in {
	case openapi3.ParameterInPath:
		return p.readPath(c)
	case openapi3.ParameterInQuery:
		return p.readQuery(query)
	case openapi3.ParameterInHeader:
		lines := c.Request().Header.Values(p.name)
		if len(lines) == 0 {
			return nil, false, ""
		}
		return p.typed(p.split(strings.Join(lines, ","), ","))
	case openapi3.ParameterInCookie:
		cookie, err := c.Cookie(p.name)
		if err != nil {
			return nil, false, ""
		}
		text := cookie.Value
		if p.json {
			text, _ = url.QueryUnescape(text)
		}
		return p.typed(p.split(text, ","))
	}
	return nil, false, ""
}

// leftEmpty says that a parameter is given without a value and may be (allowEmptyValue, OpenAPI 3.0.3 §4.7.12.2). A
// string is "" then; what has no such value is left as it is, as if the parameter were not there.
func (p *parameter) leftEmpty(query url.Values) bool {
	if !p.allowEmpty || p.in != openapi3.ParameterInQuery || p.schema == nil || p.shape.text && p.schema.Format == "" {
		return false
	}
	sent := query[p.name]
	return len(sent) == 1 && sent[0] == ""
}

// readPath takes the parameter from Echo, which leaves it escaped where the path needs to be.
func (p *parameter) readPath(c echo.Context) (any, bool, string) {
	raw := c.Param(p.name)
	if raw == "" {
		return nil, false, ""
	}
	value, problem := p.splitPath(raw)
	if problem != "" {
		return nil, true, problem
	}
	if c.Request().URL.RawPath != "" {
		var err error
		if value, err = mapStrings(value, url.PathUnescape); err != nil {
			return nil, true, "has a malformed escape"
		}
	}
	return p.typed(value, "")
}

func (p *parameter) readQuery(query url.Values) (any, bool, string) {
	switch {
	case p.style == openapi3.SerializationDeepObject:
		tree, problem := nested(p.name, query)
		if tree == nil && problem == "" {
			return nil, false, ""
		}
		return p.typed(tree, problem)
	case p.explode && p.shape.object && !p.json && !query.Has(p.name):
		return p.readSpread(query)
	}
	sent, found := query[p.name]
	switch {
	case !found:
		return nil, false, ""
	case p.shape.array && p.explode && !p.json && (len(sent) > 1 || !p.shape.scalar()):
		return p.typed(listOf(sent), "")
	case len(sent) > 1:
		return nil, true, "must be given only once"
	}
	return p.typed(p.split(sent[0], p.delimiter()))
}

// readSpread reads an object whose properties are query parameters of their own.
func (p *parameter) readSpread(query url.Values) (any, bool, string) {
	object := map[string]any{}
	for name := range p.shape.properties {
		if sent := query[name]; len(sent) == 1 {
			object[name] = sent[0]
		} else if len(sent) > 1 {
			object[name] = listOf(sent)
		}
	}
	if len(object) == 0 {
		return nil, false, ""
	}
	return p.typed(object, "")
}

func (p *parameter) delimiter() string {
	switch p.style {
	case openapi3.SerializationSpaceDelimited:
		return " "
	case openapi3.SerializationPipeDelimited:
		return "|"
	}
	return ","
}

// typed gives a value made of strings the types of the schema.
func (p *parameter) typed(value any, problem string) (any, bool, string) {
	if problem != "" {
		return nil, true, problem
	}
	if _, err := mapStrings(value, validText); err != nil {
		return nil, true, err.Error()
	}
	text, isText := value.(string)
	if p.json && isText {
		parsed, fault := parseJSON([]byte(text))
		if fault != nil {
			return nil, true, "is not JSON: " + fault.placed()
		}
		return parsed, true, ""
	}
	return coerce(value, p.schema), true, ""
}

func validText(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", errNotUTF8
	}
	return s, nil
}

// nested reads name[key][key]=value. It returns nil where there is no such key.
func nested(name string, query url.Values) (any, string) {
	const deepest = 32
	var tree map[string]any
	for _, key := range slices.Sorted(maps.Keys(query)) {
		if !strings.HasPrefix(key, name+"[") || !strings.HasSuffix(key, "]") {
			continue
		}
		if tree == nil {
			tree = map[string]any{}
		}
		steps := strings.Split(key[len(name)+1:len(key)-1], "][")
		if len(steps) > deepest {
			return nil, "is nested too deeply"
		}
		if !place(tree, steps, query[key]) {
			return nil, "has a value and properties under one key"
		}
	}
	if tree == nil {
		return nil, ""
	}
	return tree, ""
}

// place sets the value at the end of steps, and says whether nothing stood in the way.
func place(tree map[string]any, steps []string, sent []string) bool {
	last := len(steps) - 1
	list := len(sent) > 1
	if last > 0 && steps[last] == "" { // key[]=a&key[]=b
		last, list = last-1, true
	}
	for _, step := range steps[:last] {
		if tree[step] == nil {
			tree[step] = map[string]any{}
		}
		next, ok := tree[step].(map[string]any)
		if !ok {
			return false
		}
		tree = next
	}
	if tree[steps[last]] != nil {
		return false
	}
	if list {
		tree[steps[last]] = listOf(sent)
	} else {
		tree[steps[last]] = sent[0]
	}
	return true
}
