// Package plain is how a server that is written by hand reads and writes JSON: net/http and
// encoding/json, with buffers that are used again.
package plain

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// largest is the largest buffer that is kept.
const largest = 64 << 10

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func release(b *bytes.Buffer) {
	if b.Cap() <= largest {
		b.Reset()
		buffers.Put(b)
	}
}

var (
	errMedia = errors.New("the body must be application/json, and Content-Type must say so")
	errMore  = errors.New("there is more than one value")
)

// Read reads the body, one JSON value with no field that v does not have.
func Read(r *http.Request, v any) error {
	if media, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); strings.TrimSpace(media) != "application/json" {
		return errMedia
	}
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(v); err != nil {
		return err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return errMore
	}
	return nil
}

// Write answers with v as JSON.
func Write(w http.ResponseWriter, status int, v any) { write(w, status, "application/json", v) }

func write(w http.ResponseWriter, status int, contentType string, v any) {
	body, _ := buffers.Get().(*bytes.Buffer)
	defer release(body)
	encoder := json.NewEncoder(body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Type", contentType)
	header.Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // The connection is all that can fail.
}

// Fault is one thing that is wrong with a request.
type Fault struct {
	Pointer   string `json:"pointer,omitempty"`
	Parameter string `json:"parameter,omitempty"`
	Detail    string `json:"detail"`
}

type problem struct {
	Type   string  `json:"type"`
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Errors []Fault `json:"errors,omitempty"`
}

// Refuse answers with problem details (RFC 9457).
func Refuse(w http.ResponseWriter, status int, faults ...Fault) {
	write(w, status, "application/problem+json", problem{"about:blank", http.StatusText(status), status, faults})
}

// RefuseBody answers an error of Read: 400 to what is no JSON, invalid to what is not as documented.
func RefuseBody(w http.ResponseWriter, invalid int, err error) {
	status := invalid
	switch {
	case errors.Is(err, errMedia):
		status = http.StatusUnsupportedMediaType
	case errors.As(err, new(*http.MaxBytesError)):
		status = http.StatusRequestEntityTooLarge
	case errors.As(err, new(*json.SyntaxError)), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, errMore):
		status = http.StatusBadRequest
	}
	Refuse(w, status, Fault{Detail: err.Error()})
}
