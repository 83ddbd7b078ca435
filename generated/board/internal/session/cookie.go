package session

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
)

// cookie carries a key. Without a name there is none.
type cookie struct{ name string }

func newCookie(config Config, carriers Carriers) (cookie, error) {
	name := carriers.Cookie
	switch {
	case name == "" && carriers.Bearer:
		return cookie{}, nil
	case name == "" && config.TLS:
		return cookie{"__Host-session"}, nil
	}
	c := cookie{cmp.Or(name, "session")}
	if c.prefixed() && !config.TLS && !config.Proxied {
		return cookie{}, fmt.Errorf("browsers take the session's cookie %s over HTTPS only: turn TLS on, or name the proxy that speaks it in TRUSTED_PROXIES", name)
	}
	return c, nil
}

// prefixed says that browsers ask for Secure (RFC 6265bis §4.1.3).
func (c cookie) prefixed() bool {
	name := strings.ToLower(c.name)
	return strings.HasPrefix(name, "__host-") || strings.HasPrefix(name, "__secure-")
}

// get returns the key in a request, or "".
func (c cookie) get(r *http.Request) string {
	if c.name == "" {
		return ""
	}
	sent, err := r.Cookie(c.name)
	if err != nil {
		return ""
	}
	return sent.Value
}

// set gives the key to the browser until that is closed, takes it back where it is "". A cookie that
// the answer has already is replaced.
func (c cookie) set(header http.Header, key string, https bool) {
	if c.name == "" {
		return
	}
	made := http.Cookie{ //nolint:gosec // Secure where there is HTTPS
		Name: c.name, Value: key, Path: "/",
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: https || c.prefixed(),
	}
	if key == "" {
		made.MaxAge = -1
	}
	others := header["Set-Cookie"]
	header.Del("Set-Cookie")
	for _, other := range others {
		if !strings.HasPrefix(other, c.name+"=") {
			header.Add("Set-Cookie", other)
		}
	}
	header.Add("Set-Cookie", made.String())
}

// bearerToken is the token in Authorization, or "".
func bearerToken(r *http.Request) string {
	kind, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}
