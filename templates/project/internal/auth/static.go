// Package auth says who may pass the security schemes of the document, and keeps passwords.
// Each scheme is one function here: replace the static credential that it accepts by what your
// users really have.
package auth

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"gen/templates/project/internal/web"
)

// UserPassword is "user:password".
type UserPassword string

// Check refuses a value without a colon; it does not repeat the value.
func (c UserPassword) Check() error {
	if user, _, found := strings.Cut(string(c), ":"); c != "" && (!found || user == "") {
		return errors.New("is not a credential: want user:password")
	}
	return nil
}

// Token is an opaque credential.
type Token string

// Check refuses what a header cannot carry; it does not repeat the value.
func (t Token) Check() error {
	if strings.ContainsFunc(string(t), func(r rune) bool { return r <= ' ' || r > '~' }) {
		return errors.New("is not a token: want printable ASCII characters without spaces")
	}
	return nil
}

// Static makes schemes that accept one credential, the value of a setting.
//
// Without a value, a server that only this machine can reach makes a credential for the run, and
// web.Server logs how to use it; any other lets nobody in, and says so.
type Static struct {
	// Local says that the server listens on a loopback address.
	Local bool
	Log   *slog.Logger
	// Secret is what several processes have in common that make the same credentials; "" for one alone.
	Secret string
}

// Basic accepts a user and a password (RFC 7617). The principal is the user.
func (s Static) Basic(setting string, credential UserPassword) web.Scheme {
	value, made := s.valueOr(setting, string(credential), "dev:")
	scheme := web.Scheme{
		Challenge: `Basic realm="api", charset="UTF-8"`,
		Authenticate: func(r *http.Request, _ []string) (string, error) {
			user, password, ok := r.BasicAuth()
			if !ok || !equal(user+":"+password, value) {
				return "", web.ErrUnauthenticated
			}
			return user, nil
		},
	}
	if made {
		scheme.Try = "-u " + value
	}
	return scheme
}

// Bearer accepts a token in Authorization (RFC 6750); so do OAuth 2 and OpenID Connect.
func (s Static) Bearer(setting string, token Token) web.Scheme {
	scheme := s.token(setting, token, "-H 'Authorization: Bearer %s'", bearerToken)
	scheme.Challenge = "Bearer"
	return scheme
}

// Header accepts an API key in a header.
func (s Static) Header(setting, name string, key Token) web.Scheme {
	return s.token(setting, key, "-H '"+name+": %s'", func(r *http.Request) string { return r.Header.Get(name) })
}

// Query accepts an API key in a query parameter.
func (s Static) Query(setting, name string, key Token) web.Scheme {
	return s.token(setting, key, "-G -d "+name+"=%s", func(r *http.Request) string { return r.URL.Query().Get(name) })
}

func (s Static) token(setting string, token Token, try string, find func(*http.Request) string) web.Scheme {
	value, made := s.valueOr(setting, string(token), "")
	scheme := web.Scheme{
		Authenticate: func(r *http.Request, _ []string) (string, error) {
			if !equal(find(r), value) {
				return "", web.ErrUnauthenticated
			}
			return setting, nil
		},
	}
	if made {
		scheme.Try = fmt.Sprintf(try, value)
	}
	return scheme
}

// valueOr returns the configured credential, else one for this run that begins with a prefix, else "", which nobody
// has.
func (s Static) valueOr(setting, configured, prefix string) (value string, made bool) {
	switch {
	case configured != "":
		return configured, false
	case s.Local:
		return prefix + s.forThisRun(setting), true
	}
	s.Log.Warn("nobody is let in: " + setting + " is not set, and others than this machine can reach the server")
	return "", false
}

// forThisRun makes a credential of 128 bits.
func (s Static) forThisRun(setting string) string {
	if s.Secret == "" {
		return rand.Text()
	}
	key, err := hkdf.Key(sha256.New, []byte(s.Secret), nil, setting, 16)
	if err != nil {
		panic(err) // Only for lengths that SHA-256 cannot give.
	}
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(key)
}

func bearerToken(r *http.Request) string {
	kind, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// equal takes the same time for all values, of any length, and is never true for an empty one.
func equal(given, wanted string) bool {
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(wanted))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1 && wanted != ""
}
