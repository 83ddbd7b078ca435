package config

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"example.com/board/internal/tlsboot"
)

// healthTimeout is longer than the server waits for its own stores.
const healthTimeout = 4 * time.Second

// healthcheck asks the server at ADDR whether it is ready, and returns an error if it is not.
func (c *Config) healthcheck(ctx context.Context) error {
	if c.Addr.anyPort() {
		return fmt.Errorf("ADDR %s does not say which port to ask", c.Addr)
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.healthURL(), nil)
	if err != nil {
		return err
	}
	client := &http.Client{
		Transport:     &http.Transport{DialContext: c.dial, TLSClientConfig: c.healthTLS()},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("the server at %s does not answer: %w", c.Addr, err)
	}
	defer response.Body.Close()
	said, err := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	if err != nil {
		return fmt.Errorf("the server at %s does not answer in full: %w", c.Addr, err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the server at %s is not ready: %s %s", c.Addr, response.Status, strings.TrimSpace(string(said)))
	}
	return nil
}

// healthURL names a host of the certificate: which one a server over ACME shows depends on it.
func (c *Config) healthURL() string {
	if c.TLSMode == tlsboot.Off {
		return "http://localhost/readyz"
	}
	return "https://" + cmp.Or(append(c.ACMEDomains, "localhost")...) + "/readyz"
}

// dial connects to ADDR, whatever the URL says; of an address that is every one of the machine, to the machine.
func (c *Config) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	return new(net.Dialer).DialContext(ctx, "tcp", string(c.Addr))
}

// healthTLS lets any server answer: it is on this machine, and its names are no question of its health. Where clients
// need a certificate, that is the server's own.
func (c *Config) healthTLS() *tls.Config {
	settings := &tls.Config{InsecureSkipVerify: true} //nolint:gosec // see above
	if c.TLSClientCA != "" {
		settings.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			certificate, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
			return &certificate, err
		}
	}
	return settings
}
