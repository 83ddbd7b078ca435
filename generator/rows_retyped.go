package generator

import (
	"slices"
	"strings"

	"gen/generator/model"
)

// Retyped is a property of another type than before: rows with a value that the new one does not take cannot be read.
type Retyped struct {
	// Property is its path: "author.age", "tags[]" for what is in a list, "labels.*" in a map.
	Property string `json:"property"`
	// Was and Is are the types as a document has them: "integer", "string date-time".
	Was string `json:"was"`
	Is  string `json:"is"`
	// Some says that it depends on the value whether it can be read.
	Some bool `json:"some"`
}

// retyped are the properties whose stored JSON of old does not read as that of r.
func retyped(old, r *model.Resource) []Retyped {
	list := []Retyped{}
	for _, c := range (retyping{}).compare(old.Type, r.Type) {
		apart := func(of *model.Resource) bool {
			return of.Password != nil && of.Password.Name == c.Property || slices.Contains(fieldNames(of.Secrets), c.Property)
		}
		if c.Property != "" && !apart(old) && !apart(r) {
			list = append(list, c)
		}
	}
	return list
}

// retyping finds values of one type that encoding/json does not read as the other, and remembers what it found.
type retyping map[[2]*model.Type][]Retyped

// manyRetyped is how many places of a value are told, which may be endless where types contain each other.
const manyRetyped = 100

// compare says what in a value of type was cannot be read as type is. Properties are paths within the value.
func (f retyping) compare(was, is *model.Type) []Retyped {
	if was == nil || is == nil || is.Kind == model.Any || is.Kind == model.Union {
		return nil
	}
	pair := [2]*model.Type{was, is}
	list, known := f[pair]
	if known {
		return list
	}
	f[pair] = nil // of a value within itself there is no more to say
	switch {
	case was.Kind == model.Union:
		list = f.branches(was, is)
	case was.Kind == model.Array && is.Kind == model.Array:
		list = below("[]", f.compare(was.Elem, is.Elem))
	case isMembers(was) && isMembers(is):
		list = f.members(was, is)
	case !sameOnWire(was, is):
		some := was.Kind == is.Kind || was.Kind == model.Any || was.Kind == model.Number && is.Kind == model.Integer
		list = []Retyped{{"", wireType(was), wireType(is), some}}
	}
	f[pair] = list[:min(len(list), manyRetyped)]
	return f[pair]
}

func (f retyping) branches(was, is *model.Type) []Retyped {
	var list []Retyped
	for _, branch := range was.Branches {
		for _, c := range f.compare(branch, is) {
			if c.Some = true; !slices.Contains(list, c) {
				list = append(list, c)
			}
		}
	}
	return list
}

// below are changes at a place of a value, as those of the value.
func below(place string, changes []Retyped) []Retyped {
	list := slices.Clone(changes)
	for i, c := range list {
		if c.Property != "" && !strings.HasPrefix(c.Property, "[]") {
			c.Property = "." + c.Property
		}
		list[i].Property = place + c.Property
	}
	return list
}

func isMembers(t *model.Type) bool { return t.Kind == model.Object || t.Kind == model.Map }

// members compares what two objects have under the same name, whatever its case.
func (f retyping) members(was, is *model.Type) []Retyped {
	var list []Retyped
	for _, field := range was.Fields {
		list = append(list, below(field.Name, f.compare(field.Type, memberOf(is, field.Name)))...)
	}
	others := othersOf(was)
	for _, field := range is.Fields {
		if memberNamed(was, field.Name) == nil {
			list = append(list, below(field.Name, f.compare(others, field.Type))...)
		}
	}
	return append(list, below("*", f.compare(others, othersOf(is)))...)
}

// memberOf is the type that a member is read as, nil for one that nothing reads.
func memberOf(t *model.Type, name string) *model.Type {
	if field := memberNamed(t, name); field != nil {
		return field.Type
	}
	return othersOf(t)
}

func memberNamed(t *model.Type, name string) *model.Field {
	at := slices.IndexFunc(t.Fields, func(f *model.Field) bool { return strings.EqualFold(f.Name, name) })
	if at < 0 {
		return nil
	}
	return t.Fields[at]
}

// othersOf is the type of members without a name in the document.
func othersOf(t *model.Type) *model.Type {
	if t.Kind == model.Map {
		return t.Elem
	}
	return t.Extra
}

// sameOnWire says that whatever was is written as can be read as is.
func sameOnWire(was, is *model.Type) bool {
	switch {
	case was.Kind == model.Integer && is.Kind == model.Number:
		return true
	case was.Kind != is.Kind:
		return false
	case is.Kind == model.String:
		return is.Basic == "string" || is.Basic == was.Basic
	case is.Kind == model.Integer:
		narrow := is.Basic == "int32" || is.Basic == "uint64" || was.Basic == "uint64"
		return !narrow || is.Basic == was.Basic
	}
	return true
}

// wireType is a type as a document has it.
func wireType(t *model.Type) string {
	switch t.Kind {
	case model.String, model.File:
		return strings.TrimSpace("string " + t.Format)
	case model.Integer:
		return strings.TrimSpace("integer " + t.Format)
	case model.Number:
		return "number"
	case model.Boolean:
		return "boolean"
	case model.Array:
		return "array"
	case model.Object, model.Map:
		return "object"
	}
	return "anything"
}
