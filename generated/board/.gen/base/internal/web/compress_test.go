package web

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
)

func TestCompressedAtATime(t *testing.T) {
	pool, here := newGzipPool(1), make(chan struct{})
	gone := make(chan struct{})
	close(gone)
	if pool.get(gone, io.Discard) != nil {
		t.Error("it compresses for a client that has gone")
	}
	writer := pool.get(here, io.Discard)
	if writer == nil || pool.get(here, io.Discard) != nil {
		t.Fatal("want one writer, and no other")
	}
	pool.put(writer)
	if pool.get(here, io.Discard) == nil {
		t.Error("a writer that was given back is not there")
	}
}

// TestCompressionThatBreaksOff gives its writer back.
func TestCompressionThatBreaksOff(t *testing.T) {
	server := start(t, Config{}, &api.API{Routes: []api.Route{
		route("GET", "/whole", func(c echo.Context) error {
			return c.String(http.StatusOK, strings.Repeat("board ", 1000))
		}),
		route("GET", "/part", func(c echo.Context) error {
			_ = c.String(http.StatusOK, strings.Repeat("board ", 1000))
			panic("half way")
		}),
	}}, nil)
	for range compressing + 1 {
		response, err := server.persistent(t).Get(server.url + "/part")
		if err == nil {
			_ = response.Body.Close()
		}
	}
	if got := server.do(t, "GET", "/whole", "", "Accept-Encoding: gzip"); got.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("no answer is compressed any more: %v", got.Header)
	}
}
