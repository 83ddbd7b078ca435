package web

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	"gen/templates/project/internal/systemd"
)

// Host is the cluster that a server is one process of.
type Host interface {
	// Listener yields the connections of this process.
	Listener() net.Listener
	// First says that this process does what is done once for all of them.
	First() bool
	// Redirects yields the connections that are to be redirected to HTTPS.
	Redirects() net.Listener
	// Operator yields the connections for what is for the operator of this process alone; nil where nobody asks for it.
	Operator() (net.Listener, error)
	// Ready says that this process serves. alive says whether it still answers, checks what it depends on.
	Ready(ctx context.Context, alive func(context.Context) error, checks ...func(context.Context) error) error
	// Rest ends the stream of new connections: others take them.
	Rest() error
	// Orphaned is closed when there is nobody left to leave politely for.
	Orphaned() <-chan struct{}
	// Report has this process say what it measures when it is asked, and once more in the end.
	Report(measure func() ([]byte, error))
	// Requests counts what this process has answered.
	Requests() *atomic.Int64
}

// Join makes Serve one process of several, whose launcher listens and says where. Call it before Serve.
func (s *Server) Join(host Host) { s.host = host }

// probeKey marks the request with which a process asks itself.
type probeKey struct{}

func isProbe(ctx context.Context) bool { return ctx.Value(probeKey{}) != nil }

// unread takes an answer that nobody reads.
type unread struct{ header http.Header }

func (u unread) Header() http.Header          { return u.header }
func (unread) Write(data []byte) (int, error) { return len(data), nil }
func (unread) WriteHeader(int)                {}

// alive says whether requests still get through all middleware to an answer, whichever that is.
func (s *Server) alive(ctx context.Context) error {
	ctx, cancel := context.WithCancel(context.WithValue(ctx, probeKey{}, true))
	defer cancel()
	probe, err := http.NewRequestWithContext(ctx, http.MethodGet, "/healthz", nil)
	if err != nil {
		return err
	}
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		s.echo.ServeHTTP(unread{http.Header{}}, probe)
	}()
	select {
	case <-answered:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// open is the listener of this process.
func (s *Server) open() (net.Listener, error) {
	if s.host != nil {
		return s.host.Listener(), nil
	}
	return listenPublic(s.config.Addr)
}

// openAdmin returns nil where there is to be none.
func (s *Server) openAdmin() (net.Listener, error) {
	if s.host != nil {
		return s.host.Operator()
	}
	if s.config.AdminAddr == "" {
		return nil, nil
	}
	listener, err := listen("ADMIN_ADDR", s.config.AdminAddr)
	if err == nil {
		s.log.Info("serving metrics and profiles", "url", "http://"+publicAddr(s.config.AdminAddr, listener.Addr()))
	}
	return listener, err
}

func (s *Server) openRedirects() (net.Listener, error) {
	if s.host != nil {
		return s.host.Redirects(), nil
	}
	return ListenRedirects(s.config.RedirectAddr)
}

// ListenRedirects opens the port on which plain HTTP is redirected.
func ListenRedirects(addr string) (net.Listener, error) { return listen("REDIRECT_ADDR", addr) }

// begun says that the server serves: to the log, or to whoever started this process.
func (s *Server) begun(ctx context.Context, listener net.Listener) error {
	url := s.tls.scheme() + "://" + publicAddr(s.config.Addr, listener.Addr())
	if s.host == nil {
		s.announce(url)
		systemd.Notify(systemd.Ready)
		go systemd.Watch(context.WithoutCancel(ctx), s.alive)
		return nil
	}
	if s.host.First() {
		s.announceSchemes(url)
	}
	s.host.Report(s.metrics.report)
	checks := make([]func(context.Context) error, len(s.checks))
	for i, check := range s.checks {
		checks[i] = check
	}
	return s.host.Ready(ctx, s.alive, checks...)
}

// hurry ends when an operator does not want to wait any longer: a launcher hears that for its processes.
func (s *Server) hurry() (context.Context, context.CancelFunc) {
	if s.host != nil {
		return context.WithCancel(context.Background())
	}
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
}

// rest begins to leave: a process of several takes no new connections while it still answers on those that it
// has. The channel is closed when it should not wait for that.
func (s *Server) rest() (orphaned <-chan struct{}) {
	if s.host == nil {
		systemd.Notify(systemd.Stopping)
		s.log.Info("leaving", "lameDuck", s.config.LameDuck, "drainTimeout", s.config.DrainTimeout)
		return nil
	}
	if err := s.host.Rest(); err != nil {
		s.log.Warn("leaving", "error", err)
	}
	return s.host.Orphaned()
}

// Listen opens the port that a launcher shares with its processes, and says how clients call it. scheme is
// http or https.
func Listen(scheme, addr string) (net.Listener, string, error) {
	listener, err := listenPublic(addr)
	if err != nil {
		return nil, "", err
	}
	return listener, scheme + "://" + publicAddr(addr, listener.Addr()), nil
}
