package tlsboot

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/caddyserver/certmagic"
	"github.com/mholt/acmez/v3/acme"
	"go.uber.org/zap"
)

func acmeConfig(t *testing.T) Config {
	t.Helper()
	return Config{Mode: ACME, Domains: []string{"board.test"}, Email: "ann@board.test", Folder: t.TempDir(), Log: slog.New(slog.DiscardHandler)}
}

func openACME(t *testing.T, config Config) *Certificates {
	t.Helper()
	certificates := open(t, config)
	t.Cleanup(certificates.stop)
	return certificates
}

func TestACMEBeforeTheFirstCertificate(t *testing.T) {
	certificates := openACME(t, acmeConfig(t))
	if _, err := connect(t, certificates, &tls.Config{ServerName: "board.test"}); err == nil {
		t.Error("there is a certificate")
	}
	secure := certificates.Web()
	if hosts := secure.Hosts(); !slices.Equal(hosts, []string{"board.test"}) || secure.Listening == nil {
		t.Errorf("the server is given %v and %+v", hosts, secure)
	}
	answer := httptest.NewRecorder()
	secure.Challenge.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "http://board.test/.well-known/acme-challenge/token", nil))
	if answer.Code != http.StatusNotFound {
		t.Errorf("an unknown challenge is answered with %d", answer.Code)
	}
}

func TestACMEFallsBack(t *testing.T) {
	own := "https://ca.test/directory"
	tests := map[string]struct {
		directory, email string
		want             string
	}{
		"by default":         {"", "ann@board.test", certmagic.LetsEncryptProductionCA + " " + certmagic.ZeroSSLProductionCA},
		"without an address": {"", "", certmagic.LetsEncryptProductionCA},
		"another authority":  {own, "ann@board.test", own},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			config := acmeConfig(t)
			config.Directory, config.Email = test.directory, test.email
			authority := openACME(t, config).acme
			var got []string
			for i, issuer := range authority.magic.Issuers {
				asked, ok := issuer.(*certmagic.ACMEIssuer)
				if !ok || i >= len(authority.issuers) || asked != authority.issuers[i] || asked.Email != test.email {
					t.Fatalf("authority %d is not one of ours: %+v", i, issuer)
				}
				got = append(got, asked.CA)
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("the authorities are %v, want %s", got, test.want)
			}
		})
	}
}

func TestACMEFailureIsCounted(t *testing.T) {
	nobody := httptest.NewServer(http.NotFoundHandler())
	nobody.Close()
	config := acmeConfig(t)
	config.Directory = nobody.URL
	certificates := openACME(t, config)
	if err := certificates.acme.magic.ObtainCertSync(t.Context(), "board.test"); err == nil {
		t.Fatal("nobody hands out a certificate")
	}
	if got := metric(t, certificates, "tls_certificate_failures_total"); got != 1 {
		t.Errorf("%v failures are counted, want 1", got)
	}
}

func TestACMEFolder(t *testing.T) {
	config := acmeConfig(t)
	config.Folder = filepath.Join(config.Folder, "file")
	write(t, config.Folder, "")
	if _, err := Open(config); err == nil || !strings.Contains(err.Error(), "ACME_FOLDER is where keys and certificates are kept, and cannot be written") {
		t.Error(err)
	}
}

func TestZeroSSLAccount(t *testing.T) {
	reply := `{"success":true,"eab_kid":"kid","eab_hmac_key":"mac"}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("email") != "ann@board.test" {
			reply = "{}"
		}
		_, _ = w.Write([]byte(reply))
	}))
	defer server.Close()
	issuer := &certmagic.ACMEIssuer{Email: "ann@board.test"}
	if _, err := zeroSSL(server.URL).bind(t.Context(), issuer, acme.Account{}); err != nil {
		t.Fatal(err)
	}
	if issuer.ExternalAccount == nil || *issuer.ExternalAccount != (acme.EAB{KeyID: "kid", MACKey: "mac"}) {
		t.Errorf("the credentials are %+v", issuer.ExternalAccount)
	}
	reply = `{"success":false}`
	if _, err := zeroSSL(server.URL).bind(t.Context(), issuer, acme.Account{}); err == nil || !strings.Contains(err.Error(), "gives ann@board.test no account") {
		t.Errorf("without credentials: %v", err)
	}
}

func TestACMELog(t *testing.T) {
	log, text := logged()
	logger := zap.New(logCore{log.Handler()}).With(zap.String("domain", "board.test"))
	logger.Info("a detail")
	logger.Error("no luck", zap.Error(errors.New("refused")), zap.Int("attempt", 2))
	got := text.String()
	if strings.Contains(got, "a detail") {
		t.Errorf("details are logged: %s", got)
	}
	for _, want := range []string{"level=ERROR", `msg="ACME: no luck"`, "domain=board.test", "attempt=2", "error=refused"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in %s", want, got)
		}
	}
	if !log.Enabled(context.Background(), slog.LevelInfo) {
		t.Error("the log is quieter than before")
	}
}
