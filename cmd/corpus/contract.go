package main

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"gen/generator/model"
)

// contract holds answers against the document with kin-openapi, whatever the server itself thinks of
// them.
type contract struct {
	doc     *openapi3.T
	options *openapi3filter.Options
}

func newContract(doc *openapi3.T) *contract {
	return &contract{doc, &openapi3filter.Options{
		SchemaValidationOptions: []openapi3.SchemaValidationOption{openapi3.SetSchemaRegexCompiler(model.CompilePattern)},
	}}
}

// check says what the document does not allow of an answer, "" if it allows all of it. Errors may
// have a status that it does not mention.
func (c *contract) check(op *model.Operation, req *http.Request, a answer) string {
	if a.status >= 500 && a.status != http.StatusNotImplemented {
		return "the server failed: " + a.text()
	}
	item := c.doc.Paths.Value(op.Path)
	if item == nil || item.GetOperation(op.Method) == nil {
		return "the document has no such operation"
	}
	options := *c.options
	options.IncludeResponseStatus = a.status < 400
	// No answer with these has a body, whatever a document says (RFC 9110 §6.4.1).
	options.ExcludeResponseBody = a.status == http.StatusNoContent || a.status == http.StatusNotModified
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{
			Request: req,
			Route:   &routers.Route{Spec: c.doc, Path: op.Path, PathItem: item, Method: op.Method, Operation: item.GetOperation(op.Method)},
		},
		Status:  a.status,
		Header:  a.header,
		Options: &options,
	}
	input.SetBodyBytes(a.body)
	if err := openapi3filter.ValidateResponse(context.Background(), input); err != nil {
		return explain(err) + ": " + a.text()
	}
	return ""
}

// readAnything makes kin-openapi read media types that it knows nothing of: as JSON where the document
// describes an object, else as text.
func readAnything() {
	openapi3filter.RegisterBodyDecoder("*/*", func(body io.Reader, header http.Header, schema *openapi3.SchemaRef, encoding openapi3filter.EncodingFn) (any, error) {
		if schema != nil && schema.Value.Type.Is("object") {
			return openapi3filter.JSONBodyDecoder(body, header, schema, encoding)
		}
		return openapi3filter.PlainBodyDecoder(body, header, schema, encoding)
	})
}

// explain is an error without the schema, which kin-openapi repeats.
func explain(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\nSchema:")
	return strings.Join(strings.Fields(text), " ")
}
