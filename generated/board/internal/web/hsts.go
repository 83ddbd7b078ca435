package web

import (
	"net"
	"net/http"
	"net/url"
	"strings"
)

// hstsPolicy makes browsers refuse plain HTTP for a year, on subdomains too (OWASP ASVS 5.0 3.4.1).
// Not preloaded: that cannot be taken back.
const hstsPolicy = "max-age=31536000; includeSubDomains"

// wantsHSTS says whether the answer may carry Strict-Transport-Security. Browsers ignore it on plain
// HTTP and for addresses (RFC 6797 §8.1); for localhost, and with a certificate for development, it would
// close every other server there.
func (s *Server) wantsHSTS(r *http.Request) bool {
	scheme, host := origin(r)
	if s.tls.Dev || scheme != "https" {
		return false
	}
	name := strings.ToLower(strings.TrimSuffix((&url.URL{Host: host}).Hostname(), "."))
	return net.ParseIP(name) == nil && name != "localhost" && !strings.HasSuffix(name, ".localhost")
}
