package spec

import (
	"fmt"
	"strconv"
)

// shape is what a value is in JSON.
type shape uint8

const (
	shapeNull shape = iota
	shapeBool
	shapeNumber
	shapeText
	shapeList
	shapeObject
)

func (s shape) String() string {
	return [...]string{"null", "a boolean", "a number", "a string", "a list", "an object"}[s]
}

// tree is a document with the positions of its source.
type tree struct {
	root *node
}

// node is one value of a document. Objects keep the order of their members.
type node struct {
	shape   shape
	at      Position
	text    string // the string itself, or the JSON literal of a number or boolean
	members []*member
	items   []*node
	index   map[string]*member // of large objects, made when first needed
}

// member is one key of an object with its value.
type member struct {
	key   string
	at    Position
	value *node
}

func newText(at Position, text string) *node { return &node{shape: shapeText, at: at, text: text} }

func newBool(at Position, value bool) *node {
	return &node{shape: shapeBool, at: at, text: strconv.FormatBool(value)}
}

func newList(at Position, items ...*node) *node {
	return &node{shape: shapeList, at: at, items: items}
}

func newObject(at Position) *node { return &node{shape: shapeObject, at: at} }

// newRef makes {"$ref": target}.
func newRef(at Position, target string) *node {
	n := newObject(at)
	n.set("$ref", newText(at, target))
	return n
}

// scalar says whether n is a string, a number or a boolean.
func (n *node) scalar() bool {
	return n.shape == shapeText || n.shape == shapeNumber || n.shape == shapeBool
}

// isTrue says whether n is the boolean true.
func (n *node) isTrue() bool { return n != nil && n.shape == shapeBool && n.text == "true" }

// string returns the text of the string at key, "" if there is none.
func (n *node) string(key string) string {
	if value := n.get(key); value != nil && value.shape == shapeText {
		return value.text
	}
	return ""
}

// get returns the value at key, nil if n is no object or has no such key.
func (n *node) get(key string) *node {
	if m := n.member(key); m != nil {
		return m.value
	}
	return nil
}

const indexed = 12 // from this many members on, an index is faster than a scan

// member returns the member of that key, nil if n is no object or has no such key.
func (n *node) member(key string) *member {
	if n == nil {
		return nil
	}
	if len(n.members) < indexed {
		for _, m := range n.members {
			if m.key == key {
				return m
			}
		}
		return nil
	}
	if n.index == nil {
		n.index = make(map[string]*member, len(n.members))
		for _, m := range n.members {
			n.index[m.key] = m
		}
	}
	return n.index[key]
}

// set replaces the value at key, or adds a member at the end.
func (n *node) set(key string, value *node) {
	if m := n.member(key); m != nil {
		m.value = value
		return
	}
	n.add(&member{key: key, at: value.at, value: value})
}

// add appends a member whose key n does not have.
func (n *node) add(m *member) {
	n.members = append(n.members, m)
	n.index = nil
}

// take removes the member of that key and returns it, nil if there is none.
func (n *node) take(key string) *member {
	for i, m := range n.members {
		if m.key == key {
			n.members = append(n.members[:i:i], n.members[i+1:]...)
			n.index = nil
			return m
		}
	}
	return nil
}

// rename changes the key of a member where it stands.
func (n *node) rename(m *member, key string) {
	m.key = key
	n.index = nil
}

// child returns the value at one part of a pointer: a key of an object, an index of a list.
func (n *node) child(part string) (*node, Position) {
	if m := n.member(part); m != nil {
		return m.value, m.at
	}
	if n.shape == shapeList {
		if i, err := strconv.Atoi(part); err == nil && i >= 0 && i < len(n.items) {
			return n.items[i], n.items[i].at
		}
	}
	return nil, Position{}
}

// find returns the value at the end of the pointer, nil if there is none.
func (n *node) find(parts []string) *node {
	for _, part := range parts {
		if n, _ = n.child(part); n == nil {
			return nil
		}
	}
	return n
}

// clone copies a value with all that is in it.
func (n *node) clone() *node {
	c := &node{shape: n.shape, at: n.at, text: n.text}
	for _, m := range n.members {
		c.members = append(c.members, &member{key: m.key, at: m.at, value: m.value.clone()})
	}
	for _, item := range n.items {
		c.items = append(c.items, item.clone())
	}
	return c
}

// appendJSON appends the value as JSON without white space.
func (n *node) appendJSON(b []byte) []byte {
	switch n.shape {
	case shapeNull:
		return append(b, "null"...)
	case shapeText:
		return appendString(b, n.text)
	case shapeList:
		b = append(b, '[')
		for i, item := range n.items {
			if i > 0 {
				b = append(b, ',')
			}
			b = item.appendJSON(b)
		}
		return append(b, ']')
	case shapeObject:
		b = append(b, '{')
		for i, m := range n.members {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, m.key), ':')
			b = m.value.appendJSON(b)
		}
		return append(b, '}')
	default:
		return append(b, n.text...)
	}
}

func appendString(b []byte, text string) []byte {
	b = append(b, '"')
	for i := range len(text) { // bytes: what JSON escapes is ASCII
		switch c := text[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c < 0x20 || c == 0x7f:
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
