package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// timestamp is RFC 3339 at a fixed width, so that times in UTC sort as texts.
const timestamp = "2006-01-02T15:04:05.000000000Z"

// rows is the SQL behind a Table, without its types.
type rows struct {
	db    *DB
	table string
	// parent is the path of the parent that the rows belong to, where nested says that one was named.
	parent string
	nested bool
	// byPath is the query for the row with a path.
	byPath string
}

func newRows(db *DB, table string) rows {
	return rows{db: db, table: table, byPath: db.dialect.bind(selectFrom(table) + `path = ?`)}
}

// selectFrom is a query for records; what is asked of them follows. They come as one text, whose parts have
// no spaces but the last: a driver looks up the name and the type of each column with each query, and that
// took longer than to find the row.
func selectFrom(table string) string {
	return `SELECT concat_ws(' ', path, seq, version, created, updated, data) AS record FROM ` + quote(table) + ` WHERE `
}

// record is a row as the database has it.
type record struct {
	path             string
	seq, version     int64
	created, updated time.Time
	data             string
}

// querier is a database or a transaction.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// get returns the row with that path.
func (r rows) get(ctx context.Context, path string) (record, error) {
	return r.record(r.db.reads.text(ctx, r.byPath, path))
}

// first returns the first row that fulfils all conditions.
func (r rows) first(ctx context.Context, where conditions) (record, error) {
	var text string
	err := r.queryRow(ctx, selectFrom(r.table)+where.sql()+` ORDER BY seq LIMIT 1`, where.args...).Scan(&text)
	return r.record(text, err)
}

// record reads what selectFrom asks for.
func (r rows) record(text string, err error) (record, error) {
	if err != nil {
		return record{}, r.fault(err)
	}
	var parts [5]string
	for i := range parts {
		parts[i], text, _ = strings.Cut(text, " ")
	}
	rec := record{path: parts[0], data: text}
	var faults [4]error
	rec.seq, faults[0] = strconv.ParseInt(parts[1], 10, 64)
	rec.version, faults[1] = strconv.ParseInt(parts[2], 10, 64)
	rec.created, faults[2] = time.Parse(time.RFC3339Nano, parts[3])
	rec.updated, faults[3] = time.Parse(time.RFC3339Nano, parts[4])
	if err := cmp.Or(faults[:]...); err != nil {
		return record{}, r.corrupt(rec.path, err)
	}
	return rec, nil
}

func (r rows) exists(ctx context.Context, table, path string) (bool, error) {
	var one int
	err := r.queryRow(ctx, fmt.Sprintf(`SELECT 1 FROM %s WHERE path = ?`, quote(table)), path).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, r.fault(err)
}

func (r rows) secret(ctx context.Context, path, column string) (string, error) {
	var value sql.NullString
	err := r.queryRow(ctx, fmt.Sprintf(`SELECT %s FROM %s WHERE path = ?`, quote(column), quote(r.table)), path).Scan(&value)
	return value.String, r.fault(err)
}

// insertNumbered adds the row that build makes of the next number of the table. A number whose key
// a client has chosen already is passed over.
func (r rows) insertNumbered(ctx context.Context, build func(number int64) (string, []byte, error), secrets []Secret) (record, error) {
	var rec record
	err := r.db.write(ctx, func(tx *sql.Tx) error {
		for added := false; !added; {
			seq, err := r.number(ctx, tx)
			if err != nil {
				return err
			}
			path, data, err := build(seq)
			if err != nil {
				return err
			}
			if rec, added, err = r.add(ctx, tx, path, seq, data, secrets); err != nil {
				return err
			}
		}
		return nil
	})
	return rec, r.fault(err)
}

// insert adds a row unless there is one with that path already.
func (r rows) insert(ctx context.Context, path string, data []byte, secrets []Secret) (rec record, added bool, err error) {
	err = r.db.write(ctx, func(tx *sql.Tx) error {
		seq, err := r.number(ctx, tx)
		if err == nil {
			rec, added, err = r.add(ctx, tx, path, seq, data, secrets)
		}
		return err
	})
	return rec, added, r.fault(err)
}

// number takes the next number of the table. Until the transaction ends nobody else gets one, so
// that rows appear in the order of their numbers, and no cursor runs ahead of one that is late.
func (r rows) number(ctx context.Context, tx *sql.Tx) (int64, error) {
	query := fmt.Sprintf(`INSERT INTO _sequences (name, value)
		VALUES (?, (SELECT COALESCE(MAX(seq), 0) + 1 FROM %s))
		ON CONFLICT (name) DO UPDATE SET value = _sequences.value + 1 RETURNING value`, quote(r.table))
	var number int64
	err := tx.QueryRowContext(ctx, r.db.dialect.bind(query), r.table).Scan(&number)
	return number, err
}

func (r rows) add(ctx context.Context, tx *sql.Tx, path string, seq int64, data []byte, secrets []Secret) (record, bool, error) {
	now, text := time.Now().UTC().Round(0), string(data)
	columns := []string{"path", "parent", "seq", "version", "created", "updated", "data"}
	args := []any{path, r.parent, seq, 1, now.Format(timestamp), now.Format(timestamp), text}
	for _, s := range secrets {
		columns = append(columns, quote(s.Column))
		args = append(args, s.Value)
	}
	n, err := r.exec(ctx, tx, fmt.Sprintf(`INSERT INTO %s (%s) VALUES (?%s) ON CONFLICT (path) DO NOTHING`,
		quote(r.table), strings.Join(columns, ", "), strings.Repeat(", ?", len(args)-1)), args...)
	return record{path: path, seq: seq, version: 1, created: now, updated: now, data: text}, n == 1, err
}

// replace gives old new data, or answers errRaced when old is no longer what is there.
func (r rows) replace(ctx context.Context, old record, data []byte, secrets []Secret) (record, error) {
	changed := old
	changed.version++
	changed.updated = time.Now().UTC().Round(0)
	changed.data = string(data)
	set := []string{"data = ?", "version = ?", "updated = ?"}
	args := []any{changed.data, changed.version, changed.updated.Format(timestamp)}
	for _, s := range secrets {
		set = append(set, quote(s.Column)+" = ?")
		args = append(args, s.Value)
	}
	return changed, r.onlyIf(ctx, old, fmt.Sprintf(`UPDATE %s SET %s`, quote(r.table), strings.Join(set, ", ")), args...)
}

// remove deletes old, or answers errRaced when old is no longer what is there.
func (r rows) remove(ctx context.Context, old record) error {
	err := r.onlyIf(ctx, old, fmt.Sprintf(`DELETE FROM %s`, quote(r.table)))
	if errors.Is(err, ErrNoParent) {
		return fmt.Errorf("%w: other rows need %s %s", ErrConflict, r.table, old.path)
	}
	return err
}

// onlyIf runs a statement on the row that old is. The number tells it from a later row with the same
// key and version.
func (r rows) onlyIf(ctx context.Context, old record, statement string, args ...any) error {
	args = append(args, old.path, old.seq, old.version)
	n, err := r.exec(ctx, r.db.writes, statement+` WHERE path = ? AND seq = ? AND version = ?`, args...)
	if err == nil && n == 0 {
		return errRaced
	}
	return r.fault(err)
}

func (r rows) exec(ctx context.Context, on querier, statement string, args ...any) (int64, error) {
	result, err := on.ExecContext(ctx, r.db.dialect.bind(statement), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (r rows) queryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return r.db.reads.QueryRowContext(ctx, r.db.dialect.bind(query), args...)
}

// fault is err in this package's words, where it has any.
func (r rows) fault(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	if known := r.db.dialect.fault(r.table, err); known != nil {
		return known
	}
	return fmt.Errorf("table %s: %w", r.table, err)
}

func (r rows) corrupt(path string, err error) error {
	return fmt.Errorf("table %s: row %s: %w", r.table, path, err)
}
