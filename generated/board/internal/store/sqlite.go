package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

func openSQLite(ctx context.Context, name string, schema fs.FS) (*DB, error) {
	file, err := sqliteFile(name)
	if err != nil {
		return nil, err
	}
	ddl, err := fs.ReadFile(schema, "sqlite.sql")
	if err != nil {
		return nil, fmt.Errorf("database schema: %w", err)
	}
	db, err := connectSQLite(file)
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", file, err)
	}
	if err := db.migrate(ctx, string(ddl)); err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", file, err), db.Close())
	}
	return db, nil
}

// sqliteFile is the file that a URL names behind "sqlite:".
func sqliteFile(name string) (string, error) {
	name = strings.TrimPrefix(name, "//")
	switch {
	case name == "":
		return "", errors.New("database URL: sqlite: needs a file, such as sqlite:board.db")
	case strings.Contains(name, ":memory:"):
		return "", errors.New("database URL: sqlite::memory: would be another database in each process, use a file such as sqlite:board.db")
	case strings.Contains(name, "?"):
		return "", errors.New("database URL: sqlite: takes a file and no parameters, such as sqlite:board.db")
	}
	return filepath.Clean(name), nil
}

func connectSQLite(file string) (*DB, error) {
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(file)}).EscapedPath()}).String() + "?" + url.Values{
		"_busy_timeout": {fmt.Sprint(patience.Milliseconds())},
		"_foreign_keys": {"on"},
		"_synchronous":  {"normal"},
		"_dqs":          {"0"},
		"_error_rc":     {"1"},
	}.Encode()
	reads, fault := sql.Open("sqlite", dsn)
	looksUp, fault2 := sql.Open("sqlite", dsn)
	// A transaction that begins as a reader cannot become a writer when somebody wrote in between.
	writes, fault3 := sql.Open("sqlite", dsn+"&_txlock=immediate")
	if err := errors.Join(fault, fault2, fault3); err != nil {
		return nil, err // nothing is open yet
	}
	readers := max(4, runtime.NumCPU())
	reads.SetMaxOpenConns(readers)
	reads.SetMaxIdleConns(readers)
	writes.SetMaxOpenConns(1)
	db := &DB{dialect: sqliteDialect{}, reads: prepare(reads), writes: prepare(writes)}
	db.reads.lookups = &lookups{db: looksUp, left: readers}
	return db, nil
}

type sqliteDialect struct{}

func (sqliteDialect) bind(query string) string { return query }

func (sqliteDialect) remote() bool { return false }

func (sqliteDialect) value(name string, typ FieldType) string {
	return sqliteAs(sqlitePath(name, "->>"), typ)
}

func (sqliteDialect) param(FieldType) string { return "?" }

func (sqliteDialect) arg(value any) (any, error) {
	if n, ok := value.(json.Number); ok {
		return parseNumber(n)
	}
	return value, nil
}

func (sqliteDialect) contains(name string, typ FieldType) string {
	return fmt.Sprintf("EXISTS (SELECT 1 FROM json_each(%s) WHERE %s = ?)", sqlitePath(name, "->"), sqliteAs("value", typ))
}

func (sqliteDialect) search(name string, _ FieldType) string {
	return fmt.Sprintf("instr(lower(%s), lower(?)) > 0", sqlitePath(name, "->>"))
}

func (sqliteDialect) page(list sorted, after place, limit, offset int) (string, []any) {
	from := list.query
	if len(list.order.columns) > 0 {
		from += " LIMIT -1" // else a column would be worked out again wherever it is used; seq has an index
	}
	query := fmt.Sprintf(`SELECT %s FROM (%s) AS page WHERE %s ORDER BY %s LIMIT ? OFFSET ?`, list.columns, from, after.behind.sql(), list.order.sql(0))
	return query, slices.Concat(list.args, after.behind.args, []any{limit, offset})
}

func (sqliteDialect) parentTable() string {
	return `SELECT "table" FROM pragma_foreign_key_list(?) WHERE "from" = 'parent'`
}

// lock and tryLock ask for nothing: there is one writer at a time.
func (sqliteDialect) lock() string { return "" }

func (sqliteDialect) tryLock() string { return "" }

func (sqliteDialect) tables(ctx context.Context, db *DB, _, ddl string) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, ddl)
		return err
	})
}

func (sqliteDialect) fault(table string, err error) error {
	var fault *sqlite.Error
	if !errors.As(err, &fault) {
		return nil
	}
	switch code := fault.Code(); {
	case code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return ErrNoParent
	case code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return &Conflict{}
	case code == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
		return &Conflict{Field: sqliteUnique(table, fault.Error())}
	case code == sqlite3.SQLITE_CONSTRAINT_CHECK:
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	case code&0xff == sqlite3.SQLITE_BUSY:
		return fmt.Errorf("%w: %w", ErrBusy, err)
	}
	return nil
}

// sqliteUnique is the field of a message such as "UNIQUE constraint failed: index 'users_name' (2067)",
// or "… failed: users.name (2067)" for a column.
func sqliteUnique(table, message string) string {
	if _, rest, ok := strings.Cut(message, "index '"); ok {
		index, _, _ := strings.Cut(rest, "' (")
		return strings.TrimPrefix(index, table+"_")
	}
	columns, _, _ := strings.Cut(message, " (")
	return columns[strings.LastIndexByte(columns, '.')+1:]
}

// sqliteAs turns a value into one that compares as typ does.
func sqliteAs(expression string, typ FieldType) string {
	if typ != Time {
		return expression // ->> answers numbers as numbers
	}
	// SQLite's own functions know milliseconds only, and round them into the second: so they get
	// the whole seconds and the zone, and the fraction is filled up to nine digits beside them.
	return `(SELECT strftime('%Y-%m-%dT%H:%M:%S', substr(t, 1, 19) || zone) || '.' ||` +
		` substr(trim(substr(t, 20, length(t) - length(zone) - 19), '.') || '000000000', 1, 9) || 'Z'` +
		` FROM (SELECT t, iif(t LIKE '%Z', 'Z', substr(t, -6)) AS zone FROM (SELECT ` + expression + ` AS t)))`
}

// sqlitePath is the SQL for the way to a field: data -> 'owner' ->> 'id'.
func sqlitePath(field, last string) string {
	names := strings.Split(field, ".")
	for i, name := range names {
		names[i] = sqliteLabel(name)
	}
	name := names[len(names)-1]
	return strings.Join(append([]string{"data"}, names[:len(names)-1]...), " -> ") + " " + last + " " + name
}

// sqliteLabel writes the name of a field as an SQL string. SQLite takes most names as they are; what
// it would read as a path is written as one.
func sqliteLabel(name string) string {
	if name == "" || name[0] == '$' || name[0] == '[' || strings.ContainsAny(name, `"\`) {
		name = `$."` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
	}
	return "'" + strings.ReplaceAll(name, "'", "''") + "'"
}
