package web

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

const brief = 150 * time.Millisecond

// patient is a server of handler whose clients may pause for a brief time only.
func patient(t *testing.T, handler echo.HandlerFunc) *running {
	t.Helper()
	server, err := New(Config{MaxBody: 1 << 20}, routed0(), nil)
	if err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	e.HTTPErrorHandler = server.writeError
	e.Use(server.begin, limitAnswer(brief), server.limitBody(brief), compress())
	e.Any("/", handler)
	return &running{url: serve(t, e)}
}

// versions are what clients speak; nil is HTTP/1.1.
var versions = map[string]*http.Protocols{"HTTP/1.1": nil, "HTTP/2": onlyHTTP2()}

func TestReaderThatStops(t *testing.T) {
	for version, protocols := range versions {
		t.Run(version, func(t *testing.T) {
			ended := make(chan error, 1)
			server := patient(t, func(c echo.Context) error {
				for megabyte := make([]byte, 1<<20); ; {
					if _, err := c.Response().Write(megabyte); err != nil {
						ended <- err
						return err
					}
				}
			})
			server.protocols = protocols
			response, err := server.persistent(t).Get(server.url)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = response.Body.Close() }()
			select {
			case <-ended:
			case <-time.After(20 * time.Second):
				t.Error("the handler writes on")
			}
		})
	}
}

// TestReaderThatStopsAtTheEnd has taken a byte when the handler has returned.
func TestReaderThatStopsAtTheEnd(t *testing.T) {
	server := patient(t, func(c echo.Context) error { return c.String(http.StatusOK, "all of it") })
	client := &http.Client{Transport: &http.Transport{
		Protocols: onlyHTTP2(),
		HTTP2:     &http.HTTP2Config{MaxReceiveBufferPerStream: 1},
	}}
	defer client.CloseIdleConnections()
	response, err := client.Get(server.url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	time.Sleep(3 * brief)
	if text, err := io.ReadAll(response.Body); err == nil {
		t.Errorf("the server has waited, and sent %q", text)
	}
}

// TestStream pauses longer than a client may: it is the handler that has nothing to say.
func TestStream(t *testing.T) {
	for version, protocols := range versions {
		t.Run(version, func(t *testing.T) {
			server := patient(t, func(c echo.Context) error {
				c.Response().Header().Set(echo.HeaderContentType, "text/event-stream")
				for range 2 {
					_, _ = io.WriteString(c.Response(), "data: ")
					time.Sleep(2 * brief)
					_, _ = io.WriteString(c.Response(), "x\n\n")
					c.Response().Flush()
					time.Sleep(2 * brief)
				}
				return nil
			})
			server.protocols = protocols
			server.do(t, "GET", "/", "").wants(t, 200, strings.Repeat("data: x\n\n", 2))
		})
	}
}

// TestLateReader pauses longer than a client may while it reads what the client sends meanwhile, and
// before it answers.
func TestLateReader(t *testing.T) {
	for version, protocols := range versions {
		t.Run(version, func(t *testing.T) {
			begun := make(chan struct{})
			server := patient(t, func(c echo.Context) error {
				var body strings.Builder
				_, err := io.CopyN(&body, c.Request().Body, 4)
				close(begun)
				time.Sleep(3 * brief)
				_, err2 := io.Copy(&body, c.Request().Body)
				time.Sleep(2 * brief)
				return errors.Join(err, err2, c.String(http.StatusOK, body.String()))
			})
			server.protocols = protocols
			body, write := io.Pipe()
			go func() {
				_, _ = io.WriteString(write, "1234")
				<-begun
				time.Sleep(2 * brief)
				_, _ = io.WriteString(write, "5678")
				_ = write.Close()
			}()
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.url, body)
			if err != nil {
				t.Fatal(err)
			}
			server.send(t, request).wants(t, 200, "12345678")
		})
	}
}

// TestBodyThatNobodyReads promises a body and never sends it.
func TestBodyThatNobodyReads(t *testing.T) {
	server := patient(t, func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
	conn, err := net.Dial("tcp", strings.TrimPrefix(server.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n")
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.ReadAll(conn); err != nil {
		t.Errorf("the connection stays open: %v", err)
	}
}

func TestTakenOver(t *testing.T) {
	server := patient(t, func(c echo.Context) error {
		conn, _, err := c.Response().Hijack()
		if err != nil {
			return err
		}
		go func() {
			time.Sleep(3 * brief)
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate")
			_ = conn.Close()
		}()
		return nil
	})
	conn, err := net.Dial("tcp", strings.TrimPrefix(server.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if text, err := io.ReadAll(response.Body); err != nil || string(text) != "late" {
		t.Errorf("got %q, %v", text, err)
	}
}
