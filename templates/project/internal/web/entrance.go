package web

import (
	"context"
	"errors"
	"net"
	"net/http"
)

// entrance is a listener and the server that answers there.
type entrance struct {
	server   *http.Server
	listener net.Listener
	tls      TLS
}

func (e entrance) serve() error { return e.tls.serve(e.server, e.listener) }

// entrances are all ways into the server from listener on.
func (s *Server) entrances(ctx context.Context, listener net.Listener) ([]entrance, error) {
	public := entrance{server: s.newHTTPServer(ctx, s.echo), listener: listener, tls: s.tls}
	public.server.Protocols = overTLS()
	all := []entrance{public}
	switch {
	case s.tls.Config != nil:
		all = append(all, s.handover(ctx, public))
	case len(s.config.TrustedProxies) > 0:
		proxies := entrance{server: s.newHTTPServer(ctx, s.echo)}
		proxies.server.Protocols = overTCP()
		proxies.listener, public.listener = split(listener, s.trusted)
		proxies.listener = farewells{proxies.listener, ctx}
		all = []entrance{public, proxies}
	}
	if s.config.RedirectAddr == "" {
		return all, nil
	}
	redirects, err := s.redirects(ctx, listener.Addr())
	if err != nil {
		return nil, errors.Join(err, all[0].listener.Close())
	}
	return append(all, redirects), nil
}

// shutdown closes the listeners and waits until every request has been answered, or ctx ends.
func shutdown(ctx context.Context, entrances []entrance) error {
	left := make(chan error, len(entrances))
	for _, e := range entrances {
		go func() { left <- e.server.Shutdown(ctx) }()
	}
	var err error
	for range entrances {
		err = errors.Join(err, <-left)
	}
	return err
}

func closeAll(entrances []entrance) {
	for _, e := range entrances {
		_ = e.server.Close()
	}
}
