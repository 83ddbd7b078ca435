package auth

import (
	"context"
	"errors"
	"net/http"

	"example.com/board/api"
	"example.com/board/internal/session"
	"example.com/board/internal/store"
)

// Logins checks who logs in. Accounts are the rows of a table whose column password has a hash of
// HashPassword's.
type Logins[K store.Key, T any] struct {
	accounts *store.Table[K, T]
	sessions *session.Manager
	names    []string
}

// NewLogins returns the log-ins of accounts. names are the properties that people name their account
// by; without one it is the account's key.
func NewLogins[K store.Key, T any](accounts *store.Table[K, T], sessions *session.Manager, names ...string) Logins[K, T] {
	return Logins[K, T]{accounts: accounts, sessions: sessions, names: names}
}

// Verify returns the account with that name and password, and its key. Whether it is the name or the
// password that is wrong, neither the error (an *api.Error with status 401) nor the time tells. After
// too many failures it is 429.
func (l Logins[K, T]) Verify(ctx context.Context, name, password string) (key K, row store.Row[T], err error) {
	err = l.sessions.Attempt(ctx, name, func() (bool, error) {
		var hash string
		key, row, err = l.find(ctx, name)
		if err == nil {
			hash, err = l.accounts.Secret(ctx, key, "password")
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return false, err
		}
		return VerifyPassword(ctx, password, hash)
	})
	return key, row, err
}

func (l Logins[K, T]) find(ctx context.Context, name string) (key K, row store.Row[T], err error) {
	if len(l.names) == 0 {
		if key, err = store.ParseKey[K](name); err != nil {
			return key, row, store.ErrNotFound
		}
		row, err = l.accounts.Get(ctx, key)
		return key, row, err
	}
	err = store.ErrNotFound
	for _, property := range l.names {
		if key, row, err = l.accounts.Find(ctx, property, name); !errors.Is(err, store.ErrNotFound) {
			break
		}
	}
	return key, row, err
}

// Current returns the account of who asks. Its error is an *api.Error with status 401 if that is nobody.
func (l Logins[K, T]) Current(ctx context.Context) (row store.Row[T], err error) {
	key, err := User[K](ctx)
	if err != nil {
		return row, err
	}
	if row, err = l.accounts.Get(ctx, key); errors.Is(err, store.ErrNotFound) {
		return row, nobody()
	}
	return row, err
}

// User returns the key of the account that is logged in. Its error is an *api.Error with status 401 if
// none is.
func User[K store.Key](ctx context.Context) (K, error) {
	user, ok := session.User[K](ctx)
	if !ok {
		return user, nobody()
	}
	return user, nil
}

// Own passes the account that owns something. For others its error is an *api.Error with status 403,
// or 401 if nobody is logged in.
func Own[K store.Key](ctx context.Context, owner K) error {
	user, err := User[K](ctx)
	if err == nil && user != owner {
		err = &api.Error{Status: http.StatusForbidden, Detail: "this belongs to somebody else"}
	}
	return err
}

func nobody() error {
	return &api.Error{Status: http.StatusUnauthorized, Detail: "log in first"}
}
