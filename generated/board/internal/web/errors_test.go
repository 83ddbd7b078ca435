package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
	"example.com/board/internal/store"
)

func TestRetryAfter(t *testing.T) {
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/busy", fails(store.ErrBusy)),
		route("GET", "/away", fails(fmt.Errorf("%w: dial tcp 192.0.2.1:5432", store.ErrUnavailable))),
		route("GET", "/limit", fails(&api.Error{Status: 429, RetryAfter: 90*time.Second + time.Millisecond})),
		route("GET", "/broken", fails(&api.Error{Status: 500})),
	}}, nil)
	for path, want := range map[string]string{"/busy": "1", "/away": "1", "/limit": "91", "/broken": ""} {
		if got := server.do(t, "GET", path, "").Header.Get("Retry-After"); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

// TestMultipartBodies has a handler that reads each part, and says only what went wrong.
func TestMultipartBodies(t *testing.T) {
	read := func(c echo.Context) error {
		parts, err := c.Request().MultipartReader()
		for err == nil {
			var part *multipart.Part
			if part, err = parts.NextPart(); err == nil {
				_, err = io.Copy(io.Discard, part)
			}
		}
		if err == io.EOF { //nolint:errorlint // A body that ends too early has an EOF within its error.
			return c.NoContent(204)
		}
		return fmt.Errorf("upload: %w", err)
	}
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("POST", "/", read), route("POST", "/proxy", fails(io.ErrUnexpectedEOF)),
		route("POST", "/large", fails(fmt.Errorf("upload: %w", multipart.ErrMessageTooLarge))),
	}}, nil)
	const part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n"
	const header = "Content-Type: multipart/form-data; boundary=b"
	for body, status := range map[string]int{
		part + "--b--":             204,
		part:                       400,
		part[:len(part)-4]:         400,
		"--b\r\nno header\r\n\r\n": 400,
		"nothing of the kind":      400,
	} {
		if got := server.do(t, "POST", "/", body, header); got.StatusCode != status {
			t.Errorf("%q: %d, want %d", body, got.StatusCode, status)
		}
	}
	server.do(t, "POST", "/large", part, header).wants(t, 413, "a part of the body is too large")
	server.do(t, "POST", "/proxy", "{}").wants(t, 500, "internal error")
}

func TestErrorStatus(t *testing.T) {
	tests := []struct {
		name   string
		err    error
		status int
		body   string
	}{
		{"own", &api.Error{Status: 418, Detail: "short and stout"}, 418, "short and stout"},
		{"wrapped", fmt.Errorf("brewing: %w", &api.Error{Status: 418}), 418, "teapot"},
		{"absent", fmt.Errorf("get: %w", store.ErrNotFound), 404, "no such resource"},
		{"no parent", store.ErrNoParent, 404, "belongs to"},
		{"taken", &store.Conflict{Field: "email"}, 409, "email"},
		{"key taken", store.ErrConflict, 409, "key"},
		{"stale", store.ErrStale, 412, ""},
		{"cursor", store.ErrCursor, 400, "cursor"},
		{"refused", store.ErrInvalid, 422, ""},
		{"U+0000", store.ErrNUL, 422, "U+0000"},
		{"busy", store.ErrBusy, 503, ""},
		{"database away", fmt.Errorf("%w: password=x", store.ErrUnavailable), 503, "cannot be reached"},
		{"echo", echo.ErrUnsupportedMediaType, 415, ""},
		{"deadline", context.DeadlineExceeded, 503, ""},
		{"not implemented", NotImplemented("publishPost"), 501, "publishPost"},
		{"not supported", NotSupported("listPosts", "near"), 501, "listPosts does not support the parameter near"},
		{"unknown", errors.New("password of the database is hunter2"), 500, `"detail":"internal error"`},
		{"no status", &api.Error{Detail: "hunter2"}, 500, `"detail":"internal error"`},
	}
	unprocessable := func(op *api.Operation) { op.Invalid = 422 }
	contract := &api.API{Routes: []api.Route{
		route("GET", "/panics", func(echo.Context) error { panic("hunter2") }),
	}}
	for i, test := range tests {
		contract.Routes = append(contract.Routes, route("GET", fmt.Sprintf("/%d", i), fails(test.err), unprocessable))
	}
	server := start(t, Config{}, contract, nil)
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := server.do(t, "GET", fmt.Sprintf("/%d", i), "")
			got.wants(t, test.status, test.body)
			if strings.Contains(got.body, "hunter2") {
				t.Errorf("the client sees %s", got.body)
			}
		})
	}
	t.Run("panic", func(t *testing.T) {
		server.do(t, "GET", "/panics", "").wants(t, 500, `"detail":"internal error"`)
		server.cancel()
		<-server.done
		server.done <- nil
		if log := server.logs.String(); !strings.Contains(log, "panic: hunter2") || !strings.Contains(log, "errors_test.go") {
			t.Error("the log has neither the panic nor its stack")
		}
	})
}

func TestErrorForms(t *testing.T) {
	invalid := &api.Error{Status: 400, Invalid: []api.Invalid{
		{Pointer: "/title", Detail: "is required"},
		{Parameter: "limit", Detail: "must be a <number>"},
	}}
	nested := &api.Error{Status: 400, Invalid: []api.Invalid{{Pointer: "/labels/c", Detail: "is long"}, {Detail: "is no JSON"}}}
	documented := func(bodies ...api.ErrorBody) func(*api.Operation) {
		return func(op *api.Operation) { op.Errors = bodies }
	}
	const vendor = "application/vnd.error+json"
	contract := &api.API{
		Fallback: api.ErrorBody{MediaType: "application/json", Template: `{"message":"${detail}","code":"${code}"}`},
		Routes: []api.Route{
			route("GET", "/exact", fails(store.ErrNotFound), documented(
				api.ErrorBody{Status: "default", MediaType: vendor, Template: `{}`},
				api.ErrorBody{Status: "4XX", MediaType: vendor, Template: `{}`},
				api.ErrorBody{Status: "404", MediaType: vendor, Template: `{"z":"${status}","a":["${statusText}","Error ${code} of ${instance}"],"n":null,"t":true,"x":1.50}`},
			)),
			route("GET", "/range", fails(store.ErrConflict), documented(
				api.ErrorBody{Status: "404", MediaType: vendor, Template: `{}`},
				api.ErrorBody{Status: "4xx", MediaType: vendor, Template: `{"type":"${type}","title":"${title}"}`},
			)),
			route("GET", "/default", fails(errors.New("x")), documented(
				api.ErrorBody{Status: "4XX", MediaType: vendor, Template: `{}`},
				api.ErrorBody{Status: "default", MediaType: vendor, Template: `{"id":"${requestId}"}`},
			)),
			route("GET", "/empty", fails(store.ErrNotFound), documented(api.ErrorBody{Status: "404"})),
			route("GET", "/text", fails(invalid), documented(api.ErrorBody{Status: "400", MediaType: "text/plain", Template: `"no: ${detail}"`})),
			route("GET", "/list", fails(invalid), documented(api.ErrorBody{Status: "400", MediaType: vendor,
				Template: `{"errors":[{"at":"${errors.pointer}","in":"${errors.parameter}","message":"${errors.detail}"}],"first":"${errors.detail}"}`})),
			route("GET", "/texts", fails(invalid), documented(api.ErrorBody{Status: "400", MediaType: vendor,
				Template: `{"message":"${detail}","details?":["${errors.detail}"]}`})),
			route("GET", "/places", fails(nested), documented(api.ErrorBody{Status: "400", MediaType: vendor, Template: `["${errors.detail}"]`})),
			route("GET", "/pointers", fails(invalid), documented(api.ErrorBody{Status: "400", MediaType: vendor,
				Template: `[{"at?":["${errors.pointer}"],"texts":["${errors.detail}"]}]`})),
			route("GET", "/nothing-listed", fails(&api.Error{Status: 400}), documented(api.ErrorBody{Status: "400", MediaType: vendor,
				Template: `{"errors":["${errors.detail}"]}`})),
			route("GET", "/fallback", fails(invalid)),
		},
	}
	server := start(t, Config{}, contract, nil)
	tests := []struct {
		path   string
		status int
		kind   string
		body   string
	}{
		{"/exact", 404, vendor, `{"z":404,"a":["404","Error not_found of /exact"],"n":null,"t":true,"x":1.50}`},
		{"/range", 409, vendor, `{"type":"about:blank","title":"Conflict"}`},
		{"/default", 500, vendor, `{"id":"request-1"}`},
		{"/empty", 404, "", ""},
		{"/text", 400, "text/plain", `no: the request is not valid: /title is required; limit must be a <number>`},
		{"/list", 400, vendor, `{"errors":[{"at":"/title","in":"","message":"is required"},{"at":"","in":"limit","message":"must be a \u003cnumber\u003e"}],"first":"is required"}`},
		{"/texts", 400, vendor, `{"message":"the request is not valid","details":["title: is required","limit: must be a \u003cnumber\u003e"]}`},
		{"/places", 400, vendor, `["labels/c: is long","is no JSON"]`},
		{"/pointers", 400, vendor, `[{"at":["/title"],"texts":["is required"]},{"at":[""],"texts":["limit: must be a \u003cnumber\u003e"]}]`},
		{"/nothing-listed", 400, vendor, `{"errors":[]}`},
		{"/fallback", 400, "application/json", `{"message":"the request is not valid: /title is required; limit must be a \u003cnumber\u003e","code":"bad_request"}`},
		{"/unknown", 404, "application/json", `{"message":"there is nothing at this path","code":"not_found"}`},
	}
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			got := server.do(t, "GET", test.path, "", "X-Request-ID: request-1", "Accept: image/png;q=0, application/json")
			if got.StatusCode != test.status || got.Header.Get("Content-Type") != test.kind || got.body != test.body {
				t.Errorf("got %d %q %s", got.StatusCode, got.Header.Get("Content-Type"), got.body)
			}
		})
	}
}

func TestProblemDetails(t *testing.T) {
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/posts", fails(&api.Error{Status: 400, Invalid: []api.Invalid{{Parameter: "limit", Detail: "must be a number"}}})),
	}}, nil)
	got := server.do(t, "GET", "/posts?limit=x", "", "X-Request-ID: request-1")
	const want = `{"type":"about:blank","title":"Bad Request","status":400,"detail":"the request is not valid","instance":"/posts",` +
		`"requestId":"request-1","errors":[{"parameter":"limit","detail":"must be a number"}]}`
	if got.body != want {
		t.Errorf("got %s", got.body)
	}
}

func TestBrokenTemplates(t *testing.T) {
	for _, source := range []string{``, `{`, `{"a":}`, `["${nothing}"]`, `{"a":"${detail"}`, `{} {}`} {
		if _, err := parseTemplate(source); err == nil {
			t.Errorf("%s is accepted", source)
		}
	}
}

func TestOptionalMembers(t *testing.T) {
	template, err := parseTemplate(`{"at?":"${errors.pointer}","errors?":[{"at?":"${errors.pointer}","in?":"${errors.parameter}"}],"title":"${title}"}`)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		invalid []api.Invalid
		want    string
	}{
		{nil, `{"title":"Bad Request"}`},
		{[]api.Invalid{{Parameter: "limit"}}, `{"errors":[{"in":"limit"}],"title":"Bad Request"}`},
		{[]api.Invalid{{Pointer: "/title"}}, `{"at":"/title","errors":[{"at":"/title"}],"title":"Bad Request"}`},
	} {
		if got := string(template.append(nil, errorValues{Title: "Bad Request", Invalid: test.invalid})); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}
