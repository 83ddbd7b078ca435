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
	discriminator, selects := "", map[string][]string{}
	if s.Discriminator != nil {
		discriminator = s.Discriminator.PropertyName
		selects = selected(s.Discriminator)
	}
	w.linef("if !r.%s(%s,", keyword, strconv.Quote(discriminator))
	for i, ref := range refs {
		branch := w.c.checker(w.c.rules(hidden, ref.Value), fmt.Sprintf("%s%d", name, i+1))
		w.linef("alternative{check: %s%s},", branch, w.shape(ref.Value, selects[ref.Ref]))
		delete(selects, ref.Ref)
	}
	for _, ref := range slices.Sorted(maps.Keys(selects)) {
		w.linef("alternative{names: []string{%s}},", quoted(selects[ref]))
	}
	w.linef(") {\nreturn\n}")
}

// selected are the values of a discriminator for each reference.
func selected(d *openapi3.Discriminator) map[string][]string {
	out := map[string][]string{}
	for _, value := range slices.Sorted(maps.Keys(d.Mapping)) {
		ref := d.Mapping[value].Ref
		if !strings.Contains(ref, "/") {
			ref = "#/components/schemas/" + ref
		}
		out[ref] = append(out[ref], value)
	}
	return out
}

// shape is what an alternative looks like, so that it is clear which one a value was meant to be.
func (w *writer) shape(s *openapi3.Schema, names []string) string {
	o := outlineOf(s)
	var out strings.Builder
	if kinds := o.kindList(); len(kinds) > 0 {
		out.WriteString(", kinds: " + strings.Join(kinds, "|"))
	}
	if tags := w.tags(o); len(tags) > 0 {
		out.WriteString(", tags: []tag{" + strings.Join(tags, ", ") + "}")
	}
	if len(names) > 0 {
		out.WriteString(", names: []string{" + quoted(names) + "}")
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
