package tlsboot

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// issuer signs the certificates of tests.
type issuer struct {
	certificate *x509.Certificate
	key         crypto.Signer
	chain       string // its own certificate, PEM
}

// issued is a certificate and its key, PEM.
type issued struct{ cert, key string }

func newIssuer(t *testing.T, by *issuer) *issuer {
	t.Helper()
	self := &issuer{}
	made := self.make(t, by, func(c *x509.Certificate) {
		c.Subject.CommonName = "test CA " + c.SerialNumber.Text(36)
		c.IsCA, c.BasicConstraintsValid, c.KeyUsage = true, true, x509.KeyUsageCertSign
		c.DNSNames, c.ExtKeyUsage = nil, nil
	})
	self.chain = made.cert
	return self
}

// make signs with by, or with its own key if that is nil, and becomes what it made.
func (i *issuer) make(t *testing.T, by *issuer, change ...func(*x509.Certificate)) issued {
	t.Helper()
	key := i.key
	if key == nil {
		key = ecdsaKey(t, elliptic.P256())
	}
	serial, err := rand.Int(rand.Reader, elliptic.P256().Params().N)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: "test"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(90 * 24 * time.Hour),
		DNSNames:     []string{"board.test"},
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, change := range change {
		change(template)
	}
	parent, parentKey := template, key
	if by != nil {
		parent, parentKey = by.certificate, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), parentKey)
	if err != nil {
		t.Fatal(err)
	}
	i.key = key
	if i.certificate, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	text, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return issued{
		cert: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})),
		key:  string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: text})),
	}
}

// sign makes a certificate for board.test.
func (i *issuer) sign(t *testing.T, change ...func(*x509.Certificate)) issued {
	t.Helper()
	return new(issuer).make(t, i, change...)
}

// signFor makes a certificate for board.test and key.
func (i *issuer) signFor(t *testing.T, key crypto.Signer) issued {
	t.Helper()
	return (&issuer{key: key}).make(t, i)
}

func ecdsaKey(t *testing.T, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func rsaKey(t *testing.T, bits int) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (i *issuer) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(i.certificate)
	return pool
}

func (c issued) pair(t *testing.T) tls.Certificate {
	t.Helper()
	pair, err := tls.X509KeyPair([]byte(c.cert), []byte(c.key))
	if err != nil {
		t.Fatal(err)
	}
	return pair
}

func (c issued) serial(t *testing.T) string {
	t.Helper()
	return serial(c.pair(t).Leaf)
}

// write puts the pair into dir.
func (c issued) write(t *testing.T, dir string) {
	t.Helper()
	write(t, filepath.Join(dir, "tls.crt"), c.cert)
	write(t, filepath.Join(dir, "tls.key"), c.key)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// fromFiles are the settings for what issued.write writes.
func fromFiles(dir string) Config {
	return Config{Mode: Files, Cert: filepath.Join(dir, "tls.crt"), Key: filepath.Join(dir, "tls.key"), Log: slog.New(slog.DiscardHandler)}
}

func open(t *testing.T, config Config) *Certificates {
	t.Helper()
	certificates, err := Open(config)
	if err != nil {
		t.Fatal(err)
	}
	return certificates
}

// logged returns a log and what is written to it.
func logged() (*slog.Logger, *bytes.Buffer) {
	var text bytes.Buffer
	return slog.New(slog.NewTextHandler(&text, nil)), &text
}

// connect shakes hands, and reads what the server sends then: in TLS 1.3 a client learns only so that
// it was refused, and has its session tickets.
func connect(t *testing.T, certificates *Certificates, client *tls.Config) (tls.ConnectionState, error) {
	t.Helper()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", certificates.Web().Config)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	go func() {
		if server, err := listener.Accept(); err == nil {
			_, _ = server.Write([]byte("."))
			_ = server.Close()
		}
	}()
	connection, err := tls.Dial("tcp", listener.Addr().String(), client)
	if err != nil {
		return tls.ConnectionState{}, err
	}
	defer func() { _ = connection.Close() }()
	if n, err := connection.Read(make([]byte, 1)); n == 0 {
		return tls.ConnectionState{}, err
	}
	return connection.ConnectionState(), nil
}

// shown is the serial number of the certificate that clients see.
func shown(t *testing.T, certificates *Certificates, ca *issuer) string {
	t.Helper()
	state, err := connect(t, certificates, &tls.Config{RootCAs: ca.pool(), ServerName: "board.test"})
	if err != nil {
		t.Fatal(err)
	}
	return serial(state.PeerCertificates[0])
}
