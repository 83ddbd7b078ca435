// Package model says what a document means: its operations with the Go names and types that stand
// for them, the resources behind the operations, and what each operation does to them.
//
// Two steps make it. Lowering (lower*.go, names*.go) decides every Go name and type and prepares the
// document that oapi-codegen is given. Inference (infer*.go) reads REST out of the result; its rules
// are about published APIs at large. The package writes nothing and prints nothing.
package model

import (
	"github.com/getkin/kin-openapi/openapi3"

	"gen/generator/spec"
)

// API is a document as the generator understands it.
type API struct {
	Title, Version string
	// BasePath is the path of the first server, without a trailing slash: "", "/v1".
	BasePath string
	// Operations are in the order of the document.
	Operations []*Operation
	// Types are the named types of package api, sorted by name.
	Types []*Type
	// Code is the document as oapi-codegen is to see it. Generation consumes it.
	Code *openapi3.T
	// Schemes are the security schemes, sorted by name.
	Schemes []*Scheme
	// Warnings are what lowering had to change, beyond the warnings of the document itself.
	Warnings spec.Issues

	// Fallback is the body of errors that an operation does not document.
	Fallback ErrorBody

	// Resources are inferred, in the order in which the document first names them.
	Resources []*Resource
	// Sessions is how people log in.
	Sessions Sessions

	// NoCodecs says that no code is wanted for reading, checking and writing JSON.
	NoCodecs bool
	// Tour says that the README is to lead through the server.
	Tour bool
}

// Operation is one method on one path.
type Operation struct {
	// ID is the operationId, or one made from method and path where the document has none.
	ID string
	// GoName is the method's name in the strict server interface: ListPosts.
	GoName string
	// Method is upper-case; Path is the path as documented, without the base path.
	Method, Path string
	Pointer      string
	Position     spec.Position
	Tags         []string
	Summary      string
	Deprecated   bool

	// When tells a request for it from one for another operation of its method and path. HiddenBy is
	// the operation that answers in its place where nothing does; nil for all others.
	When     []Distinction
	HiddenBy *Operation

	// Params are the path's and the operation's parameters, path parameters in the order of the path,
	// the others in the order of the document.
	Params []*Param
	// Bodies are the documented request media types, JSON first, else in the order of the document.
	Bodies       []*Body
	BodyRequired bool
	// Unread are documented request media types that the server cannot read: XML beside JSON.
	Unread []string
	// Responses are in the order of the status, "4XX" behind the exact ones, "default" last.
	Responses []*Response
	// Security lists the alternatives: one of them must be satisfied, each whole. Empty: none needed.
	Security []Requirement
	// HasContentType says that the request object has a field ContentType: a body of any media type.
	HasContentType bool
	// Description is the document's, in CommonMark.
	Description string
	// Errors are the documented error answers.
	Errors []ErrorBody

	inferred
}

// Param is one parameter of an operation.
type Param struct {
	// Name is the parameter's name on the wire; In is path, query, header or cookie.
	Name, In string
	// GoName is its field: of the request object for path parameters, else of its Params.
	GoName   string
	Required bool
	Style    string
	Explode  bool
	// JSON says that the value travels as JSON text (content: application/json), not in a style; Content
	// that it travels in any media type.
	JSON, Content bool
	// AllowEmpty says that a query parameter may be given without a value, whatever its schema says. A string is "" then,
	// and anything else as if the parameter were not there.
	AllowEmpty bool
	// Optional says that the field is a pointer to Type.
	Optional bool
	Type     *Type
	// Schema is the parameter's own schema as documented, nil where it has none.
	Schema      *openapi3.Schema
	Description string
	Pointer     string
}

// Body is one media type of a request body.
type Body struct {
	MediaType string
	// Tag is oapi-codegen's name tag: JSON, Formdata, Multipart, Text or "" (opaque: an io.Reader).
	Tag string
	// GoField is the field of the request object: Body, or JSONBody … where there are several.
	GoField string
	// GoType is the type that GoField points to: CreatePostJSONRequestBody, multipart.Reader where Tag
	// is Multipart. Without a Tag the field is an io.Reader, and no pointer. Media types of the same
	// data share GoField, GoType and Tag.
	GoType string
	Type   *Type
	// Streamed says that the handler reads the body as it arrives, and nobody before it holds it against the document:
	// parts with files, and objects in a media type that there are no types for.
	Streamed bool
}

// Response is one status and media type that an operation may answer.
type Response struct {
	// Status is "200", "4XX" or "default".
	Status string
	// MediaType is "" for a response without a body.
	MediaType string
	// GoName is the response object's type: ListPosts200JSONResponse, DeletePost204Response.
	GoName string
	// HasStatusCode and HasContentType say that the response object has those fields (StatusCode for
	// a range or default, ContentType for a media type with a wild card).
	HasStatusCode, HasContentType bool
	// Type is nil for a response without a body. Its Kind is File for an opaque one (an io.Reader).
	Type *Type
	// Data is what an opaque body holds where the document describes it as an object: YAML, for example.
	Data    *Type
	Headers []*Header
	// HeadersType is the name of the struct in the field Headers, "" when there are none.
	HeadersType string
}

// Header is a documented response header.
type Header struct {
	Name, GoName string
	// Optional says that the field is a pointer to Type.
	Optional bool
	Type     *Type
}

// Requirement is one alternative of a security requirement: all of its schemes at once.
// An empty one lets anybody in.
type Requirement []SchemeUse

// SchemeUse names a scheme and the scopes that are asked of it.
type SchemeUse struct {
	Scheme *Scheme
	Scopes []string
}

// Scheme is a security scheme.
type Scheme struct {
	// Name is its key in the document, GoName the method in the project's package auth.
	Name, GoName string
	// Type is apiKey, http, oauth2, openIdConnect or mutualTLS.
	Type string
	// In and Key are where an apiKey travels: header, query or cookie, and its name.
	In, Key string
	// HTTPScheme is basic, bearer … for Type http.
	HTTPScheme string
}
