package auth

import (
	"context"
	"errors"

	"example.com/board/internal/session"
	"example.com/board/internal/store"
)

// Accounts are the rows that people log in to: a table, the field that holds what they call
// themselves, and the column with the hash of their password.
type Accounts[K store.Key, T any] struct {
	Table         *store.Table[K, T]
	Sessions      *session.Manager
	Field, Column string
}

// LogIn makes the session of the request one of the account with that name, and returns the account.
// A wrong name or password has status 401, which one it was stays unsaid, also by the time it takes;
// too many of them have 429 (session.Manager.Attempt), too many at once ErrBusy.
func (a Accounts[K, T]) LogIn(ctx context.Context, name, password string) (store.Row[T], error) {
	var key K
	var account store.Row[T]
	err := a.Sessions.Attempt(ctx, name, func() (bool, error) {
		hash := ""
		var err error
		key, account, err = a.Table.Find(ctx, a.Field, name)
		if err == nil {
			hash, err = a.Table.Secret(ctx, key, a.Column)
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return false, err
		}
		return VerifyPassword(ctx, password, hash)
	})
	if err == nil {
		err = session.Login(ctx, key)
	}
	if err != nil {
		return store.Row[T]{}, err
	}
	return account, nil
}
