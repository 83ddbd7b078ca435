// Package contest asks two implementations of one API the same things, and says where their answers
// differ. Command differ copies it beside two copies of a generated package api; it knows neither.
package contest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// Side is one implementation.
type Side struct {
	// Handlers are by operationId. Each ends with an error: an *AcceptedError where the request was accepted.
	Handlers map[string]echo.HandlerFunc
	// Judge is the status and the faults of an error that is no *AcceptedError.
	Judge func(error) (status int, faults []string)
	// Answers write answers of the named types, made of JSON.
	Answers map[string]func([]byte, http.ResponseWriter) error
}

// Pair is two implementations of one document.
type Pair struct {
	// Document names it.
	Document string
	On, Off  Side
}

// Request is one request, or where Answer is set the body of an answer of that type.
type Request struct {
	// Document counts from 0, in the order of the pairs.
	Document  int
	Operation string `json:",omitempty"`
	Answer    string `json:",omitempty"`
	// Path are the values of path parameters, escaped.
	Path   map[string]string `json:",omitempty"`
	Query  string            `json:",omitempty"`
	Header http.Header       `json:",omitempty"`
	Body   []byte            `json:",omitempty"`
	// Folded says that some name in the body is that of a property but for its case.
	Folded bool `json:",omitempty"`
}

// Verdict is what came of a request.
type Verdict struct {
	// Status is 200 for one that reached the handler, 0 for a panic.
	Status int
	// Faults are sorted, and each is there once.
	Faults []string `json:",omitempty"`
	// Value is what the handler was given, or the panic; of an answer, what was written.
	Value string `json:",omitempty"`
}

// AcceptedError is the error of a handler that returns what it was given.
type AcceptedError struct {
	request any
	streams string
}

// Saw makes the error of a handler of its request object.
func Saw(request any) error { return &AcceptedError{request, streams(request)} }

func (*AcceptedError) Error() string { return "the request was accepted" }

// Ask puts a request to a side.
func (s Side) Ask(r Request) (v Verdict) {
	defer func() {
		if cause := recover(); cause != nil {
			v = Verdict{Value: fmt.Sprintf("panic: %v\n%s", cause, debug.Stack())}
		}
	}()
	if r.Answer != "" {
		return s.write(r)
	}
	err := s.handle(r)
	var accepted *AcceptedError
	if !errors.As(err, &accepted) {
		status, faults := s.Judge(err)
		slices.Sort(faults)
		return Verdict{Status: status, Faults: slices.Compact(faults)}
	}
	// What was decoded must outlive the buffer that it was read into.
	before := Spell(accepted.request)
	r.Body = bytes.Repeat([]byte(" "), len(r.Body))
	_ = s.handle(r)
	if after := Spell(accepted.request); after != before {
		return Verdict{Value: "changed by the next request: " + before + " became " + after}
	}
	return Verdict{Status: http.StatusOK, Value: before + accepted.streams}
}

func (s Side) handle(r Request) error {
	handle, ok := s.Handlers[r.Operation]
	if !ok {
		return fmt.Errorf("there is no operation %s", r.Operation)
	}
	req := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/", bytes.NewReader(r.Body))
	req.URL = &url.URL{Path: "/", RawPath: "/%2e", RawQuery: r.Query}
	if r.Header != nil {
		req.Header = r.Header.Clone()
	}
	c := echo.New().NewContext(req, httptest.NewRecorder())
	names, values := make([]string, 0, len(r.Path)), make([]string, 0, len(r.Path))
	for name, value := range r.Path {
		names, values = append(names, name), append(values, value)
	}
	c.SetParamNames(names...)
	c.SetParamValues(values...)
	return handle(c)
}

func (s Side) write(r Request) Verdict {
	rec := httptest.NewRecorder()
	write, ok := s.Answers[r.Answer]
	if !ok {
		return Verdict{Value: "there is no answer " + r.Answer}
	}
	if err := write(r.Body, rec); err != nil {
		return Verdict{Status: http.StatusInternalServerError}
	}
	return Verdict{Status: rec.Code, Value: rec.Header().Get("Content-Type") + "\n" + escapes.Replace(rec.Body.String())}
}

// escapes are those that encoding/json writes in what has a MarshalJSON of its own.
var escapes = strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&", `\u2028`, "\u2028", `\u2029`, "\u2029")

// streams is what stands in the readers of a request object. They end with their handler.
func streams(request any) string {
	var text string
	eachReader(request, func(r io.Reader) {
		data, err := io.ReadAll(r)
		text += fmt.Sprintf("\n%q %v", data, err)
	})
	return text
}

// Fill puts JSON into the body of an answer.
func Fill(data []byte, body any) error { return json.Unmarshal(data, body) }
