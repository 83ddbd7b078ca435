package e2e

import (
	"crypto/x509"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// startTrusted serves with a CA that is kept in a folder of the test.
func startTrusted(t *testing.T) (s *server, rootCA string) {
	t.Helper()
	data := t.TempDir()
	s = start(t, "TLS=dev", "CAROOT=", "XDG_DATA_HOME="+data)
	return s, filepath.Join(data, "board", "ca", "rootCA.pem")
}

func (s *server) host() string { return strings.TrimPrefix(s.url, "https://") }

func TestDevCertificate(t *testing.T) {
	t.Parallel()
	s, rootCA := startTrusted(t)
	if !strings.HasPrefix(s.url, "https://127.0.0.1:") {
		t.Fatalf("the URL is %s", s.url)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(readFile(t, rootCA)))
	s.trust(roots)
	s.client.Transport.(*http.Transport).TLSClientConfig.ServerName = ""
	createUser(t, s, "ann")
	res := s.do(t, "POST", "/v1/session", object{"name": "ann", "password": password}).want(t, http.StatusOK)
	if cookie := res.header.Get("Set-Cookie"); !strings.Contains(cookie, "; Secure") {
		t.Errorf("the session's cookie is %s", cookie)
	}
	answer, err := s.client.Get(s.url + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.Proto != "HTTP/2.0" {
		t.Errorf("a client that knows HTTP/2 speaks %s", answer.Proto)
	}
}

// TestTLSSettings starts programs that end with one sentence.
func TestTLSSettings(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		args []string
		want string
	}{
		"dev for other machines": {[]string{"--tls=dev", "--addr=:0"}, "confirm with TLS_DEV_ANYWHERE=true"},
		"a certificate alone":    {[]string{"--tls-cert=x"}, "for --tls files, not for --tls off"},
		"no such file":           {[]string{"--tls=files", "--tls-cert=x", "--tls-key=y"}, "TLS_CERT x cannot be read: no such file or directory"},
		"no domains":             {[]string{"--tls=acme"}, "needs ACME_DOMAINS"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(boardProgram(t), test.args...)
			cmd.Dir, cmd.Env = t.TempDir(), environment()
			text, err := cmd.CombinedOutput()
			if err == nil || !strings.Contains(string(text), test.want) || strings.Count(string(text), "\n") != 1 {
				t.Errorf("it ends with %v and says %s", err, text)
			}
		})
	}
}

// load asks a server for something small, a tenth of it on connections of its own.
type load struct {
	stop            chan struct{}
	asked, failures atomic.Int64
	failure         atomic.Value
	all             sync.WaitGroup
}

// startLoad asks perSecond times a second, if the machine can.
func startLoad(s *server, roots *x509.CertPool, perSecond int) *load {
	const workers = 20
	l := &load{stop: make(chan struct{})}
	for range workers {
		l.all.Go(func() {
			pace := time.NewTicker(workers * time.Second / time.Duration(perSecond))
			defer pace.Stop()
			for i := 0; ; i++ {
				select {
				case <-l.stop:
					return
				case <-pace.C:
				}
				l.ask(s, roots, i%10 == 0)
			}
		})
	}
	return l
}

func (l *load) ask(s *server, roots *x509.CertPool, anew bool) {
	var err error
	if anew {
		_, err = s.shown(roots)
	} else {
		var res response
		if res, err = s.try("GET", "/healthz", nil); err == nil && res.status != http.StatusOK {
			l.failure.Store(res.status)
			l.failures.Add(1)
		}
	}
	l.asked.Add(1)
	if err != nil {
		l.failure.Store(err.Error())
		l.failures.Add(1)
	}
}

func (l *load) end(t *testing.T, took time.Duration) {
	t.Helper()
	close(l.stop)
	l.all.Wait()
	t.Logf("%d requests, %.0f a second, %d failed", l.asked.Load(), float64(l.asked.Load())/took.Seconds(), l.failures.Load())
	if l.failures.Load() > 0 {
		t.Errorf("%d of %d requests failed: %v", l.failures.Load(), l.asked.Load(), l.failure.Load())
	}
}

// TestCertificateSwap changes the certificate of a busy server, for a good one and for a bad one.
func TestCertificateSwap(t *testing.T) {
	ca, dir := newAuthority(t), t.TempDir()
	first := ca.issueTo(t, dir)
	s := start(t, append(settingsIn(dir), "LOG_LEVEL=info", "VALIDATE_RESPONSES=false")...)
	s.trust(ca.pool())
	began := time.Now()
	l := startLoad(s, ca.pool(), 2000)
	if serial, err := s.shown(ca.pool()); err != nil || serial != first {
		t.Fatalf("clients see %s (%v), want %s", serial, err, first)
	}
	second := ca.issueTo(t, dir)
	swapped := time.Now()
	s.awaitSerial(t, ca.pool(), second, 15*time.Second)
	t.Logf("the new certificate was there after %v", time.Since(swapped).Round(100*time.Millisecond))

	certificate, _, _ := ca.issue(t)
	writeFile(t, filepath.Join(dir, "tls.crt"), certificate) // with the key of another
	s.awaitLog(t, "the certificate in use stays", 15*time.Second)
	if serial, err := s.shown(ca.pool()); err != nil || serial != second {
		t.Errorf("after a bad certificate clients see %s (%v), want %s", serial, err, second)
	}
	l.end(t, time.Since(began))
}

// awaitSerial waits until new connections see the certificate with that serial number.
func (s *server) awaitSerial(t *testing.T, roots *x509.CertPool, want string, limit time.Duration) {
	t.Helper()
	s.awaitThat(t, "the certificate "+want, limit, func() bool {
		serial, err := s.shown(roots)
		return err == nil && serial == want
	})
}

func (s *server) awaitLog(t *testing.T, text string, limit time.Duration) {
	t.Helper()
	s.awaitThat(t, text, limit, func() bool { return strings.Contains(s.log.String(), text) })
}

func (s *server) awaitThat(t *testing.T, what string, limit time.Duration, seen func() bool) {
	t.Helper()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for late := time.After(limit); !seen(); {
		select {
		case <-again.C:
		case <-s.ended:
			t.Fatalf("the server ended:\n%s", s.log)
		case <-late:
			t.Fatalf("%s was not seen within %v", what, limit)
		}
	}
}

// TestBrowserHTTPS opens the server in a browser that trusts the CA for development, and in one that
// does not.
func TestBrowserHTTPS(t *testing.T) {
	t.Parallel()
	certutil, err := exec.LookPath("certutil")
	if err != nil {
		t.Skip("certutil is not installed (libnss3-tools)")
	}
	s, rootCA := startTrusted(t)
	site := strings.Replace(s.url, "127.0.0.1", "localhost", 1)
	home := t.TempDir()
	b := openBrowser(t, chromedp.Env("HOME="+home, "XDG_DATA_HOME="))
	if _, err := chromedp.Run(b, chromedp.Navigate(site+"/docs")); err == nil || !strings.Contains(err.Error(), "ERR_CERT_AUTHORITY_INVALID") {
		t.Errorf("a browser that does not trust the CA opens the page: %v", err)
	}

	home = t.TempDir()
	for _, folder := range []string{".pki/nssdb", ".local/share/pki/nssdb"} {
		trustIn(t, certutil, filepath.Join(home, folder), rootCA)
	}
	b = openBrowser(t, chromedp.Env("HOME="+home, "XDG_DATA_HOME="))
	b.open(t, site+"/docs")
	if protocol := script[string](t, b, "performance.getEntriesByType('navigation')[0].nextHopProtocol"); protocol != "h2" {
		t.Errorf("the page came over %s, want h2", protocol)
	}
	credentials := object{"name": "ann", "password": password}
	b.fetch(t, "POST", "/v1/users", credentials)
	if status := b.fetch(t, "POST", "/v1/session", credentials); status != http.StatusOK {
		t.Fatalf("logging in answers %d", status)
	}
	if c := b.sessionCookie(t, site); c == nil || !c.Secure {
		t.Errorf("the session's cookie is %+v", c)
	}
	if !script[bool](t, b, "isSecureContext") {
		t.Error("the page is no secure context")
	}
}

// trustIn makes an NSS database, which Chromium reads on Linux, with one CA.
func trustIn(t *testing.T, certutil, folder, rootCA string) {
	t.Helper()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"-N", "-d", "sql:" + folder, "--empty-password"},
		{"-A", "-d", "sql:" + folder, "-t", "C,,", "-n", "development", "-i", rootCA},
	} {
		if text, err := exec.Command(certutil, args...).CombinedOutput(); err != nil {
			t.Fatalf("certutil %v: %v\n%s", args, err, text)
		}
	}
}
