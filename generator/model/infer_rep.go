package model

import (
	"slices"
	"strings"
)

// represent looks for the representation where it is surest: the answer to GET on an item, then the
// other answers, then the elements of the list, then what clients send.
func (c *candidate) represent() {
	c.rep, c.wrap = nil, nil
	get := c.on(c.item, "GET")
	for _, op := range slices.Concat(one(get), c.writers()) {
		if t, wrap := c.answer(op); t != nil && t.Kind != Array {
			c.rep, c.wrap = t, wrap
			return
		}
	}
	if list := c.on(c.collection, "GET"); list != nil {
		if l := listing(list.success()); l != nil {
			c.rep = l.Elem
			return
		}
		if t, wrap := c.answer(list); t != nil && len(c.writers()) > 0 {
			c.rep, c.wrap = t, wrap
			return
		}
	}
	for _, op := range c.writers() {
		if in := c.input(op); in != nil && in.Type.Kind != Array {
			c.rep = in.Type
			return
		}
	}
}

func one(op *Operation) []*Operation {
	if op == nil {
		return nil
	}
	return []*Operation{op}
}

// writers are the operations whose answers look like an item, the surest first.
func (c *candidate) writers() []*Operation {
	var out []*Operation
	for _, op := range []*Operation{
		c.on(c.collection, "POST"), c.on(c.item, "PUT"), c.on(c.item, "PATCH"), c.on(c.item, "POST"),
		c.on(c.collection, "PUT"), c.on(c.collection, "PATCH"),
	} {
		if op != nil && !c.isVerb() {
			out = append(out, op)
		}
	}
	return out
}

// answer is the type of one item in op's success response, behind its wrapper.
func (c *candidate) answer(op *Operation) (*Type, []*Field) {
	res := op.success()
	if res == nil || res.Type == nil || res.Type.Kind == File {
		return nil, nil
	}
	wrap := c.unwrap(res.Type)
	return inner(res.Type, wrap), wrap
}

// input is the request body that a handler would read: JSON first, a form without files next.
func (c *candidate) input(op *Operation) *Input {
	for _, tag := range []string{"JSON", "Formdata"} {
		for _, b := range op.Bodies {
			if b.Tag == tag && b.Type != nil && b.Type.Kind != File {
				wrap := c.unwrap(b.Type)
				return &Input{Body: b, Wrap: wrap, Type: inner(b.Type, wrap)}
			}
		}
	}
	return nil
}

// unwrap is the way through an envelope that holds nothing but one object: {"data": {…}}, or one
// named after the noun: {"article": {…}}.
func (c *candidate) unwrap(t *Type) []*Field {
	if t.Kind != Object || t.Extra != nil {
		return nil
	}
	for _, f := range t.Fields {
		wrapper := slices.Contains(wrapperNames, Flat(f.Name))
		named := wrapper || canonical(f.Name) == canonical(c.noun)
		if named && f.Type.Kind == Object && len(f.Type.Fields) > 0 && (aloneIn(t, f) || wrapper && c.keepsIn(t, f)) {
			return append([]*Field{f}, c.unwrap(f.Type)...)
		}
	}
	return nil
}

var wrapperNames = []string{"data", "result", "item", "response", "payload"}

// aloneIn says that all the other properties of t are about the exchange, not about the resource.
func aloneIn(t *Type, f *Field) bool {
	for _, other := range t.Fields {
		if other != f && !slices.Contains(exchangeNames, Flat(other.Name)) {
			return false
		}
	}
	return true
}

// keepsIn says that what clients send comes back within a property of t, and nothing of it beside.
func (c *candidate) keepsIn(t *Type, f *Field) bool {
	for _, op := range c.writers() {
		for _, b := range op.Bodies {
			if b.Tag == "JSON" && b.Type != nil && Resembles(f.Type, b.Type) && !shares(t, b.Type) {
				return true
			}
		}
	}
	return false
}

// shares says that two objects have a property in common.
func shares(a, b *Type) bool {
	return slices.ContainsFunc(b.Fields, func(f *Field) bool { return a.Field(f.Name) != nil })
}

var exchangeNames = []string{"success", "ok", "status", "statuscode", "message", "error", "errors", "code", "meta", "links", "requestid", "warnings", "jsonapi"}

func inner(t *Type, wrap []*Field) *Type {
	if len(wrap) > 0 {
		return wrap[len(wrap)-1].Type
	}
	return t
}

// success is the answer that a handler gives when all goes well: the first documented 2xx with a body
// that gen can write, else one without a body. 202 alone promises work that gen cannot know.
func (op *Operation) success() *Response {
	var bare *Response
	for _, res := range op.Responses {
		if !strings.HasPrefix(res.Status, "2") || res.Status == "202" {
			continue
		}
		if res.Type == nil {
			if bare == nil {
				bare = res
			}
			continue
		}
		if res.Type.Kind != File && !strings.HasPrefix(res.MediaType, "text/") && !isXML(res.MediaType) {
			return res
		}
	}
	return bare
}

func isXML(mediaType string) bool {
	return strings.HasSuffix(mediaType, "/xml") || strings.HasSuffix(mediaType, "+xml")
}
