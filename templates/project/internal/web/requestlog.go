package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// mostAttributes is how many a line about a request has.
const mostAttributes = 13

// logRequests writes one line a request, and all that is known about a failure of ours. What clients write stays out of
// it: paths have keys of people in them, query strings, headers and bodies credentials.
func (s *Server) logRequests(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if isProbe(c.Request().Context()) {
			return next(c)
		}
		start := time.Now()
		// Deferred, because answerErrors panics to cut an answer off that has begun.
		defer func() { s.logRequest(c, start) }()
		return next(c)
	}
}

func (s *Server) logRequest(c echo.Context, start time.Time) {
	ctx := c.Request().Context()
	x := exchangeOf(ctx)
	level := x.level(c.Response().Status)
	if !s.requestLog.Enabled(ctx, level) {
		return
	}
	attrs := append(make([]slog.Attr, 0, mostAttributes),
		slog.String("id", x.id),
		slog.String("method", methodLabel(c.Request().Method)),
		slog.String("route", x.route),
		slog.Int("status", c.Response().Status),
		slog.Duration("duration", time.Since(start)),
		slog.Int64("bytes", c.Response().Size),
	)
	if x.session != "" {
		attrs = append(attrs, slog.String("session", x.session))
	}
	if x.trace != nil {
		attrs = append(attrs, slog.String("trace_id", x.trace.id()), slog.String("parent_id", x.trace.parent()))
	}
	attrs = append(attrs, slog.String("client", c.RealIP()))
	if level > slog.LevelInfo {
		attrs = append(attrs, slog.Any("error", x.err))
	}
	if x.stack != nil {
		attrs = append(attrs, slog.String("stack", string(x.stack)))
	}
	// LogAttrs would look up the line of source each time.
	record := slog.NewRecord(time.Now(), level, "request", 0)
	record.AddAttrs(attrs...)
	_ = s.requestLog.Handler().Handle(ctx, record) // as LogAttrs does
}

// level is that of the line about a request: clients' mistakes are none of ours.
func (x *exchange) level(status int) slog.Level {
	switch {
	case x.err == nil, status < http.StatusInternalServerError:
		return slog.LevelInfo
	case status == http.StatusNotImplemented:
		return slog.LevelWarn
	}
	return slog.LevelError
}

// NameSession has the log say which session a request belongs to. From fingerprint nobody may find its key.
func NameSession(ctx context.Context, fingerprint string) {
	if x := exchangeOf(ctx); x != nil {
		x.session = fingerprint
	}
}
