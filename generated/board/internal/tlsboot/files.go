package tlsboot

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime"
	"time"
)

// fileSource reads certificates from files, and again when what they hold has changed: times and
// names of files say little where a symlink is swapped.
type fileSource struct {
	names    fileNames
	host     string
	log      *slog.Logger
	accepted Texts // for a start with files that are not in order
	used     fileTexts

	leaf     *x509.Certificate
	reported time.Time // when something was last said of it
}

type fileNames struct{ cert, key, clientCA string }

type fileTexts struct{ cert, key, clientCA pemFile }

// Texts are what the files of certificates hold, in PEM.
type Texts struct{ Cert, Key, ClientCA string }

func (s *fileSource) refresh(now time.Time) (*identity, error) {
	s.remind(now)
	texts, err := s.names.read()
	if err == nil && texts == s.used {
		return nil, nil
	}
	var fresh *identity
	if err == nil {
		fresh, err = s.take(texts, now)
	}
	if err != nil && s.leaf == nil && s.accepted != (Texts{}) {
		s.log.Error("the certificate that other processes use is used here, too", "error", err)
		return s.take(s.names.holding(s.accepted), now)
	}
	return fresh, err
}

// take makes what clients are shown of what the files hold.
func (s *fileSource) take(texts fileTexts, now time.Time) (*identity, error) {
	pair, err := pair(texts.cert, texts.key)
	if err != nil {
		return nil, err
	}
	if err := checkServer(pair.Leaf, now); err != nil {
		return nil, fmt.Errorf("the certificate in %s %w", texts.cert, err)
	}
	clients, err := clientPool(texts.clientCA, now)
	if err != nil {
		return nil, err
	}
	s.used, s.leaf, s.reported = texts, pair.Leaf, now
	s.report(pair.Leaf, now)
	return &identity{
		certificate: always(pair), leaves: []*x509.Certificate{pair.Leaf}, clients: clients,
		texts: Texts{texts.cert.text, texts.key.text, texts.clientCA.text},
	}, nil
}

func always(pair *tls.Certificate) func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	return func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return pair, nil }
}

func (s *fileSource) report(leaf *x509.Certificate, now time.Time) {
	s.log.Info("the certificate is loaded", "file", s.names.cert, "names", names(leaf), "serial", serial(leaf), "expires", leaf.NotAfter)
	for _, warning := range warnings(leaf, s.host, now) {
		s.log.Warn("the certificate in TLS_CERT " + s.names.cert + " " + warning)
	}
	if publicFile(s.names.key) {
		s.log.Warn(fmt.Sprintf("every user of this machine can read the key in TLS_KEY %s: take that right away (chmod o-r)", s.names.key))
	}
}

// publicFile says that whoever has an account here may read the file.
func publicFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && runtime.GOOS != "windows" && info.Mode()&0o004 != 0
}

// remind warns every day of a certificate that nobody replaces.
func (s *fileSource) remind(now time.Time) {
	if s.leaf == nil || now.Sub(s.reported) < day {
		return
	}
	s.reported = now
	if ends := ending(s.leaf, now); ends != "" {
		s.log.Warn("the certificate in TLS_CERT " + s.names.cert + " " + ends)
	}
}

// holding says what the files hold.
func (n fileNames) holding(t Texts) fileTexts {
	return fileTexts{
		cert:     pemFile{"TLS_CERT", n.cert, t.Cert},
		key:      pemFile{"TLS_KEY", n.key, t.Key},
		clientCA: pemFile{"TLS_CLIENT_CA", n.clientCA, t.ClientCA},
	}
}

func (n fileNames) read() (texts fileTexts, err error) {
	texts = n.holding(Texts{})
	for _, file := range []*pemFile{&texts.cert, &texts.key, &texts.clientCA} {
		if file.path == "" {
			continue
		}
		text, err := os.ReadFile(file.path)
		var reason *fs.PathError
		switch {
		case errors.As(err, &reason):
			return texts, fmt.Errorf("%s cannot be read: %w", file, reason.Err)
		case err != nil:
			return texts, fmt.Errorf("%s cannot be read: %w", file, err)
		}
		file.text = string(text)
	}
	return texts, nil
}

// clientPool are the CAs that sign for clients, nil if there is no such file.
func clientPool(file pemFile, now time.Time) (*x509.CertPool, error) {
	if file.path == "" {
		return nil, nil
	}
	all, err := file.certificates()
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	for _, ca := range all {
		switch {
		case !ca.IsCA:
			return nil, fmt.Errorf("%s holds %s, which is not a CA and so can sign for no client", file, ca.Subject)
		case now.After(ca.NotAfter):
			return nil, fmt.Errorf("the CA %s in %s has expired on %s", ca.Subject, file, ca.NotAfter.UTC().Format(time.DateTime))
		}
		pool.AddCert(ca)
	}
	return pool, nil
}
