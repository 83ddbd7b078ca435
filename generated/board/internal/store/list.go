package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// maxLimit is the largest page.
const maxLimit = 1000

// Query says which rows to list, and how.
type Query struct {
	// Filters must all let a row in.
	Filters []Filter
	// Order is what to sort by, the most important first; then comes the order of creation.
	Order []Order
	// Limit is the size of a page, at most 1000. 0: as many as that.
	Limit int
	// Offset is how many rows to leave out.
	Offset int
	// After is the Next of the page before, from a Query with the same Order. "": the first page.
	After string
	// Count asks for Page.Total.
	Count bool
}

// Order sorts by a field, named by its JSON path. Null and absent values come last either way.
type Order struct {
	Field      string
	Descending bool
	Type       FieldType
}

// Page is a part of a list.
type Page[T any] struct {
	// Items is never nil.
	Items []T
	// Next is the cursor to continue with, "" on the last page.
	Next string
	// More says that there are rows behind this page.
	More bool
	// Total counts the rows on all pages.
	Total int
}

// List returns a page of rows. A cursor that is none of this list is an ErrCursor.
func (t *Table[K, T]) List(ctx context.Context, q Query) (Page[T], error) {
	found, err := t.rows.list(ctx, q)
	if err != nil {
		return Page[T]{}, err
	}
	page := Page[T]{Items: make([]T, len(found.records)), Next: found.next, More: found.next != "", Total: found.total}
	for i, rec := range found.records {
		item, err := t.decode(rec)
		if err != nil {
			return Page[T]{}, err
		}
		page.Items[i] = item.Value
	}
	return page, nil
}

// listed is a page of records.
type listed struct {
	records []record
	next    string
	total   int
}

func (r rows) list(ctx context.Context, q Query) (listed, error) {
	where, err := r.where(q.Filters)
	if err != nil {
		return listed{}, err
	}
	var page listed
	if q.Count {
		query := fmt.Sprintf(`SELECT COUNT(*) FROM %s WHERE %s`, quote(r.table), where.sql())
		if err := r.db.reads.DB.QueryRowContext(ctx, r.db.dialect.bind(query), where.args...).Scan(&page.total); err != nil {
			return listed{}, r.fault(err)
		}
	}
	if page.records, page.next, err = r.page(ctx, q, where); err != nil {
		return listed{}, err
	}
	if len(page.records) == 0 {
		return page, r.needParent(ctx)
	}
	return page, nil
}

// page reads the rows of one page, and one more to see whether there is a next.
func (r rows) page(ctx context.Context, q Query, where conditions) ([]record, string, error) {
	list := r.sorted(r.order(q.Order), where)
	after, err := list.order.after(r.db.dialect, q.After)
	if err != nil {
		return nil, "", err
	}
	limit := q.Limit
	if limit <= 0 || limit > maxLimit {
		limit = maxLimit
	}
	query, args := r.db.dialect.page(list, after, limit+1, max(q.Offset, 0))
	found, err := r.db.reads.QueryContext(ctx, r.db.dialect.bind(query), args...)
	if err != nil {
		return nil, "", r.pageFault(q, err)
	}
	defer func() { _ = found.Close() }()
	records, next, err := list.order.read(found, limit)
	return records, next, r.pageFault(q, err)
}

// pageFault is fault where a cursor may hold what the database takes for no number.
func (r rows) pageFault(q Query, err error) error {
	err = r.fault(err)
	if q.After != "" && errors.Is(err, ErrInvalid) {
		return ErrCursor
	}
	return err
}

// read returns up to limit rows, and the cursor of the last one if there are more.
func (o order) read(found *sql.Rows, limit int) ([]record, string, error) {
	var records []record
	var last cursor
	for found.Next() {
		if len(records) == limit {
			next, err := last.encode()
			return records, next, err
		}
		rec, here := record{}, cursor{List: o.list, Values: make([]any, len(o.fields))}
		into := []any{&rec.path, &rec.data, &here.Seq}
		for i := range here.Values {
			into = append(into, &here.Values[i])
		}
		if err := found.Scan(into...); err != nil {
			return nil, "", err
		}
		records, last = append(records, rec), here
	}
	return records, "", found.Err()
}

// sorted is a query for all rows of a list, with what they sort by.
type sorted struct {
	query   string
	args    []any
	columns string
	order   order
}

func (r rows) sorted(order order, where conditions) sorted {
	columns := []string{"path", "data", "seq"}
	fields := slices.Clone(columns)
	for i, field := range order.fields {
		columns = append(columns, order.columns[i])
		fields = append(fields, field+" AS "+order.columns[i])
	}
	query := fmt.Sprintf(`SELECT %s FROM %s WHERE %s`, strings.Join(fields, ", "), quote(r.table), where.sql())
	return sorted{query, where.args, strings.Join(columns, ", "), order}
}

// needParent answers ErrNoParent when the table refers to a parent that is not there.
func (r rows) needParent(ctx context.Context) error {
	if !r.nested {
		return nil
	}
	var parents string
	err := r.fault(r.queryRow(ctx, r.db.dialect.parentTable(), r.table).Scan(&parents))
	if errors.Is(err, ErrNotFound) {
		return nil // no foreign key, so that nobody asks for the parent
	}
	if err != nil {
		return err
	}
	there, err := r.exists(ctx, parents, r.parent)
	if err == nil && !there {
		err = ErrNoParent
	}
	return err
}
