package store

import (
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
var errRaced = errors.New("another writer was faster")

// DB is an open database. It is safe for concurrent use, also by several processes.
type DB struct {
	dialect dialect
	// Writers queue for writes, so that they wait for one another in turn; readers never wait.
	reads, writes *prepared
}

// Open opens the database at url, "sqlite:board.db", creates it if need be, and brings its tables to
// the state that the file sqlite.sql in schema describes.
func Open(ctx context.Context, url string, schema fs.FS) (*DB, error) {
	scheme, rest, _ := strings.Cut(url, ":")
	switch scheme {
	case "sqlite":
		return openSQLite(ctx, rest, schema)
	case "postgres", "postgresql":
		return nil, errors.New("database URL: PostgreSQL is not supported here, use a file such as sqlite:board.db")
	}
	// A URL may hold a password, so that none of it is repeated.
	return nil, errors.New("database URL: want sqlite:FILE, such as sqlite:board.db")
}

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	var n int
	if err := db.reads.QueryRowContext(ctx, `SELECT COUNT(*) FROM _sequences`).Scan(&n); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}

// Close closes the database when the queries that run have ended.
func (db *DB) Close() error {
	return errors.Join(db.reads.Close(), db.writes.Close())
}

// write runs do in a transaction that holds the right to write from its beginning.
func (db *DB) write(ctx context.Context, do func(tx *sql.Tx) error) error {
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

// dialect is what differs between databases.
type dialect interface {
	// bind writes the placeholders of a query, each a ?, the way that the database reads them.
	bind(query string) string
	// field is the SQL for a field of the column data; elements is a table of the elements of an
	// array there, in a column called value.
	field(name string) string
	elements(name string) string
	// as turns such an expression into one that compares as typ does.
	as(expression string, typ FieldType) string
	// search is a condition: text contains part, whatever the case.
	search(text, part string) string
	// fence ends a subquery whose columns are to be worked out once a row, however often they are used.
	fence() string
	// parentTable is a query for the table that the column parent of a table refers to.
	parentTable() string
	// fault is the driver's error in this package's words, nil where it has none.
	fault(table string, err error) error
}

// quote writes an SQL identifier.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
