// Package echoed is what servers on Echo need beside the code that was generated for them.
package echoed

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// Fault is problem details (RFC 9457).
type Fault struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
	Errors []Part `json:"errors,omitempty"`
}

// Part is one thing that is wrong with a request.
type Part struct {
	Pointer   string `json:"pointer,omitempty"`
	Parameter string `json:"parameter,omitempty"`
	Detail    string `json:"detail"`
}

// Answer sends a fault.
func Answer(c echo.Context, f Fault) {
	f.Type, f.Title = "about:blank", http.StatusText(f.Status)
	c.Response().Header().Set(echo.HeaderContentType, "application/problem+json")
	c.Response().WriteHeader(f.Status)
	_ = c.Echo().JSONSerializer.Serialize(c, f, "") // The connection is all that can fail.
}

// Path writes a documented path the way that Echo does: /posts/:postId.
func Path(documented string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(documented)
}
