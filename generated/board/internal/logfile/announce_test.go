package logfile

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

func TestAnnounce(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelError}))
	log.Info("not wanted")
	Announce(log, "listening", "url", "http://localhost:8080")
	if got := out.String(); !strings.HasSuffix(got, " level=INFO msg=listening url=http://localhost:8080\n") || strings.Count(got, "\n") != 1 {
		t.Errorf("the log has %q", got)
	}
}
