package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"time"

	"gen/e2e/bench/suite"
)

// agree returns an error for each request that the servers of a document answer differently. What is measured
// would be worth nothing then.
func agree(document suite.Document) error {
	var handlers []http.Handler
	for _, server := range document.Servers {
		handler, err := server.New(func() time.Time { return time.Date(2026, time.April, 1, 8, 0, 0, 250_000_000, time.UTC) })
		if err != nil {
			return fmt.Errorf("%s: %w", server.Name, err)
		}
		handlers = append(handlers, suite.Limit(handler))
	}
	var differences []error
	for _, request := range slices.Concat(document.Measured, document.Others) {
		answers := make([]*httptest.ResponseRecorder, len(handlers))
		for i, handler := range handlers {
			answer, err := ask(handler, request)
			if err != nil {
				return err
			}
			answers[i] = answer
			name := document.Servers[i].Name
			careful := name == suite.Hand || name == suite.Gen
			if request.Lax && !careful {
				continue
			}
			if problem := differs(request, answers[0], answer, careful); problem != "" {
				differences = append(differences, fmt.Errorf("%s: %s: %s %s", document.Name, request.Name, name, problem))
			}
		}
	}
	return errors.Join(differences...)
}

func ask(handler http.Handler, request suite.Request) (*httptest.ResponseRecorder, error) {
	made, err := request.New()
	if err != nil {
		return nil, err
	}
	if request.Body != "" {
		made.Body = &body{Reader: *strings.NewReader(request.Body)}
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, made)
	return answer, nil
}

// differs says how an answer differs from the one of the server by hand, "" if it does not. Refusals may differ
// in their words; with careful they find fault with the same places, as far as encoding/json lets the server
// by hand look.
func differs(request suite.Request, by, answer *httptest.ResponseRecorder, careful bool) string {
	if answer.Code != request.Status {
		return fmt.Sprintf("answers %d, want %d: %s", answer.Code, request.Status, answer.Body)
	}
	if answer.Code >= http.StatusBadRequest {
		if want, got := places(by.Body.Bytes()), places(answer.Body.Bytes()); careful && len(want) > 0 && !slices.Equal(got, want) {
			return fmt.Sprintf("finds fault with %q, want %q", got, want)
		}
		return ""
	}
	for _, name := range []string{"Content-Type", "Location"} {
		if want, got := by.Header().Get(name), answer.Header().Get(name); got != want {
			return fmt.Sprintf("sends %s: %s, want %s", name, got, want)
		}
	}
	if want, got := by.Body.Bytes(), answer.Body.Bytes(); !same(want, got, careful) {
		return fmt.Sprintf("sends\n%s\nwant\n%s", got, want)
	}
	return ""
}

// same compares JSON whatever the order of members; with exact the same bytes must be there.
func same(a, b []byte, exact bool) bool {
	var first, second any
	if json.Unmarshal(a, &first) != nil || json.Unmarshal(b, &second) != nil || !reflect.DeepEqual(first, second) {
		return false
	}
	return !exact || len(bytes.TrimSpace(a)) == len(bytes.TrimSpace(b))
}

// places are the parts of a request that problem details name, nil where the whole of it is wrong.
func places(body []byte) []string {
	var problem struct {
		Errors []struct{ Pointer, Parameter string }
	}
	if json.Unmarshal(body, &problem) != nil {
		return []string{"no problem details: " + string(body)}
	}
	var named []string
	for _, fault := range problem.Errors {
		if place := fault.Pointer + fault.Parameter; place != "" && !slices.Contains(named, place) {
			named = append(named, place)
		}
	}
	slices.Sort(named)
	return named
}
