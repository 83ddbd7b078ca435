package web

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"strings"
)

const challengePath = "/.well-known/acme-challenge/"

// redirector sends clients of plain HTTP to the same resource over HTTPS.
type redirector struct {
	// hosts are those that it sends them to.
	hosts func() []string
	// port is its own, securePort that of HTTPS.
	port, securePort string
	challenge        http.Handler
}

// redirects is the entrance of plain HTTP to a server that is reached over HTTPS at secure.
func (s *Server) redirects(ctx context.Context, secure net.Addr) (entrance, error) {
	listener, err := s.openRedirects()
	if err != nil {
		return entrance{}, err
	}
	server := s.newHTTPServer(ctx, &redirector{
		hosts:      s.tls.Hosts,
		port:       portOf(listener.Addr()),
		securePort: portOf(secure),
		challenge:  s.tls.Challenge,
	})
	server.ReadTimeout, server.WriteTimeout = headerTimeout, headerTimeout
	if s.host == nil || s.host.First() {
		s.log.Info("redirecting to HTTPS", "url", "http://"+publicAddr(s.config.RedirectAddr, listener.Addr()))
	}
	return entrance{server: server, listener: listener}, nil
}

// ServeHTTP answers 308, and 421 for a host that the certificate does not cover: whoever sends
// such a request must not choose where others are redirected to.
func (r *redirector) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if r.challenge != nil && strings.HasPrefix(req.URL.Path, challengePath) {
		r.challenge.ServeHTTP(w, req)
		return
	}
	w.Header().Set("Connection", "close")
	asked := url.URL{Host: req.Host}
	covered := certificateOf(r.hosts())
	if covered.VerifyHostname(asked.Hostname()) != nil {
		http.Error(w, "this server does not answer for that host", http.StatusMisdirectedRequest)
		return
	}
	w.Header().Set("Location", r.target(asked, req.URL))
	w.WriteHeader(http.StatusPermanentRedirect)
}

func (r *redirector) target(asked url.URL, resource *url.URL) string {
	target := url.URL{Scheme: "https", Host: strings.ToLower(asked.Hostname()), Path: "/", RawQuery: resource.RawQuery}
	if strings.Contains(target.Host, ":") {
		target.Host = "[" + target.Host + "]"
	}
	if port := r.publicPort(asked.Port()); port != "443" {
		target.Host += ":" + port
	}
	if strings.HasPrefix(resource.Path, "/") {
		target.Path, target.RawPath = resource.Path, resource.RawPath
	}
	return target.String()
}

// publicPort is where clients reach HTTPS. A client that named port 80, which is not this listener's
// own, came through something that maps ports, a container's for example: it maps 443 too.
func (r *redirector) publicPort(asked string) string {
	if (asked == "" || asked == "80") && r.port != "80" {
		return "443"
	}
	return r.securePort
}

// certificateOf is a certificate that covers hosts: crypto/x509 knows how names are compared.
func certificateOf(hosts []string) x509.Certificate {
	var certificate x509.Certificate
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			certificate.IPAddresses = append(certificate.IPAddresses, ip)
		} else {
			certificate.DNSNames = append(certificate.DNSNames, host)
		}
	}
	return certificate
}

func portOf(addr net.Addr) string {
	_, port, _ := net.SplitHostPort(addr.String()) // A listener's address always has one.
	return port
}
