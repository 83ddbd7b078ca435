package tlsboot

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"regexp"
	"strings"
)

// hostname is one or more labels (RFC 1123 §2.1), in letters of any script.
var hostname = regexp.MustCompile(`^` + label + `(\.` + label + `)*$`)

const label = `[\pL\pM\pN]([\pL\pM\pN-]{0,61}[\pL\pM\pN])?`

// Mode is where certificates come from.
type Mode string

// The modes.
const (
	Off   Mode = "off"
	Dev   Mode = "dev"
	Files Mode = "files"
	ACME  Mode = "acme"
)

// Config is what an operator decides about certificates.
type Config struct {
	Mode Mode
	// Name is the program's.
	Name string
	// Addr is host:port, where the server listens; Local says that only this machine can reach it.
	Addr  string
	Local bool
	// RedirectAddr is where HTTP is redirected to HTTPS; "" means nowhere.
	RedirectAddr string

	// DevAnywhere lets Dev serve other machines too.
	DevAnywhere bool

	// Cert, Key and ClientCA are PEM files, for Files. With ClientCA clients need a certificate, too.
	Cert, Key, ClientCA string

	// Domains are what a certificate is asked for, for ACME: to ask is to agree to the terms of the
	// authority.
	Domains []string
	// Email is where the authority sends warnings; it may be "".
	Email string
	// Directory is the URL of the authority; "" means Let's Encrypt, and ZeroSSL where that fails and
	// there is an Email.
	Directory string
	// Folder keeps the account, keys and certificates.
	Folder string

	// Obtained is called when a certificate was obtained; nil for nobody.
	Obtained func()
	// News says that another process obtains certificates over ACME, and has Folder looked at when there is one;
	// nil where this process obtains them.
	News <-chan struct{}

	// Accepted is what another process last found in the files and in order. It is shown as long as nothing better is in
	// them, for Files; the zero value means that there is no such process.
	Accepted Texts

	// Tickets is a secret shared with other processes; the zero value means one of this process alone.
	Tickets TicketSecret
	// Log takes warnings and news; nil means slog.Default().
	Log *slog.Logger
}

// Check refuses settings that make no sense together.
func (c *Config) Check() error {
	inFiles, inACME := c.Cert+c.Key+c.ClientCA != "", len(c.Domains) > 0 || c.Email+c.Directory != ""
	switch {
	case inFiles && c.Mode != Files:
		return fmt.Errorf("TLS_CERT, TLS_KEY and TLS_CLIENT_CA are for --tls files, not for --tls %s", c.mode())
	case inACME && c.Mode != ACME:
		return fmt.Errorf("ACME_DOMAINS, ACME_EMAIL and ACME_DIRECTORY are for --tls acme, not for --tls %s", c.mode())
	case c.DevAnywhere && c.Mode != Dev:
		return fmt.Errorf("TLS_DEV_ANYWHERE is for --tls dev, not for --tls %s", c.mode())
	case c.RedirectAddr != "" && c.mode() == Off:
		return errors.New("REDIRECT_ADDR redirects to HTTPS: turn that on with --tls, or leave REDIRECT_ADDR empty")
	case c.Mode == Files && (c.Cert == "" || c.Key == ""):
		return errors.New("--tls files needs both TLS_CERT, the certificate, and TLS_KEY, its key")
	case c.Mode == Dev && !c.Local && !c.DevAnywhere:
		return fmt.Errorf("--tls dev is for this machine alone, but others can reach ADDR %s: choose localhost, or confirm with TLS_DEV_ANYWHERE=true", c.Addr)
	case c.Mode == ACME:
		return c.checkDomains()
	}
	return nil
}

func (c *Config) mode() Mode {
	if c.Mode == "" {
		return Off
	}
	return c.Mode
}

func (c *Config) checkDomains() error {
	if len(c.Domains) == 0 {
		return errors.New("--tls acme needs ACME_DOMAINS, the names that the certificate is for")
	}
	for _, domain := range c.Domains {
		_, notIP := netip.ParseAddr(domain)
		switch {
		case strings.HasPrefix(domain, "*."):
			return fmt.Errorf("ACME_DOMAINS: %s would need changes in the DNS, which this server does not make: name each host", domain)
		case notIP != nil && !hostname.MatchString(domain):
			return fmt.Errorf("ACME_DOMAINS: %q is not the name of a host: want names such as shop.example, with commas between them", domain)
		case c.Directory == "" && (notIP == nil || !strings.Contains(domain, ".")):
			return fmt.Errorf("ACME_DOMAINS: no public authority signs %s: want a name such as shop.example, or name an authority of your own in ACME_DIRECTORY", domain)
		}
	}
	return nil
}

// lent says that another process obtains the certificates.
func (c *Config) lent() bool { return c.News != nil }

// host is what the operator wants to listen on, "" for everything.
func (c *Config) host() string {
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return ""
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsUnspecified() {
		return ""
	}
	return host
}
