package web

import (
	"net/http"
	"time"
)

const (
	maxStreams = 100
	// connectionWindow is what one connection may have sent without a handler reading it, streamWindow
	// one request of it: several slow handlers must not stop the others.
	connectionWindow = 1 << 20
	streamWindow     = 256 << 10
	// pingAfter is how long a peer may be silent, pingTimeout how long it then has to show that it lives.
	pingAfter   = 30 * time.Second
	pingTimeout = 15 * time.Second
)

// http2Config bounds what one connection may ask for. net/http itself bounds the rest: handlers of
// requests that were reset count as streams until they end, and a peer that does not read its
// acknowledgements is cut off.
func (s *Server) http2Config() *http.HTTP2Config {
	return &http.HTTP2Config{
		MaxConcurrentStreams:          maxStreams,
		MaxReceiveBufferPerConnection: connectionWindow,
		MaxReceiveBufferPerStream:     streamWindow,
		SendPingTimeout:               pingAfter,
		PingTimeout:                   pingTimeout,
		WriteByteTimeout:              answerIdle,
		CountError:                    func(kind string) { s.metrics.http2Errors.WithLabelValues(kind).Inc() },
	}
}

// overTLS speaks HTTP/2 to clients that ask for it in the TLS handshake; without TLS, nobody does.
func overTLS() *http.Protocols {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(true)
	return protocols
}

// overTCP speaks HTTP/2 to clients that start with it (RFC 9113 §3.3).
func overTCP() *http.Protocols {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	return protocols
}

// onlyHTTP2 is what a server speaks to clients that have already chosen it, and a client that does not ask.
func onlyHTTP2() *http.Protocols {
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	return protocols
}
