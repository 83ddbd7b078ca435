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

// Reads is for queries outside of a transaction.
func (db *DB) Reads() SQL { return SQL{db.reads, db.dialect} }

// Write runs do in a transaction that holds the right to write from its beginning. Its error is
// that of do, ErrBusy, or the driver's.
func (db *DB) Write(ctx context.Context, do func(SQL) error) error {
	err := db.write(ctx, func(tx *sql.Tx) error { return do(SQL{tx, db.dialect}) })
	if known := db.dialect.fault("", err); known != nil {
		return known
	}
	return err
}
