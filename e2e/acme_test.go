package e2e

import (
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mholt/acmez/v3/acme"
)

// tools are programs that tests need, built once from a module of their own.
var tools = sync.OnceValues(func() (string, error) {
	out, err := os.MkdirTemp("", "tools-")
	if err != nil {
		return "", err
	}
	return out, goCommand("tools", "build", "-o", out, "tool")
})

// pebble is an ACME authority that plays all that real ones do, and a DNS that says that every name is
// of this machine.
type pebble struct {
	directory  string // its URL
	management string // the URL of what only tests may ask
	rootCA     string // the file that says how to trust the authority's own HTTPS
	client     *http.Client
	log        *processLog
}

// startPebble has the authority call back on these ports, and sign for a minute: from the 40th second
// on a certificate is to be renewed. env is added to its environment.
func startPebble(t *testing.T, httpPort, tlsPort int, env ...string) pebble {
	t.Helper()
	programs, err := tools()
	if err != nil {
		t.Skip("the modules of e2e/tools are not here:", err)
	}
	dir, ca := t.TempDir(), newAuthority(t)
	ca.issueTo(t, dir)
	p := pebble{
		directory:  fmt.Sprintf("https://127.0.0.1:%d/dir", freePort(t)),
		management: fmt.Sprintf("https://127.0.0.1:%d", freePort(t)),
		rootCA:     filepath.Join(dir, "rootCA.pem"),
		client:     &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: ca.pool()}}, Timeout: deadline},
	}
	t.Cleanup(p.client.CloseIdleConnections)
	writeFile(t, p.rootCA, pemText("CERTIFICATE", ca.certificate.Raw))
	settings, err := json.Marshal(object{"pebble": object{
		"listenAddress":           strings.TrimSuffix(strings.TrimPrefix(p.directory, "https://"), "/dir"),
		"managementListenAddress": strings.TrimPrefix(p.management, "https://"),
		"certificate":             filepath.Join(dir, "tls.crt"),
		"privateKey":              filepath.Join(dir, "tls.key"),
		"httpPort":                httpPort,
		"tlsPort":                 tlsPort,
		"keyAlgorithm":            "ecdsa",
		"profiles":                object{"default": object{"description": "for a minute", "validityPeriod": 60}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "pebble.json"), string(settings))
	dns := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	background(t, dir, nil, filepath.Join(programs, "pebble-challtestsrv"), "-dnsserver", dns,
		"-defaultIPv6", "", "-http01", "", "-https01", "", "-tlsalpn01", "", "-doh", "", "-management", fmt.Sprintf("127.0.0.1:%d", freePort(t)))
	p.log = background(t, dir, append([]string{"PEBBLE_VA_NOSLEEP=1"}, env...), filepath.Join(programs, "pebble"), "-config", "pebble.json", "-dnsserver", dns)
	p.await(t)
	return p
}

// background runs a program until the test ends.
func background(t *testing.T, dir string, env []string, program string, args ...string) *processLog {
	t.Helper()
	log := &processLog{url: make(chan string, 1)}
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, log, log
	cmd.Env = append(environment(), env...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("%s says:\n%s", filepath.Base(program), log)
		}
	})
	return log
}

// await polls: the authority says nowhere that it is ready.
func (p pebble) await(t *testing.T) {
	t.Helper()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for late := time.After(deadline); ; {
		if response, err := p.client.Get(p.directory); err == nil {
			_ = response.Body.Close()
			return
		}
		select {
		case <-again.C:
		case <-late:
			t.Fatal("pebble does not answer")
		}
	}
}

func (p pebble) get(t *testing.T, path string) []byte {
	t.Helper()
	response, err := p.client.Get(p.management + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func (p pebble) roots(t *testing.T) *x509.CertPool {
	t.Helper()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(p.get(t, "/roots/0")) {
		t.Fatal("pebble shows no root")
	}
	return pool
}

// freePort is one that nobody listens on at the moment, and below those that systems give to whoever asks for any: no
// other test gets it in the meantime.
func freePort(t *testing.T) int {
	t.Helper()
	for range 100 {
		port := 10_000 + rand.IntN(20_000)
		if listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			listener.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return 0
}

// startACME serves board.test on port with a certificate of p; the folder keep has the keys.
func startACME(t *testing.T, p pebble, keep string, port int, env ...string) *server {
	t.Helper()
	return start(t, append(env,
		"TLS=acme", "ACME_DOMAINS=board.test", "ACME_EMAIL=ann@board.test", "ACME_FOLDER="+keep,
		"ACME_DIRECTORY="+p.directory, "SSL_CERT_FILE="+p.rootCA, fmt.Sprintf("ADDR=127.0.0.1:%d", port))...)
}

// awaitCertificate waits for one that is not old, and returns its serial number.
func (s *server) awaitCertificate(t *testing.T, roots *x509.CertPool, old string, limit time.Duration) (serial string) {
	t.Helper()
	s.awaitThat(t, "a new certificate", limit, func() bool {
		var err error
		serial, err = s.shown(roots)
		return err == nil && serial != old
	})
	return serial
}

// TestACMEChallenges obtains a certificate in both ways, with the port of the other one dead.
func TestACMEChallenges(t *testing.T) {
	t.Parallel()
	for _, challenge := range []string{"HTTP-01", "TLS-ALPN-01"} {
		t.Run(challenge, func(t *testing.T) {
			t.Parallel()
			port, redirect, dead := freePort(t), freePort(t), freePort(t)
			ports := [2]int{dead, port}
			if challenge == "HTTP-01" {
				ports = [2]int{redirect, dead}
			}
			p := startPebble(t, ports[0], ports[1])
			s := startACME(t, p, t.TempDir(), port, fmt.Sprintf("REDIRECT_ADDR=127.0.0.1:%d", redirect), wayOut(t), "LOG_FORMAT=json")
			s.awaitCertificate(t, p.roots(t), "", deadline)
			s.trust(p.roots(t))
			s.do(t, "GET", "/healthz", nil).want(t, http.StatusOK)
			for line := range strings.Lines(s.log.String()) {
				if strings.HasSuffix(line, "\n") && !json.Valid([]byte(line)) {
					t.Errorf("amid the log there is %s", line)
				}
			}
		})
	}
}

// wayOut sends all that a server asks of other machines to a proxy that lets nothing through: when
// there is an ACME_DIRECTORY, no other authority is to be asked.
func wayOut(t *testing.T) (setting string) {
	t.Helper()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("the server asks %s", r.Host)
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(proxy.Close)
	return "HTTPS_PROXY=" + proxy.URL
}

// TestACME obtains a certificate, has it renewed, revoked and renewed again, while the server
// answers.
func TestACME(t *testing.T) {
	t.Parallel()
	port, keep := freePort(t), t.TempDir()
	p := startPebble(t, freePort(t), port)
	s := startACME(t, p, keep, port)
	roots := p.roots(t)
	first := s.awaitCertificate(t, roots, "", deadline)
	s.trust(roots)

	began, l := time.Now(), startLoad(s, roots, 50)
	second := s.awaitCertificate(t, roots, first, 2*deadline)
	t.Logf("renewed after %v", time.Since(began).Round(time.Second))
	p.revoke(t, keep)
	if status := string(p.get(t, "/cert-status-by-serial/"+second)); !strings.Contains(status, "Revoked") {
		t.Errorf("the certificate is not revoked: %s", status)
	}
	s.do(t, "GET", "/healthz", nil).want(t, http.StatusOK)
	s.awaitCertificate(t, roots, second, 2*deadline)
	l.end(t, time.Since(began))
}

// revoke takes back the certificate that a server keeps, as whoever has its key may (RFC 8555 §7.6).
func (p pebble) revoke(t *testing.T, keep string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(keep, "certificates", "*", "board.test", "board.test.*"))
	if err != nil || len(files) != 3 {
		t.Fatalf("the server keeps %v (%v)", files, err)
	}
	base := strings.TrimSuffix(files[0], filepath.Ext(files[0]))
	pair, err := tls.LoadX509KeyPair(base+".crt", base+".key")
	if err != nil {
		t.Fatal(err)
	}
	client := &acme.Client{Directory: p.directory, HTTPClient: p.client}
	if err := client.RevokeCertificate(t.Context(), acme.Account{}, pair.Leaf, pair.PrivateKey.(crypto.Signer), acme.ReasonUnspecified); err != nil {
		t.Fatal(err)
	}
}
