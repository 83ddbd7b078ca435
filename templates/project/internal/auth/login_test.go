package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"gen/templates/project/api"
	"gen/templates/project/internal/session"
	"gen/templates/project/internal/store"

	"github.com/labstack/echo/v4"
)

const accountsDDL = `CREATE TABLE IF NOT EXISTS users (
	path     TEXT    PRIMARY KEY,
	parent   TEXT    NOT NULL DEFAULT '',
	seq      INTEGER NOT NULL UNIQUE,
	version  INTEGER NOT NULL,
	created  TEXT    NOT NULL,
	updated  TEXT    NOT NULL,
	data     TEXT    NOT NULL,
	password TEXT
);`

type person struct {
	Name string `json:"name"`
}

// newLogins knows ann, whose password is "correct horse", and bob, who has none.
func newLogins(t *testing.T) Logins[int64, person] {
	t.Helper()
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "test.db"), fstest.MapFS{"sqlite.sql": {Data: []byte(accountsDDL)}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	sessions, err := session.Open(t.Context(), session.Config{Store: "database", Idle: time.Minute, Lifetime: time.Hour}, session.Carriers{}, db)
	if err != nil {
		t.Fatal(err)
	}
	users := store.NewTable[int64](db, store.Def[person]{Name: "users"})
	hash, err := HashPassword(t.Context(), "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	for name, secrets := range map[string][]store.Secret{"ann": {{Column: "password", Value: hash}}, "bob": nil} {
		if _, err := users.Insert(t.Context(), func(int64) person { return person{name} }, secrets...); err != nil {
			t.Fatal(err)
		}
	}
	return NewLogins(users, sessions, "name")
}

// within runs do in a request.
func (l Logins[K, T]) within(do func(ctx context.Context) error) error {
	c := echo.New().NewContext(httptest.NewRequest(http.MethodPost, "/", nil), httptest.NewRecorder())
	return l.sessions.Middleware(func(c echo.Context) error { return do(c.Request().Context()) })(c)
}

func TestLogIn(t *testing.T) {
	logins := newLogins(t)
	said := map[string]bool{}
	for _, test := range []struct {
		name, password string
		ok             bool
	}{
		{"ann", "correct horse", true},
		{"ann", "wrong horse", false},
		{"ann", "", false},
		{"bob", "", false},
		{"bob", "correct horse", false},
		{"eve", "correct horse", false},
		{"", "correct horse", false},
	} {
		err := logins.within(func(ctx context.Context) error {
			id, account, err := logins.Verify(ctx, test.name, test.password)
			if err == nil {
				err = session.Login(ctx, id)
			}
			id, ok := session.User[int64](ctx)
			if ok != test.ok || test.ok && (id == 0 || account.Value.Name != test.name) {
				t.Errorf("%+v: user %d, %v", test, id, account)
			}
			return err
		})
		var answer *api.Error
		switch {
		case test.ok && err != nil:
			t.Errorf("%+v: %v", test, err)
		case !test.ok && (!errors.As(err, &answer) || answer.Status != http.StatusUnauthorized):
			t.Errorf("%+v: %v", test, err)
		case !test.ok:
			said[fmt.Sprint(answer)] = true
		}
	}
	if len(said) != 1 {
		t.Errorf("the answers tell failures apart: %v", said)
	}
}

// TestUnknownAccountsTakeAsLong holds that time does not tell who has an account.
func TestUnknownAccountsTakeAsLong(t *testing.T) {
	logins := newLogins(t)
	took := map[string][]time.Duration{}
	for range 7 {
		for _, name := range []string{"ann", "eve"} {
			began := time.Now()
			if err := logins.within(func(ctx context.Context) error {
				_, _, err := logins.Verify(ctx, name, "wrong horse")
				return err
			}); err == nil {
				t.Fatalf("%s is let in", name)
			}
			took[name] = append(took[name], time.Since(began))
		}
	}
	for _, times := range took {
		slices.Sort(times)
	}
	if known, unknown := took["ann"][3], took["eve"][3]; unknown < known/2 || known < unknown/2 {
		t.Errorf("a wrong password takes %s, an unknown account %s", known, unknown)
	}
}

// TestOwn: an account passes for what is its own; others are told apart from nobody.
func TestOwn(t *testing.T) {
	logins := newLogins(t)
	for name, test := range map[string]struct {
		user   string
		owner  int64
		status int
	}{
		"the owner":     {"ann", 1, 0},
		"somebody else": {"ann", 9, http.StatusForbidden},
		"nobody":        {"", 1, http.StatusUnauthorized},
	} {
		err := logins.within(func(ctx context.Context) error {
			if test.user != "" {
				key, _, err := logins.accounts.Find(ctx, "name", test.user)
				if err != nil {
					return err
				}
				if test.owner == 1 {
					test.owner = key
				}
				if err := session.Login(ctx, key); err != nil {
					return err
				}
			}
			return Own(ctx, test.owner)
		})
		var answer *api.Error
		if errors.As(err, &answer); (err == nil) != (test.status == 0) || err != nil && (answer == nil || answer.Status != test.status) {
			t.Errorf("%s: %v, want status %d", name, err, test.status)
		}
	}
}
