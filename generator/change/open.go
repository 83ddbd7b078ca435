package change

import (
	"fmt"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/checker/schemawalk"
	"github.com/oasdiff/oasdiff/diff"
)

// silent is how an object that says nothing of other members takes them (JSON Schema §10.3.2.3).
type silent struct{ open *bool }

func newSilent() silent {
	open := true
	return silent{&open}
}

// explain has the objects within the bodies of requests say what they mean: oasdiff takes silence for a no.
func (s silent) explain(document *openapi3.T) {
	seen := map[*openapi3.Schema]bool{}
	for _, item := range document.Paths.Map() {
		for _, op := range item.Operations() {
			if op.RequestBody == nil || op.RequestBody.Value == nil {
				continue
			}
			for _, media := range op.RequestBody.Value.Content {
				s.schema(media.Schema, seen)
			}
		}
	}
}

func (s silent) schema(ref *openapi3.SchemaRef, seen map[*openapi3.Schema]bool) {
	if ref == nil || ref.Value == nil || seen[ref.Value] {
		return
	}
	schema := ref.Value
	seen[schema] = true
	if schema.AdditionalProperties.Has == nil {
		schema.AdditionalProperties.Has = s.open
	}
	below := slices.Concat(schema.AllOf, schema.AnyOf, schema.OneOf, slices.Collect(maps.Values(schema.Properties)))
	for _, one := range append(below, schema.Items, schema.AdditionalProperties.Schema) {
		s.schema(one, seen)
	}
}

// closed are the objects in the bodies of requests that take no members any more but those that they name, which
// no rule of oasdiff is about. Clients fail that relied on what the document had said; they may where it was silent.
func (s silent) closed(found *diff.Diff) []Wire {
	list := []Wire{}
	eachBody(found, func(operation string, body *diff.SchemaDiff) {
		note := func(text string, object *diff.SchemaDiff) {
			if change := object.AdditionalPropertiesAllowedDiff; change == nil || change.To != false {
				return
			}
			level := Breaking
			if was := object.Base.AdditionalProperties; was.Has == s.open && was.Schema == nil {
				level = Risky
			}
			list = append(list, Wire{level, "request-object-closed", text, []string{operation}})
		}
		note("the request's body takes only the properties that it names", body)
		schemawalk.Walker{Enter: func(path, name string, object, _ *diff.SchemaDiff, _ bool) {
			if name != "" {
				path = schemawalk.PropertyFullName(path, name)
			}
			note(fmt.Sprintf("the request's `%s` takes only the properties that it names", path), object)
		}}.Walk(body)
	})
	return list
}
