package session

import (
	"context"
	"errors"
	"maps"
	"sync"
	"time"
)

// memory is a Store for one process. What it holds ends with it.
type memory struct {
	now func() time.Time

	mu      sync.Mutex
	records map[string]Record
	// ends has the last mark of each user whose sessions were ended; mark is the highest.
	ends   map[string]int64
	mark   int64
	counts map[string]count
}

type count struct {
	total   int
	expires time.Time
}

func newMemory(now func() time.Time) *memory {
	return &memory{now: now, records: map[string]Record{}, ends: map[string]int64{}, counts: map[string]count{}}
}

func (m *memory) Get(_ context.Context, hash string) (Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.get(hash)
}

func (m *memory) get(hash string) (Record, error) {
	rec, ok := m.records[hash]
	if !ok || !m.now().Before(rec.Expires) {
		return Record{}, errNone
	}
	return rec, nil
}

// current returns what is there of rec, errStale if that is not rec.
func (m *memory) current(rec Record) (Record, error) {
	is, err := m.get(rec.Hash)
	if err == nil && is.Version != rec.Version {
		err = errStale
	}
	return is, err
}

func (m *memory) Create(_ context.Context, rec Record, old *Record, mark int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ends[rec.User] > mark {
		return errEnded
	}
	if old != nil {
		if _, err := m.current(*old); err != nil {
			return err
		}
		delete(m.records, old.Hash)
	}
	m.records[rec.Hash] = rec
	return nil
}

func (m *memory) Put(_ context.Context, rec Record, merge func(Record) (Record, error)) (Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	is, err := m.current(rec)
	if errors.Is(err, errStale) {
		rec, err = merge(is)
	}
	if err != nil {
		return Record{}, err
	}
	rec.Version++
	m.records[rec.Hash] = rec
	return rec, nil
}

func (m *memory) Touch(_ context.Context, rec Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if is, err := m.get(rec.Hash); err == nil {
		is.Seen, is.Expires = rec.Seen, rec.Expires
		m.records[rec.Hash] = is
	}
	return nil
}

func (m *memory) Delete(_ context.Context, rec Record) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.deleteIf(func(is Record) bool { return is.ID == rec.ID && is.User == rec.User }), nil
}

// deleteIf says whether there was such a record.
func (m *memory) deleteIf(match func(Record) bool) bool {
	before := len(m.records)
	maps.DeleteFunc(m.records, func(_ string, is Record) bool { return match(is) })
	return len(m.records) < before
}

func (m *memory) List(_ context.Context, user string) ([]Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []Record
	for _, rec := range m.records {
		if rec.User == user && m.now().Before(rec.Expires) {
			list = append(list, rec)
		}
	}
	return list, nil
}

func (m *memory) DeleteUser(_ context.Context, user, but string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mark++
	m.ends[user] = m.mark
	m.deleteIf(func(is Record) bool { return is.User == user && is.ID != but })
	return nil
}

func (m *memory) Mark(context.Context) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.mark, nil
}

func (m *memory) Count(_ context.Context, name string, n int, window time.Duration) (int, time.Duration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := m.counts[name]
	if !m.now().Before(c.expires) {
		c = count{expires: m.now().Add(window)}
	}
	c.total += n
	m.counts[name] = c
	return c.total, c.expires.Sub(m.now()), nil
}

func (m *memory) Forget(_ context.Context, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.counts, name)
	return nil
}

func (m *memory) Sweep(context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	m.deleteIf(func(is Record) bool { return !now.Before(is.Expires) })
	maps.DeleteFunc(m.counts, func(_ string, c count) bool { return !now.Before(c.expires) })
	return nil
}

func (m *memory) Ping(context.Context) error { return nil }

func (m *memory) Close() error { return nil }
