package session

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	mathrand "math/rand/v2"
	"time"
)

// patience is how long a request tries to write into a session that others write into, too.
const patience = 10 * time.Second

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
	return outcome(s.put(ctx))
}

// begin makes a session for a visitor who had none and was given a value.
func (s *Session) begin(ctx context.Context) error {
	values, err := s.changed()
	if err != nil || len(values) == 0 {
		return err
	}
	rec, key, err := s.fresh("", values)
	if err != nil {
		return err
	}
	if err := s.manager.store.Create(ctx, rec, nil, noMark); err != nil {
		return unavailable(err)
	}
	return s.become(rec, key)
}

// put writes the session with the changes, or makes them in what somebody else has written meanwhile.
func (s *Session) put(ctx context.Context) error {
	rec, err := s.merged()
	if err != nil {
		return err
	}
	rec, err = s.manager.store.Put(ctx, rec, func(is Record) (Record, error) {
		if err := s.replace(is); err != nil {
			return Record{}, err
		}
		return s.merged()
	})
	if err != nil {
		return err
	}
	s.changes = nil
	return s.replace(rec)
}

// merged is the record with the changes.
func (s *Session) merged() (Record, error) {
	values, err := s.changed()
	if err != nil {
		return Record{}, err
	}
	c := s.content
	c.Values = values
	rec := s.manager.seen(s.rec, s.manager.now())
	rec.Data, err = json.Marshal(c)
	return rec, err
}

// replace takes what is in the store for what was read from there.
func (s *Session) replace(is Record) error {
	c, err := readContent(is)
	if err != nil {
		return errNone
	}
	s.hold(is, c)
	return nil
}

// retry calls try until nobody else was faster: until it no longer answers errStale.
func retry(ctx context.Context, try func() error) error {
	deadline := time.Now().Add(patience)
	for n := 1; ; n++ {
		err := try()
		if !errors.Is(err, errStale) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(mathrand.N(time.Duration(min(n, 20)) * time.Millisecond)): //nolint:gosec // no secret, only apart from others
		}
	}
}

// outcome is an error of the store in the words of the answer.
func outcome(err error) error {
	switch {
	case err == nil, errors.Is(err, errValue):
		return err
	case errors.Is(err, errNone), errors.Is(err, errEnded):
		return ended(err)
	}
	return unavailable(err)
}

// fresh makes a record under a key that was never used.
func (s *Session) fresh(user string, values map[string]json.RawMessage) (rec Record, key string, err error) {
	now, key := s.manager.now(), newKey()
	data, err := json.Marshal(content{Created: now.UTC().Round(0), Address: s.client.address, Agent: s.client.agent(), Values: values})
	rec = Record{Hash: digest(key), ID: rand.Text(), User: user, Version: 1, Ends: now.Add(s.manager.config.Lifetime), Data: data}
	return s.manager.seen(rec, now), key, err
}

// become makes another session that of the request, and gives its key to the client.
func (s *Session) become(rec Record, key string) error {
	s.read, s.failure, s.changes, s.key = true, nil, nil, key
	s.header.Del("Clear-Site-Data") // Or the browser would drop the cookie, too.
	s.manager.cookie.set(s.header, key, s.client.https())
	return s.replace(rec)
}
