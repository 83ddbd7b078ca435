//go:build unix

package e2e

import (
	"net/http"
	"net/http/httptrace"
	"sync"
	"sync/atomic"
)

// once is a client of HTTP/2 that never sends a request twice: net/http's own sends one again that a leaving server
// refuses, and counts on it that most can be. For once it is lost.
type once struct {
	*http.Transport

	mu   sync.Mutex
	conn *http.ClientConn
}

func onceOverHTTP2() http.RoundTripper { return &once{Transport: overHTTP2().(*http.Transport)} }

// RoundTrip asks on a connection that takes requests. One that has gone before anything was sent is not the server's
// fault.
func (o *once) RoundTrip(req *http.Request) (*http.Response, error) {
	for {
		conn, err := o.usable(req)
		if err != nil {
			return nil, err
		}
		var sent atomic.Bool
		trace := &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }}
		res, err := conn.RoundTrip(req.WithContext(httptrace.WithClientTrace(req.Context(), trace)))
		if err == nil || sent.Load() || req.Context().Err() != nil {
			return res, err
		}
	}
}

// usable returns the connection, or a new one if the server has said on it that it leaves. The old one ends with
// what is in flight there.
func (o *once) usable(req *http.Request) (*http.ClientConn, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.conn != nil && o.conn.Available() > 0 {
		return o.conn, nil
	}
	conn, err := o.NewClientConn(req.Context(), req.URL.Scheme, req.URL.Host)
	if err == nil {
		o.conn = conn
	}
	return conn, err
}

// CloseIdleConnections serves http.Client.
func (o *once) CloseIdleConnections() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.conn != nil && o.conn.InFlight() == 0 {
		_ = o.conn.Close()
	}
}
