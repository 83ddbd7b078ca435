package web

import (
	"crypto/tls"
	"net"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
)

// TLS is what the server needs to speak HTTPS.
type TLS struct {
	// Config has the certificates; nil means plain HTTP.
	Config *tls.Config
	// Hosts returns the names and addresses that the certificate in use covers, as it spells them: one
	// may begin with "*.". Nobody is redirected to any other.
	Hosts func() []string
	// Challenge answers /.well-known/acme-challenge/ on the listener that redirects; nil without ACME.
	Challenge http.Handler
	// Listening is called once the server answers there, where Challenge is known; nil for nobody.
	Listening func(net.Addr)
	// Dev says that the certificate is of an authority of this machine: browsers must not hold its host to
	// HTTPS for longer than it is used.
	Dev bool
	// Metrics are served on the admin listener; nil for none.
	Metrics prometheus.Collector
}

// Secure makes Serve speak HTTPS, with HTTP/2 for clients that know it. Call it before Serve.
func (s *Server) Secure(t TLS) {
	s.tls = t
	if t.Metrics != nil {
		s.metrics.registry.MustRegister(t.Metrics)
	}
}

func (t TLS) scheme() string {
	if t.Config == nil {
		return "http"
	}
	return "https"
}

func (t TLS) listening(addr net.Addr) {
	if t.Listening != nil {
		t.Listening(addr)
	}
}

func (t TLS) serve(server *http.Server, listener net.Listener) error {
	if t.Config == nil {
		return server.Serve(listener)
	}
	server.TLSConfig = t.Config
	return server.ServeTLS(listener, "", "")
}
