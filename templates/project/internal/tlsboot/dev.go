package tlsboot

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"time"
)

const (
	leafLife  = 90 * day
	leafRenew = 30 * day // before its end
)

// devSource signs certificates for this machine. They live in memory only: each process has its own.
type devSource struct {
	folders []caFolder // the first with a CA is used, the last is where one is made
	names   []string
	log     *slog.Logger
	leaf    *x509.Certificate
}

// devNames are what a browser on this machine may call the server.
func (c *Config) devNames() []string {
	all := []string{"localhost", "127.0.0.1", "::1", c.Name + ".localhost"}
	if host := c.host(); host != "" && !slices.Contains(all, host) {
		all = append(all, host)
	}
	return all
}

func (s *devSource) refresh(now time.Time) (*identity, error) {
	if s.leaf != nil && now.Before(s.leaf.NotAfter.Add(-leafRenew)) {
		return nil, nil
	}
	ca, folder, err := openCA(s.folders, now)
	if err != nil {
		return nil, err
	}
	pair, err := signLeaf(ca, s.names, now)
	if err != nil {
		return nil, fmt.Errorf("the CA in %s signs nothing: %w", folder.cert(), err)
	}
	s.leaf = pair.Leaf
	if publicFile(folder.key()) {
		s.log.Warn(fmt.Sprintf("every user of this machine can read the key of the CA in %s, and pose as any site to you: take that right away (chmod o-r)", folder.key()))
	}
	s.log.Info("a certificate for this machine is signed; the command cert says how to trust its CA", "names", s.names, "serial", serial(pair.Leaf), "expires", pair.Leaf.NotAfter, "ca", folder.cert())
	return &identity{certificate: always(pair), leaves: []*x509.Certificate{pair.Leaf}}, nil
}

func signLeaf(ca *tls.Certificate, hosts []string, now time.Time) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	leaf := &x509.Certificate{
		Subject:     pkix.Name{CommonName: hosts[0], Organization: []string{"development"}},
		NotBefore:   now.Add(-time.Hour), // clocks of containers and hosts differ
		NotAfter:    now.Add(leafLife),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			leaf.IPAddresses = append(leaf.IPAddresses, ip)
		} else {
			leaf.DNSNames = append(leaf.DNSNames, host)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, ca.Leaf, key.Public(), ca.PrivateKey)
	if err != nil {
		return nil, err
	}
	signed, err := x509.ParseCertificate(der)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: signed}, err
}
