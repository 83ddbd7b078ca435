package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// sequences numbers the rows of each table. A number is never given out twice.
const sequences = `CREATE TABLE IF NOT EXISTS _sequences (name TEXT PRIMARY KEY, value INTEGER NOT NULL);`

// migrate makes the tables of an SQLite database what ddl says: new columns first, because the rest
// of it may need them.
func (db *DB) migrate(ctx context.Context, ddl string) error {
	wanted, err := sqliteWanted(ctx, ddl)
	if err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	if err := db.useWAL(ctx); err != nil {
		return err
	}
	return db.write(ctx, func(tx *sql.Tx) error {
		if err := addColumns(ctx, tx, wanted); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, sequences+ddl); err != nil { //nolint:gosec // the author's own SQL
			return fmt.Errorf("schema: %w", err)
		}
		return nil
	})
}

// useWAL lets readers and one writer work side by side. At the first start of all it may fail at
// once, without patience, while another process does the same.
func (db *DB) useWAL(ctx context.Context) error {
	return retry(ctx, func() error {
		_, err := db.writes.ExecContext(ctx, `PRAGMA journal_mode = WAL`)
		if errors.Is(db.dialect.fault("", err), ErrBusy) {
			return errRaced
		}
		return err
	})
}

// column is a column of a table as the database describes it.
type column struct {
	table, name, typ string
	notNull          bool
	value            sql.NullString
}

// sqliteWanted lists the columns that ddl makes in an empty database.
func sqliteWanted(ctx context.Context, ddl string) ([]column, error) {
	scratch, err := sql.Open("sqlite", "file::memory:?_dqs=0")
	if err != nil {
		return nil, err
	}
	defer func() { _ = scratch.Close() }()
	scratch.SetMaxOpenConns(1)                               // each connection would be an empty database of its own
	if _, err := scratch.ExecContext(ctx, ddl); err != nil { //nolint:gosec // the author's own SQL
		return nil, err
	}
	return sqliteColumns(ctx, scratch)
}

func sqliteColumns(ctx context.Context, db querier) ([]column, error) {
	found, err := db.QueryContext(ctx, `SELECT t.name, c.name, c.type, c."notnull", c.dflt_value
		FROM sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = found.Close() }()
	var columns []column
	for found.Next() {
		var c column
		if err := found.Scan(&c.table, &c.name, &c.typ, &c.notNull, &c.value); err != nil {
			return nil, err
		}
		columns = append(columns, c)
	}
	return columns, found.Err()
}

// addColumns adds the wanted columns that tables of an older database lack.
func addColumns(ctx context.Context, tx *sql.Tx, wanted []column) error {
	have, err := sqliteColumns(ctx, tx)
	if err != nil {
		return err
	}
	for _, c := range missing(have, wanted) {
		if _, err := tx.ExecContext(ctx, c.add()); err != nil {
			return fmt.Errorf("schema: table %s: new column %s: %w", c.table, c.name, err)
		}
	}
	return nil
}

// missing are the wanted columns that tables which are there do not have.
func missing(have, wanted []column) []column {
	known := map[string]bool{}
	for _, c := range have {
		known[strings.ToLower(c.table)] = true
		known[strings.ToLower(c.table+"."+c.name)] = true
	}
	var out []column
	for _, c := range wanted {
		if known[strings.ToLower(c.table)] && !known[strings.ToLower(c.table+"."+c.name)] {
			out = append(out, c)
		}
	}
	return out
}

// add is the SQL that adds the column.
func (c column) add() string {
	statement := fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s %s", quote(c.table), quote(c.name), c.typ)
	if c.notNull {
		statement += " NOT NULL"
	}
	if c.value.Valid {
		statement += " DEFAULT " + c.value.String
	}
	return statement
}
