package tlsboot

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// ownData gives the test a data folder of its own.
func ownData(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	t.Setenv("XDG_DATA_HOME", folder)
	t.Setenv("CAROOT", "")
	return folder
}

func devConfig() Config {
	log, _ := logged()
	return Config{Mode: Dev, Name: "board", Addr: "localhost:0", Local: true, Log: log}
}

func trusted(t *testing.T, rootCA string) *x509.CertPool {
	t.Helper()
	text, err := os.ReadFile(rootCA)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		t.Fatalf("%s holds no certificate", rootCA)
	}
	return pool
}

func TestDev(t *testing.T) {
	data := ownData(t)
	certificates := open(t, devConfig())
	root := filepath.Join(data, "board", "ca", "rootCA.pem")
	pool := trusted(t, root)
	for _, host := range []string{"localhost", "127.0.0.1", "::1", "board.localhost"} {
		if _, err := connect(t, certificates, &tls.Config{RootCAs: pool, ServerName: host}); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	if _, err := connect(t, certificates, &tls.Config{RootCAs: pool, ServerName: "bank.example"}); err == nil {
		t.Error("the server poses as bank.example")
	}
	if info, err := os.Stat(filepath.Join(data, "board", "ca", "rootCA-key.pem")); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the key of the CA: %v %v", info.Mode(), err)
	}
	before, _ := os.ReadFile(root)
	open(t, devConfig())
	if after, _ := os.ReadFile(root); !bytes.Equal(before, after) {
		t.Error("the next start makes another CA")
	}
}

func TestDevKeyThatOthersRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have other rights here")
	}
	key := filepath.Join(ownData(t), "board", "ca", "rootCA-key.pem")
	warned := func() string {
		config := devConfig()
		log, text := logged()
		config.Log = log
		open(t, config)
		return text.String()
	}
	if got := warned(); strings.Contains(got, "level=WARN") {
		t.Errorf("a new CA is warned of: %s", got)
	}
	if err := os.Chmod(key, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := warned(); !strings.Contains(got, "level=WARN") || !strings.Contains(got, "every user of this machine can read the key of the CA in "+key) {
		t.Errorf("the log says %s", got)
	}
}

func TestDevRenews(t *testing.T) {
	ownData(t)
	certificates := open(t, devConfig())
	now := time.Now()
	seen := func(after time.Duration) *x509.Certificate {
		certificates.keep(now.Add(after))
		return certificates.state.Load().leaves[0]
	}
	first := seen(0)
	if life := first.NotAfter.Sub(now).Round(time.Hour); life != 90*day {
		t.Errorf("it lives for %v, want 90 days", life)
	}
	if seen(59*day) != first {
		t.Error("it is renewed after 59 days already")
	}
	second := seen(61 * day)
	if second == first || second.NotAfter.Sub(now).Round(time.Hour) != 151*day {
		t.Errorf("it is not renewed after 61 days; it ends on %v", second.NotAfter)
	}
}

func TestDevTakesTheCAOfMkcert(t *testing.T) {
	data := ownData(t)
	if err := caFolder(filepath.Join(data, "mkcert")).create(time.Now()); err != nil {
		t.Fatal(err)
	}
	certificates := open(t, devConfig())
	pool := trusted(t, filepath.Join(data, "mkcert", "rootCA.pem"))
	if _, err := connect(t, certificates, &tls.Config{RootCAs: pool, ServerName: "localhost"}); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(data, "board")); err == nil {
		t.Error("there is another CA")
	}
}

func TestDevServesAnotherHost(t *testing.T) {
	data := ownData(t)
	config := devConfig()
	config.Addr, config.Local, config.DevAnywhere = "192.0.2.7:8443", false, true
	certificates := open(t, config)
	pool := trusted(t, filepath.Join(data, "board", "ca", "rootCA.pem"))
	if _, err := connect(t, certificates, &tls.Config{RootCAs: pool, ServerName: "192.0.2.7"}); err != nil {
		t.Error(err)
	}
}

// TestDevStartsTogether holds that programs that start together have one CA.
func TestDevStartsTogether(t *testing.T) {
	ownData(t)
	var all sync.WaitGroup
	roots := make([]string, 8)
	for i := range roots {
		all.Go(func() {
			ca, _, err := openCA(devFolders("board"), time.Now())
			if err != nil {
				t.Error(err)
				return
			}
			roots[i] = serial(ca.Leaf)
		})
	}
	all.Wait()
	for _, root := range roots {
		if root != roots[0] {
			t.Fatalf("the CAs are %v", roots)
		}
	}
}

func TestDevErrors(t *testing.T) {
	tests := map[string]struct {
		prepare func(t *testing.T, data string)
		want    string
	}{
		"a damaged CA": {func(t *testing.T, data string) {
			t.Helper()
			open(t, devConfig())
			write(t, filepath.Join(data, "board", "ca", "rootCA-key.pem"), "no key")
		}, "cannot be used, remove the folder to have a new one"},
		"a CA without its key": {func(t *testing.T, data string) {
			t.Helper()
			open(t, devConfig())
			remove(t, filepath.Join(data, "board", "ca", "rootCA-key.pem"))
		}, "has no rootCA-key.pem, remove the folder to have a new one"},
		"a CA without its certificate": {func(t *testing.T, data string) {
			t.Helper()
			open(t, devConfig())
			remove(t, filepath.Join(data, "board", "ca", "rootCA.pem"))
		}, "has no rootCA.pem, remove the folder to have a new one"},
		"an old CA": {func(t *testing.T, data string) {
			t.Helper()
			if err := caFolder(filepath.Join(data, "board", "ca")).create(time.Now().Add(-caLife)); err != nil {
				t.Fatal(err)
			}
		}, "has no 90 days left, remove the folder to have a new one"},
		"a file in the way": {func(t *testing.T, data string) {
			t.Helper()
			write(t, filepath.Join(data, "board"), "")
		}, "not a directory"},
		"no folder": {func(t *testing.T, _ string) {
			t.Helper()
			t.Setenv("XDG_DATA_HOME", "")
			t.Setenv("HOME", "")
			t.Setenv("LOCALAPPDATA", "")
		}, "set HOME or XDG_DATA_HOME"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.prepare(t, ownData(t))
			_, err := Open(devConfig())
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func TestChromiumTrusts(t *testing.T) {
	program, err := exec.LookPath("certutil")
	if err != nil || runtime.GOOS != "linux" {
		t.Skip("there is no certutil to write Chromium's database with")
	}
	database := filepath.Join(ownData(t), "pki", "nssdb")
	certutil := func(args ...string) string {
		text, err := exec.Command(program, append(args, "-d", "sql:"+database)...).CombinedOutput()
		if err != nil {
			t.Fatalf("certutil %v: %v\n%s", args, err, text)
		}
		return string(text)
	}
	ca, folder, err := openCA(devFolders("board"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := trustChromium(ca, folder); err != nil {
		t.Errorf("without a Chromium: %v", err)
	}
	if err := os.MkdirAll(database, 0o700); err != nil {
		t.Fatal(err)
	}
	certutil("-N", "--empty-password")
	if err := trustChromium(ca, folder); err != nil {
		t.Fatal(err)
	}
	if list := certutil("-L"); !strings.Contains(list, ca.Leaf.Subject.CommonName) || !strings.Contains(list, "C,,") {
		t.Errorf("Chromium's database has %s", list)
	}
}

func TestPrintTrust(t *testing.T) {
	root := filepath.Join(ownData(t), "board", "ca", "rootCA.pem")
	for range 2 {
		var text bytes.Buffer
		if err := PrintTrust(&text, "board"); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text.String(), root) || !strings.Contains(text.String(), "board cert --install") || strings.Contains(text.String(), "%!") {
			t.Errorf("the command prints %s", &text)
		}
		trusted(t, root)
	}
}
