package model

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// ErrorBody says how an error is written for one status.
type ErrorBody struct {
	// Status is "404", "4XX" or "default"; "" for any.
	Status string
	// MediaType is "" where the document wants no body.
	MediaType string
	// Template is the body as JSON in which a string "${name}" stands for a value of the error: type,
	// title, status (a number), statusText, detail, code, instance, requestId. An array of one element
	// that mentions ${errors.pointer}, ${errors.parameter} or ${errors.detail} is repeated for each
	// invalid part of the request.
	Template string
}

// errorForms writes the errors of a document. Most operations share a few schemas, so what was written
// for one is kept.
type errorForms map[errorForm]writtenError

type errorForm struct {
	t      *Type
	status string
}

func newErrorForms() errorForms { return errorForms{} }

// template is that of writeError, once for a schema and a status.
func (e errorForms) template(t *Type, status string) string {
	form := errorForm{t, status}
	written, ok := e[form]
	if !ok {
		written = writeError(t, status)
		e[form] = written
	}
	return written.text
}

// unfilled are the required members of all errors that were written which nothing is known for, a member once.
func (e errorForms) unfilled() []*Field {
	found := map[*Field]bool{}
	for _, written := range e {
		for _, f := range written.unfilled {
			found[f] = true
		}
	}
	return slices.SortedFunc(maps.Keys(found), func(a, b *Field) int { return cmp.Compare(a.Pointer, b.Pointer) })
}

// bodies are the documented error answers of an operation, one a status. "default" counts as one.
func (e errorForms) bodies(op *Operation) []ErrorBody {
	var bodies []ErrorBody
	for _, res := range errorResponses(op) {
		body := e.body(res, res.Status)
		bodies = append(append(bodies, e.ownBodies(op, res, body)...), body)
	}
	return bodies
}

// serverStatuses are the errors that every server sends, whatever its document says.
var serverStatuses = []string{"400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "428", "429", "500", "501", "503"}

// ownBodies are the bodies of single statuses that a range or default stands for, where they differ
// from its own: an enum has a value for each.
func (e errorForms) ownBodies(op *Operation, res *Response, general ErrorBody) []ErrorBody {
	if res.Status != "default" && !strings.HasSuffix(res.Status, "XX") {
		return nil
	}
	var bodies []ErrorBody
	for _, status := range serverStatuses {
		if op.answers(status) || res.Status != "default" && res.Status[0] != status[0] || res.Status == "default" && op.answers(status[:1]+"XX") {
			continue
		}
		body := e.body(res, status)
		if body.Template != general.Template {
			bodies = append(bodies, body)
		}
	}
	return bodies
}

// fallback is the JSON object that more than half of all documented JSON errors are written as;
// the zero value where none is as common, or where it has no room for a message.
func (e errorForms) fallback(ops []*Operation) ErrorBody {
	uses := map[ErrorBody]int{}
	var common ErrorBody
	total := 0
	for _, op := range ops {
		for _, res := range errorResponses(op) {
			if res.Type == nil || !isJSON(res.MediaType) {
				continue
			}
			total++
			body := e.body(res, "")
			uses[body]++
			if uses[body] > uses[common] {
				common = body
			}
		}
	}
	speaks := strings.Contains(common.Template, "${detail}") || strings.Contains(common.Template, "${title}")
	if uses[common]*2 <= total || !strings.HasPrefix(common.Template, "{") || !speaks {
		return ErrorBody{}
	}
	return common
}

// errorResponses picks one media type for each status that stands for an error: problem+json before
// any other JSON, JSON before text, text before what is opaque.
func errorResponses(op *Operation) []*Response {
	var picked []*Response
	for _, res := range op.Responses {
		if res.Status != "default" && res.Status[0] != '4' && res.Status[0] != '5' {
			continue
		}
		at := slices.IndexFunc(picked, func(r *Response) bool { return r.Status == res.Status })
		switch {
		case at < 0:
			picked = append(picked, res)
		case errorMediaRank(res) < errorMediaRank(picked[at]):
			picked[at] = res
		}
	}
	return picked
}

func errorMediaRank(res *Response) int {
	base := baseType(res.MediaType)
	switch {
	case base == "application/problem+json":
		return 0
	case base == "application/json":
		return 1
	case isJSON(base):
		return 2
	case base == "text/plain":
		return 3
	case strings.HasPrefix(base, "text/"):
		return 4
	}
	return 5
}

// body writes the template of a response for a status, which is its own or "".
func (e errorForms) body(res *Response, status string) ErrorBody {
	body := ErrorBody{Status: status, MediaType: res.MediaType}
	switch {
	case res.MediaType == "" || res.Type == nil:
		body.MediaType = ""
	case isJSON(res.MediaType):
		body.Template = e.template(res.Type, cmp.Or(status, "default"))
	case strings.HasSuffix(baseType(res.MediaType), "/*"):
		body.Template = writeError(&Type{Kind: Any}, status).text
	case res.Data != nil:
		body.Template = e.template(res.Data, cmp.Or(status, "default")) // JSON is YAML, and better than nothing elsewhere
	default:
		body.Template = `"${detail}"`
	}
	return body
}

// writtenError is the template for a schema, and the required members that nothing is known for.
type writtenError struct {
	text     string
	unfilled []*Field
}

// writeError writes the template for a schema. Optional members that would break the schema are
// left out. Where no name tells the place of the message, the first string that may have it does.
func writeError(t *Type, status string) writtenError {
	var fullest writtenError
	for _, lean := range []bool{false, true} {
		b := errorBuilder{status: status, lean: lean}
		value, ok := b.root(t)
		if ok && !errorValueSpeaks(value) {
			b = errorBuilder{status: status, lean: lean, anywhere: true}
			value, ok = b.root(t)
		}
		if !ok {
			continue
		}
		written := writtenError{spoken(value.String()), b.unfilled}
		if fullest.text == "" {
			fullest = written
		}
		if accepts(t.Schema, value.sample(status)) {
			return written
		}
	}
	return fullest
}

// spoken lets a title say what is wrong where a body has no other place for it.
func spoken(template string) string {
	if strings.Contains(template, "${detail}") {
		return template
	}
	return strings.Replace(template, `"${title}"`, `"${detail}"`, 1)
}
