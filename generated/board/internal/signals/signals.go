// Package signals says what an operator's signals mean to a server:
//
//	INT, TERM  leave
//	HUP        reload; leave, if it comes because the terminal has closed
//	USR1       open the log file anew
//	QUIT       write to the log what the goroutines do
//
// Package cluster does these for several processes, and knows two more. Windows has the first line only.
package signals

import (
	"context"

	"example.com/board/internal/logfile"
	"example.com/board/internal/systemd"
)

// Tasks are what signals ask for.
type Tasks struct {
	// Reload takes up what has changed on disk.
	Reload func()
	// Log is opened anew, and takes what goroutines do.
	Log *logfile.Log
	// Failed takes what goes wrong.
	Failed func(error)
}

func (t Tasks) reopen() {
	if err := t.Log.Reopen(); err != nil {
		t.Failed(err)
	}
}

// reload does not begin when the server leaves already: a service manager would take it for one that serves.
func (t Tasks) reload(ctx context.Context) {
	t.reopen()
	if ctx.Err() != nil {
		return
	}
	systemd.Notify(systemd.Reloading, systemd.Monotonic())
	t.Reload()
	if ctx.Err() == nil {
		systemd.Notify(systemd.Ready)
	}
}
