package api

import (
	"bufio"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
)

// checkBody reads the body, unless it is a stream, and holds it against the document. It returns an
// error where there is no use in looking further: 413 and 415.
func (v *validator) checkBody(req *http.Request, doc *openapi3.RequestBody, in *input) error {
	body := bufio.NewReader(req.Body)
	switch _, err := body.Peek(1); {
	case errors.Is(err, io.EOF):
		if doc.Required {
			in.reject(Invalid{Detail: "a body is required"})
		}
		return nil
	case err != nil:
		return unreadable(err)
	}
	in.sent = req.Header.Get("Content-Type")
	if len(doc.Content) == 0 {
		in.kind, in.rest = streamBody, body
		return nil
	}
	m, ok := findMedia(doc.Content, in.sent)
	if !ok {
		return unsupported(doc.Content)
	}
	in.kind, in.media, in.boundary = m.kind, m.name, m.params["boundary"]
	if strings.HasPrefix(m.sent, "multipart/") && in.boundary == "" {
		in.reject(Invalid{Detail: "the Content-Type names no boundary"})
		return nil
	}
	if m.kind == streamBody {
		in.rest = body
		return nil
	}
	var err error
	if in.raw, err = io.ReadAll(body); err != nil {
		return unreadable(err)
	}
	v.checkContent(m, in)
	return nil
}

// checkContent decodes a body that was read and holds it against its schema.
func (v *validator) checkContent(m media, in *input) {
	var schema *openapi3.Schema
	if m.content != nil && m.content.Schema != nil {
		schema = m.content.Schema.Value
	}
	var fault *Invalid
	switch m.kind {
	case jsonBody:
		in.body, fault = parseJSON(in.raw)
	case formBody:
		in.body, fault = readForm(in.raw, schema, m.content.Encoding)
	case multipartBody:
		in.body, fault = readMultipart(in.parts(), schema)
	case textBody:
		in.body, fault = readText(in.raw, schema)
	}
	if fault != nil {
		in.status = http.StatusBadRequest
		in.reject(*fault)
		return
	}
	if schema != nil {
		in.reject(v.faults(schema, in.body, v.requests)...)
	}
}

func readText(raw []byte, schema *openapi3.Schema) (any, *Invalid) {
	if offset := firstInvalidUTF8(raw); offset >= 0 {
		return nil, &Invalid{Detail: placeIn(raw, offset) + ": not valid UTF-8"}
	}
	return coerce(string(raw), schema), nil
}

func unsupported(content openapi3.Content) error {
	return &Error{
		Status: http.StatusUnsupportedMediaType,
		Detail: "the body must be " + strings.Join(slices.Sorted(maps.Keys(content)), " or ") + ", and Content-Type must say so",
	}
}

// unreadable is the answer to a body that could not be read to its end.
func unreadable(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return &Error{Status: http.StatusRequestEntityTooLarge, Detail: "the body is too large", Err: err}
	}
	if known, ok := errors.AsType[*echo.HTTPError](err); ok {
		return &Error{Status: known.Code, Detail: strings.ToLower(http.StatusText(known.Code)), Err: err}
	}
	return &Error{Status: http.StatusBadRequest, Detail: "the body could not be read to its end", Err: err}
}
