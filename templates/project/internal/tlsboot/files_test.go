package tlsboot

import (
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/tls"
	"crypto/x509"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestFileErrors(t *testing.T) {
	root := newIssuer(t, nil)
	middle := newIssuer(t, root)
	good, other := middle.sign(t), middle.sign(t)
	with := func(change func(*x509.Certificate)) issued { return middle.sign(t, change) }
	tests := map[string]struct {
		files issued
		want  string
	}{
		"nothing in the certificate": {issued{"", good.key}, "TLS_CERT tls.crt holds no certificate in PEM"},
		"nothing in the key":         {issued{good.cert, "no key"}, "TLS_KEY tls.key holds no private key in PEM"},
		"swapped files":              {issued{good.key, good.cert}, "TLS_CERT tls.crt holds a private key and no certificate: were the files swapped?"},
		"a damaged certificate":      {issued{good.cert + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", good.key}, "certificate 2 in TLS_CERT tls.crt is damaged"},
		"a damaged key":              {issued{good.cert, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"}, "TLS_KEY tls.key is not the key of the certificate in TLS_CERT tls.crt"},
		"a locked key":               {issued{good.cert, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"}, "locked with a passphrase"},
		"another key":                {issued{good.cert, other.key}, "TLS_KEY tls.key is not the key of the certificate in TLS_CERT tls.crt"},
		"the issuer first":           {issued{middle.chain + good.cert, good.key}, "the chain in TLS_CERT tls.crt is out of order: the certificate that TLS_KEY tls.key belongs to must come first"},
		"issuers out of order":       {issued{good.cert + root.chain + middle.chain, good.key}, "certificate 1 (CN=test) is not signed by the one after it"},
		"expired":                    {with(func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }), "the certificate in TLS_CERT tls.crt has expired on "},
		"from the future":            {with(func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Hour) }), "is not valid before "},
		"without a name":             {with(func(c *x509.Certificate) { c.DNSNames = nil }), "names no host as a subject alternative name"},
		"a short key":                {middle.signFor(t, rsaKey(t, 1024)), "the certificate in TLS_CERT tls.crt has an RSA key of 1024 bits, and clients take none below 2048"},
		"for clients":                {with(func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }), "is not one for servers"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			test.files.write(t, ".")
			_, err := Open(fromFiles(""))
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
	t.Run("missing", func(t *testing.T) {
		_, err := Open(fromFiles("/nowhere"))
		if err == nil || err.Error() != "TLS_CERT /nowhere/tls.crt cannot be read: no such file or directory" {
			t.Error(err)
		}
	})
}

// TestAcceptedFiles starts with files that are not in order, beside a process that knows better ones.
func TestAcceptedFiles(t *testing.T) {
	ca := newIssuer(t, nil)
	first, second := ca.sign(t), ca.sign(t)
	t.Chdir(t.TempDir())
	first.write(t, ".")
	config := fromFiles("")
	known := open(t, config)
	config.Accepted = known.Accepted()
	if want := (Texts{Cert: first.cert, Key: first.key}); config.Accepted != want {
		t.Errorf("accepted is %+v", config.Accepted)
	}
	write(t, "tls.key", second.key)
	c := open(t, config)
	if got := shown(t, c, ca); got != shown(t, known, ca) {
		t.Errorf("with half of a new pair clients see %s", got)
	}
	second.write(t, ".")
	if err := c.refresh(time.Now()); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, c, ca); got == shown(t, known, ca) {
		t.Error("the new pair is not shown")
	}
	config.Accepted = Texts{Cert: first.cert, Key: second.key}
	write(t, "tls.key", "")
	if _, err := Open(config); err == nil {
		t.Error("a pair that does not fit is shown")
	}
}

func TestClientCAErrors(t *testing.T) {
	ca := newIssuer(t, nil)
	good := ca.sign(t)
	expired := new(issuer).make(t, nil, func(c *x509.Certificate) {
		c.IsCA, c.BasicConstraintsValid, c.NotAfter = true, true, time.Now().Add(-time.Minute)
	})
	for text, want := range map[string]string{
		"":           "TLS_CLIENT_CA clients.pem holds no certificate in PEM",
		good.cert:    "which is not a CA",
		expired.cert: "in TLS_CLIENT_CA clients.pem has expired on ",
	} {
		t.Chdir(t.TempDir())
		good.write(t, ".")
		write(t, "clients.pem", text)
		config := fromFiles("")
		config.ClientCA = "clients.pem"
		if _, err := Open(config); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestWarnings(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have other rights here")
	}
	ca := newIssuer(t, nil)
	soon := func(c *x509.Certificate) { c.NotAfter = time.Now().Add(13*24*time.Hour + time.Hour) }
	tests := map[string]struct {
		files issued
		addr  string
		mode  os.FileMode
		want  string // "" for no warning
	}{
		"fine":                    {ca.sign(t), "board.test:443", 0o600, ""},
		"any address":             {ca.sign(t), ":443", 0o640, ""},
		"any address, spelled":    {ca.sign(t), "0.0.0.0:443", 0o640, ""},
		"expires soon":            {ca.sign(t, soon), ":443", 0o600, "the certificate in TLS_CERT tls.crt expires in 13 days, on "},
		"another host":            {ca.sign(t), "localhost:443", 0o600, "covers board.test, but not localhost, where the server listens"},
		"another address":         {ca.sign(t), "127.0.0.1:443", 0o600, "covers board.test, but not 127.0.0.1"},
		"a key of P-521":          {ca.signFor(t, ecdsaKey(t, elliptic.P521())), ":443", 0o600, "the certificate in TLS_CERT tls.crt has a key of P-521, which browsers do not take"},
		"a key of P-384":          {ca.signFor(t, ecdsaKey(t, elliptic.P384())), ":443", 0o600, ""},
		"a key of Ed25519":        {ca.signFor(t, ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))), ":443", 0o600, "has a key of Ed25519, which browsers do not take"},
		"a key of RSA":            {ca.signFor(t, rsaKey(t, 2048)), ":443", 0o600, ""},
		"this address":            {ca.sign(t, func(c *x509.Certificate) { c.IPAddresses = []net.IP{{127, 0, 0, 1}} }), "127.0.0.1:443", 0o600, ""},
		"a key that others read":  {ca.sign(t), ":443", 0o644, "every user of this machine can read the key in TLS_KEY tls.key"},
		"a chain in proper order": {issued{cert: ca.chain}, ":443", 0o600, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if test.files.key == "" {
				middle := newIssuer(t, ca)
				test.files = middle.sign(t)
				test.files.cert += middle.chain + ca.chain
			}
			test.files.write(t, ".")
			if err := os.Chmod("tls.key", test.mode); err != nil {
				t.Fatal(err)
			}
			config := fromFiles("")
			log, text := logged()
			config.Addr, config.Log = test.addr, log
			open(t, config)
			switch warned := strings.Contains(text.String(), "level=WARN"); {
			case warned != (test.want != ""), !strings.Contains(text.String(), test.want):
				t.Errorf("got  %s\nwant %s", text, test.want)
			}
		})
	}
}

// TestReminders holds that a certificate that nobody replaces is warned of every day, whatever the
// files hold by now.
func TestReminders(t *testing.T) {
	dir := t.TempDir()
	now := time.Now()
	newIssuer(t, nil).sign(t, func(c *x509.Certificate) { c.NotAfter = now.Add(15*day + time.Hour) }).write(t, dir)
	config := fromFiles(dir)
	log, text := logged()
	config.Log = log
	certificates := open(t, config)
	steps := []struct {
		after time.Duration
		want  string // in a new line, "" for none
	}{
		{day + poll, ""},
		{2*day + 2*poll, "expires in 13 days, on "},
		{2*day + 3*poll, ""},
		{3*day + 2*poll, "expires in 12 days, on "},
		{16 * day, "has expired on "},
		{16*day + poll, ""},
		{17 * day, "has expired on "},
	}
	for _, step := range steps {
		text.Reset()
		certificates.keep(now.Add(step.after))
		if got := strings.Count(text.String(), "level=WARN"); (got == 1) != (step.want != "") || !strings.Contains(text.String(), step.want) {
			t.Errorf("after %v the log says %q, want %q", step.after, text, step.want)
		}
	}
	remove(t, config.Cert)
	certificates.keep(now.Add(17*day + poll))
	text.Reset()
	certificates.keep(now.Add(18 * day))
	if !strings.Contains(text.String(), "has expired on ") {
		t.Errorf("without the file the log says %q", text)
	}
}

func TestMutualTLS(t *testing.T) {
	servers, clients := newIssuer(t, nil), newIssuer(t, nil)
	dir := t.TempDir()
	servers.sign(t).write(t, dir)
	config := fromFiles(dir)
	config.ClientCA = filepath.Join(dir, "clients.pem")
	write(t, config.ClientCA, clients.chain)
	certificates := open(t, config)

	forClients := func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }
	known, stranger := clients.sign(t, forClients), newIssuer(t, nil).sign(t, forClients)
	admitted := func(with ...issued) bool {
		client := &tls.Config{RootCAs: servers.pool(), ServerName: "board.test"}
		client.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			pair := tls.Certificate{}
			for _, one := range with {
				pair = one.pair(t)
			}
			return &pair, nil
		}
		_, err := connect(t, certificates, client)
		return err == nil
	}
	if admitted() || admitted(stranger) || !admitted(known) {
		t.Errorf("without a certificate: %v; with a strange one: %v; with its own: %v", admitted(), admitted(stranger), admitted(known))
	}

	next := newIssuer(t, nil)
	write(t, config.ClientCA, next.chain)
	certificates.keep(time.Now())
	if admitted(known) || !admitted(next.sign(t, forClients)) {
		t.Error("another CA of clients is not taken")
	}
}
