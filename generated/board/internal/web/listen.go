package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"

	"example.com/board/internal/heap"
	"example.com/board/internal/logfile"
	"example.com/board/internal/systemd"
)

const (
	headerTimeout  = 5 * time.Second
	idleTimeout    = 75 * time.Second
	maxHeaderBytes = 32 << 10
)

// Serve listens until ctx ends and then leaves politely: it stays for Config.LameDuck, closes the
// listener, and waits up to Config.DrainTimeout for the requests in flight. A second interrupt or
// SIGTERM ends all waiting. The error is nil when every request was answered.
func (s *Server) Serve(ctx context.Context) error {
	listener, err := s.open()
	if err != nil {
		return err
	}
	admin, err := s.serveAdmin(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer func() { _ = admin.Close() }()

	heap.CollectLess()
	entrances, err := s.entrances(ctx, listener)
	if err != nil {
		return err
	}
	failed := make(chan error, len(entrances))
	for _, e := range entrances {
		go func() { failed <- e.serve() }()
	}
	if err := s.begun(ctx, listener); err != nil {
		closeAll(entrances)
		return err
	}
	s.tls.listening(listener.Addr())
	select {
	case err := <-failed:
		closeAll(entrances)
		return err
	case <-ctx.Done():
		return s.leave(entrances)
	}
}

func (s *Server) newHTTPServer(ctx context.Context, handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		HTTP2:             s.http2Config(),
		ErrorLog:          s.errorLog(),
		// The end of ctx starts the drain; it must not cancel the requests that are drained.
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
}

func (s *Server) announce(url string) {
	logfile.Announce(s.log, "listening", "url", url)
	s.announceSchemes(url)
}

// leave is the life of a server after the signal to stop.
func (s *Server) leave(entrances []entrance) error {
	hurry, stop := s.hurry()
	defer stop()
	s.draining.Store(true)
	orphaned := s.rest()
	select {
	case <-hurry.Done():
	case <-orphaned:
	case <-time.After(s.config.LameDuck):
	}
	drain, cancel := context.WithTimeout(hurry, s.config.DrainTimeout)
	defer cancel()
	if err := shutdown(drain, entrances); err != nil {
		closeAll(entrances)
		return errors.New("stopped before every request was answered")
	}
	return nil
}

// listenPublic opens ADDR, unless a service manager has opened a port for this server.
func listenPublic(addr string) (net.Listener, error) {
	if listener, err := systemd.Listener(); listener != nil || err != nil {
		return listener, err
	}
	return listen("ADDR", addr)
}

// listen opens a TCP listener; setting names the variable in errors.
func listen(setting, addr string) (net.Listener, error) {
	listener, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s %s is in use by another process: choose another port, or port 0 for a free one", setting, addr)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("%s %s needs a privilege that this process does not have: choose a port above 1023", setting, addr)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, fmt.Errorf("%s %s is not an address of this machine", setting, addr)
	case err != nil:
		return nil, fmt.Errorf("%s %s: %w", setting, addr, err)
	}
	return listener, nil
}

// publicAddr is host:port for the log: the host as the operator wrote it, the port as it is.
func publicAddr(configured string, actual net.Addr) string {
	host, _, err := net.SplitHostPort(configured)
	if err != nil || host == "" {
		return actual.String()
	}
	_, port, err := net.SplitHostPort(actual.String())
	if err != nil {
		return actual.String()
	}
	return net.JoinHostPort(host, port)
}
