// Package api is the contract of the server in Go: the types of the document, the interface that
// handlers implement, the routes, and the checks that stand between a request and a handler.
package api

import "github.com/labstack/echo/v4"

// API is all that a server has to know of its document.
type API struct {
	// Document is the OpenAPI document as JSON.
	Document []byte
	// BasePath goes before the path of every operation: "" or "/v1".
	BasePath string
	Routes   []Route
	// Fallback is the body of an error whose status its operation does not document, and of errors
	// that belong to no operation.
	Fallback ErrorBody
	// Entered, if there is one, is called with each operation whose handler is about to run: the
	// request has passed all checks. Set it before the first request.
	Entered func(echo.Context, *Operation)
}

func (a *API) enter(c echo.Context, op *Operation) {
	if a.Entered != nil {
		a.Entered(c, op)
	}
}

// ValidateResponses returns what makes the middleware of an operation that holds each answer, errors
// included, against the document. An answer outside the document is replaced by an *Error with status
// 500 whose Err says what is wrong with it; the server's error handler logs and writes that.
// The middleware goes around the handler and inside of whatever encodes bodies (compression).
func (a *API) ValidateResponses() (func(*Operation) echo.MiddlewareFunc, error) {
	v, err := newValidator(a.Document)
	if err != nil {
		return nil, err
	}
	return func(op *Operation) echo.MiddlewareFunc {
		return func(next echo.HandlerFunc) echo.HandlerFunc {
			return func(c echo.Context) error { return v.respond(c, op, a.Fallback, next) }
		}
	}, nil
}

// Route is one operation and what answers it.
type Route struct {
	Operation *Operation
	Handle    echo.HandlerFunc
}

// Operation is one method on one path of the document.
type Operation struct {
	// ID is the operationId; Path is the path as documented ("/posts/{postId}"), without the base path.
	ID, Method, Path string
	// When tells a request for it from one for another operation of the same method and path: all of
	// it must hold. Where nothing holds of any of them, the first of the document answers.
	When []Distinction
	// Security lists alternatives, one of which must be satisfied whole. Empty: anybody may ask.
	Security []Requirement
	// Produces are the media types of its successful answers, for content negotiation.
	Produces []string
	// Invalid is the status for an invalid request: 400, or 422 where only that is documented.
	Invalid int
	// Conditional says that a request must name the version that it changes: 428 without If-Match
	// (RFC 6585 §3).
	Conditional bool
	// Errors are the documented error answers.
	Errors []ErrorBody

	body requestBody
}

// Distinction is something that a request has. Without Values and Pattern any value will do.
type Distinction struct {
	// In is path, query, header, cookie, body (a property of an object or a form), Content-Type or
	// Accept; Name is that of the parameter or property.
	In, Name string
	// Values are those that it may have, Pattern is a regular expression that it must match.
	Values  []string
	Pattern string
}

// Requirement names security schemes that must all be satisfied. An empty one lets anybody in.
type Requirement []SchemeUse

// SchemeUse is one security scheme and the scopes that are asked of it.
type SchemeUse struct {
	Scheme string
	Scopes []string
}

// ErrorBody says how an error is written for one status.
type ErrorBody struct {
	// Status is "404", "4XX" or "default".
	Status string
	// MediaType is "" where the document wants no body.
	MediaType string
	// Template is the body as JSON in which a string "${name}" stands for a value of the error:
	// type, title, status, detail, code, instance, requestId. An array of one element that mentions
	// ${errors.pointer}, ${errors.parameter} or ${errors.detail} is repeated for each invalid part.
	// A member "name?" is left out where its value is empty.
	Template string
}
