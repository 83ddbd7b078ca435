package tlsboot

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	day = 24 * time.Hour
	// expiring is how long before its end a certificate is warned of.
	expiring = 14 * day
)

// pemFile is a file and what it held when it was read.
type pemFile struct{ setting, path, text string }

func (f pemFile) String() string { return f.setting + " " + f.path }

// certificates are all that the file holds.
func (f pemFile) certificates() ([]*x509.Certificate, error) {
	var all []*x509.Certificate
	for rest := []byte(f.text); ; {
		var block *pem.Block
		block, rest = pem.Decode(rest)
		if block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("certificate %d in %s is damaged: %w", len(all)+1, f, err)
		}
		all = append(all, certificate)
	}
	switch {
	case len(all) > 0:
		return all, nil
	case strings.Contains(f.text, "PRIVATE KEY-----"):
		return nil, fmt.Errorf("%s holds a private key and no certificate: were the files swapped?", f)
	}
	return nil, fmt.Errorf("%s holds no certificate in PEM (-----BEGIN CERTIFICATE-----)", f)
}

func (f pemFile) checkKey() error {
	block, rest := pem.Decode([]byte(f.text))
	for block != nil && !strings.HasSuffix(block.Type, "PRIVATE KEY") {
		block, rest = pem.Decode(rest)
	}
	switch {
	case block == nil:
		return fmt.Errorf("%s holds no private key in PEM (-----BEGIN PRIVATE KEY-----)", f)
	case block.Type == "ENCRYPTED PRIVATE KEY" || block.Headers["DEK-Info"] != "":
		return fmt.Errorf("%s is locked with a passphrase, which the server cannot ask for: write it without one", f)
	}
	return nil
}

// pair puts a certificate and its key together.
func pair(cert, key pemFile) (*tls.Certificate, error) {
	chain, err := cert.certificates()
	if err != nil {
		return nil, err
	}
	if err := key.checkKey(); err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair([]byte(cert.text), []byte(key.text))
	switch {
	case err != nil && slices.ContainsFunc(chain, key.opens):
		return nil, fmt.Errorf("the chain in %s is out of order: the certificate that %s belongs to must come first", cert, key)
	case err != nil:
		return nil, fmt.Errorf("%s is not the key of the certificate in %s (%w)", key, cert, err)
	}
	for i, next := range chain[1:] {
		if err := chain[i].CheckSignatureFrom(next); err != nil {
			return nil, fmt.Errorf("the chain in %s is out of order: certificate %d (%s) is not signed by the one after it (%s)",
				cert, i+1, chain[i].Subject, next.Subject)
		}
	}
	return &pair, nil
}

// opens says that the key is the one of certificate.
func (f pemFile) opens(certificate *x509.Certificate) bool {
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw})
	_, err := tls.X509KeyPair(text, []byte(f.text))
	return err == nil
}

// checkServer refuses a certificate that every client would refuse.
func checkServer(leaf *x509.Certificate, now time.Time) error {
	switch {
	case now.After(leaf.NotAfter):
		return fmt.Errorf("has expired on %s", leaf.NotAfter.UTC().Format(time.DateTime))
	case now.Before(leaf.NotBefore):
		return fmt.Errorf("is not valid before %s", leaf.NotBefore.UTC().Format(time.DateTime))
	case len(names(leaf)) == 0:
		return errors.New("names no host as a subject alternative name, and clients look at nothing else")
	case len(leaf.ExtKeyUsage)+len(leaf.UnknownExtKeyUsage) > 0 &&
		!slices.Contains(leaf.ExtKeyUsage, x509.ExtKeyUsageServerAuth) && !slices.Contains(leaf.ExtKeyUsage, x509.ExtKeyUsageAny):
		return errors.New("is not one for servers (extended key usage)")
	}
	if key, ok := leaf.PublicKey.(*rsa.PublicKey); ok && key.N.BitLen() < 2048 {
		return fmt.Errorf("has an RSA key of %d bits, and clients take none below 2048", key.N.BitLen())
	}
	return nil
}

// warnings are what clients may stumble on.
func warnings(leaf *x509.Certificate, host string, now time.Time) []string {
	var found []string
	if ends := ending(leaf, now); ends != "" {
		found = append(found, ends)
	}
	if kind := unusual(leaf.PublicKey); kind != "" {
		found = append(found, "has a key of "+kind+", which browsers do not take: one of P-256, P-384 or RSA suits all")
	}
	if host != "" && leaf.VerifyHostname(host) != nil {
		found = append(found, fmt.Sprintf("covers %s, but not %s, where the server listens", strings.Join(names(leaf), ", "), host))
	}
	return found
}

// unusual names a key that servers can use and browsers cannot; "" for any other.
func unusual(key any) string {
	switch key := key.(type) {
	case ed25519.PublicKey:
		return "Ed25519"
	case *ecdsa.PublicKey:
		if key.Curve == elliptic.P521() {
			return "P-521"
		}
	}
	return ""
}

// ending is a warning of a certificate whose time is over, or will be soon; "" for any other.
func ending(leaf *x509.Certificate, now time.Time) string {
	left, on := leaf.NotAfter.Sub(now), leaf.NotAfter.UTC().Format(time.DateTime)
	switch {
	case left < 0:
		return "has expired on " + on
	case left < expiring:
		return fmt.Sprintf("expires in %d days, on %s", left/day, on)
	}
	return ""
}

// names are the hosts that a certificate is for.
func names(leaf *x509.Certificate) []string {
	all := slices.Clone(leaf.DNSNames)
	for _, ip := range leaf.IPAddresses {
		all = append(all, ip.String())
	}
	return all
}

func serial(leaf *x509.Certificate) string { return leaf.SerialNumber.Text(16) }
