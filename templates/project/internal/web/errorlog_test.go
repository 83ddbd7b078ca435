package web

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

func TestHandshakeFailuresAreCounted(t *testing.T) {
	settings, roots := testTLS(t)
	settings.Config.ClientAuth, settings.Config.ClientCAs = tls.RequireAndVerifyClientCert, x509.NewCertPool()
	with := func(certificate *tls.Certificate, versions ...uint16) *tls.Config {
		client := &tls.Config{RootCAs: roots, ServerName: "example.com", MinVersion: tls.VersionTLS10}
		client.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return certificate, nil }
		for _, version := range versions {
			client.MaxVersion = version
		}
		return client
	}
	stranger := &settings.Config.Certificates[0]
	tests := map[string]struct {
		client *tls.Config // nil for one that does not speak TLS
		reason string
	}{
		"no certificate":               {with(new(tls.Certificate)), "client_certificate"},
		"no certificate, over TLS 1.2": {with(new(tls.Certificate), tls.VersionTLS12), "client_certificate"},
		"a stranger's":                 {with(stranger), "client_certificate"},
		"a stranger's, over TLS 1.2":   {with(stranger, tls.VersionTLS12), "client_certificate"},
		"an old version":               {with(stranger, tls.VersionTLS11), "other"},
		"something else altogether":    {nil, "other"},
		"one that does not trust us":   {&tls.Config{ServerName: "example.com"}, "other"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := startSecure(t, settings, Config{Addr: "127.0.0.1:0"}, routed(), nil)
			refused(t, strings.TrimPrefix(server.url, "https://"), test.client)
			page := httptest.NewRecorder()
			server.adminPages().ServeHTTP(page, httptest.NewRequest(http.MethodGet, "/metrics", nil))
			want := `tls_handshake_failures_total{reason="` + test.reason + `"} 1` + "\n"
			if got := page.Body.String(); !strings.Contains(got, want) || strings.Count(got, "\ntls_handshake_failures_total{") != 1 {
				t.Errorf("%s is missing in %s", want, got)
			}
		})
	}
}

// refused comes to addr as client and returns once the server has hung up.
func refused(t *testing.T, addr string, client *tls.Config) {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	if client == nil {
		_, _ = io.WriteString(conn, "EHLO client.example\r\n")
	} else if _, err := tls.Client(conn, client).Read(make([]byte, 1)); err == nil {
		t.Fatal("the client is let in")
	}
	if _, err := io.Copy(io.Discard, conn); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal("the server does not hang up")
	}
}
