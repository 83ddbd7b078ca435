package web

import (
	"io"
	"log"
	"log/slog"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
)

// errorLog takes what net/http says of connections: details to log, but for failed handshakes, which
// it tells in no other way.
type errorLog struct {
	details    io.Writer
	handshakes *prometheus.CounterVec
}

func (s *Server) errorLog() *log.Logger {
	details := slog.NewLogLogger(s.log.Handler(), slog.LevelDebug).Writer()
	return log.New(errorLog{details, s.metrics.handshakeFailures}, "", 0)
}

// Write takes one line.
func (l errorLog) Write(line []byte) (int, error) {
	if reason, failed := handshakeFailure(string(line)); failed {
		l.handshakes.WithLabelValues(reason).Inc()
	}
	return l.details.Write(line)
}

// handshakeFailure tells a client that mutual TLS refused from the noise of every public port.
func handshakeFailure(line string) (reason string, failed bool) {
	if !strings.HasPrefix(line, "http: TLS handshake error ") {
		return "", false
	}
	for _, refusal := range []string{"client certificate", "client didn't provide a certificate", "failed to verify certificate"} {
		if strings.Contains(line, refusal) {
			return "client_certificate", true
		}
	}
	return "other", true
}
