package auth

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"example.com/board/internal/web"
)

func TestStatic(t *testing.T) {
	static := Static{Log: slog.New(slog.DiscardHandler)}
	schemes := map[string]web.Scheme{
		"basic":  static.Basic("AUTH_BASIC", "ann:open:sesame"),
		"bearer": static.Bearer("AUTH_BEARER", "t0ken"),
		"header": static.Header("AUTH_HEADER", "X-API-Key", "t0ken"),
		"query":  static.Query("AUTH_QUERY", "api_key", "t0ken"),
		"unset":  static.Bearer("AUTH_UNSET", ""),
	}
	basic := func(user, password string) string {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.SetBasicAuth(user, password)
		return r.Header.Get("Authorization")
	}
	tests := []struct {
		scheme, header, value, query string
		principal                    string
	}{
		{"basic", "Authorization", basic("ann", "open:sesame"), "", "ann"},
		{"basic", "Authorization", basic("ann", "open"), "", ""},
		{"basic", "Authorization", basic("bob", "open:sesame"), "", ""},
		{"basic", "Authorization", "Basic ???", "", ""},
		{"bearer", "Authorization", "Bearer t0ken", "", "AUTH_BEARER"},
		{"bearer", "Authorization", "bearer t0ken", "", "AUTH_BEARER"},
		{"bearer", "Authorization", "Bearer t0ke", "", ""},
		{"bearer", "Authorization", "Basic t0ken", "", ""},
		{"bearer", "", "", "", ""},
		{"header", "X-Api-Key", "t0ken", "", "AUTH_HEADER"},
		{"header", "", "", "?api_key=t0ken", ""},
		{"query", "", "", "?api_key=t0ken", "AUTH_QUERY"},
		{"query", "", "", "?api_key=", ""},
		{"unset", "Authorization", "Bearer ", "", ""},
		{"unset", "", "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.scheme+" "+test.value+test.query, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/"+test.query, nil)
			if test.header != "" {
				r.Header.Set(test.header, test.value)
			}
			principal, err := schemes[test.scheme].Authenticate(r, nil)
			if principal != test.principal || errors.Is(err, web.ErrUnauthenticated) != (test.principal == "") {
				t.Errorf("got %q, %v", principal, err)
			}
		})
	}
}

func TestStaticUnset(t *testing.T) {
	var log bytes.Buffer
	public := Static{Log: slog.New(slog.NewTextHandler(&log, nil))}
	if try := public.Basic("AUTH_BASIC", "").Try; try != "" {
		t.Errorf("a public server tells to try %q", try)
	}
	if !strings.Contains(log.String(), "AUTH_BASIC is not set") {
		t.Errorf("the log says %q", log.String())
	}

	local := Static{Local: true, Log: slog.New(slog.DiscardHandler)}
	first, second := local.Header("AUTH_KEY", "X-API-Key", ""), local.Header("AUTH_KEY", "X-API-Key", "")
	if first.Try == second.Try {
		t.Error("two runs have the same credential")
	}
	key := strings.TrimSuffix(strings.TrimPrefix(first.Try, "-H 'X-API-Key: "), "'")
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("X-Api-Key", key)
	if _, err := first.Authenticate(r, nil); err != nil {
		t.Errorf("%s is not let in: %v", first.Try, err)
	}
}

func TestCheck(t *testing.T) {
	for _, bad := range []interface{ Check() error }{UserPassword("secret"), UserPassword(":secret"), Token("sec ret"), Token("sécret")} {
		if err := bad.Check(); err == nil || strings.Contains(err.Error(), "cret") {
			t.Errorf("%v: %v", bad, err)
		}
	}
	for _, good := range []interface{ Check() error }{UserPassword(""), UserPassword("ann:"), Token(""), Token("a=b/c+d")} {
		if err := good.Check(); err != nil {
			t.Errorf("%v: %v", good, err)
		}
	}
}

func TestPassword(t *testing.T) {
	ctx := t.Context()
	hash, err := HashPassword(ctx, "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the hash is %s", hash)
	}
	if again, _ := HashPassword(ctx, "correct horse"); again == hash {
		t.Error("two hashes share their salt")
	}
	// A test vector of the reference implementation, with other costs than ours.
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	tests := []struct {
		password, hash string
		want           bool
	}{
		{"correct horse", hash, true},
		{"Correct horse", hash, false},
		{"", hash, false},
		{"", "", false},
		{"password", reference, true},
		{"Password", reference, false},
	}
	for _, test := range tests {
		if got, err := VerifyPassword(ctx, test.password, test.hash); got != test.want || err != nil {
			t.Errorf("%q against %q: %v, %v", test.password, test.hash, got, err)
		}
	}
}

func TestBadHashes(t *testing.T) {
	for _, hash := range []string{
		"plain", "$2b$12$abc", "$argon2i$v=19$m=19456,t=2,p=1$c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=16$m=19456,t=2,p=1$c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=0,p=1$c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=999999999,t=2,p=1$c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$", "$argon2id$v=19$m=19456,t=2,p=1$?$a2V5",
	} {
		if ok, err := VerifyPassword(t.Context(), "x", hash); ok || !errors.Is(err, ErrHash) {
			t.Errorf("%s: %v, %v", hash, ok, err)
		}
	}
}

func TestHashingWaitsForACore(t *testing.T) {
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	defer func() {
		for range cap(hashing) {
			<-hashing
		}
	}()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := HashPassword(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := HashPassword(t.Context(), "x"); !errors.Is(err, ErrBusy) {
		t.Errorf("got %v", err)
	}
	go func() { <-hashing }()
	if _, err := HashPassword(t.Context(), "x"); err != nil {
		t.Errorf("got %v", err)
	}
	hashing <- struct{}{}
}

// TestHashingInAWorker: a process that has one core of several hashes one password at a time.
func TestHashingInAWorker(t *testing.T) {
	if runtime.GOMAXPROCS(0) > 1 {
		again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		again.Env = append(os.Environ(), "GOMAXPROCS=1")
		if text, err := again.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, text)
		}
		return
	}
	if cap(hashing) != 1 {
		t.Errorf("it hashes %d passwords at once", cap(hashing))
	}
}

// TestStaticOfOneSecret holds that processes that share a secret make the same credentials, each setting its own.
func TestStaticOfOneSecret(t *testing.T) {
	try := func(secret, setting string) string {
		static := Static{Local: true, Log: slog.New(slog.DiscardHandler), Secret: secret}
		return static.Bearer(setting, "").Try
	}
	if one, other := try("a", "AUTH_X"), try("a", "AUTH_X"); one != other || len(one) < 26 {
		t.Errorf("of one secret come %q and %q", one, other)
	}
	for _, other := range []string{try("b", "AUTH_X"), try("a", "AUTH_Y"), try("", "AUTH_X"), try("", "AUTH_X")} {
		if other == try("a", "AUTH_X") {
			t.Errorf("%q is made again", other)
		}
	}
}
