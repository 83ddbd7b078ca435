package web

import (
	"net"
	"net/netip"

	"github.com/labstack/echo/v4"
)

// trustProxies makes forged X-Forwarded-… headers harmless: only a request that comes from one of
// Config.TrustedProxies keeps them, so that nothing behind this point has to doubt them.
func (s *Server) trustProxies() echo.MiddlewareFunc {
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, prefix := range s.config.TrustedProxies {
		options = append(options, echo.TrustIPRange(&net.IPNet{
			IP:   prefix.Addr().AsSlice(),
			Mask: net.CIDRMask(prefix.Bits(), prefix.Addr().BitLen()),
		}))
	}
	s.echo.IPExtractor = echo.ExtractIPFromXFFHeader(options...)

	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if !s.trusted(c.Request().RemoteAddr) {
				for _, name := range forwarded {
					delete(c.Request().Header, name)
				}
			}
			return next(c)
		}
	}
}

// forwarded are the headers that proxies set, in canonical form.
var forwarded = []string{
	"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
	"X-Forwarded-Protocol", "X-Forwarded-Ssl", "X-Real-Ip", "X-Url-Scheme",
}

func (s *Server) trusted(remote string) bool {
	if len(s.config.TrustedProxies) == 0 {
		return false
	}
	client, err := netip.ParseAddrPort(remote)
	if err != nil {
		return false
	}
	for _, prefix := range s.config.TrustedProxies {
		if prefix.Contains(client.Addr().Unmap().WithZone("")) {
			return true
		}
	}
	return false
}
