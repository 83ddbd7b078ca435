package api

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// choice is a value of a discriminator, and the alternative that it selects.
type choice struct {
	name   string
	schema *openapi3.Schema
}

// choices are those of a union in the order of its alternatives. All says that no alternative is without one.
func choices(union *openapi3.Schema, alternatives openapi3.SchemaRefs) (found []choice, all bool) {
	d := union.Discriminator
	if d == nil {
		return nil, false
	}
	all = true
	for _, ref := range alternatives {
		names := mappedNames(d, ref)
		if name := impliedName(d, ref); len(d.Mapping) == 0 && name != "" {
			names = []string{name}
		}
		for _, name := range names {
			found = append(found, choice{name, ref.Value})
		}
		all = all && len(names) > 0
	}
	return found, all || len(d.Mapping) > 0 && len(found) > 0
}

const componentSchemas = "#/components/schemas/"

// mappedNames are the values that a discriminator maps to an alternative.
func mappedNames(d *openapi3.Discriminator, ref *openapi3.SchemaRef) (names []string) {
	for _, name := range slices.Sorted(maps.Keys(d.Mapping)) {
		target := d.Mapping[name].Ref
		if target == ref.Ref || !strings.Contains(target, "/") && componentSchemas+target == ref.Ref {
			names = append(names, name)
		}
	}
	return names
}

// impliedName is the value for an alternative that is not in the mapping: the only one that it allows, else the name
// of its component (OpenAPI 3.1 §4.8.25).
func impliedName(d *openapi3.Discriminator, ref *openapi3.SchemaRef) string {
	s := outline(ref.Value)
	var allowed []any
	if property := s.properties[d.PropertyName]; property != nil {
		allowed = property.Enum
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

// completeMappings adds what a mapping leaves to the names of the components: kin-openapi takes it for all values.
func completeMappings(doc *openapi3.T) {
	_ = doc.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error {
		d := ref.Value.Discriminator
		if d == nil || len(d.Mapping) == 0 {
			return nil
		}
		for _, ref := range slices.Concat(ref.Value.OneOf, ref.Value.AnyOf) {
			name := impliedName(d, ref)
			if _, taken := d.Mapping[name]; name != "" && ref.Ref != "" && !taken && len(mappedNames(d, ref)) == 0 {
				d.Mapping[name] = openapi3.MappingRef{Ref: ref.Ref}
			}
		}
		return nil
	})
}

// explainUnion lists what is wrong with a value that fits no alternative: with the one that it was meant to be, or
// with what names that. It is false where neither is clear.
func (w *faultList) explainUnion(err *openapi3.SchemaError, here []string) bool {
	if errors.Is(err.Origin, openapi3.ErrOneOfConflict) {
		return false
	}
	choices, all := choices(err.Schema, branches(err))
	branch, object := chosen(err, choices)
	d := err.Schema.Discriminator
	if branch == nil && (d == nil || len(d.Mapping) == 0 || !object) {
		branch = meant(err)
	}
	if branch != nil {
		fault := branch.VisitJSON(err.Value, w.opts...)
		w.add(fault, here)
		return fault != nil
	}
	if !all || !object {
		return false
	}
	w.found = append(w.found, Invalid{Pointer: pointerTo(append(here, d.PropertyName)), Detail: mustName(choiceNames(choices))})
	return true
}

// chosen is the alternative that the discriminator of a value names. Object says that the value may have one.
func chosen(err *openapi3.SchemaError, choices []choice) (branch *openapi3.Schema, object bool) {
	members, object := err.Value.(map[string]any)
	for _, c := range choices {
		if members[err.Schema.Discriminator.PropertyName] == c.name {
			return c.schema, true
		}
	}
	return nil, object
}

// branches are the alternatives that an error is about. A discriminator is looked at first for those of oneOf.
func branches(err *openapi3.SchemaError) openapi3.SchemaRefs {
	if err.SchemaField == "anyOf" || len(err.Schema.OneOf) == 0 {
		return err.Schema.AnyOf
	}
	return err.Schema.OneOf
}

// describeDiscriminator says what must name the alternative.
func describeDiscriminator(err *openapi3.SchemaError) string {
	if strings.HasPrefix(err.Reason, "input does not contain") {
		return missing
	}
	choices, all := choices(err.Schema, branches(err))
	if !all {
		return unknownType
	}
	return mustName(choiceNames(choices))
}

func choiceNames(choices []choice) []string {
	var names []string
	for _, c := range choices {
		names = append(names, c.name)
	}
	return names
}
