package session

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"gen/templates/project/api"
)

const (
	// attemptWindow is how long failures to log in count.
	attemptWindow = 15 * time.Minute
	// accountFailures lets people mistype and keeps others from guessing; addressFailures are more,
	// because many people may share an address.
	accountFailures = 10
	addressFailures = 100
	accountPrefix   = "account:"
)

// limit is a number of failures that may be counted under a name.
type limit struct {
	name string
	most int
}

// Attempt tries to log in: verify says whether the credentials for an account are right. Its own error
// is returned, and counts neither way. Wrong credentials have status 401 and tell nothing more; where
// too many were wrong for the account or from the address of the client it is 429, whatever the
// credentials. Success makes up for the account's failures. All processes that share the store count
// together.
func (m *Manager) Attempt(ctx context.Context, account string, verify func() (bool, error)) error {
	s := From(ctx)
	if err := s.prepare(ctx); err != nil {
		return err
	}
	limits := s.limits(account)
	// Counted as failures before the outcome is known: many attempts at once are many.
	if err := m.count(ctx, limits); err != nil {
		return err
	}
	ok, err := verify()
	if err == nil && !ok {
		return &api.Error{Status: http.StatusUnauthorized, Detail: "these credentials are not valid"}
	}
	if uncounted := m.uncount(ctx, limits, ok); err == nil {
		err = uncounted
	}
	return err
}

// prepare takes the mark that Login needs.
func (s *Session) prepare(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.manager == nil {
		return errNoManager
	}
	s.marked = false
	return s.takeMark(ctx)
}

func (s *Session) limits(account string) []limit {
	var limits []limit
	if ip, err := netip.ParseAddr(s.client.address); err == nil {
		bits := ip.BitLen()
		if ip.Is6() {
			bits = 64 // Anybody has as many addresses as that leaves.
		}
		network, _ := ip.WithZone("").Prefix(bits) // Fails for other bits only.
		limits = append(limits, limit{"address:" + network.String(), addressFailures})
	}
	// Last: who may not try at all must not be able to shut others out of their accounts.
	return append(limits, limit{accountPrefix + digest(strings.ToLower(strings.TrimSpace(account))), accountFailures})
}

func (m *Manager) count(ctx context.Context, limits []limit) error {
	for _, limit := range limits {
		total, left, err := m.store.Count(ctx, limit.name, 1, attemptWindow)
		if err != nil {
			return unavailable(err)
		}
		if total > limit.most {
			return &api.Error{Status: http.StatusTooManyRequests, Detail: "too many attempts to log in have failed", RetryAfter: left}
		}
	}
	return nil
}

// uncount takes an attempt back that was no failure; after a success the account begins anew.
func (m *Manager) uncount(ctx context.Context, limits []limit, success bool) error {
	for _, limit := range limits {
		var err error
		if success && strings.HasPrefix(limit.name, accountPrefix) {
			err = m.store.Forget(ctx, limit.name)
		} else {
			_, _, err = m.store.Count(ctx, limit.name, -1, attemptWindow)
		}
		if err != nil {
			return unavailable(err)
		}
	}
	return nil
}
