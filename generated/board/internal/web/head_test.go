package web

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"example.com/board/api"
)

// TestHead asks for answers of all lengths, and wants no error in the log.
func TestHead(t *testing.T) {
	write := func(pieces int, flush, named bool) echo.HandlerFunc {
		piece := strings.Repeat("x", 1500)
		return func(c echo.Context) error {
			if named {
				c.Response().Header().Set("Content-Length", strconv.Itoa(pieces*len(piece)))
			}
			c.Response().WriteHeader(http.StatusOK)
			for range pieces {
				if _, err := io.WriteString(c.Response(), piece); err != nil {
					return err
				}
				if flush {
					c.Response().Flush()
				}
			}
			return nil
		}
	}
	server := start(t, Config{TrustedProxies: loopback}, &api.API{Routes: []api.Route{
		route("GET", "/short", write(1, false, false)),
		route("GET", "/long", write(20, false, true)),
		route("GET", "/unknown", write(20, false, false)),
		route("GET", "/stream", write(3, true, false)),
	}}, nil)
	for version, protocols := range versions {
		server.protocols = protocols
		for path, length := range map[string]string{"/short": "1500", "/long": "30000", "/unknown": "", "/stream": ""} {
			got := server.do(t, "HEAD", path, "")
			got.wants(t, 200, "")
			if named := got.Header.Get("Content-Length"); named != length {
				t.Errorf("%s %s: the length is %q, want %q", version, path, named, length)
			}
		}
	}
	for strings.Count(server.logs.String(), `"msg":"request"`) < 2*4 {
		select {
		case <-server.logs.added:
		case <-time.After(10 * time.Second):
			t.Fatalf("not all requests are in the log:\n%s", server.logs)
		}
	}
	if log := server.logs.String(); strings.Contains(log, "ERROR") {
		t.Errorf("the log has\n%s", log)
	}
}
