package store

import (
	"context"
	"database/sql"
)

// SQL runs statements on tables beside those of resources, whose names start with an underscore. An
// argument is a ? in every database.
type SQL struct {
	on      querier
	dialect dialect
}

// Exec returns the number of rows that the statement changed.
func (s SQL) Exec(ctx context.Context, statement string, args ...any) (int64, error) {
	result, err := s.on.ExecContext(ctx, s.dialect.bind(statement), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// QueryRow is database/sql's.
func (s SQL) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return s.on.QueryRowContext(ctx, s.dialect.bind(query), args...)
}

// Query is database/sql's.
func (s SQL) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return s.on.QueryContext(ctx, s.dialect.bind(query), args...)
}

// Lock waits until no other transaction of Write has the lock of that name, and keeps it until its own ends.
func (s SQL) Lock(ctx context.Context, name string) error {
	if s.dialect.lock() == "" {
		return nil
	}
	_, err := s.Exec(ctx, s.dialect.lock(), name)
	return err
}

// TryLock is Lock that does not wait, and says whether it has the lock.
func (s SQL) TryLock(ctx context.Context, name string) (locked bool, err error) {
	if s.dialect.tryLock() == "" {
		return true, nil
	}
	err = s.QueryRow(ctx, s.dialect.tryLock(), name).Scan(&locked)
	return locked, err
}

// Reads is for queries outside of a transaction.
func (db *DB) Reads() SQL { return SQL{db.reads, db.dialect} }

// Tables runs statements that make tables, and that can run again. The name tells them from others.
// Whoever does so at the same time waits.
func (db *DB) Tables(ctx context.Context, name, ddl string) error {
	return db.fault(db.dialect.tables(ctx, db, name, ddl))
}

// Write runs do in a transaction, and again if others were in its way. With SQLite the transaction holds
// the right to write from its beginning; elsewhere others write meanwhile, and Lock keeps them away. Its
// error is that of do, ErrBusy, ErrUnavailable, or the driver's.
func (db *DB) Write(ctx context.Context, do func(SQL) error) error {
	return db.fault(db.write(ctx, func(tx *sql.Tx) error { return do(SQL{tx, db.dialect}) }))
}
