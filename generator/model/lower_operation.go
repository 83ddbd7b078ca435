package model

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/spec"
)

// operation is an operation while it is lowered.
type operation struct {
	*Operation
	raw  *openapi3.Operation
	item *openapi3.PathItem
	// itemPointer is where its path item stands.
	itemPointer string
}

// operations lists the operations of the document in its order.
func (l *lowerer) operations() []*operation {
	var out []*operation
	for _, path := range l.ordered("/paths", mapKeys(l.doc.T.Paths.Map())) {
		item := l.doc.T.Paths.Value(path)
		if item == nil || !strings.HasPrefix(path, "/") {
			continue
		}
		pointer := spec.Pointer("paths", path)
		raws := map[string]*openapi3.Operation{}
		for method, raw := range item.Operations() {
			raws[strings.ToLower(method)] = raw
		}
		for _, method := range l.ordered(pointer, mapKeys(raws)) {
			raw := raws[method]
			at := pointer + spec.Pointer(method)
			out = append(out, &operation{raw: raw, item: item, itemPointer: pointer, Operation: &Operation{
				Method: strings.ToUpper(method), Path: path, Pointer: at, Position: l.doc.Position(at),
				Tags: raw.Tags, Summary: raw.Summary, Description: raw.Description, Deprecated: raw.Deprecated,
			}})
		}
	}
	return out
}

func (l *lowerer) lowerOperation(op *operation, schemes *schemes) {
	l.lowerParams(op)
	l.lowerBodies(op)
	l.lowerResponses(op)
	security := l.doc.T.Security
	if op.raw.Security != nil {
		security = *op.raw.Security
	}
	op.Security = schemes.requirements(security)
}

var statusKey = regexp.MustCompile(`^([1-5]XX|[1-5][0-9][0-9]|default)$`)

// responses are the documented responses by status. Keys that are no status are left out.
func (op *operation) responses() map[string]*openapi3.Response {
	out := map[string]*openapi3.Response{}
	for key, ref := range op.raw.Responses.Map() {
		if status := statusOf(key); status != "" && ref != nil && ref.Value != nil {
			out[status] = ref.Value
		}
	}
	return out
}

func statusOf(key string) string {
	status := key
	if strings.HasSuffix(strings.ToLower(key), "xx") {
		status = strings.ToUpper(key)
	}
	if !statusKey.MatchString(status) {
		return ""
	}
	return status
}

// statuses are the keys of the responses: exact ones, then ranges, then default.
func statuses(responses map[string]*openapi3.Response) []string {
	rank := func(status string) int {
		switch {
		case status == "default":
			return 2
		case strings.HasSuffix(status, "XX"):
			return 1
		}
		return 0
	}
	keys := mapKeys(responses)
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(rank(a)-rank(b), strings.Compare(a, b)) })
	return keys
}
