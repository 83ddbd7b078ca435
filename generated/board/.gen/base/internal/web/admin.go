package web

import (
	"context"
	"io"
	"net/http"
	"net/http/pprof"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

type nothingToClose struct{}

func (nothingToClose) Close() error { return nil }

// serveAdmin serves metrics and profiles on a listener of their own: neither belongs on a public port.
func (s *Server) serveAdmin(ctx context.Context) (io.Closer, error) {
	listener, err := s.openAdmin()
	if listener == nil {
		return nothingToClose{}, err
	}
	server := s.newHTTPServer(ctx, s.adminPages())
	go func() { _ = server.Serve(listener) }()
	return server, nil
}

func (s *Server) adminPages() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	handleProfiles(mux)
	return mux
}

// handleProfiles adds the profiles of this process.
func handleProfiles(mux *http.ServeMux) {
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
}
