package handlers

import (
	"slices"
	"strings"

	"gen/generator/model"
)

// heeded are the headers of requests that servers heed whatever a handler does, in lower case.
var heeded = []string{
	"if-match", "if-none-match", "x-request-id", "traceparent", "tracestate",
	"accept-encoding", "content-encoding", "content-length", "cookie", "host", "origin", "sec-fetch-site", "forwarded",
	"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto",
}

// Unheeded are the header parameters of an operation that its handler, as it is written, does nothing with.
func Unheeded(op *model.Operation) []string {
	if !Written(op) {
		return nil
	}
	var names []string
	for _, p := range op.Params {
		name := strings.ToLower(p.Name)
		if p.In == "header" && !slices.Contains(heeded, name) && !carries(op, name) {
			names = append(names, p.Name)
		}
	}
	return names
}

// carries says that a header is what an apiKey of the operation travels in.
func carries(op *model.Operation, name string) bool {
	return slices.ContainsFunc(op.Security, func(all model.Requirement) bool {
		return slices.ContainsFunc(all, func(use model.SchemeUse) bool {
			return use.Scheme.In == "header" && strings.EqualFold(use.Scheme.Key, name)
		})
	})
}
