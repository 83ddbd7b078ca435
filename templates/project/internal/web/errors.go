package web

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
	"strings"
	"time"

	"gen/templates/project/api"
	"gen/templates/project/internal/store"

	"github.com/labstack/echo/v4"
)

// statusClientGone is what nginx logs for a client that did not wait for its answer.
const statusClientGone = 499

// NotImplemented is the answer of an operation that nobody has written yet.
func NotImplemented(operation string) error { return api.NotImplemented(operation) }

// NotSupported is the answer to a documented parameter that the handler does not understand: saying
// so beats ignoring it.
func NotSupported(operation, parameter string) error {
	return &api.Error{
		Status: http.StatusNotImplemented,
		Detail: fmt.Sprintf("%s does not support the parameter %s yet", operation, parameter),
	}
}

// writeError is Echo's error handler: it sends err in the form that the document gives.
func (s *Server) writeError(err error, c echo.Context) {
	x := exchangeOf(c.Request().Context())
	x.err = err
	answer := toError(err, x)
	form := s.form(x.operation, answer.Status)
	header := c.Response().Header()
	header.Set(echo.HeaderCacheControl, "no-store")
	if wait := retryAfter(answer); wait > 0 {
		header.Set(echo.HeaderRetryAfter, fmt.Sprint(math.Ceil(wait.Seconds())))
	}
	body := form.body(newErrorValues(answer, x))
	if len(body) == 0 {
		c.Response().WriteHeader(answer.Status)
		return
	}
	header.Set(echo.HeaderContentType, form.mediaType)
	c.Response().WriteHeader(answer.Status)
	// The status is out: all that can be wrong now is the connection.
	_, _ = c.Response().Write(body)
}

func retryAfter(answer *api.Error) time.Duration {
	if answer.RetryAfter == 0 && answer.Status == http.StatusServiceUnavailable {
		return time.Second
	}
	return answer.RetryAfter
}

// form finds how an operation documents a status: exactly, as a range, as its default; else the
// document's usual error, else RFC 9457.
func (s *Server) form(op *operation, status int) *errorForm {
	if op != nil {
		for _, key := range []string{fmt.Sprint(status), fmt.Sprintf("%dXX", status/100), "default"} {
			for _, form := range op.errors {
				if strings.EqualFold(form.status, key) {
					return form
				}
			}
		}
	}
	return cmp.Or(s.fallback, problemForm)
}

// toError gives every error its status. What it does not know is an internal error: the client
// learns no more than that, the log has all of it.
func toError(err error, x *exchange) *api.Error {
	var answer *api.Error
	switch {
	// Before *api.Error, which may wrap these: whoever reads a body sees only that it breaks off.
	case errors.As(err, new(*http.MaxBytesError)):
		return tooLarge(err)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &api.Error{Status: http.StatusRequestTimeout, Detail: "the body came too slowly", Err: err}
	case errors.As(err, &answer) && answer.Status >= http.StatusBadRequest:
		return answer
	}
	for _, known := range []func(error, *exchange) *api.Error{storeError, connectionError, multipartError, echoError} {
		if answer := known(err, x); answer != nil {
			answer.Err = err
			return answer
		}
	}
	return &api.Error{Status: http.StatusInternalServerError, Detail: "internal error", Err: err}
}

func tooLarge(err error) *api.Error {
	var limit *http.MaxBytesError
	errors.As(err, &limit)
	return &api.Error{
		Status: http.StatusRequestEntityTooLarge,
		Detail: fmt.Sprintf("the body is larger than %d bytes", limit.Limit),
		Err:    err,
	}
}

func storeError(err error, x *exchange) *api.Error {
	var conflict *store.Conflict
	switch {
	case errors.Is(err, store.ErrNoParent):
		return &api.Error{Status: http.StatusNotFound, Detail: "the resource that this belongs to does not exist"}
	case errors.Is(err, store.ErrNotFound):
		return &api.Error{Status: http.StatusNotFound, Detail: "there is no such resource"}
	case errors.As(err, &conflict) && conflict.Field != "":
		return &api.Error{Status: http.StatusConflict, Detail: "the value of " + conflict.Field + " is taken"}
	case errors.Is(err, store.ErrConflict):
		return &api.Error{Status: http.StatusConflict, Detail: "a resource with this key exists"}
	case errors.Is(err, store.ErrStale):
		return &api.Error{Status: http.StatusPreconditionFailed, Detail: "the resource is not in the state that the request asks for"}
	case errors.Is(err, store.ErrCursor):
		return &api.Error{Status: http.StatusBadRequest, Detail: "the cursor is not one that this list gave out"}
	case errors.Is(err, store.ErrNUL):
		return &api.Error{Status: x.invalidStatus(), Detail: "a text has the character U+0000 in it, which cannot be stored"}
	case errors.Is(err, store.ErrInvalid):
		return &api.Error{Status: x.invalidStatus(), Detail: "a value is outside of what can be stored"}
	case errors.Is(err, store.ErrBusy):
		return &api.Error{Status: http.StatusServiceUnavailable, Detail: "the database is busy"}
	case errors.Is(err, store.ErrUnavailable):
		return &api.Error{Status: http.StatusServiceUnavailable, Detail: "the database cannot be reached"}
	}
	return nil
}

func connectionError(err error, x *exchange) *api.Error {
	switch {
	case x.request.Context().Err() != nil:
		return &api.Error{Status: statusClientGone, Detail: "the client has gone"}
	case errors.Is(err, ErrUnavailable):
		return &api.Error{Status: http.StatusServiceUnavailable, Detail: "this cannot be answered now"}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &api.Error{Status: http.StatusServiceUnavailable, Detail: "this took too long"}
	}
	return nil
}

// multipartError is what a handler meets that takes a multipart body part by part: reading it fails where
// the client wrote it wrong, or broke off.
func multipartError(err error, x *exchange) *api.Error {
	mediaType, _, _ := mime.ParseMediaType(x.request.Header.Get("Content-Type"))
	// Most of these errors have no type.
	malformed := errors.As(err, new(textproto.ProtocolError)) || strings.Contains(err.Error(), "multipart: ")
	switch {
	case !strings.HasPrefix(mediaType, "multipart/"):
	case errors.Is(err, multipart.ErrMessageTooLarge):
		return &api.Error{Status: http.StatusRequestEntityTooLarge, Detail: "a part of the body is too large"}
	case malformed, errors.Is(err, io.ErrUnexpectedEOF):
		return &api.Error{Status: http.StatusBadRequest, Detail: "the multipart body breaks off or is malformed"}
	}
	return nil
}

func echoError(err error, _ *exchange) *api.Error {
	var failure *echo.HTTPError
	if !errors.As(err, &failure) || failure.Code < http.StatusBadRequest {
		return nil
	}
	answer := &api.Error{Status: failure.Code}
	switch failure.Code {
	case http.StatusNotFound:
		answer.Detail = "there is nothing at this path"
	case http.StatusMethodNotAllowed:
		answer.Detail = "this path does not have the method"
	default:
		if text, ok := failure.Message.(string); ok && failure.Code < http.StatusInternalServerError {
			answer.Detail = text
		}
	}
	return answer
}

func (x *exchange) invalidStatus() int {
	if x.operation != nil {
		return cmp.Or(x.operation.Invalid, http.StatusBadRequest)
	}
	return http.StatusBadRequest
}

// problemForm is how errors are written that the document says nothing about.
var problemForm = &errorForm{mediaType: "application/problem+json", body: problem}

// problem writes RFC 9457 problem details.
func problem(v errorValues) []byte {
	body, err := json.Marshal(struct {
		Type      string        `json:"type"`
		Title     string        `json:"title"`
		Status    int           `json:"status"`
		Detail    string        `json:"detail,omitempty"`
		Instance  string        `json:"instance,omitempty"`
		RequestID string        `json:"requestId"`
		Errors    []api.Invalid `json:"errors,omitempty"`
	}{v.Type, v.Title, v.Status, v.Detail, v.Instance, v.RequestID, v.Invalid})
	if err != nil {
		panic(err) // Strings and numbers always marshal.
	}
	return body
}
