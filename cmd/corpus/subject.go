package main

import (
	"cmp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/model"
	"gen/generator/spec"
)

// subject is a Go type as other packages write it, and a schema that it stands for.
type subject struct {
	expr   string
	schema *openapi3.Schema
	// named says that it is a type of package api or of a request's body, not of an answer's.
	named bool
}

// subjects collects them, each once.
type subjects struct {
	all  []subject
	seen map[subject]bool
}

func (list *subjects) add(t *model.Type, schema *openapi3.Schema, named bool) {
	s := subject{t.Expr(), schema, named}
	if t.Kind != model.File && schema != nil && !list.seen[s] {
		list.seen[s] = true
		list.all = append(list.all, s)
	}
}

// subjectsOf are the types of a document with the schemas as it has them.
func subjectsOf(doc *spec.Document, api *model.API) []subject {
	list := subjects{seen: map[subject]bool{}}
	components := map[string]*openapi3.Schema{}
	if doc.T.Components != nil {
		for name, ref := range doc.T.Components.Schemas {
			components[spec.Pointer("components", "schemas", name)] = ref.Value
		}
	}
	for _, t := range api.Types {
		list.add(t, cmp.Or(components[t.Pointer], t.Whole, t.Schema), true)
	}
	for _, op := range api.Operations {
		raw := doc.T.Paths.Value(op.Path).GetOperation(op.Method)
		for _, b := range op.Bodies {
			if b.Tag == "JSON" && !b.IsForm() {
				list.add(b.Type, contentSchema(raw.RequestBody.Value.Content, b.MediaType), true)
			}
		}
		for _, r := range op.Responses {
			if ref := raw.Responses.Value(r.Status); ref != nil && r.Type != nil && (r.Type.Kind != model.String || strings.Contains(r.MediaType, "json")) {
				list.add(r.Type, contentSchema(ref.Value.Content, r.MediaType), false)
			}
		}
	}
	return list.all
}

func contentSchema(content openapi3.Content, mediaType string) *openapi3.Schema {
	if media := content[mediaType]; media != nil && media.Schema != nil {
		return media.Schema.Value
	}
	return nil
}
