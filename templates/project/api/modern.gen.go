package api

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// modern is a schema for the 2020-12 validator.
type modern struct {
	schema *openapi3.Schema
	hidden hidden
}

// hidden are the names that a schema requires of one direction only.
type hidden map[string]bool

// settle makes schemas say what they mean to kin-openapi: {} allows null in OpenAPI 3.0 too (3.0.3
// §4.7.24: nullable adds to a type, and there is none), and so does an enum with null; {not: {}} allows nothing.
func settle(doc *openapi3.T) {
	_ = doc.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error {
		s := ref.Value
		s.Nullable = s.Nullable || isAnything(*s) || s.Type == nil && slices.Contains(s.Enum, nil)
		if s.Not != nil && isAnything(*s.Not.Value) {
			s.Always = new(bool)
		}
		return nil
	})
}

// modernise prepares a document of OpenAPI 3.1 or later. kin-openapi's own validator, whose errors
// name place and reason, knows most of its schemas; const becomes an enum of one for it. Schemas with
// other keywords of JSON Schema 2020-12 pass through that validator afterwards.
func (v *validator) modernise(doc *openapi3.T, document []byte) error {
	if !doc.IsOpenAPI31OrLater() {
		return nil
	}
	twins, err := twinsOf(doc, document)
	if err != nil {
		return err
	}
	_ = doc.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error {
		s := ref.Value
		if s.Const != nil && len(s.Enum) == 0 {
			s.Enum = []any{s.Const}
		}
		return nil
	})
	for _, d := range v.operations {
		for _, schema := range d.schemas() {
			v.addModern(schema, twins)
		}
	}
	// It does not know that members with these names are none of the additional ones (2020-12 §10.3.2.3).
	for schema := range twins {
		if len(schema.PatternProperties) > 0 {
			schema.AdditionalProperties = openapi3.AdditionalProperties{}
		}
	}
	return nil
}

// twinsOf are the schemas of the document as the 2020-12 validator gets them, none where it is not needed: a pattern
// that Go does not know would keep it from looking at the rest, so there it has none.
func twinsOf(doc *openapi3.T, document []byte) (map[*openapi3.Schema]*openapi3.Schema, error) {
	all := schemasOf(doc)
	if !slices.ContainsFunc(all, isModern) {
		return nil, nil //nolint:nilnil // nil is a map of none
	}
	again, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		return nil, fmt.Errorf("reading the OpenAPI document: %w", err)
	}
	settle(again)
	twins := map[*openapi3.Schema]*openapi3.Schema{}
	for i, twin := range schemasOf(again) {
		twin.Pattern = inGo(twin.Pattern)
		if _, err := regexp.Compile(twin.Pattern); err != nil {
			twin.Pattern = ""
		}
		twins[all[i]] = twin
	}
	return twins, nil
}

// schemasOf are all schemas of a document, in an order that depends on nothing else.
func schemasOf(doc *openapi3.T) []*openapi3.Schema {
	var all []*openapi3.Schema
	_ = doc.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error {
		all = append(all, ref.Value)
		return nil
	})
	return all
}

// isAnything says that a schema has no demands.
func isAnything(s openapi3.Schema) bool {
	s.ReadOnly, s.WriteOnly, s.Nullable = false, false, false
	return s.Not == nil && s.Always == nil && len(s.Properties)+len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) == 0 && s.Items == nil && s.IsEmpty()
}

// schemas are those that values are held against.
func (d *documented) schemas() []*openapi3.Schema {
	var all []*openapi3.Schema
	add := func(content openapi3.Content) {
		for _, media := range content {
			if media.Schema != nil {
				all = append(all, media.Schema.Value)
			}
		}
	}
	for _, p := range d.params {
		if p.schema != nil {
			all = append(all, p.schema)
		}
	}
	if d.body != nil {
		add(d.body.Content)
	}
	for _, response := range d.responses.Map() {
		add(response.Value.Content)
	}
	return all
}

func (v *validator) addModern(schema *openapi3.Schema, twins map[*openapi3.Schema]*openapi3.Schema) {
	if _, known := v.modern[schema]; known || twins[schema] == nil {
		return
	}
	found, names := false, hidden{}
	_ = openapi3.NewSchemaRef("", schema).WalkSubtree(func(_ string, ref *openapi3.SchemaRef) error {
		found = found || isModern(ref.Value)
		for name, property := range ref.Value.Properties {
			if property.Value.ReadOnly || property.Value.WriteOnly {
				names[name] = true
			}
		}
		return nil
	})
	if found {
		v.modern[schema] = modern{twins[schema], names}
	}
}

// isModern says that a schema has a keyword that kin-openapi's own validator passes over.
func isModern(s *openapi3.Schema) bool {
	return len(s.PrefixItems) > 0 || s.Contains != nil || len(s.PatternProperties) > 0 ||
		len(s.DependentSchemas) > 0 || len(s.DependentRequired) > 0 || s.PropertyNames != nil ||
		s.If != nil || s.UnevaluatedItems.Has != nil || s.UnevaluatedItems.Schema != nil ||
		s.UnevaluatedProperties.Has != nil || s.UnevaluatedProperties.Schema != nil
}

// visit holds a value against a schema. The second validator is asked only where the first is content.
func (v *validator) visit(schema *openapi3.Schema, value any, opts []openapi3.SchemaValidationOption) error {
	err := schema.VisitJSON(value, opts...)
	second, found := v.modern[schema]
	if err != nil || !found {
		return err
	}
	err = second.schema.VisitJSON(value, append(slices.Clip(opts), openapi3.EnableJSONSchema2020())...)
	fault, ok := errors.AsType[*openapi3.SchemaError](err)
	if !ok {
		return nil // the schema is beyond that validator
	}
	return leaves(fault, second.hidden)
}
