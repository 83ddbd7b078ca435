package store

import "context"

// dialect is what differs between databases.
type dialect interface {
	expressions
	locks
	// remote says that the database may be on another machine.
	remote() bool
	// tables runs SQL that makes tables, called name. It can do so again.
	tables(ctx context.Context, db *DB, name, ddl string) error
	// fault is the driver's error in this package's words, nil where it has none.
	fault(table string, err error) error
}

// expressions are the parts of queries.
type expressions interface {
	// bind writes the placeholders of a query, each a ?, the way that the database reads them.
	bind(query string) string
	// value is the SQL for a field of the column data, as something that compares as typ does; param is
	// the placeholder of what it is compared with, and arg that value as the driver takes it.
	value(name string, typ FieldType) string
	param(typ FieldType) string
	arg(value any) (any, error)
	// contains is a condition: the field is an array that has param(typ) in it.
	contains(name string, typ FieldType) string
	// search is a condition: the field has param(typ) as a part of it, whatever the case.
	search(name string, typ FieldType) string
	// page is a query for the rows of list that come behind after, in their order.
	page(list sorted, after place, limit, offset int) (string, []any)
	// parentTable is a query for the table that the column parent of a table refers to.
	parentTable() string
}

// locks are queries, empty where a transaction that writes is the only one.
type locks interface {
	// lock waits for the lock called ?, which the transaction then keeps.
	lock() string
	// tryLock answers whether it could be had at once.
	tryLock() string
}
