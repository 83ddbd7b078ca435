package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// endHeads keeps bodies from net/http that answer HEAD over HTTP/2: there the answer is over with its header, and who
// writes on gets an error.
func endHeads(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().Method == http.MethodHead && c.Request().ProtoMajor > 1 {
			c.Response().Writer = &headWriter{ResponseWriter: c.Response().Writer}
		}
		return next(c)
	}
}

// countedBody is the length up to which net/http counts a body that nobody has flushed.
const countedBody = 2048

// headWriter passes on what net/http counts for the length of the answer.
type headWriter struct {
	http.ResponseWriter

	length int
	over   bool
}

func (w *headWriter) Write(p []byte) (int, error) {
	if w.length += len(p); !w.over && w.length > countedBody {
		_ = w.FlushError()
	}
	if w.over {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}

// FlushError serves http.ResponseController.
func (w *headWriter) FlushError() error {
	if !w.over {
		w.over = true
		_ = http.NewResponseController(w.ResponseWriter).Flush() // says that the answer is over
	}
	return nil
}

// Unwrap serves http.ResponseController.
func (w *headWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
