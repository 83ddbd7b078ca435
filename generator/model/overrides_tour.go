package model

import (
	"fmt"
	"slices"
	"strings"
)

// toured are the operations that the tour of the README tries.
func toured() []string {
	return []string{
		"GET /users", "POST /users", "GET /session", "POST /session", "DELETE /session", "GET /sessions",
		"GET /posts", "POST /posts", "GET /posts/{postId}", "PUT /posts/{postId}", "PATCH /posts/{postId}", "DELETE /posts/{postId}",
		"POST /posts/{postId}/publish",
	}
}

// applyTour wants a tour where sessions travel in a cookie, and warns of what it tries in vain.
func (o Overrides) applyTour(api *API) {
	if !o.Tour {
		return
	}
	api.Tour = api.Sessions.Cookie != nil
	missing := slices.DeleteFunc(toured(), func(route string) bool {
		return slices.ContainsFunc(api.Operations, func(op *Operation) bool { return op.Method+" "+op.Path == route })
	})
	if len(missing) > 0 {
		problem := fmt.Sprintf("it tries %s, and the document has no such operation", strings.Join(missing, ", "))
		api.Warnings = append(api.Warnings, o.issue("tour", problem, "remove the line, or keep to the operations of a board"))
	}
}
