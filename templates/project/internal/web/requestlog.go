package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// requestLog has one line a request, and all that is known about a failure of ours. What clients write stays out of it:
// paths have keys of people in them, query strings, headers and bodies credentials.
type requestLog struct {
	handler slog.Handler
	// handlers have written already what the lines of a series have in common.
	handlers bySeries[slog.Handler]
}

// mostAttributes is how many a line has beside those of its series.
const mostAttributes = 9

func newRequestLog(log *slog.Logger, worker int) *requestLog {
	l := &requestLog{handler: log.With("worker", worker).Handler()}
	l.handlers.make = func(of series) slog.Handler {
		return l.handler.WithAttrs([]slog.Attr{
			slog.String("method", of.method), slog.String("route", of.route), slog.Int("status", of.status),
		})
	}
	return l
}

func (l *requestLog) middleware(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		x := exchangeOf(c.Request().Context())
		if x.probe {
			return next(c)
		}
		// Deferred, because answerErrors panics to cut an answer off that has begun.
		defer func() { l.write(c, x) }()
		return next(c)
	}
}

func (l *requestLog) write(c echo.Context, x *exchange) {
	ctx, now := c.Request().Context(), time.Now()
	level := x.level(c.Response().Status)
	if !l.handler.Enabled(ctx, level) {
		return
	}
	attrs := append(make([]slog.Attr, 0, mostAttributes),
		slog.Duration("duration", now.Sub(x.began)),
		slog.Int64("bytes", c.Response().Size),
		slog.String("id", x.id),
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
	record := slog.NewRecord(now, level, "request", 0)
	record.AddAttrs(attrs...)
	_ = l.handlers.of(seriesOf(c, x)).Handle(ctx, record) // as LogAttrs does
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
