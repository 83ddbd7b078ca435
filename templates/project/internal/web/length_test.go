package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"gen/templates/project/api"

	"github.com/labstack/echo/v4"
)

// TestLength holds that a length that an answer names is that of what is sent.
func TestLength(t *testing.T) {
	body := `"` + strings.Repeat("board ", 1000) + `"`
	send := func(c echo.Context) error {
		c.Response().Header().Set("Content-Length", strconv.Itoa(len(body)))
		return c.JSONBlob(http.StatusOK, []byte(body))
	}
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/posts", send),
		route("GET", "/posts/1", func(c echo.Context) error {
			SetETag(c.Request().Context(), 3)
			return send(c)
		}),
	}}, nil)
	for _, test := range []struct {
		method, path, header string
		status               int
		length, body         string
	}{
		{"GET", "/posts", "Accept-Encoding: identity", 200, strconv.Itoa(len(body)), body},
		{"HEAD", "/posts", "Accept-Encoding: identity", 200, strconv.Itoa(len(body)), ""},
		{"GET", "/posts", "Accept-Encoding: gzip", 200, "", body},
		{"GET", "/posts/1", "Accept-Encoding: gzip", 200, strconv.Itoa(len(body)), body},
		{"GET", "/posts/1", `If-None-Match: "3"`, 304, "", ""},
		{"HEAD", "/posts/1", `If-None-Match: "3"`, 304, "", ""},
	} {
		got := server.do(t, test.method, test.path, "", test.header)
		text, length := got.body, got.Header.Get("Content-Length")
		if got.Header.Get("Content-Encoding") == "gzip" {
			if length != "" && length != strconv.Itoa(len(text)) {
				t.Errorf("%d bytes have the length %s", len(text), length)
			}
			text, length = unzipped(t, text), ""
		}
		if got.StatusCode != test.status || text != test.body || length != test.length {
			t.Errorf("%s %s, %s: got %d, %d bytes, %v", test.method, test.path, test.header, got.StatusCode, len(text), got.Header)
		}
	}
}

func unzipped(t *testing.T, text string) string {
	t.Helper()
	r, err := gzip.NewReader(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
