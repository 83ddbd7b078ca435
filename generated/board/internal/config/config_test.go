package config

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/board/internal/auth"
	"example.com/board/internal/tlsboot"
)

type credentials struct {
	Door auth.UserPassword `name:"auth-door" env:"AUTH_DOOR" placeholder:"USER:PASSWORD" help:"Who may pass door."`
}

// clean takes this package's variables out of the environment of a test.
func clean(t *testing.T) {
	t.Helper()
	for _, name := range []string{
		"ADDR", "DATABASE_URL", "ADMIN_ADDR", "LAME_DUCK", "DRAIN_TIMEOUT", "MAX_BODY", "TRUSTED_PROXIES",
		"SESSION_STORE", "SESSION_IDLE", "SESSION_LIFETIME", "TRUSTED_ORIGINS",
		"TLS", "TLS_CERT", "TLS_KEY", "TLS_CLIENT_CA", "TLS_DEV_ANYWHERE",
		"ACME_DOMAINS", "ACME_EMAIL", "ACME_DIRECTORY", "ACME_FOLDER", "REDIRECT_ADDR",
		"WORKERS", "WORKER_MEMORY", "RUN_DIR",
		"LOG_LEVEL", "LOG_FORMAT", "LOG_FILE", "VALIDATE_RESPONSES", "TRACE_OPERATIONS", "AUTH_DOOR",
	} {
		t.Setenv(name, "")
		if err := os.Unsetenv(name); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDefaults(t *testing.T) {
	clean(t)
	for _, args := range [][]string{{}, {"serve"}} {
		cfg, err := Parse("board", args, &bytes.Buffer{}, &struct{}{})
		if err != nil {
			t.Fatal(err)
		}
		web := cfg.Web(nil)
		if web.Addr != "localhost:8080" || cfg.DatabaseURL != "sqlite:board.db" || web.AdminAddr != "" ||
			web.LameDuck != 2*time.Second || web.DrainTimeout != 30*time.Second || web.MaxBody != 8<<20 ||
			len(web.TrustedProxies) != 0 || len(web.TrustedOrigins) != 0 || web.ValidateResponses || web.TraceOperations || web.Log == nil {
			t.Errorf("%q: %+v", args, cfg)
		}
		sessions := cfg.Session(nil)
		if sessions.Name != "board" || sessions.Store != "database" || sessions.Idle != 30*time.Minute || sessions.Lifetime != 12*time.Hour ||
			sessions.TLS || sessions.Proxied || sessions.Workers != 1 || sessions.Log == nil {
			t.Errorf("%q: %+v", args, sessions)
		}
	}
}

func TestTLS(t *testing.T) {
	clean(t)
	data := t.TempDir()
	t.Setenv("XDG_DATA_HOME", data)
	for name, value := range map[string]string{
		"TLS": "acme", "TLS_CERT": "c", "TLS_KEY": "k", "TLS_CLIENT_CA": "ca", "TLS_DEV_ANYWHERE": "true",
		"ACME_DOMAINS": "a.example,b.example", "ACME_EMAIL": "ann@a.example", "ACME_DIRECTORY": "https://ca.example/dir", "REDIRECT_ADDR": ":80",
	} {
		t.Setenv(name, value)
	}
	cfg, err := Parse("board", nil, &bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	got, want := cfg.TLS(nil), tlsboot.Config{
		Mode: tlsboot.ACME, Name: "board", Addr: "localhost:8443", Local: true, RedirectAddr: ":80", DevAnywhere: true,
		Cert: "c", Key: "k", ClientCA: "ca",
		Domains: []string{"a.example", "b.example"}, Email: "ann@a.example", Directory: "https://ca.example/dir", Folder: "acme",
		Log: cfg.Log,
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b *slog.Logger) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
	if web := cfg.Web(nil); web.Addr != "localhost:8443" || web.RedirectAddr != ":80" || !cfg.Session(nil).TLS {
		t.Errorf("with TLS: %+v %+v", web, cfg.Session(nil))
	}
	var out bytes.Buffer
	if _, err := Parse("board", []string{"cert"}, &out); !errors.Is(err, ErrDone) || !strings.Contains(out.String(), data) {
		t.Errorf("cert prints %s and ends with %v", &out, err)
	}
	if cfg, err := Parse("board", []string{"--addr=:443"}, &out); err != nil || cfg.Addr != ":443" {
		t.Errorf("the address is %v (%v)", cfg, err)
	}
}

func TestFlagsAndVariables(t *testing.T) {
	clean(t)
	for name, value := range map[string]string{
		"ADDR": ":9000", "DATABASE_URL": "sqlite:x.db", "ADMIN_ADDR": "localhost:9001", "LAME_DUCK": "0",
		"DRAIN_TIMEOUT": "1m30s", "MAX_BODY": "500kB", "TRUSTED_PROXIES": "10.1.2.3/8,::1", "LOG_LEVEL": "",
		"SESSION_STORE": "redis+cluster://:secret@a:6379,b:6379", "SESSION_IDLE": "5m", "TRUSTED_ORIGINS": "https://a.example,http://localhost:3000",
		"VALIDATE_RESPONSES": "true", "TRACE_OPERATIONS": "true", "AUTH_DOOR": "ann:secret",
	} {
		t.Setenv(name, value)
	}
	var more credentials
	cfg, err := Parse("board", []string{"serve", "--addr=localhost:0", "--max-body", "1MiB"}, &bytes.Buffer{}, &more)
	if err != nil {
		t.Fatal(err)
	}
	web := cfg.Web(nil)
	if web.Addr != "localhost:0" || web.MaxBody != 1<<20 || cfg.DatabaseURL != "sqlite:x.db" || web.AdminAddr != "localhost:9001" ||
		web.LameDuck != 0 || web.DrainTimeout != 90*time.Second || !web.ValidateResponses || !web.TraceOperations || cfg.LogLevel != "info" || more.Door != "ann:secret" {
		t.Errorf("%+v %+v", cfg, more)
	}
	sessions := cfg.Session(nil)
	if sessions.Store != "redis+cluster://:secret@a:6379,b:6379" || sessions.Idle != 5*time.Minute || !sessions.Proxied {
		t.Errorf("sessions are %+v", sessions)
	}
	if !slices.Equal(web.TrustedOrigins, []string{"https://a.example", "http://localhost:3000"}) {
		t.Errorf("origins are %v", web.TrustedOrigins)
	}
	want := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	if !slices.Equal(web.TrustedProxies, want) {
		t.Errorf("proxies are %v", web.TrustedProxies)
	}
}

func TestBadSettings(t *testing.T) {
	tests := []struct{ setting, flag, value, want string }{
		{"ADDR", "addr", "8080", "host:port"},
		{"ADDR", "addr", "localhost:http", "host:port"},
		{"ADDR", "addr", "localhost:65536", "host:port"},
		{"ADMIN_ADDR", "admin-addr", "9001", "host:port"},
		{"LAME_DUCK", "lame-duck", "5", "2s"},
		{"DRAIN_TIMEOUT", "drain-timeout", "-5s", "2s"},
		{"MAX_BODY", "max-body", "8 potatoes", "8MiB"},
		{"MAX_BODY", "max-body", "0", "8MiB"},
		{"MAX_BODY", "max-body", "8T", "8MiB"},
		{"WORKERS", "workers", "1000000", "it has to be between 1 and"},
		{"MAX_BODY", "max-body", "9999999999GiB", "8MiB"},
		{"TRUSTED_PROXIES", "trusted-proxies", "10.0.0.0/33", "10.0.0.0/8"},
		{"SESSION_STORE", "session-store", "hunter2", "redis://"},
		{"SESSION_STORE", "session-store", "redis+sentinel://:hunter2@a:1,b:2", "/MASTER"},
		{"SESSION_STORE", "session-store", "redis://:hunter2@localhost:no", "redis://HOST"},
		{"SESSION_STORE", "session-store", "redis://localhost/0?nope=hunter2", "redis://HOST"},
		{"SESSION_STORE", "session-store", "redis+ring://localhost", "redis+cluster://"},
		{"SESSION_IDLE", "session-idle", "0", "30m"},
		{"SESSION_LIFETIME", "session-lifetime", "forever", "12h"},
		{"TRUSTED_ORIGINS", "trusted-origins", "shop.example", "https://shop.example"},
		{"TRUSTED_ORIGINS", "trusted-origins", "https://shop.example/path", "https://shop.example"},
		{"TLS", "tls", "on", `"files"`},
		{"ACME_DIRECTORY", "acme-directory", "http://ca.example/directory", "https://ca.example/acme/directory"},
		{"REDIRECT_ADDR", "redirect-addr", "80", "host:port"},
		{"LOG_LEVEL", "log-level", "loud", `"warn"`},
		{"LOG_FORMAT", "log-format", "xml", `"json"`},
		{"VALIDATE_RESPONSES", "validate-responses", "maybe", "true"},
		{"AUTH_DOOR", "auth-door", "hunter2", "user:password"},
	}
	check := func(t *testing.T, want, flag, setting string, args ...string) {
		t.Helper()
		_, err := Parse("board", args, &bytes.Buffer{}, &credentials{})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "--"+flag) ||
			strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", setting, err)
		}
	}
	for _, test := range tests {
		t.Run(test.setting+"="+test.value, func(t *testing.T) {
			clean(t)
			check(t, test.want, test.flag, "flag", "--"+test.flag+"="+test.value)
			t.Setenv(test.setting, test.value)
			check(t, test.want, test.flag, "variable")
		})
	}
	clean(t)
	for _, args := range [][]string{{"--nope"}, {"serv"}, {"serve", "x"}} {
		if _, err := Parse("board", args, &bytes.Buffer{}); err == nil || errors.Is(err, ErrDone) {
			t.Errorf("%q: %v", args, err)
		}
	}
}

func TestOneAddressForEach(t *testing.T) {
	tests := []struct {
		args []string
		want string // "" for no error
	}{
		{[]string{"--addr=localhost:9000", "--redirect-addr=localhost:9000"}, "REDIRECT_ADDR localhost:9000 is where ADDR localhost:9000 listens: choose another port"},
		{[]string{"--addr=:9000", "--admin-addr=localhost:9000"}, "ADMIN_ADDR localhost:9000 is where ADDR :9000 listens: choose another port"},
		{[]string{"--admin-addr=0.0.0.0:9000", "--redirect-addr=:9000"}, "REDIRECT_ADDR :9000 is where ADMIN_ADDR 0.0.0.0:9000 listens: choose another port"},
		{[]string{"--admin-addr=127.0.0.1:8080"}, "ADMIN_ADDR 127.0.0.1:8080 is where ADDR localhost:8080 listens: choose another port"},
		{[]string{"--addr=127.0.0.1:9000", "--admin-addr=[::1]:9000"}, ""},
		{[]string{"--addr=:0", "--admin-addr=:0", "--redirect-addr=:0"}, ""},
		{[]string{"--addr=192.0.2.1:443", "--admin-addr=192.0.2.2:443", "--redirect-addr=192.0.2.1:80"}, ""},
	}
	clean(t)
	for _, test := range tests {
		_, err := Parse("board", test.args, &bytes.Buffer{})
		if got := fmt.Sprint(err); got != test.want && (test.want != "" || err != nil) {
			t.Errorf("%q\ngot  %s\nwant %s", test.args, got, test.want)
		}
	}
}

func TestDone(t *testing.T) {
	clean(t)
	for command, want := range map[string]string{
		"version": "board ",
		"--help":  "--auth-door=USER:PASSWORD",
	} {
		var out bytes.Buffer
		if _, err := Parse("board", []string{command}, &out, &credentials{}); !errors.Is(err, ErrDone) {
			t.Errorf("%s: %v", command, err)
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s prints %s", command, out.String())
		}
	}
}

func TestHelpNamesEverySetting(t *testing.T) {
	clean(t)
	var out bytes.Buffer
	if _, err := Parse("board", []string{"--help"}, &out); !errors.Is(err, ErrDone) {
		t.Fatal(err)
	}
	for _, name := range []string{
		"ADDR", "DATABASE_URL", "ADMIN_ADDR", "LAME_DUCK", "DRAIN_TIMEOUT", "MAX_BODY", "TRUSTED_PROXIES",
		"SESSION_STORE", "SESSION_IDLE", "SESSION_LIFETIME", "TRUSTED_ORIGINS",
		"TLS", "TLS_CERT", "TLS_KEY", "TLS_CLIENT_CA", "TLS_DEV_ANYWHERE",
		"ACME_DOMAINS", "ACME_EMAIL", "ACME_DIRECTORY", "ACME_FOLDER", "REDIRECT_ADDR",
		"LOG_LEVEL", "LOG_FORMAT", "VALIDATE_RESPONSES", "TRACE_OPERATIONS",
	} {
		flag := "--" + strings.ToLower(strings.ReplaceAll(name, "_", "-"))
		if !strings.Contains(out.String(), "$"+name) || !strings.Contains(out.String(), flag) {
			t.Errorf("%s is missing in\n%s", name, out.String())
		}
	}
}

func TestLocal(t *testing.T) {
	for addr, want := range map[Address]bool{
		"localhost:8080": true, "127.0.0.1:0": true, "[::1]:80": true, ":8080": false, "0.0.0.0:80": false, "board.example:80": false,
	} {
		if got := (&Config{Addr: addr}).Local(); got != want {
			t.Errorf("%s: %v", addr, got)
		}
	}
}

func TestLog(t *testing.T) {
	clean(t)
	for format, want := range map[string]string{"auto": `"msg":"loud"`, "json": `"msg":"loud"`, "text": " msg=loud"} {
		var out bytes.Buffer
		cfg, err := Parse("board", []string{"--log-format=" + format, "--log-level=warn"}, &out)
		if err != nil {
			t.Fatal(err)
		}
		cfg.Log.Info("quiet")
		cfg.Log.Warn("loud")
		if text := out.String(); strings.Contains(text, "quiet") || !strings.Contains(text, want) {
			t.Errorf("with %s the log is %s", format, text)
		}
	}
}

func TestSizes(t *testing.T) {
	for text, want := range map[string]Size{
		"1048576": 1 << 20, "512M": 512 << 20, "64m": 64 << 20, "1g": 1 << 30, "10K": 10 << 10, "8MiB": 8 << 20, "500kB": 500_000, "1 GB": 1e9,
	} {
		var got Size
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%s is %d (%v), want %d", text, got, err, want)
		}
	}
}

// TestWorkerMemory holds that a limit is refused under which no worker stays.
func TestWorkerMemory(t *testing.T) {
	clean(t)
	t.Setenv("WORKERS", "2")
	for text, accepted := range map[string]bool{"63M": false, "64m": true} {
		if _, err := Parse("board", []string{"--worker-memory", text}, &bytes.Buffer{}); (err == nil) != accepted {
			t.Errorf("of %s it says %v", text, err)
		}
	}
}
