package change

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"gen/generator/model"
)

// Type is a documented type that changed. Of a removed one, all but Kind is as it was.
type Type struct {
	Kind Kind
	*model.Type
	// Was and Is are its Go types where these changed, as in "string".
	Was, Is string
	// Members are its properties and values that changed, removed ones last.
	Members []Member
}

// Member is a property or a value of an enum.
type Member struct {
	Kind Kind
	// Name is the property on the wire, or the value as JSON.
	Name, GoName string
	// Was and Is are a property's Go types, "" where it is not there.
	Was, Is string
}

func types(was, is *model.API) []Type {
	before, after := byName(was), byName(is)
	var list []Type
	for name, t := range after {
		old := before[name]
		switch {
		case old != nil:
			c := Type{Kind: Changed, Type: t, Members: slices.Concat(fields(old, t), values(old, t))}
			if shape(old) != shape(t) {
				c.Was, c.Is = shape(old), shape(t)
			}
			if len(c.Members) > 0 || c.Was != c.Is {
				list = append(list, c)
			}
		case isComponent(t):
			list = append(list, Type{Kind: Added, Type: t})
		}
	}
	for name, t := range before {
		if after[name] == nil && isComponent(t) {
			list = append(list, Type{Kind: Removed, Type: t})
		}
	}
	slices.SortFunc(list, func(a, b Type) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

func byName(api *model.API) map[string]*model.Type {
	all := map[string]*model.Type{}
	for _, t := range api.Types {
		all[t.Name] = t
	}
	return all
}

// isComponent tells what the document names from parts of operations and of other types, which come
// and go with these.
func isComponent(t *model.Type) bool {
	name, ok := strings.CutPrefix(t.Pointer, "/components/schemas/")
	return ok && !strings.Contains(name, "/")
}

var shapes = map[model.Kind]string{
	model.Any: "any JSON", model.Array: "array", model.Map: "map", model.Object: "object", model.Union: "union", model.File: "file",
}

// shape is what a named type is made of.
func shape(t *model.Type) string {
	switch {
	case (t.Kind == model.Array || t.Kind == model.Map) && t.Elem != nil:
		unnamed := *t
		unnamed.Name = ""
		return strings.ReplaceAll(unnamed.Expr(), "api.", "")
	case shapes[t.Kind] != "":
		return shapes[t.Kind]
	}
	return t.Basic
}

func fields(was, is *model.Type) []Member {
	var list []Member
	for _, f := range is.Fields {
		old := was.Field(f.Name)
		switch {
		case old == nil:
			list = append(list, Member{Added, f.Name, f.GoName, "", fieldType(f)})
		case fieldType(old) != fieldType(f), old.GoName != f.GoName:
			list = append(list, Member{Changed, f.Name, f.GoName, fieldType(old), fieldType(f)})
		}
	}
	for _, f := range was.Fields {
		if is.Field(f.Name) == nil {
			list = append(list, Member{Removed, f.Name, f.GoName, fieldType(f), ""})
		}
	}
	return list
}

func fieldType(f *model.Field) string { return strings.ReplaceAll(f.Expr(), "api.", "") }

func values(was, is *model.Type) []Member {
	before, after := valueNames(was), valueNames(is)
	var list []Member
	for _, v := range is.Enum {
		if text := valueText(v); before[text] == "" {
			list = append(list, Member{Kind: Added, Name: text, GoName: v.GoName})
		}
	}
	for _, v := range was.Enum {
		if text := valueText(v); after[text] == "" {
			list = append(list, Member{Kind: Removed, Name: text, GoName: v.GoName})
		}
	}
	return list
}

func valueNames(t *model.Type) map[string]string {
	names := map[string]string{}
	for _, v := range t.Enum {
		names[valueText(v)] = v.GoName
	}
	return names
}

func valueText(v model.EnumValue) string {
	text, err := json.Marshal(v.Value)
	if err != nil {
		return v.GoName
	}
	return string(text)
}
