package session

import (
	"context"
	"errors"

	"gen/templates/project/internal/store"
)

var (
	errNoManager = errors.New("sessions: the request did not pass the middleware")
	errTooLate   = errors.New("sessions: the answer has begun, and cannot carry a new key")
)

// Login logs a user in whose key is user; see Session.Login.
func Login[K store.Key](ctx context.Context, user K) error {
	return From(ctx).Login(ctx, store.FormatKey(user))
}

// Login makes the session one of user, under a new key, at once. The key that it had is dead. What a
// visitor's session held moves over; what another user's held does not.
//
// Call it within Manager.Attempt or after it: then it fails with status 401 if the sessions of the
// user were ended while the credentials were checked, because their password may have changed.
func (s *Session) Login(ctx context.Context, user string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.manager == nil:
		return errNoManager
	case s.closed:
		return errTooLate
	case user == "":
		return errors.New("sessions: nobody cannot log in")
	}
	if err := s.load(); err != nil {
		return err
	}
	if err := s.takeMark(ctx); err != nil {
		return err
	}
	return outcome(retry(ctx, func() error { return s.login(ctx, user) }))
}

func (s *Session) login(ctx context.Context, user string) error {
	if s.rec.User != "" && s.rec.User != user {
		s.content.Values = nil
	}
	values, err := s.changed()
	if err != nil {
		return err
	}
	rec, key, err := s.fresh(user, values)
	if err != nil {
		return err
	}
	switch err := s.create(ctx, rec, s.mark); {
	case errors.Is(err, errNone):
		// The old session has ended by itself, which is no reason to refuse a new one.
		s.rec, s.content = Record{}, content{}
		return errStale
	case err != nil:
		return err
	}
	return s.become(rec, key)
}

// create puts a record in the place of the one that the session has, if it has one.
func (s *Session) create(ctx context.Context, rec Record, mark int64) error {
	if s.rec.Hash == "" {
		return s.manager.store.Create(ctx, rec, nil, mark)
	}
	old := s.rec
	err := s.manager.store.Create(ctx, rec, &old, mark)
	if !errors.Is(err, errStale) {
		return err
	}
	is, err := s.manager.store.Get(ctx, old.Hash)
	if err != nil {
		return err
	}
	return errors.Join(errStale, s.replace(is))
}

func (s *Session) takeMark(ctx context.Context) error {
	if s.marked {
		return nil
	}
	mark, err := s.manager.store.Mark(ctx)
	if err != nil {
		return unavailable(err)
	}
	s.mark, s.marked = mark, true
	return nil
}

// Rotate gives the session a new key, at once; the old one is dead. Do so when the session may do more
// than before. A client without a session has no key to lose.
func (s *Session) Rotate(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.load(); err != nil || s.rec.Hash == "" {
		return err
	}
	if s.closed {
		return errTooLate
	}
	return outcome(retry(ctx, func() error { return s.rotate(ctx) }))
}

func (s *Session) rotate(ctx context.Context) error {
	rec, err := s.merged()
	if err != nil {
		return err
	}
	key := newKey()
	rec.Hash, rec.Version = digest(key), 1
	if err := s.create(ctx, rec, noMark); err != nil {
		return err
	}
	return s.become(rec, key)
}

// Logout ends the session, at once and for good: no request that is still at work brings it back.
func (s *Session) Logout(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.load(); err != nil || s.manager == nil {
		return err
	}
	if s.rec.Hash != "" {
		if _, err := s.manager.store.Delete(ctx, s.rec); err != nil {
			return unavailable(err)
		}
	}
	s.forget()
	return nil
}

// forget makes the client one without a session. Its browser drops what belonged to the session, but
// not its cache, which takes some of them seconds: answers that read a session are not in it.
func (s *Session) forget() {
	s.rec, s.content, s.key, s.changes = Record{}, content{}, "", nil
	s.manager.cookie.set(s.header, "", s.client.https())
	s.header.Set("Clear-Site-Data", `"cookies", "storage"`)
}
