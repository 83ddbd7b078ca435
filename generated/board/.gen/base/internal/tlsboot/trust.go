package tlsboot

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/smallstep/truststore"
)

const howToTrust = `The CA for development of this machine is
  %[1]s

A browser that trusts it takes the server's certificates. %[2]s cert --install makes that so here; or by hand:
  Debian, Ubuntu   sudo cp %[1]q /usr/local/share/ca-certificates/%[2]s-development.crt && sudo update-ca-certificates
  Fedora, RHEL     sudo cp %[1]q /etc/pki/ca-trust/source/anchors/%[2]s-development.pem && sudo update-ca-trust
  Arch             sudo trust anchor --store %[1]q
  macOS            sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain %[1]q
  Windows          certutil -addstore -f Root %[1]q
  Chromium, Linux  certutil -A -d sql:"$HOME/.local/share/pki/nssdb" -t C,, -n %[2]s-development -i %[1]q
  Firefox          Settings, Privacy & Security, View Certificates, Authorities, Import
  command line     curl --cacert %[1]q https://localhost:8443/

Keep rootCA-key.pem beside it to yourself: whoever has it can pose as any site to those who trust the CA.
`

// PrintTrust says how to trust the CA that program signs with on this machine, and makes that CA if
// there is none.
func PrintTrust(w io.Writer, program string) error {
	_, folder, err := openCA(devFolders(program), time.Now())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, howToTrust, folder.cert(), program)
	return err
}

// InstallTrust makes this machine trust the CA that program signs with: the system, Firefox and
// Chromium, as far as they are there. It may ask for the administrator's password.
func InstallTrust(w io.Writer, program string) error {
	ca, folder, err := openCA(devFolders(program), time.Now())
	if err != nil {
		return err
	}
	if err := errors.Join(trustChromium(ca, folder), truststore.Install(ca.Leaf, truststore.WithFirefox())); err != nil {
		return fmt.Errorf("the CA in %s is not trusted everywhere (%w): %s cert says how to do it by hand", folder.cert(), err, program)
	}
	_, err = fmt.Fprintf(w, "The system now trusts %s; browsers that run take notice when they start anew.\n", folder.cert())
	return err
}

// trustChromium serves the database of newer versions, which package truststore does not know.
func trustChromium(ca *tls.Certificate, folder caFolder) error {
	database := filepath.Join(dataFolder(), "pki", "nssdb")
	if _, err := os.Stat(filepath.Join(database, "cert9.db")); err != nil {
		return nil //nolint:nilerr // no Chromium, or an older one
	}
	output, err := exec.Command("certutil", "-A", "-d", "sql:"+database, "-t", "C,,", //nolint:gosec // the user's own database
		"-n", ca.Leaf.Subject.CommonName, "-i", folder.cert()).CombinedOutput()
	if err != nil {
		return fmt.Errorf("certutil: %w %s", err, output)
	}
	return nil
}
