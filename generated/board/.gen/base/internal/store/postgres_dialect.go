package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// postgresDialect knows how to connect for what is done outside of the pool.
type postgresDialect struct{ config *pgx.ConnConfig }

func (postgresDialect) remote() bool { return true }

// bind makes $1, $2 … of each ? that is in no text and no name.
func (postgresDialect) bind(query string) string {
	if !strings.Contains(query, "?") {
		return query
	}
	var out strings.Builder
	n, within := 0, byte(0)
	for i := range len(query) {
		c := query[i]
		switch {
		case within != 0:
			if c == within {
				within = 0
			}
		case c == '\'' || c == '"':
			within = c
		case c == '?':
			n++
			out.WriteString("$" + strconv.Itoa(n))
			continue
		}
		out.WriteByte(c)
	}
	return out.String()
}

// value compares texts as bytes do, whatever the locale of the database.
func (postgresDialect) value(name string, typ FieldType) string {
	switch typ {
	case Number:
		return "_number(" + postgresPath(name, "->") + ")"
	case Time:
		return "_instant(" + postgresPath(name, "->>") + `) COLLATE "C"`
	}
	return "_text(" + postgresPath(name, "->") + `) COLLATE "C"`
}

func (postgresDialect) param(typ FieldType) string {
	switch typ {
	case Number:
		return "?::numeric"
	case flag:
		return "?::boolean::text"
	}
	return "?::text"
}

// arg leaves it to PostgreSQL to read a number, however large.
func (postgresDialect) arg(value any) (any, error) {
	if n, ok := value.(json.Number); ok {
		return n.String(), nil
	}
	return value, nil
}

func (d postgresDialect) contains(name string, typ FieldType) string {
	array := postgresPath(name, "->")
	switch typ {
	case Time:
		return fmt.Sprintf(`EXISTS (SELECT 1 FROM jsonb_array_elements_text(CASE jsonb_typeof(%[1]s) WHEN 'array' THEN %[1]s END) AS element WHERE _instant(element) = %[2]s)`, array, d.param(typ))
	case flag:
		return array + " @> to_jsonb(?::boolean)"
	}
	return array + " @> to_jsonb(" + d.param(typ) + ")"
}

func (d postgresDialect) search(name string, typ FieldType) string {
	return fmt.Sprintf(`strpos(lower((%s) COLLATE "C"), lower((%s)::text COLLATE "C")) > 0`, postgresPath(name, "->>"), d.param(typ))
}

// page asks for rows that have something to sort by apart from those that have not: each part is in the
// order of an index then, and begins where the cursor is.
func (d postgresDialect) page(list sorted, after place, limit, offset int) (string, []any) {
	order := list.order
	if len(order.columns) == 0 {
		part, args := d.part(list, after.behind, "seq", limit, offset)
		return part, args
	}
	first := order.columns[0]
	without, args := d.part(list, after.behind.and(first+" IS NULL"), order.sql(1), limit+offset, 0)
	from := "(" + without + ")"
	if after.values == nil || after.values[0] != nil {
		with, more := d.part(list, d.from(order, after).and(first+" IS NOT NULL"), order.by(0)+", "+order.sql(1), limit+offset, 0)
		from, args = "("+with+") UNION ALL "+from, slices.Concat(more, args)
	}
	query := fmt.Sprintf(`SELECT %s FROM (%s) AS page ORDER BY %s LIMIT ? OFFSET ?`, list.columns, from, order.sql(0))
	return query, append(args, limit, offset)
}

// from repeats of what is behind a cursor the part that an index can begin with.
func (postgresDialect) from(order order, after place) conditions {
	if after.values == nil {
		return after.behind
	}
	than := " >= "
	if order.descending[0] {
		than = " <= "
	}
	return after.behind.and(order.columns[0]+than+order.params[0], after.values[0])
}

func (postgresDialect) part(list sorted, where conditions, by string, limit, offset int) (string, []any) {
	query := fmt.Sprintf(`SELECT %s FROM (%s) AS part WHERE %s ORDER BY %s LIMIT ? OFFSET ?`, list.columns, list.query, where.sql(), by)
	return query, slices.Concat(list.args, where.args, []any{limit, offset})
}

func (postgresDialect) parentTable() string {
	return `SELECT p.relname::text FROM pg_constraint AS c JOIN pg_class AS p ON p.oid = c.confrelid
		JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
		WHERE c.contype = 'f' AND c.conrelid = to_regclass(quote_ident(?)) AND a.attname = 'parent'`
}

func (postgresDialect) lock() string { return `SELECT pg_advisory_xact_lock(hashtextextended(?, 0))` }

func (postgresDialect) tryLock() string {
	return `SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))`
}

func (d postgresDialect) tables(ctx context.Context, _ *DB, name, ddl string) error {
	return d.migrate(ctx, name, "", ddl)
}

// postgresPath is the SQL for the way to a field: data -> 'owner' ->> 'id'.
func postgresPath(field, last string) string {
	names := strings.Split(field, ".")
	for i, name := range names {
		names[i] = "'" + strings.ReplaceAll(name, "'", "''") + "'"
	}
	name := names[len(names)-1]
	return strings.Join(append([]string{"data"}, names[:len(names)-1]...), " -> ") + " " + last + " " + name
}
