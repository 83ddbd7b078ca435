package codec

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// alternatives writes the check that a value is one of the branches of a oneOf or anyOf.
func (w *writer) alternatives(keyword string, s *openapi3.Schema, refs openapi3.SchemaRefs, hidden []string, name string) {
	if len(refs) == 0 {
		return
	}
	discriminator, names := "", func(*openapi3.SchemaRef) string { return "" }
	if s.Discriminator != nil {
		discriminator, names = s.Discriminator.PropertyName, w.discriminated(s.Discriminator)
	}
	w.linef("if !r.%s(%s,", keyword, strconv.Quote(discriminator))
	for i, ref := range refs {
		branch := w.c.checker(w.c.rules(hidden, ref.Value), fmt.Sprintf("%s%d", name, i+1))
		w.linef("alternative{check: %s%s%s},", branch, w.shape(ref.Value), names(ref))
	}
	w.linef(") {\nreturn\n}")
}

const componentSchemas = "#/components/schemas/"

// discriminated are the fields of an alternative with the values of a discriminator that select it.
func (w *writer) discriminated(d *openapi3.Discriminator) func(*openapi3.SchemaRef) string {
	selects := map[string][]string{}
	for _, value := range slices.Sorted(maps.Keys(d.Mapping)) {
		ref := d.Mapping[value].Ref
		if !strings.Contains(ref, "/") {
			ref = componentSchemas + ref
		}
		selects[ref] = append(selects[ref], value)
	}
	return func(ref *openapi3.SchemaRef) string {
		names, implied := selects[ref.Ref], w.impliedName(d, ref)
		_, taken := d.Mapping[implied]
		switch {
		case len(d.Mapping) > 0 && len(names) == 0 && ref.Ref != "" && implied != "" && !taken:
			names = []string{implied}
		case len(d.Mapping) == 0 && implied != "":
			return fmt.Sprintf(", implied: %q", implied)
		}
		if len(names) == 0 {
			return ""
		}
		return ", names: []string{" + quoted(names) + "}"
	}
}

// impliedName is the value for an alternative that is not in the mapping: the only one that it allows, else the name
// of its component (OpenAPI 3.1 §4.8.25).
func (w *writer) impliedName(d *openapi3.Discriminator, ref *openapi3.SchemaRef) string {
	var allowed []any
	if property := outlineOf(ref.Value).properties[d.PropertyName]; property != nil {
		allowed = w.c.enum(property)
	}
	name, isComponent := strings.CutPrefix(ref.Ref, componentSchemas)
	switch {
	case len(allowed) == 1:
		only, _ := allowed[0].(string)
		return only
	case !isComponent, len(allowed) > 0 && !slices.Contains(allowed, any(name)):
		return ""
	}
	return name
}

// shape is what an alternative looks like, so that it is clear which one a value was meant to be.
func (w *writer) shape(s *openapi3.Schema) string {
	o := outlineOf(s)
	var out strings.Builder
	if kinds := o.kindList(); len(kinds) > 0 {
		out.WriteString(", kinds: " + strings.Join(kinds, "|"))
	}
	if tags := w.tags(o); len(tags) > 0 {
		out.WriteString(", tags: []tag{" + strings.Join(tags, ", ") + "}")
	}
	return out.String()
}

// tags are the properties with one possible value.
func (w *writer) tags(o outline) (tags []string) {
	for _, name := range slices.Sorted(maps.Keys(o.properties)) {
		values := w.c.enum(o.properties[name])
		if len(values) != 1 {
			continue
		}
		switch value := values[0].(type) {
		case string, bool:
			tags = append(tags, fmt.Sprintf("{%q, %#v}", name, value))
		case float64:
			tags = append(tags, fmt.Sprintf("{%q, float64(%s)}", name, number(value)))
		}
	}
	return tags
}

// outline is what the values of a schema look like, whichever of its alternatives they follow.
type outline struct {
	kinds      map[string]bool
	properties map[string]*openapi3.Schema
}

func outlineOf(s *openapi3.Schema) outline {
	o := outline{kinds: map[string]bool{}, properties: map[string]*openapi3.Schema{}}
	o.add(s, nil)
	return o
}

// hasFiles says that a property may be raw bytes, in a form.
func (o *outline) hasFiles() bool {
	for _, property := range o.properties {
		own := []*openapi3.Schema{property}
		if property.Items != nil {
			own = append(own, property.Items.Value)
		}
		if slices.ContainsFunc(own, func(s *openapi3.Schema) bool { return s.Format == "binary" || s.ContentMediaType != "" }) {
			return true
		}
	}
	return false
}

func (o *outline) add(s *openapi3.Schema, path []*openapi3.Schema) {
	if slices.Contains(path, s) {
		return
	}
	path = append(slices.Clip(path), s)
	for _, name := range s.Type.Slice() {
		o.kinds[kindNames[name]] = true
	}
	if s.Nullable {
		o.kinds["nulls"] = true
	}
	if s.Items != nil {
		o.kinds["arrays"] = true
	}
	if len(s.Properties) > 0 || s.AdditionalProperties.Schema != nil {
		o.kinds["objects"] = true
	}
	for name, ref := range s.Properties {
		if o.properties[name] == nil {
			o.properties[name] = ref.Value
		}
	}
	for _, ref := range slices.Concat(s.AllOf, s.AnyOf, s.OneOf) {
		o.add(ref.Value, path)
	}
}

func (o *outline) kindList() []string {
	return slices.DeleteFunc(slices.Clone(kindOrder), func(kind string) bool { return !o.kinds[kind] })
}
