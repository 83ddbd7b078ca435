package web

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"sync"
)

// secured is a connection of HTTP/2 over TLS. It hides from net/http that it is: net/http takes a connection of TLS
// for HTTP/2 from its own listener only, and would say by itself that the server leaves.
type secured struct {
	*farewell

	state *tls.ConnectionState
}

type securedKey struct{}

// handover makes public hand connections over to an entrance of their own once a client has chosen HTTP/2 in the
// TLS handshake.
func (s *Server) handover(leaving context.Context, public entrance) entrance {
	closed := make(chan struct{})
	stop := sync.OnceValue(func() error {
		close(closed)
		return nil
	})
	handed := &half{public.listener, make(chan arrival), closed, stop}
	public.server.TLSNextProto = map[string]func(*http.Server, *tls.Conn, http.Handler){
		"h2": func(_ *http.Server, conn *tls.Conn, _ http.Handler) {
			state := conn.ConnectionState()
			c := secured{newFarewell(leaving, conn), &state}
			if handed.take(arrival{c, nil}) {
				<-c.closed // net/http closes the connection when this returns
			}
		},
	}
	server := s.newHTTPServer(leaving, http.HandlerFunc(s.serveSecured))
	server.Protocols = onlyHTTP2()
	server.ConnContext = func(ctx context.Context, conn net.Conn) context.Context {
		return context.WithValue(ctx, securedKey{}, conn.(secured).state)
	}
	return entrance{server: server, listener: handed}
}

// serveSecured answers a request that came over a secured connection.
func (s *Server) serveSecured(w http.ResponseWriter, r *http.Request) {
	r.TLS, _ = r.Context().Value(securedKey{}).(*tls.ConnectionState)
	s.echo.ServeHTTP(w, r)
}
