package api

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
)

// checkBody reads the body, unless it is a stream, and holds it against the document. It returns an
// error where there is no use in looking further: 413 and 415.
func (v *validator) checkBody(req *http.Request, d *documented, in *input) error {
	m, err := in.read(req, d.contents, d.body.Required)
	if err == nil && in.raw != nil {
		v.checkContent(m, in)
	}
	return err
}

// read reads the body, unless it is a stream. Nothing comes of one that is not there, or that cannot be
// taken apart.
func (in *input) read(req *http.Request, contents []content, required bool) (media, error) {
	m, err := in.open(req, contents, required)
	if err != nil || in.rest == nil || m.kind == streamBody {
		return m, err
	}
	if in.raw, err = io.ReadAll(in.rest); err != nil {
		return m, unreadable(err)
	}
	return m, nil
}

// open finds out what the body is, from its header and from whether it has a first byte.
func (in *input) open(req *http.Request, contents []content, required bool) (m media, err error) {
	body := bufio.NewReader(req.Body)
	switch _, err := body.Peek(1); {
	case errors.Is(err, io.EOF):
		if required {
			in.reject(Invalid{Detail: "a body is required"})
		}
		return m, nil
	case err != nil:
		return m, unreadable(err)
	}
	in.sent = req.Header.Get("Content-Type")
	if len(contents) == 0 {
		in.kind, in.rest = streamBody, body
		return media{kind: streamBody}, nil
	}
	m, ok := findMedia(contents, in.sent)
	switch {
	case !m.isUTF8():
		return m, &Error{Status: http.StatusUnsupportedMediaType, Detail: "the body must be in UTF-8"}
	case !ok:
		return m, unsupported(contents)
	case m.kind != streamBody && isCoded(req):
		return m, &Error{Status: http.StatusUnsupportedMediaType, Detail: "the body must come without a Content-Encoding"}
	}
	in.kind, in.media, in.boundary = m.kind, m.name, m.params["boundary"]
	if strings.HasPrefix(m.sent, "multipart/") && in.boundary == "" {
		in.reject(Invalid{Detail: "the Content-Type names no boundary"})
		return m, nil
	}
	in.rest = body
	return m, nil
}

// isCoded says that a body is compressed, say, which nobody here undoes (RFC 9110 §8.4).
func isCoded(req *http.Request) bool {
	return slices.ContainsFunc(req.Header["Content-Encoding"], func(coding string) bool { return !strings.EqualFold(coding, "identity") })
}

// checkContent decodes a body that was read and holds it against its schema.
func (v *validator) checkContent(m media, in *input) {
	var fault *Invalid
	switch m.kind {
	case jsonBody:
		in.body, fault = parseJSON(in.raw)
	case formBody:
		in.body, fault = readForm(in.raw, m.schema, m.encoding)
	case multipartBody:
		in.body, fault = readMultipart(in.parts(), m.schema)
	case textBody:
		in.body, fault = readText(in.raw, m.schema)
	}
	if fault != nil {
		in.status = http.StatusBadRequest
		in.reject(*fault)
		return
	}
	if m.schema != nil {
		in.reject(v.faults(m.schema, in.body, v.requests)...)
	}
}

func readText(raw []byte, schema *openapi3.Schema) (any, *Invalid) {
	if offset := firstInvalidUTF8(raw); offset >= 0 {
		return nil, &Invalid{Detail: placeIn(raw, offset) + ": not valid UTF-8"}
	}
	return coerce(string(raw), schema), nil
}

func unsupported(contents []content) error {
	names := make([]string, len(contents))
	for i, c := range contents {
		names[i] = c.name
	}
	return &Error{
		Status: http.StatusUnsupportedMediaType,
		Detail: "the body must be " + strings.Join(names, " or ") + ", and Content-Type must say so",
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
