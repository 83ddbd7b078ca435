package model

import (
	"fmt"
	"slices"
	"strings"

	"gen/generator/spec"
)

// toured are the operations that the tour of the README tries.
func toured() []string {
	return []string{
		"GET /users", "POST /users", "GET /session", "POST /session", "DELETE /session", "GET /sessions",
		"GET /posts", "POST /posts", "GET /posts/{postId}", "PUT /posts/{postId}", "PATCH /posts/{postId}", "DELETE /posts/{postId}",
		"POST /posts/{postId}/publish",
	}
}

// checkTour refuses a tour through operations that the document does not have.
func (o Overrides) checkTour(api *API) error {
	if !o.Tour {
		return nil
	}
	var missing []string
	for _, route := range toured() {
		if !slices.ContainsFunc(api.Operations, func(op *Operation) bool { return op.Method+" "+op.Path == route }) {
			missing = append(missing, route)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	problem := fmt.Sprintf("it tries %s, and the document has no such operation", strings.Join(missing, ", "))
	return spec.Issues{o.issue("tour", problem, "remove the line: the README without a tour fits any document")}
}
