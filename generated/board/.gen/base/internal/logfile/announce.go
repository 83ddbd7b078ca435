package logfile

import (
	"context"
	"log/slog"
	"time"
)

// Announce logs at the level info what an operator waits for, whatever the least level of the log is: it asks the handler
// to write, and not whether it would.
func Announce(log *slog.Logger, message string, attributes ...any) {
	record := slog.NewRecord(time.Now(), slog.LevelInfo, message, 0)
	record.Add(attributes...)
	_ = log.Handler().Handle(context.Background(), record) // as of any other line
}
