package api

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Error is a failure with the status that tells the client about it. Handlers may return one; the
// server writes it in the form that the document gives for the operation and the status.
type Error struct {
	Status int
	// Detail is for the client.
	Detail string
	// Invalid lists the parts of the request that are wrong.
	Invalid []Invalid
	// RetryAfter is when to ask again, where that may help; 0 leaves it to the status.
	RetryAfter time.Duration
	// Err is for the log only.
	Err error
}

// Invalid is one part of a request that is not what the document asks for.
type Invalid struct {
	// Pointer is its place in the body (RFC 6901), "" for the body as a whole or for a parameter.
	Pointer string `json:"pointer,omitempty"`
	// Parameter is the path, query, header or cookie parameter.
	Parameter string `json:"parameter,omitempty"`
	Detail    string `json:"detail"`
}

// of is a fault within a value that is a parameter.
func (i Invalid) of(parameter string) Invalid {
	return Invalid{Parameter: parameter, Detail: i.placed()}
}

// placed is the detail behind its place in words, which count items from 1: "size.parts: item 2 must be an integer".
func (i Invalid) placed() string {
	var b strings.Builder
	separator := ""
	for _, step := range strings.Split(i.Pointer, "/")[1:] {
		index, err := strconv.ParseUint(step, 10, 32)
		if err != nil {
			b.WriteString(separator + step)
			separator = "."
			continue
		}
		b.WriteString(strings.Replace(separator, ".", ": ", 1) + "item " + strconv.FormatUint(index+1, 10))
		separator = ": "
	}
	if b.Len() > 0 {
		b.WriteString(" ")
	}
	return b.String() + i.Detail
}

func (e *Error) Error() string {
	if e.Err != nil {
		return http.StatusText(e.Status) + ": " + e.Err.Error()
	}
	return http.StatusText(e.Status) + ": " + e.Detail
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// NotImplemented is the answer of an operation that nobody has written yet.
func NotImplemented(operation string) error {
	return &Error{Status: http.StatusNotImplemented, Detail: operation + " is not implemented"}
}
