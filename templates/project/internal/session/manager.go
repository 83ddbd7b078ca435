package session

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"gen/templates/project/internal/store"
	"gen/templates/project/internal/web"
)

const (
	// touchEvery is how exact the idle clock is; a write to the store pays for each tick.
	touchEvery = time.Minute
	// sweepEvery is how long what has expired may stay in the store. Nobody can use it.
	sweepEvery = 10 * time.Minute
)

// Config is what an operator decides about sessions.
type Config struct {
	// Name tells the sessions of this program from those of others in one Redis.
	Name string
	// Store is where sessions are kept; "" is database.
	Store StoreURL
	// Idle is how long a session lives without a request, Lifetime how long at most; 0 is 30 minutes
	// and 12 hours.
	Idle, Lifetime time.Duration
	// TLS says that the server speaks HTTPS, Proxied that a trusted proxy may do so for it.
	TLS, Proxied bool
	// Workers is how many processes serve side by side.
	Workers int
	// Late opens a store that does not answer yet: what needs none works meanwhile.
	Late bool
	// Log takes warnings; nil means slog.Default().
	Log *slog.Logger
}

// Carriers are how keys travel, as the document has it.
type Carriers struct {
	// Cookie is the name of the cookie. "" is __Host-session with TLS and session without.
	Cookie string
	// Bearer says that keys travel as bearer tokens (RFC 6750). Without a Cookie, only so.
	Bearer bool
}

// StoreURL names a store: memory, database, or the address of a Redis.
type StoreURL string

// Check refuses what is none of these; it does not repeat the value.
func (u StoreURL) Check() error {
	switch {
	case u == "memory":
		return nil
	case isDatabase(u):
		_, err := databaseLimit(u)
		return err
	case !strings.HasPrefix(string(u), "redis"):
		return errors.New("is not a store: want memory, database, or an address such as redis://localhost:6379")
	}
	client, err := dialRedis(string(u))
	if err != nil {
		return err
	}
	return client.Close()
}

// Manager keeps the sessions of a server. Its methods are safe for concurrent use.
type Manager struct {
	config Config
	cookie cookie
	bearer bool
	store  Store
	log    *slog.Logger
	now    func() time.Time
}

// Check refuses settings that make no sense together.
func (c Config) Check() error {
	switch {
	case c.Idle > c.Lifetime:
		return fmt.Errorf("SESSION_IDLE %s is longer than SESSION_LIFETIME %s: a session cannot wait for longer than it lives", c.Idle, c.Lifetime)
	case c.Store == "memory" && c.Workers > 1:
		return fmt.Errorf("SESSION_STORE memory is of one process, and %d workers share none: use database or redis://HOST:PORT, or one worker", c.Workers)
	}
	return nil
}

// Open opens the store of sessions; db is the one called database. Its errors are sentences for the
// operator. Only somebody who has called Run gets rid of sessions that have expired.
func Open(ctx context.Context, config Config, carriers Carriers, db *store.DB) (*Manager, error) {
	return open(ctx, config, carriers, db, time.Now)
}

func open(ctx context.Context, config Config, carriers Carriers, db *store.DB, now func() time.Time) (*Manager, error) {
	config.Store = cmp.Or(config.Store, "database")
	config.Idle, config.Lifetime = cmp.Or(config.Idle, 30*time.Minute), cmp.Or(config.Lifetime, 12*time.Hour)
	m := &Manager{config: config, bearer: carriers.Bearer, log: cmp.Or(config.Log, slog.Default()), now: now}
	if err := config.Check(); err != nil {
		return nil, err
	}
	var err error
	if m.cookie, err = newCookie(config, carriers); err != nil {
		return nil, err
	}
	if m.store, err = m.openStore(ctx, db); err != nil {
		return nil, fmt.Errorf("SESSION_STORE %w", err)
	}
	return m, nil
}

func (m *Manager) openStore(ctx context.Context, db *store.DB) (Store, error) {
	switch {
	case m.config.Store == "memory":
		return newMemory(m.now), nil
	case isDatabase(m.config.Store):
		return openDatabase(ctx, m.config.Store, db, m.now)
	}
	r, err := dialStore(string(m.config.Store), m.config.Name+":session:", m.now)
	if err != nil || m.config.Late {
		return r, err
	}
	return r, r.begin(ctx, m.log)
}

// Close closes the store. The database stays open.
func (m *Manager) Close() error { return m.store.Close() }

// Lifetime is how long a session lives at most.
func (m *Manager) Lifetime() time.Duration { return m.config.Lifetime }

// Ping reports whether the store answers.
func (m *Manager) Ping(ctx context.Context) error {
	if err := m.store.Ping(ctx); err != nil {
		return fmt.Errorf("sessions: %w", err)
	}
	return nil
}

// Run removes what has expired from the store, until ctx ends.
func (m *Manager) Run(ctx context.Context) {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := m.store.Sweep(ctx); err != nil && ctx.Err() == nil {
				m.log.Warn("expired sessions stay", "error", err)
			}
		}
	}
}

// find returns the session with a key, errNone, or an error of the store.
func (m *Manager) find(ctx context.Context, key string) (Record, content, error) {
	if !wellFormed(key) {
		return Record{}, content{}, errNone
	}
	hash := digest(key)
	rec, err := m.store.Get(ctx, hash)
	if err != nil {
		return Record{}, content{}, m.absent(hash, err)
	}
	c, err := readContent(rec)
	if err != nil {
		return Record{}, content{}, m.absent(hash, err)
	}
	now := m.now()
	if m.expired(rec, c, now) {
		return Record{}, content{}, errNone
	}
	if now.Sub(rec.Seen) >= min(touchEvery, m.config.Idle/4) {
		m.touch(ctx, m.seen(rec, now))
	}
	return rec, c, nil
}

// absent makes errNone of a record that cannot be read, and says so in the log.
func (m *Manager) absent(hash string, err error) error {
	if !errors.Is(err, errCorrupt) {
		return err
	}
	m.log.Warn("a session cannot be read and counts as none", "fingerprint", fingerprint(hash), "error", err)
	return errNone
}

// expired does not rely on what was written when other settings held.
func (m *Manager) expired(rec Record, c content, now time.Time) bool {
	return now.Sub(rec.Seen) >= m.config.Idle || now.Sub(c.Created) >= m.config.Lifetime
}

// seen is the record as of a request at that time.
func (m *Manager) seen(rec Record, now time.Time) Record {
	rec.Seen, rec.Expires = now, now.Add(m.config.Idle)
	if rec.Ends.Before(rec.Expires) {
		rec.Expires = rec.Ends
	}
	return rec
}

// touch is worth no failure: the next request does it.
func (m *Manager) touch(ctx context.Context, rec Record) {
	if err := m.store.Touch(ctx, rec); err != nil {
		m.log.WarnContext(ctx, "a session is not seen", "error", err)
	}
}

func unavailable(err error) error { return fmt.Errorf("sessions: %w: %w", web.ErrUnavailable, err) }
