package change

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/checker/schemawalk"
	"github.com/oasdiff/oasdiff/diff"
)

// refusals are properties that requests lost in objects which take no others: clients that send them are
// refused. oasdiff takes every object for an open one.
type refusals map[refusal]bool

type refusal struct{ operation, property string }

// refused looks at the bodies of requests that changed.
func refused(found *diff.Diff) refusals {
	r := refusals{}
	eachBody(found, r.body)
	return r
}

// eachBody calls visit for each request's body that changed, and the operation, "POST /notes", that it belongs to.
func eachBody(found *diff.Diff, visit func(operation string, body *diff.SchemaDiff)) {
	if found == nil || found.PathsDiff == nil {
		return
	}
	for path, item := range found.PathsDiff.Modified {
		if item.OperationsDiff == nil {
			continue
		}
		for method, op := range item.OperationsDiff.Modified {
			if op.RequestBodyDiff == nil || op.RequestBodyDiff.ContentDiff == nil {
				continue
			}
			for _, media := range op.RequestBodyDiff.ContentDiff.MediaTypeModified {
				if media.SchemaDiff != nil {
					visit(method+" "+path, media.SchemaDiff)
				}
			}
		}
	}
}

func (r refusals) body(operation string, body *diff.SchemaDiff) {
	schemawalk.DeletedProperties(body, func(path, name string, _ *openapi3.Schema, object *diff.SchemaDiff, _ bool) {
		if others := object.Revision.AdditionalProperties.Has; others != nil && !*others {
			r[refusal{operation, schemawalk.PropertyFullName(path, name)}] = true
		}
	})
}

// has says that a change is about one of them.
func (r refusals) has(c checker.Change) bool {
	if !strings.HasPrefix(c.GetId(), checker.RequestPropertyRemovedId) || len(c.GetArgs()) == 0 {
		return false
	}
	property, _ := c.GetArgs()[0].(string)
	return r[refusal{c.GetOperation() + " " + c.GetPath(), property}]
}
