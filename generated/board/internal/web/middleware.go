package web

import (
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/labstack/echo/v4"
)

// middleware is what happens to every request, outermost first. It stands before Echo's routing, so
// that a request for a path that does not exist is logged, counted and answered like any other.
func (s *Server) middleware() []echo.MiddlewareFunc {
	return []echo.MiddlewareFunc{
		s.begin,
		endHeads,
		limitAnswer(answerIdle),
		s.trustProxies(),
		s.requestLog.middleware,
		s.metrics.measure,
		s.answerErrors,
		recoverPanics,
		dropAbandoned,
		s.secureHeaders,
		s.limitBody(bodyIdle),
		conditional,
		compress(),
		canonicalPath,
	}
}

// answerErrors sends what the rest of the chain could not.
func (s *Server) answerErrors(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if err == nil {
			return nil
		}
		if c.Response().Committed {
			exchangeOf(c.Request().Context()).err = err
			s.log.ErrorContext(c.Request().Context(), "answer cut off",
				"id", exchangeOf(c.Request().Context()).id, "error", err)
			// The client must be able to tell that this is not the whole answer.
			panic(http.ErrAbortHandler)
		}
		s.writeError(err, c)
		return nil
	}
}

// recoverPanics turns a panic into an error; the stack goes to the log.
func recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch cause := recover(); cause {
			case nil:
			case http.ErrAbortHandler:
				panic(cause)
			default:
				exchangeOf(c.Request().Context()).stack = debug.Stack()
				err = fmt.Errorf("panic: %v", cause)
			}
		}()
		return next(c)
	}
}

// dropAbandoned does not begin work for a client that has already gone: over HTTP/2 to ask and to take
// back costs next to nothing.
func dropAbandoned(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := c.Request().Context().Err(); err != nil {
			return err
		}
		return next(c)
	}
}

// protections are headers of all answers, which share the values: a header that is set or added to is made anew.
var protections = []struct {
	name   string
	values []string
}{
	{"Content-Security-Policy", []string{"default-src 'none'; frame-ancestors 'none'"}},
	{"Cross-Origin-Resource-Policy", []string{"same-origin"}},
	{"Referrer-Policy", []string{"no-referrer"}},
	{"X-Content-Type-Options", []string{"nosniff"}},
	{"X-Frame-Options", []string{"DENY"}},
}

// secureHeaders sets what OWASP's REST security cheat sheet asks of an API's answers. A page for
// browsers loosens the content security policy for itself.
func (s *Server) secureHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		header := c.Response().Header()
		for _, h := range protections {
			header[h.name] = h.values
		}
		if s.wantsHSTS(c.Request()) {
			header.Set("Strict-Transport-Security", hstsPolicy)
		}
		return next(c)
	}
}
