package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// authority signs certificates for this machine.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) authority {
	t.Helper()
	template := &x509.Certificate{
		Subject:               pkix.Name{CommonName: "authority of a test"},
		NotAfter:              time.Now().Add(90 * 24 * time.Hour),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign,
	}
	key := newKey(t)
	return authority{signed(t, template, template, key, key), key}
}

// issue returns a certificate for localhost, 127.0.0.1 and board.test, and its key, in PEM.
func (a authority) issue(t *testing.T) (certificate, key, serial string) {
	t.Helper()
	private := newKey(t)
	leaf := signed(t, &x509.Certificate{
		Subject:     pkix.Name{CommonName: "localhost"},
		NotBefore:   time.Now().Add(-time.Hour),
		NotAfter:    time.Now().Add(80 * 24 * time.Hour),
		DNSNames:    []string{"localhost", "board.test"},
		IPAddresses: []net.IP{{127, 0, 0, 1}},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, a.certificate, private, a.key)
	text, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pemText("CERTIFICATE", leaf.Raw), pemText("PRIVATE KEY", text), serialOf(leaf)
}

// issueTo writes tls.crt and tls.key in dir.
func (a authority) issueTo(t *testing.T, dir string) (serial string) {
	t.Helper()
	certificate, key, serial := a.issue(t)
	writeFile(t, filepath.Join(dir, "tls.crt"), certificate)
	writeFile(t, filepath.Join(dir, "tls.key"), key)
	return serial
}

// settingsIn are those for what issueTo writes.
func settingsIn(dir string) []string {
	return []string{"TLS=files", "TLS_CERT=" + filepath.Join(dir, "tls.crt"), "TLS_KEY=" + filepath.Join(dir, "tls.key")}
}

func (a authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	return pool
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func signed(t *testing.T, template, by *x509.Certificate, key, with *ecdsa.PrivateKey) *x509.Certificate {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, template, by, key.Public(), with)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}

func pemText(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func serialOf(certificate *x509.Certificate) string { return certificate.SerialNumber.Text(16) }

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// trust has the client of s accept certificates of roots for the host board.test, over HTTP/2.
func (s *server) trust(roots *x509.CertPool) {
	s.client.Transport = &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: roots, ServerName: "board.test"},
		ForceAttemptHTTP2: true,
	}
}

// shown is the serial number of the certificate that a new connection sees.
func (s *server) shown(roots *x509.CertPool) (string, error) {
	connection, err := (&tls.Dialer{
		NetDialer: &net.Dialer{Timeout: deadline},
		Config:    &tls.Config{RootCAs: roots, ServerName: "board.test"},
	}).Dial("tcp", s.host())
	if err != nil {
		return "", err
	}
	defer connection.Close()
	return serialOf(connection.(*tls.Conn).ConnectionState().PeerCertificates[0]), nil
}
