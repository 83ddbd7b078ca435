package web

import (
	"errors"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/labstack/echo/v4"
)

// bodyIdle is how long a client may pause while it sends a body.
const bodyIdle = 30 * time.Second

// limitBody ends the reading of a body that is too large or comes too slowly. There is no limit on
// the whole time: a large upload over a slow line is honest work.
func (s *Server) limitBody(idle time.Duration) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			request, w := c.Request(), c.Response().Writer
			if request.Body == nil || request.Body == http.NoBody {
				return next(c)
			}
			body := &patientBody{
				ReadCloser: http.MaxBytesReader(w, request.Body, s.config.MaxBody),
				control:    http.NewResponseController(w),
				idle:       idle,
				rest:       idle / 6,
			}
			defer body.leave()
			if request.ContentLength > s.config.MaxBody {
				return &http.MaxBytesError{Limit: s.config.MaxBody}
			}
			request.Body = body
			return next(c)
		}
	}
}

// patientBody gives each read a deadline of its own.
type patientBody struct {
	io.ReadCloser

	control *http.ResponseController
	idle    time.Duration
	// rest is how long net/http may wait for what nobody has read. Over HTTP/1.1 the answer comes after
	// that, and has to come while it may still be written.
	rest  time.Duration
	ended bool
}

func (b *patientBody) Read(p []byte) (int, error) {
	// A writer without deadlines (httptest's) reads without them.
	_ = b.control.SetReadDeadline(time.Now().Add(b.idle))
	n, err := b.ReadCloser.Read(p)
	b.ended = errors.Is(err, io.EOF)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		b.rest = 0
	}
	// Or the deadline would end the request's context while its answer is being made, and over HTTP/2
	// the body of a handler that reads again later.
	_ = b.control.SetReadDeadline(time.Time{})
	return n, err
}

// leave bounds how long net/http waits for the rest of a body that nobody has read.
func (b *patientBody) leave() {
	if !b.ended {
		_ = b.control.SetReadDeadline(time.Now().Add(b.rest))
	}
}
