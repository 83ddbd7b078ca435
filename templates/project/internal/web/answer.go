package web

import (
	"bufio"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

const (
	// answerIdle is how long a client may take for the next piece of an answer.
	answerIdle = 30 * time.Second
	// answerPiece is small enough for a line of 2 KiB/s.
	answerPiece = 64 << 10
)

// limitAnswer ends answers that a client does not take. There is no limit on the whole time, nor on
// the time in which a handler sends nothing: downloads and streams may last.
func limitAnswer(idle time.Duration) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			response := c.Response()
			w := &patientWriter{
				ResponseWriter: response.Writer,
				control:        http.NewResponseController(response.Writer),
				idle:           idle,
				streams:        c.Request().ProtoMajor > 1,
			}
			response.Writer = w
			err := next(c)
			// The rest is sent when all handlers have returned.
			w.start()
			return err
		}
	}
}

// patientWriter gives each piece of an answer a deadline of its own.
type patientWriter struct {
	http.ResponseWriter

	control  *http.ResponseController
	idle     time.Duration
	started  time.Time
	hijacked bool
	// streams says that the connection has several, of which one is the answer: HTTP/2.
	streams bool
}

func (w *patientWriter) Write(p []byte) (written int, err error) {
	for {
		piece := p[written:min(written+answerPiece, len(p))]
		w.start()
		n, err := w.ResponseWriter.Write(piece)
		w.stop()
		written += n
		if err != nil || written == len(p) {
			return written, err
		}
	}
}

// FlushError serves http.ResponseController.
func (w *patientWriter) FlushError() error {
	w.start()
	defer w.stop()
	return w.control.Flush()
}

// Hijack serves http.ResponseController: whoever takes the connection sets its deadlines.
func (w *patientWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := w.control.Hijack()
	w.hijacked = err == nil
	return conn, rw, err
}

// Unwrap serves http.ResponseController.
func (w *patientWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// start gives what is sent next a deadline. Pieces that follow each other closely share one: to set it costs.
func (w *patientWriter) start() {
	now := time.Now()
	if w.hijacked || now.Sub(w.started) < w.idle/10 {
		return
	}
	w.started = now
	// A writer without deadlines (httptest's) writes without them.
	_ = w.control.SetWriteDeadline(now.Add(w.idle))
}

// stop is for HTTP/2, where a deadline resets the stream even if there is nothing to write.
func (w *patientWriter) stop() {
	if w.streams && !w.hijacked {
		w.started = time.Time{}
		_ = w.control.SetWriteDeadline(time.Time{})
	}
}
