package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

// postgresOwn are the tables and functions of this package. The functions make of JSON what compares, and
// null of anything else; as they are immutable, an index may be of what they return. _instant is a
// date-time in UTC with nine digits behind the second, which PostgreSQL's own types do not have.
const postgresOwn = `
CREATE TABLE IF NOT EXISTS _sequences (name TEXT PRIMARY KEY, value BIGINT NOT NULL);

CREATE OR REPLACE FUNCTION _text(value jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN jsonb_typeof(value) IN ('string', 'boolean') THEN value #>> '{}' END
$$;

CREATE OR REPLACE FUNCTION _number(value jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN jsonb_typeof(value) = 'number' THEN value::numeric END
$$;

CREATE OR REPLACE FUNCTION _instant(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	p text[];
	second timestamp;
BEGIN
	-- Most are in UTC, and a list may have to look at many.
	IF value ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$' THEN
		RETURN left(value, 19) || '.' || rpad(rtrim(substr(value, 21), 'Z'), 9, '0') || 'Z';
	END IF;
	p := regexp_match(upper(value), '^((?!0000)\d{4})-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-4]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$');
	IF p IS NULL THEN
		RETURN NULL;
	END IF;
	second := make_timestamp(p[1]::int, p[2]::int, 1, 0, 0, 0) +
		make_interval(days => p[3]::int - 1, hours => p[4]::int, mins => p[5]::int, secs => p[6]::int);
	IF p[8] IS NOT NULL THEN
		second := second - make_interval(hours => (p[8] || p[9])::int, mins => (p[8] || p[10])::int);
	END IF;
	RETURN to_char(second, 'YYYY-MM-DD"T"HH24:MI:SS.') || rpad(left(coalesce(p[7], ''), 9), 9, '0') || 'Z';
END
$$;
`

// migrate makes tables what ddl says, new columns first, because the rest of it may need them. It does so
// once for each ddl of that name, however many start at the same time.
func (d postgresDialect) migrate(ctx context.Context, name, own, ddl string) error {
	conn, err := d.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	sum := sha256.Sum256([]byte(own + ddl))
	digest := hex.EncodeToString(sum[:])
	if done, err := migrated(ctx, conn, name, digest); done || err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if err := turn(ctx, tx, d.config.RuntimeParams["lock_timeout"]); err != nil {
			return err
		}
		if done, err := migrated(ctx, tx, name, digest); done || err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, own); err != nil {
			return err
		}
		if err := addPostgresColumns(ctx, tx, ddl); err != nil {
			return fmt.Errorf("schema: %w", err)
		}
		if _, err := tx.Exec(ctx, ddl); err != nil {
			return fmt.Errorf("schema: %w", err)
		}
		_, err := tx.Exec(ctx, `INSERT INTO _schema (name, digest) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET digest = excluded.digest`, name, digest)
		return err
	})
}

// connect is patient with a server that is starting.
func (d postgresDialect) connect(ctx context.Context) (*pgx.Conn, error) {
	deadline := time.Now().Add(patience)
	for {
		conn, err := pgx.ConnectConfig(ctx, d.config)
		if err == nil || postgresCode(err) != cannotConnectNow || time.Now().After(deadline) {
			return conn, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(postgresAgain):
		}
	}
}

type pgQuerier interface {
	QueryRow(ctx context.Context, query string, args ...any) pgx.Row
}

// migrated says that ddl with that digest has run last.
func migrated(ctx context.Context, on pgQuerier, name, digest string) (bool, error) {
	var there bool
	if err := on.QueryRow(ctx, `SELECT to_regclass('_schema') IS NOT NULL`).Scan(&there); err != nil || !there {
		return false, err
	}
	var last string
	err := on.QueryRow(ctx, `SELECT digest FROM _schema WHERE name = $1`, name).Scan(&last)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	return last == digest, err
}

// turn waits for others who make tables, for as long as they take. What those who read and write have
// locked is waited for no longer than timeout, because whoever comes behind waits with it.
func turn(ctx context.Context, tx pgx.Tx, timeout string) error {
	if _, err := tx.Exec(ctx, `SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(hashtextextended('_schema ' || current_schema(), 0))`); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `SELECT set_config('lock_timeout', $1, true)`, timeout); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `CREATE TABLE IF NOT EXISTS _schema (name TEXT PRIMARY KEY, digest TEXT NOT NULL)`)
	return err
}

// addPostgresColumns adds the columns that tables of an older database lack. To know them it makes the
// tables as temporary ones, which the savepoint takes away.
func addPostgresColumns(ctx context.Context, tx pgx.Tx, ddl string) error {
	have, err := postgresColumns(ctx, tx, `current_schema()::regnamespace`)
	if err != nil {
		return err
	}
	scratch, err := tx.Begin(ctx)
	if err != nil {
		return err
	}
	wanted, err := temporary(ctx, scratch, ddl)
	if err := errors.Join(err, scratch.Rollback(ctx)); err != nil {
		return err
	}
	for _, c := range missing(have, wanted) {
		if _, err := tx.Exec(ctx, c.add()); err != nil {
			return fmt.Errorf("table %s: new column %s: %w", c.table, c.name, err)
		}
	}
	return nil
}

func temporary(ctx context.Context, tx pgx.Tx, ddl string) ([]column, error) {
	if _, err := tx.Exec(ctx, `SELECT set_config('search_path', 'pg_temp, ' || current_setting('search_path'), true)`); err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, ddl); err != nil {
		return nil, err
	}
	return postgresColumns(ctx, tx, `pg_my_temp_schema()`)
}

func postgresColumns(ctx context.Context, tx pgx.Tx, schema string) ([]column, error) {
	found, err := tx.Query(ctx, `SELECT t.relname::text, c.attname::text, format_type(c.atttypid, c.atttypmod), c.attnotnull, pg_get_expr(d.adbin, d.adrelid)
		FROM pg_class AS t JOIN pg_attribute AS c ON c.attrelid = t.oid LEFT JOIN pg_attrdef AS d ON d.adrelid = t.oid AND d.adnum = c.attnum
		WHERE t.relnamespace = `+schema+` AND t.relkind = 'r' AND c.attnum > 0 AND NOT c.attisdropped AND c.attgenerated = '' AND c.attidentity = ''`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, func(row pgx.CollectableRow) (column, error) {
		var c column
		var value pgtype.Text
		err := row.Scan(&c.table, &c.name, &c.typ, &c.notNull, &value)
		c.value = sql.NullString{String: value.String, Valid: value.Valid}
		return c, err
	})
}

// postgresCode is the code of an error of the server, "" where it is none.
func postgresCode(err error) string {
	if fault, ok := errors.AsType[*pgconn.PgError](err); ok {
		return fault.Code
	}
	return ""
}
