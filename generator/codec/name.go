package codec

import (
	"fmt"

	"gen/generator/codec/gotype"
)

// namer names the functions that are made for Go types: encodePost, encodeListOfPost.
type namer struct {
	prefix string
	byType map[string]string
	taken  map[string]bool
}

// newNamer keeps the names of declared types free for them. Reserved are names that package api has
// already.
func newNamer(prefix string, types *gotype.Package, reserved []string) *namer {
	n := &namer{prefix: prefix, byType: map[string]string{}, taken: map[string]bool{}}
	for _, name := range reserved {
		n.taken[name] = true
	}
	for _, d := range types.Decls {
		n.byType[d.Name] = n.free(prefix + d.Name)
	}
	return n
}

func (n *namer) free(wanted string) string {
	name := wanted
	for i := 2; n.taken[name]; i++ {
		name = fmt.Sprint(wanted, i)
	}
	n.taken[name] = true
	return name
}

// function is the name for a type, whatever aliases it is written with.
func (n *namer) function(t *gotype.Type) string {
	key := goName(t)
	name, ok := n.byType[key]
	if !ok {
		name = n.free(n.prefix + inWords(t))
		n.byType[key] = name
	}
	return name
}

// goName is a type as Go source has it, without an alias for the whole of it.
func goName(t *gotype.Type) string {
	if d := t.Definition(); d != nil {
		return d.Name
	}
	return t.Base().Name
}

// inWords is a name for a type, for one that has none too.
func inWords(t *gotype.Type) string {
	switch t.Kind {
	case gotype.Named:
		return t.Decl.Name
	case gotype.Slice:
		return "ListOf" + inWords(t.Elem)
	case gotype.Map:
		return "MapOf" + inWords(t.Elem)
	case gotype.Pointer:
		return "PointerTo" + inWords(t.Elem)
	case gotype.Nullable:
		return "Nullable" + inWords(t.Elem)
	}
	return words[t.Kind]
}

var words = map[gotype.Kind]string{
	gotype.Bool: "Bool", gotype.Int: "Int", gotype.Uint: "Uint", gotype.Float: "Float", gotype.String: "String",
	gotype.Bytes: "Bytes", gotype.Any: "Any", gotype.Raw: "Raw", gotype.Time: "Time", gotype.Date: "Date",
	gotype.UUID: "UUID", gotype.Email: "Email", gotype.File: "File", gotype.Other: "Other", gotype.Struct: "Struct",
}
