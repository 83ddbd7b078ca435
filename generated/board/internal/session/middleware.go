package session

import (
	"bufio"
	"context"
	"maps"
	"net"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// maxAgent is how much of a user agent is kept.
const maxAgent = 256

// visit is all that a request gets here, in one piece, and its context.
type visit struct {
	context.Context

	session Session
	writer  writer
}

// Value is context.Context's.
func (v *visit) Value(key any) any {
	if key == (contextKey{}) {
		return &v.session
	}
	return v.Context.Value(key)
}

// Middleware gives each request its session, and writes what was changed in it before the answer
// begins. A request that asks for nothing does not reach the store.
func (m *Manager) Middleware(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		response := c.Response()
		v := &visit{Context: c.Request().Context()}
		v.session = Session{manager: m, ctx: v.Context, header: response.Header(), client: client{request: c.Request(), address: c.RealIP()}}
		v.writer = writer{ResponseWriter: response.Writer, session: &v.session}
		w := &v.writer
		c.SetRequest(c.Request().WithContext(v))
		response.Writer = w
		defer func() { response.Writer = w.ResponseWriter }()
		err := next(c)
		if err == nil {
			err = w.begin()
		}
		if w.failed != nil {
			w.takeBack(response)
			return w.failed
		}
		return err
	}
}

// key is what a request has that way, "" for nothing.
func (m *Manager) key(r *http.Request, by carrier) string {
	switch {
	case by == byCookie:
		return m.cookie.get(r)
	case m.bearer:
		return bearerToken(r)
	}
	return ""
}

// https says that the client speaks HTTPS, be it with a proxy: only of a trusted one the header has got here.
func (c client) https() bool {
	return c.request.TLS != nil || c.request.Header.Get(echo.HeaderXForwardedProto) == "https"
}

// agent is the part of the user agent that is kept.
func (c client) agent() string {
	agent := c.request.UserAgent()
	if len(agent) > maxAgent {
		agent = strings.ToValidUTF8(agent[:maxAgent], "")
	}
	return agent
}

// writer commits the session before the first header. If that fails, nothing of the answer goes out.
type writer struct {
	http.ResponseWriter
	session *Session
	begun   bool
	failed  error
}

func (w *writer) begin() error {
	if !w.begun {
		w.begun = true
		w.failed = w.session.finish()
	}
	return w.failed
}

func (w *writer) WriteHeader(status int) {
	// An informational answer is not yet the answer; 101 is.
	if status >= http.StatusContinue && status < http.StatusOK && status != http.StatusSwitchingProtocols || w.begin() == nil {
		w.ResponseWriter.WriteHeader(status)
	}
}

func (w *writer) Write(p []byte) (int, error) {
	if err := w.begin(); err != nil {
		return 0, err
	}
	return w.ResponseWriter.Write(p)
}

// FlushError is for streams.
func (w *writer) FlushError() error {
	if err := w.begin(); err != nil {
		return err
	}
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Hijack is for protocols that begin as HTTP.
func (w *writer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	if err := w.begin(); err != nil {
		return nil, nil, err
	}
	return http.NewResponseController(w.ResponseWriter).Hijack()
}

// Unwrap serves http.ResponseController.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// takeBack makes room for an error in the place of an answer that was begun but not sent. A new key
// goes out all the same: the old one is dead.
func (w *writer) takeBack(response *echo.Response) {
	response.Committed, response.Size = false, 0
	header := response.Header()
	cookies := header["Set-Cookie"]
	clear(header)
	maps.Copy(header, w.session.before)
	if cookies != nil {
		header["Set-Cookie"] = cookies
	}
}
