package e2e

import (
	"context"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// expectedFindings are what testssl.sh may say, with the reason.
var expectedFindings = map[string]string{
	// The server forgets the keys of tickets after two days at most.
	"TLS_session_ticket": "Go announces seven days for every ticket of TLS 1.3, and lets nobody change that",
	"cert_revocation":    "an authority of a test revokes nothing",
	"DNS_CAArecord":      "localhost has no DNS records",
	"HSTS":               "a host of this machine is told nothing for the days to come",
	"engine_problem":     "of the openssl that testssl.sh runs, not of the server",
}

// TestTestssl holds that nothing of LOW severity or worse is found.
func TestTestssl(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("testssl")
	if err != nil {
		t.Skip("testssl is not installed (testssl.sh)")
	}
	ca, dir := newAuthority(t), t.TempDir()
	ca.issueTo(t, dir)
	writeFile(t, filepath.Join(dir, "rootCA.pem"), pemText("CERTIFICATE", ca.certificate.Raw))
	s := start(t, settingsIn(dir)...)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program,
		"--severity", "LOW", "--jsonfile", "findings.json", "--quiet", "--color", "0", "--warnings", "off",
		"--add-ca", "rootCA.pem", "--ip", "127.0.0.1",
		"--protocols", "--std", "--fs", "--server-preference", "--server-defaults", "--headers", "--vulnerable",
		strings.Replace(s.host(), "127.0.0.1", "localhost", 1))
	cmd.Dir = dir
	text, _ := cmd.CombinedOutput() // its exit code counts findings

	var findings []struct{ ID, Severity, Finding string }
	if err := json.Unmarshal([]byte(readFile(t, filepath.Join(dir, "findings.json"))), &findings); err != nil {
		t.Fatalf("testssl.sh gave no list: %v\n%s", err, text)
	}
	scanned := false
	for _, finding := range findings {
		scanned = scanned || finding.ID == "cert_revocation"
		if _, ok := expectedFindings[finding.ID]; !ok {
			t.Errorf("%s %s: %s", finding.Severity, finding.ID, finding.Finding)
		}
	}
	if !scanned {
		t.Errorf("testssl.sh did not look at the certificate:\n%s", text)
	}
}
