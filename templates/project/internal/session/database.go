package session

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"
	"strings"
	"time"

	"gen/templates/project/internal/store"
)

// The tables of sessions in the database of the resources. Times are milliseconds since 1970. In
// _session_ends a row tells when the sessions of a user were last ended, the one of "" the last mark.
const tables = `
CREATE TABLE IF NOT EXISTS _sessions (
	hash    TEXT   PRIMARY KEY,
	id      TEXT   NOT NULL,
	account TEXT   NOT NULL,
	version BIGINT NOT NULL,
	seen    BIGINT NOT NULL,
	expires BIGINT NOT NULL,
	ends    BIGINT NOT NULL,
	data    TEXT   NOT NULL
);
CREATE INDEX IF NOT EXISTS _sessions_by_id ON _sessions (id);
CREATE INDEX IF NOT EXISTS _sessions_by_account ON _sessions (account);
CREATE INDEX IF NOT EXISTS _sessions_by_expires ON _sessions (expires);
CREATE TABLE IF NOT EXISTS _session_ends (
	account TEXT   PRIMARY KEY,
	mark    BIGINT NOT NULL,
	expires BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS _session_counts (
	name    TEXT   PRIMARY KEY,
	total   BIGINT NOT NULL,
	expires BIGINT NOT NULL
)`

const columns = `hash, id, account, version, seen, expires, ends, data`

// database is a Store in the database of the resources.
type database struct {
	db  *store.DB
	now func() time.Time
	// limit bounds every call, 0 does not.
	limit time.Duration
}

// databaseTime is the limit where the database is on another machine: one that is gone keeps nobody
// waiting.
const databaseTime = 250 * time.Millisecond

// openDatabase opens the store called database, or database?read_timeout=1s for another limit.
func openDatabase(ctx context.Context, address StoreURL, db *store.DB, now func() time.Time) (*database, error) {
	limit, err := databaseLimit(address)
	if err != nil {
		return nil, err
	}
	if limit == 0 && db.Remote() {
		limit = databaseTime
	}
	return &database{db, now, limit}, db.Tables(ctx, "sessions", tables)
}

// isDatabase says that a store is the one called database.
func isDatabase(address StoreURL) bool {
	return address == "database" || strings.HasPrefix(string(address), "database?")
}

func databaseLimit(address StoreURL) (time.Duration, error) {
	_, query, found := strings.Cut(string(address), "?")
	if !found {
		return 0, nil
	}
	limit, err := time.ParseDuration(strings.TrimPrefix(query, "read_timeout="))
	if err != nil || limit <= 0 {
		return 0, errors.New("is not a store: want database, or database?read_timeout=1s")
	}
	return limit, nil
}

func (d *database) within(ctx context.Context) (context.Context, context.CancelFunc) {
	if d.limit == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, d.limit)
}

// write runs do in a transaction, within the limit.
func (d *database) write(ctx context.Context, do func(ctx context.Context, tx store.SQL) error) error {
	ctx, cancel := d.within(ctx)
	defer cancel()
	return d.db.Write(ctx, func(tx store.SQL) error { return do(ctx, tx) })
}

// lock keeps away who else changes which sessions there are of these users, until the transaction ends.
// Visitors are locked by the ID of their session. Everybody takes the locks in the same order.
func lock(ctx context.Context, tx store.SQL, records ...Record) error {
	var names []string
	for _, rec := range records {
		name := "session of user " + rec.User
		if rec.User == "" {
			name = "session " + rec.ID
		}
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if err := tx.Lock(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func (d *database) Get(ctx context.Context, hash string) (Record, error) {
	ctx, cancel := d.within(ctx)
	defer cancel()
	return d.get(ctx, d.db.Reads(), hash)
}

func (d *database) get(ctx context.Context, on store.SQL, hash string) (Record, error) {
	rec, err := scan(on.QueryRow(ctx, `SELECT `+columns+` FROM _sessions WHERE hash = ? AND expires > ?`, hash, d.now().UnixMilli()))
	if errors.Is(err, sql.ErrNoRows) {
		err = errNone
	}
	return rec, err
}

// scan reads a row of _sessions.
func scan(row interface{ Scan(into ...any) error }) (Record, error) {
	var rec Record
	var seen, expires, ends int64
	err := row.Scan(&rec.Hash, &rec.ID, &rec.User, &rec.Version, &seen, &expires, &ends, &rec.Data)
	rec.Seen, rec.Expires, rec.Ends = time.UnixMilli(seen), time.UnixMilli(expires), time.UnixMilli(ends)
	return rec, err
}

func (d *database) Create(ctx context.Context, rec Record, old *Record, mark int64) error {
	return d.write(ctx, func(ctx context.Context, tx store.SQL) error {
		changed := []Record{rec}
		if old != nil {
			changed = append(changed, *old)
		}
		if err := lock(ctx, tx, changed...); err != nil {
			return err
		}
		var ended int64
		err := tx.QueryRow(ctx, `SELECT mark FROM _session_ends WHERE account = ?`, rec.User).Scan(&ended)
		switch {
		case err != nil && !errors.Is(err, sql.ErrNoRows):
			return err
		case ended > mark && rec.User != "":
			return errEnded
		}
		if old != nil {
			n, err := tx.Exec(ctx, `DELETE FROM _sessions WHERE hash = ? AND version = ? AND expires > ?`, old.Hash, old.Version, d.now().UnixMilli())
			if err == nil && n == 0 {
				_, err = d.whyNot(ctx, tx, old.Hash)
			}
			if err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `INSERT INTO _sessions (`+columns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, rec.Hash, rec.ID, rec.User, rec.Version,
			rec.Seen.UnixMilli(), rec.Expires.UnixMilli(), rec.Ends.UnixMilli(), string(rec.Data))
		return err
	})
}

// whyNot tells why a record could not be replaced: errNone, or errStale with what is there.
func (d *database) whyNot(ctx context.Context, tx store.SQL, hash string) (Record, error) {
	is, err := d.get(ctx, tx, hash)
	if err == nil {
		err = errStale
	}
	return is, err
}

func (d *database) Put(ctx context.Context, rec Record, merge func(Record) (Record, error)) (Record, error) {
	err := d.write(ctx, func(ctx context.Context, tx store.SQL) error {
		for {
			written, err := d.update(ctx, tx, rec)
			if err != nil || written {
				return err
			}
			is, err := d.whyNot(ctx, tx, rec.Hash)
			if errors.Is(err, errStale) {
				rec, err = merge(is)
			}
			if err != nil {
				return err
			}
		}
	})
	rec.Version++
	return rec, err
}

func (d *database) update(ctx context.Context, tx store.SQL, rec Record) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE _sessions SET version = version + 1, seen = ?, expires = ?, data = ? WHERE hash = ? AND version = ? AND expires > ?`,
		rec.Seen.UnixMilli(), rec.Expires.UnixMilli(), string(rec.Data), rec.Hash, rec.Version, d.now().UnixMilli())
	return n > 0, err
}

func (d *database) Touch(ctx context.Context, rec Record) error {
	return d.exec(ctx, `UPDATE _sessions SET seen = ?, expires = ? WHERE hash = ?`, rec.Seen.UnixMilli(), rec.Expires.UnixMilli(), rec.Hash)
}

// exec runs one statement.
func (d *database) exec(ctx context.Context, statement string, args ...any) error {
	return d.write(ctx, func(ctx context.Context, tx store.SQL) error {
		_, err := tx.Exec(ctx, statement, args...)
		return err
	})
}

func (d *database) Delete(ctx context.Context, rec Record) (bool, error) {
	var n int64
	err := d.write(ctx, func(ctx context.Context, tx store.SQL) (err error) {
		if err := lock(ctx, tx, rec); err != nil {
			return err
		}
		n, err = tx.Exec(ctx, `DELETE FROM _sessions WHERE id = ? AND account = ?`, rec.ID, rec.User)
		return err
	})
	return n > 0, err
}

func (d *database) List(ctx context.Context, user string) ([]Record, error) {
	ctx, cancel := d.within(ctx)
	defer cancel()
	rows, err := d.db.Reads().Query(ctx, `SELECT `+columns+` FROM _sessions WHERE account = ? AND expires > ?`, user, d.now().UnixMilli())
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []Record
	for rows.Next() {
		rec, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, rec)
	}
	return list, rows.Err()
}

func (d *database) DeleteUser(ctx context.Context, user, but string) error {
	return d.write(ctx, func(ctx context.Context, tx store.SQL) error {
		if err := lock(ctx, tx, Record{User: user}); err != nil {
			return err
		}
		var mark int64
		err := tx.QueryRow(ctx, `INSERT INTO _session_ends (account, mark, expires) VALUES ('', 1, ?)
			ON CONFLICT (account) DO UPDATE SET mark = _session_ends.mark + 1 RETURNING mark`, int64(math.MaxInt64)).Scan(&mark)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO _session_ends (account, mark, expires) VALUES (?, ?, ?)
			ON CONFLICT (account) DO UPDATE SET mark = excluded.mark, expires = excluded.expires`, user, mark, d.now().Add(markLife).UnixMilli())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM _sessions WHERE account = ? AND id <> ?`, user, but)
		return err
	})
}

func (d *database) Mark(ctx context.Context) (mark int64, err error) {
	ctx, cancel := d.within(ctx)
	defer cancel()
	err = d.db.Reads().QueryRow(ctx, `SELECT COALESCE(MAX(mark), 0) FROM _session_ends WHERE account = ''`).Scan(&mark)
	return mark, err
}

func (d *database) Count(ctx context.Context, name string, n int, window time.Duration) (total int, left time.Duration, err error) {
	now := d.now()
	var expires int64
	err = d.write(ctx, func(ctx context.Context, tx store.SQL) error {
		if _, err := tx.Exec(ctx, `DELETE FROM _session_counts WHERE name = ? AND expires <= ?`, name, now.UnixMilli()); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `INSERT INTO _session_counts (name, total, expires) VALUES (?, ?, ?)
			ON CONFLICT (name) DO UPDATE SET total = _session_counts.total + excluded.total RETURNING total, expires`,
			name, n, now.Add(window).UnixMilli()).Scan(&total, &expires)
	})
	return total, time.UnixMilli(expires).Sub(now), err
}

func (d *database) Forget(ctx context.Context, name string) error {
	return d.exec(ctx, `DELETE FROM _session_counts WHERE name = ?`, name)
}

// Sweep leaves it to somebody else who is at it. It takes the time that it takes.
func (d *database) Sweep(ctx context.Context) error {
	return d.db.Write(ctx, func(tx store.SQL) error {
		alone, err := tx.TryLock(ctx, "sweep of sessions")
		if err != nil || !alone {
			return err
		}
		for _, table := range []string{"_sessions", "_session_ends", "_session_counts"} {
			if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE expires <= ?`, d.now().UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *database) Ping(ctx context.Context) error { return d.db.Ping(ctx) }

// Close leaves the database to who opened it.
func (d *database) Close() error { return nil }
