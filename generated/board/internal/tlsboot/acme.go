package tlsboot

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/caddyserver/certmagic"
	"github.com/mholt/acmez/v3"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"
)

// certmagic's names for a certificate that could not be obtained, and for one that was.
const (
	failed   = "cert_failed"
	obtained = "cert_obtained"
)

const never = time.Duration(math.MaxInt64)

// authority obtains and renews certificates over ACME, with the renewal times that the authority
// advises (RFC 9773). Where another process does that, it takes certificates from their folder, and answers
// the authority with what is kept there of its challenges.
type authority struct {
	config   Config
	log      *slog.Logger
	failures prometheus.Counter
	cache    *certmagic.Cache
	magic    *certmagic.Config
	issuers  []*certmagic.ACMEIssuer // in the order in which they are tried
	loaded   map[string]string       // what is stored about the certificate of a domain
	started  bool
	leaves   []*x509.Certificate
}

func newAuthority(config Config, log *slog.Logger, failures prometheus.Counter) *authority {
	a := &authority{config: config, log: log, failures: failures, loaded: map[string]string{}}
	logger := zap.New(logCore{log.Handler()})
	renew := poll
	if config.lent() {
		renew = never
	}
	a.cache = certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert:   func(certmagic.Certificate) (*certmagic.Config, error) { return a.magic, nil },
		RenewCheckInterval: renew,
		Logger:             logger,
	})
	a.magic = certmagic.New(a.cache, certmagic.Config{
		Storage:           &certmagic.FileStorage{Path: config.Folder},
		Issuers:           []certmagic.Issuer{}, // For nil, certmagic asks its own.
		DefaultServerName: config.Domains[0],
		OCSP:              certmagic.OCSPConfig{DisableStapling: config.lent()}, // who is revoked is renewed
		Logger:            logger,
		ShouldEmitFunc:    func(event string) bool { return event == failed || event == obtained },
		OnEvent:           a.happened,
	})
	first := certmagic.ACMEIssuer{
		CA: config.Directory, Email: config.Email, Agreed: true,
		DisableHTTPChallenge: config.RedirectAddr == "",
		Logger:               logger,
	}
	a.add(first)
	if config.Directory == "" && config.Email != "" {
		second := first
		second.CA, second.NewAccountFunc = certmagic.ZeroSSLProductionCA, zeroSSL(zeroSSLAccounts).bind
		a.add(second)
	}
	return a
}

// happened takes certmagic's events.
func (a *authority) happened(_ context.Context, event string, _ map[string]any) error {
	switch {
	case event == failed:
		a.failures.Inc()
	case event == obtained && a.config.Obtained != nil:
		a.config.Obtained()
	}
	return nil
}

// checkFolder says at once what would otherwise fail after the authority has done its part.
func checkFolder(folder string) error {
	err := os.MkdirAll(folder, 0o700)
	if err == nil {
		var probe *os.File
		if probe, err = os.CreateTemp(folder, ".probe-"); err == nil {
			return errors.Join(probe.Close(), os.Remove(probe.Name()))
		}
	}
	return fmt.Errorf("ACME_FOLDER is where keys and certificates are kept, and cannot be written: %w", err)
}

func (a *authority) add(template certmagic.ACMEIssuer) {
	issuer := certmagic.NewACMEIssuer(a.magic, template)
	a.issuers = append(a.issuers, issuer)
	a.magic.Issuers = append(a.magic.Issuers, issuer)
}

// loadWithin is how long it may take to load certificates: some have a status that their authority is asked for.
const loadWithin = 5 * time.Second

// load takes what is new in the folder: at first, so that the first clients find it.
func (a *authority) load(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, loadWithin)
	defer cancel()
	for _, domain := range a.config.Domains {
		stored := a.stored(ctx, domain)
		if stored == a.loaded[domain] {
			continue
		}
		a.loaded[domain] = stored
		fresh, err := a.magic.CacheManagedCertificate(ctx, domain)
		if err != nil {
			a.failures.Inc()
			a.log.Warn("a certificate that was obtained before is not used", "domain", domain, "error", err)
			continue
		}
		a.supersede(domain, fresh)
	}
}

// stored is what is kept about the certificate of a domain. It is written when the certificate and its key are
// there.
func (a *authority) stored(ctx context.Context, domain string) string {
	var all []byte
	for _, issuer := range a.issuers {
		text, err := a.magic.Storage.Load(ctx, certmagic.StorageKeys.SiteMeta(issuer.IssuerKey(), domain))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			a.log.Warn("what is known about a certificate cannot be read", "domain", domain, "error", err)
		}
		all = append(all, text...)
	}
	return string(all)
}

// supersede drops the certificates of a domain before the fresh one.
func (a *authority) supersede(domain string, fresh certmagic.Certificate) {
	for _, other := range a.cache.AllMatchingCertificates(domain) {
		if other.Hash() != fresh.Hash() {
			a.cache.Remove([]string{other.Hash()})
		}
	}
}

// manage begins to obtain and renew, now that the authority finds somebody at addr when it calls back:
// before, certmagic would listen there itself.
func (a *authority) manage(ctx context.Context, addr net.Addr) {
	host, port, _ := net.SplitHostPort(addr.String())
	_, redirectPort, _ := net.SplitHostPort(a.config.RedirectAddr)
	for _, issuer := range a.issuers {
		issuer.ListenHost = host
		issuer.AltTLSALPNPort, _ = strconv.Atoi(port)
		issuer.AltHTTPPort, _ = strconv.Atoi(redirectPort)
	}
	a.log.Info("asking for certificates", "domains", a.config.Domains, "authority", a.issuers[0].CA)
	if err := a.magic.ManageAsync(ctx, a.config.Domains); err != nil {
		a.log.Error("certificates cannot be obtained", "domains", a.config.Domains, "error", err)
	}
}

// challenge answers the authority over plain HTTP (RFC 8555 §8.3).
func (a *authority) challenge() http.Handler {
	handler := http.NotFoundHandler()
	for _, issuer := range slices.Backward(a.issuers) {
		handler = issuer.HTTPChallengeHandler(handler)
	}
	return handler
}

func (a *authority) refresh(time.Time) (*identity, error) {
	level, what := slog.LevelInfo, "the certificate is obtained"
	if a.config.lent() {
		level, what = slog.LevelDebug, "the certificate is loaded"
		a.load(context.Background())
	}
	leaves := a.current()
	if a.started && slices.EqualFunc(leaves, a.leaves, (*x509.Certificate).Equal) {
		return nil, nil
	}
	for _, leaf := range leaves {
		if !slices.ContainsFunc(a.leaves, leaf.Equal) {
			a.log.Log(context.Background(), level, what, "names", names(leaf), "serial", serial(leaf), "expires", leaf.NotAfter)
		}
	}
	a.started, a.leaves = true, leaves
	return &identity{certificate: a.magic.GetCertificate, leaves: leaves, protocols: []string{acmez.ACMETLS1Protocol}}, nil
}

// current are the certificates of the domains, as far as they are there.
func (a *authority) current() []*x509.Certificate {
	var leaves []*x509.Certificate
	for _, domain := range a.config.Domains {
		var latest *x509.Certificate
		for _, certificate := range a.cache.AllMatchingCertificates(domain) {
			if latest == nil || certificate.Leaf.NotAfter.After(latest.NotAfter) {
				latest = certificate.Leaf
			}
		}
		if latest != nil {
			leaves = append(leaves, latest)
		}
	}
	return leaves
}
