package session

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"example.com/board/internal/store"
)

// Info is what a user may know about a session.
type Info struct {
	// ID names the session; it is not its key.
	ID string
	// Created is when it was begun, Seen when it was last used, to the minute.
	Created, Seen time.Time
	// Expires is when it ends at the latest.
	Expires time.Time
	// Current says that it is the one that asks.
	Current bool
	// Address and Agent are those of the client that began it.
	Address, Agent string
}

// List returns the sessions of a user, the oldest first.
func (m *Manager) List(ctx context.Context, user string) ([]Info, error) {
	current, err := From(ctx).record()
	if err != nil {
		return nil, err
	}
	records, err := m.store.List(ctx, user)
	if err != nil {
		return nil, unavailable(err)
	}
	list := []Info{}
	for _, rec := range records {
		c, err := readContent(rec)
		if err != nil || m.expired(rec, c, m.now()) {
			continue
		}
		list = append(list, Info{
			ID: rec.ID, Created: c.Created, Seen: rec.Seen.UTC(), Expires: c.Created.Add(m.config.Lifetime), Current: rec.ID == current.ID,
			Address: c.Address, Agent: c.Agent,
		})
	}
	slices.SortFunc(list, func(a, b Info) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// End ends one session of a user. It is a store.ErrNotFound where the user has none with that ID.
func (m *Manager) End(ctx context.Context, user, id string) error {
	if user == "" {
		return fmt.Errorf("session: %w", store.ErrNotFound)
	}
	found, err := m.store.Delete(ctx, Record{ID: id, User: user})
	switch {
	case err != nil:
		return unavailable(err)
	case !found:
		return fmt.Errorf("session: %w", store.ErrNotFound)
	}
	From(ctx).forgetIf(func(rec Record) bool { return rec.ID == id })
	return nil
}

// EndOthers ends all sessions of the user who asks, but not the one that asks; log-ins that are under
// way fail. Call it when a password has changed.
func (m *Manager) EndOthers(ctx context.Context) error {
	rec, err := From(ctx).record()
	if err != nil || rec.User == "" {
		return err
	}
	if err := m.store.DeleteUser(ctx, rec.User, rec.ID); err != nil {
		return unavailable(err)
	}
	return nil
}

// EndAll ends all sessions of a user; log-ins that are under way fail. Call it when an account is
// closed, or when its password was changed by somebody else than the user.
func (m *Manager) EndAll(ctx context.Context, user string) error {
	if user == "" {
		return nil
	}
	if err := m.store.DeleteUser(ctx, user, ""); err != nil {
		return unavailable(err)
	}
	From(ctx).forgetIf(func(rec Record) bool { return rec.User == user })
	return nil
}

func (s *Session) record() (Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.load()
	return s.rec, err
}

func (s *Session) forgetIf(match func(Record) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rec.User != "" && match(s.rec) {
		s.forget()
	}
}
