package config

import (
	"io"
	"log/slog"
	"net/http"

	"gen/templates/project/internal/logfile"

	"github.com/lmittmann/tint"
)

func (c *Config) openLog(stdout io.Writer) (err error) {
	c.Output = logfile.To(stdout)
	if c.LogFile != "" {
		c.Output, err = logfile.Open(c.LogFile)
		stdout = c.Output
	}
	c.Log = slog.New(c.logHandler(stdout))
	return err
}

// logHandler writes to Output, whose lines are seen in shown.
func (c *Config) logHandler(shown io.Writer) slog.Handler {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // One of the enum.
	switch {
	case c.LogFormat == "text":
		return slog.NewTextHandler(c.Output, &slog.HandlerOptions{Level: level})
	case c.LogFormat == "auto" && interactive(shown):
		return tint.NewTextHandler(c.Output, &tint.Options{
			Level: level, TimeFormat: "15:04:05.000", NoColor: !colourful(shown), ReplaceAttr: paint,
		})
	}
	return slog.NewJSONHandler(c.Output, &slog.HandlerOptions{Level: level})
}

// Colours of terminals.
const red, green, yellow, cyan = 9, 10, 11, 14

// paint gives colours to what the eye looks for.
func paint(_ []string, attr slog.Attr) slog.Attr {
	switch attr.Key {
	case "error":
		return tint.Attr(red, attr)
	case "status":
		return tint.Attr(colourOf(attr.Value), attr)
	}
	return attr
}

func colourOf(status slog.Value) uint8 {
	if status.Kind() != slog.KindInt64 {
		return green
	}
	switch code := status.Int64(); {
	case code >= http.StatusInternalServerError:
		return red
	case code >= http.StatusBadRequest:
		return yellow
	case code >= http.StatusMultipleChoices:
		return cyan
	}
	return green
}
