package tlsboot

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

const caLife = 10 * 365 * 24 * time.Hour

// caFolder is where a CA for development has its certificate and its key, by the names that mkcert
// gives them.
type caFolder string

func (f caFolder) cert() string { return filepath.Join(string(f), "rootCA.pem") }
func (f caFolder) key() string  { return filepath.Join(string(f), "rootCA-key.pem") }

// devFolders are mkcert's, whose CA browsers on this machine may trust already, and the program's own.
func devFolders(name string) []caFolder {
	data := dataFolder()
	mkcert := os.Getenv("CAROOT")
	if mkcert == "" {
		mkcert = filepath.Join(data, "mkcert")
	}
	return []caFolder{caFolder(mkcert), caFolder(filepath.Join(data, name, "ca"))}
}

// dataFolder is where programs of a user keep what they made: relative, and refused later, without one.
func dataFolder() string {
	if folder := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(folder) {
		return folder
	}
	home, _ := os.UserHomeDir()
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support")
	case "windows":
		return os.Getenv("LOCALAPPDATA")
	}
	if home == "" {
		return ""
	}
	return filepath.Join(home, ".local", "share")
}

// openCA reads the CA of the first folder that has one, or makes one in the last.
func openCA(folders []caFolder, now time.Time) (*tls.Certificate, caFolder, error) {
	for _, folder := range folders {
		ca, err := folder.read(now)
		if !errors.Is(err, fs.ErrNotExist) {
			return ca, folder, err
		}
	}
	own := folders[len(folders)-1]
	if !filepath.IsAbs(string(own)) {
		return nil, own, errors.New("--tls dev keeps its CA in the user's data folder, and finds none: set HOME or XDG_DATA_HOME")
	}
	if err := own.create(now); err != nil {
		return nil, own, fmt.Errorf("the CA for development cannot be kept: %w", err)
	}
	ca, err := own.read(now)
	var missing *fs.PathError
	if errors.Is(err, fs.ErrNotExist) && errors.As(err, &missing) {
		err = fmt.Errorf("the CA in %s has no %s, remove the folder to have a new one", own, filepath.Base(missing.Path))
	}
	return ca, own, err
}

// read returns fs.ErrNotExist where the certificate or the key is missing.
func (f caFolder) read(now time.Time) (*tls.Certificate, error) {
	ca, err := tls.LoadX509KeyPair(f.cert(), f.key())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("the CA in %s cannot be used, remove the folder to have a new one: %w", f, err)
	case !ca.Leaf.IsCA || now.Add(leafLife).After(ca.Leaf.NotAfter):
		return nil, fmt.Errorf("the CA in %s has no 90 days left, remove the folder to have a new one", f)
	}
	return &ca, nil
}

// create makes a CA. The folder appears as a whole: of processes that start together, one makes it.
func (f caFolder) create(now time.Time) error {
	certificate, key, err := newCA(now)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(string(f)), 0o700); err != nil {
		return err
	}
	made, err := os.MkdirTemp(filepath.Dir(string(f)), ".ca-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(made) }()
	if err := os.WriteFile(caFolder(made).key(), key, 0o600); err != nil {
		return err
	}
	if err := os.WriteFile(caFolder(made).cert(), certificate, 0o644); err != nil { //nolint:gosec // others may trust it
		return err
	}
	if err := os.Rename(made, string(f)); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

func newCA(now time.Time) (certificate, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	host, _ := os.Hostname()
	ca := &x509.Certificate{
		// The name tells it from those of other machines in a list of authorities.
		Subject:               pkix.Name{CommonName: "development CA of " + host, Organization: []string{"development"}},
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.Add(caLife),
		KeyUsage:              x509.KeyUsageCertSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
		MaxPathLenZero:        true,
	}
	der, err := x509.CreateCertificate(rand.Reader, ca, ca, private.Public(), private)
	if err != nil {
		return nil, nil, err
	}
	text, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: text}), nil
}
