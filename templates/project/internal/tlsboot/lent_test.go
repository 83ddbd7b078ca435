package tlsboot

import (
	"crypto/tls"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/caddyserver/certmagic"
	"github.com/mholt/acmez/v3"
	"github.com/mholt/acmez/v3/acme"
)

// keeper writes what a process that obtains certificates keeps in its folder.
type keeper struct {
	storage certmagic.Storage
	issuer  string
	writes  int
}

// startLent opens certificates that another process obtains. look has them look at the folder, and returns when they
// have.
func startLent(t *testing.T) (certificates *Certificates, k *keeper, look func()) {
	t.Helper()
	news := make(chan struct{})
	config := acmeConfig(t)
	config.News, config.RedirectAddr = news, "localhost:0"
	certificates = open(t, config)
	ended := make(chan struct{})
	go func() { defer close(ended); certificates.Run(t.Context()) }()
	t.Cleanup(func() { <-ended })
	k = &keeper{storage: &certmagic.FileStorage{Path: config.Folder}, issuer: certificates.acme.issuers[0].IssuerKey()}
	return certificates, k, func() {
		for range 2 { // it takes the second after it has looked
			news <- struct{}{}
		}
	}
}

func (k *keeper) store(t *testing.T, key, text string) {
	t.Helper()
	if err := k.storage.Store(t.Context(), key, []byte(text)); err != nil {
		t.Fatal(err)
	}
}

// keep writes a certificate as certmagic does: what is known about it comes last.
func (k *keeper) keep(t *testing.T, c issued) {
	t.Helper()
	k.keepHalf(t, c)
	k.writes++
	meta, err := json.Marshal(map[string]any{"sans": []string{"board.test"}, "issuer_data": k.writes})
	if err != nil {
		t.Fatal(err)
	}
	k.store(t, certmagic.StorageKeys.SiteMeta(k.issuer, "board.test"), string(meta))
}

func (k *keeper) keepHalf(t *testing.T, c issued) {
	t.Helper()
	k.store(t, certmagic.StorageKeys.SitePrivateKey(k.issuer, "board.test"), c.key)
	k.store(t, certmagic.StorageKeys.SiteCert(k.issuer, "board.test"), c.cert)
}

func TestLentCertificates(t *testing.T) {
	ca := newIssuer(t, nil)
	first, second, third := ca.sign(t), ca.sign(t), ca.sign(t)
	certificates, k, look := startLent(t)
	if _, err := connect(t, certificates, &tls.Config{ServerName: "board.test"}); err == nil {
		t.Error("there is a certificate before one was obtained")
	}
	for _, step := range []struct {
		when string
		do   func(*testing.T, issued)
		put  issued
		want issued
	}{
		{"one was obtained", k.keep, first, first},
		{"it was renewed", k.keep, second, second},
		{"the next is half written", k.keepHalf, issued{third.cert, second.key}, second},
		{"it is written", k.keep, third, third},
		{"one without its key is written", k.keep, issued{first.cert, second.key}, third},
	} {
		step.do(t, step.put)
		look()
		if got := shown(t, certificates, ca); got != step.want.serial(t) {
			t.Errorf("when %s clients see %s, want %s", step.when, got, step.want.serial(t))
		}
		if leaves := certificates.acme.current(); len(leaves) != 1 || len(certificates.acme.cache.AllMatchingCertificates("board.test")) != 1 {
			t.Errorf("when %s there are %d certificates", step.when, len(leaves))
		}
	}
	if got := metric(t, certificates, "tls_certificate_failures_total"); got != 1 {
		t.Errorf("%v failures are counted, want 1", got)
	}
}

// TestLentAsksNobody: where the server listens begins nothing, and the folder is another's.
func TestLentAsksNobody(t *testing.T) {
	authority := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("the authority is asked for %s", r.URL) }))
	defer authority.Close()
	news := make(chan struct{})
	config := acmeConfig(t)
	config.News, config.Directory, config.Folder = news, authority.URL, filepath.Join(config.Folder, "absent")
	certificates := open(t, config)
	ended := make(chan struct{})
	go func() { defer close(ended); certificates.Run(t.Context()) }()
	t.Cleanup(func() { <-ended })
	certificates.Web().Listening(&net.TCPAddr{})
	for range 3 {
		news <- struct{}{}
	}
	if _, err := os.Stat(config.Folder); !os.IsNotExist(err) {
		t.Errorf("the folder is there (%v)", err)
	}
}

// TestLentAnswersChallenges holds that an authority finds what the process that asked it has kept.
func TestLentAnswersChallenges(t *testing.T) {
	certificates, k, _ := startLent(t)
	challenge := acme.Challenge{
		Type: acme.ChallengeTypeTLSALPN01, Token: "token", KeyAuthorization: "token.thumbprint",
		Identifier: acme.Identifier{Type: "dns", Value: "board.test"},
	}
	text, err := json.Marshal(challenge)
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join("acme", k.issuer, "challenge_tokens", "board.test.json")
	k.store(t, key, string(text))
	state, err := connect(t, certificates, &tls.Config{InsecureSkipVerify: true, ServerName: "board.test", NextProtos: []string{acmez.ACMETLS1Protocol}})
	if err != nil {
		t.Fatal(err)
	}
	if leaf := state.PeerCertificates[0]; !slices.Equal(leaf.DNSNames, []string{"board.test"}) || len(leaf.UnhandledCriticalExtensions) != 1 {
		t.Errorf("the authority is shown %v with %v", leaf.DNSNames, leaf.UnhandledCriticalExtensions)
	}
	answer := httptest.NewRecorder()
	certificates.Web().Challenge.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "http://board.test/.well-known/acme-challenge/token", nil))
	if answer.Code != http.StatusOK || answer.Body.String() != challenge.KeyAuthorization {
		t.Errorf("the authority is answered %d %s", answer.Code, answer.Body)
	}
}
