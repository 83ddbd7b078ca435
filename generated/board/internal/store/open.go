package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"time"
)

// patience is how long a caller waits for others who write.
const patience = 10 * time.Second

// errRaced says that another writer was faster; the write is worth another try.
var errRaced = fmt.Errorf("%w: another writer was faster", ErrBusy)

// DB is an open database. It is safe for concurrent use, also by several processes.
type DB struct {
	dialect dialect
	// Writers of SQLite queue for writes, so that they wait for one another in turn; readers never wait.
	// For PostgreSQL both are the same.
	reads, writes *prepared
	// release gives back what the two do not own.
	release func()
}

// Open opens the database at url and brings its tables to the state that a file in schema describes:
// sqlite.sql for "sqlite:board.db", which is created if need be, and postgres.sql for
// "postgres://user:password@host/database". Its errors are sentences for the operator, without the
// password.
func Open(ctx context.Context, url string, schema fs.FS) (*DB, error) {
	scheme, rest, _ := strings.Cut(url, ":")
	switch scheme {
	case "sqlite":
		return openSQLite(ctx, rest, schema)
	case "postgres", "postgresql":
		return openPostgres(ctx, url, schema)
	}
	// A URL may hold a password, so that none of it is repeated.
	return nil, errors.New("database URL: want sqlite:FILE, such as sqlite:board.db, or postgres://USER:PASSWORD@HOST:PORT/DATABASE")
}

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	var n int
	if err := db.reads.QueryRowContext(ctx, `SELECT COUNT(*) FROM _sequences`).Scan(&n); err != nil {
		return fmt.Errorf("database: %w", db.fault(err))
	}
	return nil
}

// Remote says that the database is another machine's, or could be.
func (db *DB) Remote() bool { return db.dialect.remote() }

// fault is err in this package's words, or as it is where it has none.
func (db *DB) fault(err error) error {
	if err == nil {
		return nil
	}
	return cmp.Or(db.dialect.fault("", err), err)
}

// Close closes the database when the queries that run have ended.
func (db *DB) Close() error {
	err := errors.Join(db.reads.Close(), db.writes.Close())
	if db.release != nil {
		db.release()
	}
	return err
}

// write runs do in a transaction, again if others were in its way. With SQLite that holds the right to
// write from its beginning.
func (db *DB) write(ctx context.Context, do func(tx *sql.Tx) error) error {
	return retry(ctx, func() error {
		err := db.transact(ctx, do)
		if known := db.fault(err); errors.Is(known, errRaced) {
			return known
		}
		return err
	})
}

func (db *DB) transact(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := db.writes.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// retry calls try until it no longer answers errRaced.
func retry(ctx context.Context, try func() error) error {
	deadline := time.Now().Add(patience)
	for n := 1; ; n++ {
		err := try()
		if !errors.Is(err, errRaced) {
			return err
		}
		if time.Now().After(deadline) {
			return ErrBusy
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(rand.N(time.Duration(min(n, 20)) * time.Millisecond)): //nolint:gosec // no secret, only apart from others
		}
	}
}

// quote writes an SQL identifier.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
