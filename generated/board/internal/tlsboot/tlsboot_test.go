package tlsboot

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

func TestReload(t *testing.T) {
	ca := newIssuer(t, nil)
	dir := t.TempDir()
	first, second, bad := ca.sign(t), ca.sign(t), ca.sign(t)
	first.write(t, dir)
	certificates := open(t, fromFiles(dir))
	wants := func(when string, current issued, failures float64) {
		t.Helper()
		certificates.keep(time.Now())
		if got := shown(t, certificates, ca); got != current.serial(t) {
			t.Errorf("%s clients see %s, want %s", when, got, current.serial(t))
		}
		if got := metric(t, certificates, "tls_certificate_failures_total"); got != failures {
			t.Errorf("%s there are %v failures, want %v", when, got, failures)
		}
		if got := metric(t, certificates, "tls_certificate_expiry_timestamp_seconds"); got != float64(current.pair(t).Leaf.NotAfter.Unix()) {
			t.Errorf("%s the certificate ends at %v", when, got)
		}
	}
	wants("at first", first, 0)
	second.write(t, dir)
	wants("after a change", second, 0)
	issued{bad.cert, first.key}.write(t, dir)
	wants("after a bad change", second, 1)
	wants("still after a bad change", second, 1)
	issued{"half a certif", bad.key}.write(t, dir)
	wants("after another bad change", second, 2)
	if err := os.Remove(filepath.Join(dir, "tls.key")); err != nil {
		t.Fatal(err)
	}
	wants("without a key", second, 3)
	second.write(t, dir)
	wants("after the bad change is undone", second, 3)
	first.write(t, dir)
	wants("after a good change", first, 3)
}

// TestSymlinkSwap does what Kubernetes does where a mounted secret changes.
func TestSymlinkSwap(t *testing.T) {
	ca := newIssuer(t, nil)
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	swap := func(folder string, pair issued) {
		t.Helper()
		if err := os.Mkdir(at(folder), 0o700); err != nil {
			t.Fatal(err)
		}
		pair.write(t, at(folder))
		link(t, folder, at("..data_tmp"))
		if err := os.Rename(at("..data_tmp"), at("..data")); err != nil {
			t.Fatal(err)
		}
	}
	first, second := ca.sign(t), ca.sign(t)
	swap("..1", first)
	link(t, filepath.Join("..data", "tls.crt"), at("tls.crt"))
	link(t, filepath.Join("..data", "tls.key"), at("tls.key"))
	certificates := open(t, fromFiles(dir))
	if got := shown(t, certificates, ca); got != first.serial(t) {
		t.Errorf("clients see %s, want %s", got, first.serial(t))
	}
	swap("..2", second)
	if err := os.RemoveAll(at("..1")); err != nil {
		t.Fatal(err)
	}
	certificates.keep(time.Now())
	if got := shown(t, certificates, ca); got != second.serial(t) {
		t.Errorf("after the swap clients see %s, want %s", got, second.serial(t))
	}
}

func link(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path); err != nil {
		t.Skip("no symlinks here:", err)
	}
}

// lines has the messages of a log.
type lines chan string

func (l lines) Write(text []byte) (int, error) {
	l <- string(text)
	return len(text), nil
}

// hangUp sends this process the signal.
func hangUp(t *testing.T) {
	t.Helper()
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Signal(syscall.SIGHUP)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestSIGHUP(t *testing.T) {
	// So that a signal that comes too early does not end the test.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGHUP)
	defer signal.Stop(signals)

	ca := newIssuer(t, nil)
	dir := t.TempDir()
	ca.sign(t).write(t, dir)
	config, log := fromFiles(dir), make(lines, 10)
	config.Log = slog.New(slog.NewTextHandler(log, nil))
	certificates := open(t, config)
	<-log // It is loaded.
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { certificates.Run(ctx); close(done) }()

	next := ca.sign(t)
	next.write(t, dir)
	again := time.NewTicker(10 * time.Millisecond) // Run may not listen for signals yet.
	defer again.Stop()
	late := time.After(poll / 2)
	for loaded := false; !loaded; {
		select {
		case <-log:
			loaded = true
		case <-again.C:
			hangUp(t)
		case <-late:
			t.Fatal("SIGHUP loads nothing")
		}
	}
	cancel()
	<-done
	if got := shown(t, certificates, ca); got != next.serial(t) {
		t.Errorf("clients see %s, want %s", got, next.serial(t))
	}
}

func TestUntilHangup(t *testing.T) {
	if signal.Ignored(syscall.SIGHUP) {
		t.Skip("nohup started this test")
	}
	seen := make(chan os.Signal, 1) // which also keeps the signal from ending the test
	signal.Notify(seen, syscall.SIGHUP)
	defer signal.Stop(seen)
	for mode, ends := range map[Mode]bool{"": true, Off: true, Dev: true, Files: false, ACME: false} {
		ctx, stop := (&Certificates{config: Config{Mode: mode}}).UntilHangup(t.Context())
		hangUp(t)
		<-seen
		if ends {
			select {
			case <-ctx.Done():
			case <-time.After(poll):
			}
		}
		if ended := ctx.Err() != nil; ended != ends {
			t.Errorf("with --tls %s a hangup ends the server: %v", mode, ended)
		}
		stop()
	}
}

func TestPolicy(t *testing.T) {
	ca := newIssuer(t, nil)
	dir := t.TempDir()
	ca.sign(t).write(t, dir)
	certificates := open(t, fromFiles(dir))
	client := func(change func(*tls.Config)) *tls.Config {
		config := &tls.Config{RootCAs: ca.pool(), ServerName: "board.test", NextProtos: []string{"h2", "http/1.1"}}
		change(config)
		return config
	}
	tests := map[string]struct {
		client *tls.Config
		want   string // "" for refused
	}{
		"a browser": {client(func(*tls.Config) {}), "TLS 1.3 X25519MLKEM768 h2"},
		"of 2017": {client(func(c *tls.Config) {
			c.MaxVersion, c.CurvePreferences, c.NextProtos = tls.VersionTLS12, []tls.CurveID{tls.X25519}, []string{"http/1.1"}
		}), "TLS 1.2 X25519 http/1.1"},
		"TLS 1.1": {client(func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 }), ""},
		"CBC": {client(func(c *tls.Config) {
			c.MaxVersion = tls.VersionTLS12
			c.CipherSuites = []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, tls.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA}
		}), ""},
		"no forward secrecy": {client(func(c *tls.Config) {
			c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_RSA_WITH_AES_128_GCM_SHA256}
		}), ""},
		"another protocol": {client(func(c *tls.Config) { c.NextProtos = []string{"smtp"} }), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			state, err := connect(t, certificates, test.client)
			got := ""
			if err == nil {
				got = fmt.Sprintf("%s %s %s", tls.VersionName(state.Version), state.CurveID, state.NegotiatedProtocol)
			}
			if got != test.want {
				t.Errorf("got %q (%v), want %q", got, err, test.want)
			}
		})
	}
}

func TestHosts(t *testing.T) {
	dir := t.TempDir()
	ca := newIssuer(t, nil)
	ca.sign(t).write(t, dir)
	certificates := open(t, fromFiles(dir))
	hosts := certificates.Web().Hosts
	if got := hosts(); !slices.Equal(got, []string{"board.test"}) {
		t.Errorf("the hosts are %v", got)
	}
	ca.sign(t, func(c *x509.Certificate) { c.DNSNames = []string{"shop.test"} }).write(t, dir)
	certificates.keep(time.Now())
	if got := hosts(); !slices.Equal(got, []string{"shop.test"}) {
		t.Errorf("after a reload the hosts are %v", got)
	}
}

// metric is a value as Prometheus would read it.
func metric(t *testing.T, certificates *Certificates, name string) float64 {
	t.Helper()
	registry := prometheus.NewPedanticRegistry()
	if err := registry.Register(certificates); err != nil {
		t.Fatal(err)
	}
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		if family.GetName() == name {
			one := family.GetMetric()[0]
			return one.GetGauge().GetValue() + one.GetCounter().GetValue()
		}
	}
	t.Fatalf("there is no metric %s", name)
	return 0
}
