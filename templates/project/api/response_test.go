package api

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

const answers = `{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/things":{"get":{"responses":{
	"200":{"description":"","headers":{"X-Count":{"required":true,"schema":{"type":"integer"}}},
		"content":{"application/json":{"schema":{"type":"object","required":["id","secret"],
			"properties":{"id":{"type":"integer","readOnly":true},"secret":{"type":"string","writeOnly":true},"at":{"type":["string","null"],"format":"date-time"}}}}}},
	"204":{"description":""},
	"4XX":{"description":"","content":{"application/problem+json":{"schema":{"type":"object","required":["status"]}}}}}}}}}`

// answer passes what handle writes through the check, and returns what the client gets together with
// the error that the server would log.
func answer(t *testing.T, method string, handle echo.HandlerFunc) (*httptest.ResponseRecorder, error) {
	t.Helper()
	check, err := (&API{Document: []byte(answers), Fallback: ErrorBody{MediaType: "application/vnd.error+json"}}).ValidateResponses()
	if err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	var logged error
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		logged = err
		status := http.StatusInternalServerError
		if failure, ok := errors.AsType[*Error](err); ok {
			status = failure.Status
		}
		c.Response().Header().Set("Content-Type", "application/problem+json")
		c.Response().WriteHeader(status)
		_, _ = c.Response().Write([]byte(`{"status":1}`))
	}
	e.Add(method, "/things", handle, check(&Operation{Method: http.MethodGet, Path: "/things"}))
	rec := httptest.NewRecorder()
	rec.Header().Set("X-Request-ID", "1")
	e.ServeHTTP(rec, httptest.NewRequest(method, "/things", nil))
	return rec, logged
}

func write(status int, contentType, body string) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("X-Count", "1")
		if contentType == "" {
			return c.NoContent(status)
		}
		return c.Blob(status, contentType, []byte(body))
	}
}

func TestAnswersWithinTheDocument(t *testing.T) {
	tests := []struct {
		name   string
		handle echo.HandlerFunc
		status int
		body   string
	}{
		{"success", write(200, "application/json; charset=utf-8", `{"id":1,"at":null}`), 200, `{"id":1,"at":null}`},
		{"empty", write(204, "", ""), 204, ""},
		{"not modified", write(304, "", ""), 304, ""},
		{"documented error", func(echo.Context) error { return &Error{Status: 404} }, 404, `{"status":1}`},
		{"the server's own error", func(echo.Context) error { return &Error{Status: 500} }, 500, `{"status":1}`},
		{"fallback", write(503, "application/vnd.error+json", `{}`), 503, `{}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rec, _ := answer(t, http.MethodGet, test.handle)
			if rec.Code != test.status || rec.Body.String() != test.body {
				t.Fatalf("got %d %s", rec.Code, rec.Body)
			}
		})
	}
}

func TestAnswersOutsideOfTheDocument(t *testing.T) {
	tests := []struct {
		name   string
		handle echo.HandlerFunc
		reason string
	}{
		{"status", write(201, "application/json", `{}`), "the status is not documented"},
		{"redirect", write(302, "", ""), "the status is not documented"},
		{"foreign error", write(500, "text/plain", "x"), `"text/plain" is not the form of the server's own errors`},
		{"media type", write(200, "text/plain", "x"), `the media type "text/plain" is not documented`},
		{"body", write(200, "application/json", `{"at":"yesterday"}`), "at must be a date and time such as 2026-01-31T12:00:00Z; id is required"},
		{"secret", write(200, "application/json", `{"id":1,"secret":"x"}`), "secret is never sent"},
		{"broken", write(200, "application/json", `{`), "the body cannot be read"},
		{"error body", write(400, "application/problem+json", `{}`), "status is required"},
		{"unexpected body", write(204, "application/json", `{}`), "no body is documented"},
		{"header", func(c echo.Context) error { return c.JSON(200, map[string]int{"id": 1}) }, "the header X-Count is missing"},
		{"header value", func(c echo.Context) error {
			c.Response().Header().Set("X-Count", "many")
			return c.JSON(200, map[string]int{"id": 1})
		}, "the header X-Count must be an integer"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rec, err := answer(t, http.MethodGet, test.handle)
			if rec.Code != http.StatusInternalServerError || rec.Body.String() != `{"status":1}` {
				t.Errorf("got %d %s", rec.Code, rec.Body)
			}
			if rec.Header().Get("X-Count") != "" || rec.Header().Get("X-Request-ID") != "1" {
				t.Errorf("headers %v", rec.Header())
			}
			if err == nil || !strings.Contains(err.Error(), test.reason) {
				t.Errorf("the log says %v", err)
			}
		})
	}
}

func TestHeadHasNoBody(t *testing.T) {
	rec, err := answer(t, http.MethodHead, write(200, "application/json", ""))
	if err != nil || rec.Code != http.StatusOK {
		t.Fatalf("got %d, %v", rec.Code, err)
	}
}

func TestStreamsPass(t *testing.T) {
	rec, err := answer(t, http.MethodGet, func(c echo.Context) error {
		c.Response().Header().Set("Content-Type", "text/event-stream")
		_, _ = c.Response().Write([]byte("data: 1\n\n"))
		c.Response().Flush()
		_, _ = c.Response().Write([]byte("data: 2\n\n"))
		return nil
	})
	if err != nil || rec.Body.String() != "data: 1\n\ndata: 2\n\n" || !rec.Flushed {
		t.Fatalf("got %q, %v", rec.Body, err)
	}
}
