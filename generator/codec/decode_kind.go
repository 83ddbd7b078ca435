package codec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// kindNames are the reader's constants for the types of JSON Schema.
var kindNames = map[string]string{
	"null": "nulls", "boolean": "booleans", "integer": "numbers", "number": "numbers",
	"string": "texts", "array": "arrays", "object": "objects",
}

// kindOrder is the order in which kinds are written.
var kindOrder = []string{"nulls", "booleans", "numbers", "texts", "arrays", "objects"}

// kindsOf are the kinds of values that a schema's types name, without null.
func kindsOf(s *openapi3.Schema) (kinds []string) {
	for _, name := range s.Type.Slice() {
		if kind := kindNames[name]; name != "null" && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// mixed says that some schema names several kinds of values beside null.
func (r rules) mixed() bool {
	return slices.ContainsFunc(r.members, func(s *openapi3.Schema) bool { return len(kindsOf(s)) > 1 })
}

// bars says that no value of a kind, which is not null, passes the alternatives of the members.
func (r rules) bars(kind string) bool {
	none := func(refs openapi3.SchemaRefs) bool {
		return len(refs) > 0 && !slices.ContainsFunc(refs, func(ref *openapi3.SchemaRef) bool {
			branch := r.c.rules(nil, ref.Value)
			return (!branch.typed() || slices.Contains(branch.kinds(), kind)) && !branch.bars(kind)
		})
	}
	return slices.ContainsFunc(r.members, func(s *openapi3.Schema) bool { return none(s.OneOf) || none(s.AnyOf) })
}

// barsNull says that null does not pass the alternatives of the members.
func (r rules) barsNull() bool {
	passes := func(ref *openapi3.SchemaRef) bool { return permitsNull(ref.Value, nil) }
	return slices.ContainsFunc(r.members, func(s *openapi3.Schema) bool {
		return len(s.OneOf) > 0 && count(s.OneOf, passes) != 1 || len(s.AnyOf) > 0 && count(s.AnyOf, passes) == 0
	})
}

// wanted says what the type of a value must be, as kin-openapi does.
func wanted(types openapi3.Types) string {
	switch {
	case len(types) != 1:
		return "must be one of " + strings.Join(types, ", ")
	case types[0] == "array" || types[0] == "object" || types[0] == "integer":
		return "must be an " + types[0]
	}
	return "must be a " + types[0]
}

// guard is the condition that a value must meet before it is read as a JSON Schema type: what the
// reader of that type does not say by itself. It is empty, or ends with &&.
func (r rules) guard(read string) string {
	var out strings.Builder
	var said []string
	for _, s := range r.members {
		if s.Type == nil || len(*s.Type) == 1 && readAs(read, (*s.Type)[0]) {
			continue
		}
		if detail := wanted(*s.Type); !slices.Contains(said, detail) {
			said = append(said, detail)
			kinds := kindsOf(s)
			if len(kinds) == 0 {
				kinds = []string{"0"}
			}
			fmt.Fprintf(&out, "r.is(%s, %q) && ", strings.Join(kinds, "|"), detail)
		}
	}
	return out.String()
}

// readAs says that what reads one type refuses what is not of another with the same words.
func readAs(read, wanted string) bool {
	if read == "integer" || read == "number" {
		return wanted == "integer" || wanted == "number"
	}
	return read == wanted
}
