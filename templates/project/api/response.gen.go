package api

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
)

// respond answers with what next writes, if the document allows it.
func (v *validator) respond(c echo.Context, op *Operation, fallback ErrorBody, next echo.HandlerFunc) error {
	res := c.Response()
	held := &heldAnswer{ResponseWriter: res.Writer, before: res.Header().Clone()}
	res.Writer = held
	if err := next(c); err != nil {
		c.Error(err)
	}
	res.Writer = held.ResponseWriter
	if held.streaming || held.status == 0 {
		return nil
	}
	body := held.body.Bytes()
	if err := v.checkAnswer(c.Request(), op, fallback, held.status, res.Header(), body); err != nil {
		maps.DeleteFunc(res.Header(), func(string, []string) bool { return true })
		maps.Copy(res.Header(), held.before)
		res.Committed, res.Size, res.Status = false, 0, http.StatusOK
		return &Error{Status: http.StatusInternalServerError, Err: err}
	}
	res.Writer.WriteHeader(held.status)
	_, err := res.Writer.Write(body)
	if errors.Is(err, http.ErrBodyNotAllowed) {
		return nil
	}
	return err
}

// heldAnswer keeps an answer until it was checked. One that flushes is a stream: it passes unchecked.
type heldAnswer struct {
	http.ResponseWriter
	before    http.Header
	status    int
	body      bytes.Buffer
	streaming bool
}

func (h *heldAnswer) WriteHeader(status int) {
	if h.status == 0 && status >= http.StatusOK {
		h.status = status
	}
}

func (h *heldAnswer) Write(p []byte) (int, error) {
	h.WriteHeader(http.StatusOK)
	if h.streaming {
		return h.ResponseWriter.Write(p)
	}
	return h.body.Write(p)
}

// FlushError lets http.ResponseController flush.
func (h *heldAnswer) FlushError() error {
	if !h.streaming {
		h.WriteHeader(http.StatusOK)
		h.streaming = true
		h.ResponseWriter.WriteHeader(h.status)
		if _, err := h.ResponseWriter.Write(h.body.Bytes()); err != nil {
			return err
		}
	}
	return http.NewResponseController(h.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach what is underneath.
func (h *heldAnswer) Unwrap() http.ResponseWriter { return h.ResponseWriter }

// checkAnswer returns an error that says why the document does not allow an answer.
func (v *validator) checkAnswer(req *http.Request, op *Operation, fallback ErrorBody, status int, header http.Header, body []byte) error {
	d := v.operations[op.Method+" "+op.Path]
	if d == nil {
		return fmt.Errorf("the document has no operation %s %s", op.Method, op.Path)
	}
	problem := ""
	switch response := d.response(status); {
	case status == http.StatusNotModified && d.response(http.StatusOK) != nil:
	case response == nil:
		problem = undocumented(status, header.Get("Content-Type"), fallback)
	default:
		problem = v.checkHeaders(response, header)
		if problem == "" && req.Method != http.MethodHead {
			problem = v.checkAnswerBody(response, header.Get("Content-Type"), body)
		}
	}
	if problem == "" {
		return nil
	}
	return fmt.Errorf("%s %s answers %d outside of the document: %s", op.Method, op.Path, status, problem)
}

// response is what the document says of a status, nil where it says nothing.
func (d *documented) response(status int) *openapi3.Response {
	ref := d.responses.Status(status)
	if ref == nil {
		ref = d.responses.Default()
	}
	if ref == nil {
		return nil
	}
	return ref.Value
}

// undocumented lets the server's own errors pass in the form that the whole server has for them.
func undocumented(status int, contentType string, fallback ErrorBody) string {
	switch status {
	case 400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429, 500, 501, 503:
	default:
		return "the status is not documented"
	}
	sent := bareMedia(contentType)
	if sent == "application/problem+json" || fallback.MediaType != "" && sent == bareMedia(fallback.MediaType) {
		return ""
	}
	return fmt.Sprintf("the status is not documented, and %q is not the form of the server's own errors", sent)
}

func (v *validator) checkHeaders(response *openapi3.Response, header http.Header) string {
	for _, name := range slices.Sorted(maps.Keys(response.Headers)) {
		if http.CanonicalHeaderKey(name) == "Content-Type" {
			continue
		}
		doc := response.Headers[name].Value
		p := newParameter(&openapi3.Parameter{
			Name: name, In: openapi3.ParameterInHeader,
			Style: doc.Style, Explode: doc.Explode, Schema: doc.Schema, Content: doc.Content,
		})
		lines := header.Values(name)
		switch {
		case len(lines) == 0 && doc.Required:
			return "the header " + name + " is missing"
		case len(lines) == 0 || p.schema == nil:
			continue
		}
		value, _, problem := p.typed(p.split(strings.Join(lines, ","), ","))
		if faults := v.faults(p.schema, value, v.answers); problem == "" && len(faults) > 0 {
			problem = summary(faults)
		}
		if problem != "" {
			return "the header " + name + " " + problem
		}
	}
	return ""
}

func (v *validator) checkAnswerBody(response *openapi3.Response, contentType string, body []byte) string {
	if len(response.Content) == 0 {
		if len(body) > 0 {
			return "no body is documented"
		}
		return ""
	}
	m, ok := findMedia(contentsOf(response.Content), contentType)
	if !ok {
		return fmt.Sprintf("the media type %q is not documented", contentType)
	}
	if m.schema == nil || m.kind != jsonBody && m.kind != textBody {
		return ""
	}
	var value any
	var fault *Invalid
	if m.kind == jsonBody {
		value, fault = parseJSON(body)
	} else {
		value, fault = readText(body, m.schema)
	}
	if fault != nil {
		return "the body cannot be read: " + fault.Detail
	}
	if faults := v.faults(m.schema, value, v.answers); len(faults) > 0 {
		return "in the body, " + summary(faults)
	}
	return ""
}
