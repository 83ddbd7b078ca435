package session

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"time"
)

// patience is how long a request tries to write into a session that others write into, too.
const patience = 5 * time.Second

// finish is called before the answer begins.
func (s *Session) finish() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	if err := s.commit(); err != nil {
		return err
	}
	if s.read && s.header.Get("Cache-Control") == "" {
		s.header.Set("Cache-Control", "no-store")
	}
	return nil
}

// commit writes the changes. A client that has gone does not keep it from doing so.
func (s *Session) commit() error {
	if len(s.changes) == 0 {
		return nil
	}
	if err := s.load(); err != nil {
		return err
	}
	ctx := context.WithoutCancel(s.ctx)
	if s.rec.Hash == "" {
		return s.begin(ctx)
	}
	return s.retry(ctx, func() error { return s.put(ctx) })
}

// begin makes a session for a visitor who had none and was given a value.
func (s *Session) begin(ctx context.Context) error {
	values, err := s.changed()
	if err != nil || len(values) == 0 {
		return err
	}
	rec, content, key, err := s.fresh("", values)
	if err != nil {
		return err
	}
	if err := s.manager.store.Create(ctx, rec, nil, noMark); err != nil {
		return unavailable(err)
	}
	s.become(rec, content, key)
	return nil
}

// put writes the session with the changes, or reads what somebody else has written meanwhile.
func (s *Session) put(ctx context.Context) error {
	values, err := s.changed()
	if err != nil {
		return err
	}
	content := s.content
	content.Values = values
	rec := s.manager.seen(s.rec, s.manager.now())
	if rec.Data, err = json.Marshal(content); err != nil {
		return err
	}
	is, err := s.manager.store.Put(ctx, rec)
	if err == nil {
		s.rec, s.content, s.changes = is, content, nil
		return nil
	}
	if errors.Is(err, errStale) {
		return errors.Join(err, s.replace(is))
	}
	return err
}

// replace takes what is in the store for what was read from there.
func (s *Session) replace(is Record) error {
	content, err := readContent(is)
	if err != nil {
		return errNone
	}
	s.rec, s.content = is, content
	return nil
}

// retry calls try until nobody else was faster, and puts its error in the words of the answer.
func (s *Session) retry(ctx context.Context, try func() error) error {
	deadline := time.Now().Add(patience)
	for n := 1; ; n++ {
		err := try()
		switch {
		case err == nil:
			return nil
		case errors.Is(err, errNone), errors.Is(err, errEnded):
			return ended(err)
		case errors.Is(err, errValue):
			return err
		case !errors.Is(err, errStale), time.Now().After(deadline):
			return unavailable(err)
		}
		select {
		case <-ctx.Done():
			return unavailable(ctx.Err())
		case <-time.After(mathrand.N(time.Duration(min(n, 20)) * time.Millisecond)): //nolint:gosec // no secret, only apart from others
		}
	}
}

// fresh makes a record under a key that was never used.
func (s *Session) fresh(user string, values map[string]json.RawMessage) (Record, content, string, error) {
	m, key := s.manager, newKey()
	now := m.now()
	c := content{Created: now.UTC().Round(0), Address: s.client.address, Agent: s.client.agent, Values: values}
	data, err := json.Marshal(c)
	if err != nil {
		return Record{}, content{}, "", fmt.Errorf("session: %w", err)
	}
	rec := Record{Hash: digest(key), ID: rand.Text(), User: user, Version: 1, Ends: now.Add(m.config.Lifetime), Data: data}
	return m.seen(rec, now), c, key, nil
}

// become makes another session that of the request, and gives its key to the client.
func (s *Session) become(rec Record, content content, key string) {
	s.rec, s.content, s.key, s.changes = rec, content, key, nil
	s.read, s.failure = true, nil
	s.header.Del("Clear-Site-Data") // Or the browser would drop the cookie, too.
	s.manager.cookie.set(s.header, key, s.client.https)
}
