package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// Def says what a table holds.
type Def[T any] struct {
	// Name is its SQL table.
	Name string
	// Shallow says that a key is that of one row, whichever parent it belongs to.
	Shallow bool
	// New makes a value with the defaults of fields that older rows lack. Nil: the zero value.
	New func() T
}

// Table is a resource: values of type T under keys of type K. Its methods are safe for concurrent
// use, also by several processes.
type Table[K Key, T any] struct {
	rows rows
	def  Def[T]
}

// NewTable returns the table of db that def names.
func NewTable[K Key, T any](db *DB, def Def[T]) *Table[K, T] {
	return &Table[K, T]{rows: newRows(db, def.Name), def: def}
}

// Under is the part of the table whose rows belong to the parent with these keys, the outermost first.
// What needs the parent answers ErrNoParent when it does not exist and the table refers to it. The
// table itself, without Under, lists and finds the rows of all parents.
func (t *Table[K, T]) Under(parent ...any) *Table[K, T] {
	under := *t
	under.rows.parent, under.rows.nested = joinKeys(parent...), len(parent) > 0
	return &under
}

// Insert adds a row whose key the database numbers; K is an integer. Meanwhile nobody else can
// write: build must be quick and not use the database.
func (t *Table[K, T]) Insert(ctx context.Context, build func(key K) T, secrets ...Secret) (Row[T], error) {
	var value T
	rec, err := t.rows.insertNumbered(ctx, func(number int64) (string, []byte, error) {
		key, err := parseKey[K](fmt.Sprint(number))
		if err != nil {
			return "", nil, err
		}
		value = build(key)
		data, err := json.Marshal(value)
		return t.path(key), data, err
	}, secrets)
	return row(rec, value, err)
}

// InsertAt adds a row with a key of the caller's. It is an ErrConflict when the key is taken.
func (t *Table[K, T]) InsertAt(ctx context.Context, key K, value T, secrets ...Secret) (Row[T], error) {
	rec, added, err := t.insert(ctx, key, value, secrets)
	if err == nil && !added {
		err = &Conflict{}
	}
	return row(rec, value, err)
}

// Get returns the row with that key, or ErrNotFound.
func (t *Table[K, T]) Get(ctx context.Context, key K) (Row[T], error) {
	_, found, err := t.get(ctx, key)
	return found, err
}

// Exists reports whether there is a row with that key.
func (t *Table[K, T]) Exists(ctx context.Context, key K) (bool, error) {
	return t.rows.exists(ctx, t.rows.table, t.path(key))
}

// Find returns the oldest row whose field equals value, or ErrNotFound. The field is named by its
// JSON path, "name" or "owner.id".
func (t *Table[K, T]) Find(ctx context.Context, field string, value any) (K, Row[T], error) {
	var none K
	where, err := t.rows.where([]Filter{Equal(field, value)})
	if err != nil {
		return none, Row[T]{}, err
	}
	if where.asked == 0 { // no value, and the first row of all is not the answer
		return none, Row[T]{}, ErrNotFound
	}
	rec, err := t.rows.first(ctx, where)
	if err != nil {
		return none, Row[T]{}, err
	}
	found, err := t.decode(rec)
	if err != nil {
		return none, Row[T]{}, err
	}
	key, err := lastKey[K](rec.path)
	return key, found, err
}

// Secret returns what the row with that key has in that column, "" where it has nothing.
func (t *Table[K, T]) Secret(ctx context.Context, key K, column string) (string, error) {
	return t.rows.secret(ctx, t.path(key), column)
}

// Update reads, changes and writes one row. When another writer was faster, change runs again on
// what is there then. An error of change is returned as it is, and nothing is written.
func (t *Table[K, T]) Update(ctx context.Context, key K, pre Precondition, change func(value *T) error, secrets ...Secret) (Row[T], error) {
	var changed Row[T]
	err := retry(ctx, func() error {
		rec, old, err := t.get(ctx, key)
		if err != nil {
			return err
		}
		changed, err = t.replace(ctx, rec, old.Value, pre, change, secrets)
		return err
	})
	return changed, err
}

// Put is Update that creates the row when there is none, from Def.New; created tells.
func (t *Table[K, T]) Put(ctx context.Context, key K, pre Precondition, change func(value *T) error, secrets ...Secret) (put Row[T], created bool, err error) {
	err = retry(ctx, func() error {
		rec, old, err := t.get(ctx, key)
		if created = errors.Is(err, ErrNotFound); created {
			put, err = t.create(ctx, key, pre, change, secrets)
			return err
		}
		if err != nil {
			return err
		}
		put, err = t.replace(ctx, rec, old.Value, pre, change, secrets)
		return err
	})
	return put, created && err == nil, err
}

// Delete removes the row with that key, and its children, and returns it as it was.
func (t *Table[K, T]) Delete(ctx context.Context, key K, pre Precondition) (Row[T], error) {
	var deleted Row[T]
	err := retry(ctx, func() error {
		rec, old, err := t.get(ctx, key)
		if err != nil {
			return err
		}
		if !pre.holds(rec.version) {
			return ErrStale
		}
		deleted = old
		return t.rows.remove(ctx, rec)
	})
	if err != nil {
		return Row[T]{}, err
	}
	return deleted, nil
}

func (t *Table[K, T]) get(ctx context.Context, key K) (record, Row[T], error) {
	rec, err := t.rows.get(ctx, t.path(key))
	if err != nil {
		return record{}, Row[T]{}, err
	}
	found, err := t.decode(rec)
	return rec, found, err
}

func (t *Table[K, T]) create(ctx context.Context, key K, pre Precondition, change func(*T) error, secrets []Secret) (Row[T], error) {
	if !pre.holds(0) {
		return Row[T]{}, ErrStale
	}
	value := t.newValue()
	if err := change(&value); err != nil {
		return Row[T]{}, err
	}
	rec, added, err := t.insert(ctx, key, value, secrets)
	if err == nil && !added {
		err = errRaced
	}
	return row(rec, value, err)
}

func (t *Table[K, T]) insert(ctx context.Context, key K, value T, secrets []Secret) (record, bool, error) {
	data, err := json.Marshal(value)
	if err != nil {
		return record{}, false, t.rows.fault(err)
	}
	return t.rows.insert(ctx, t.path(key), data, secrets)
}

func (t *Table[K, T]) replace(ctx context.Context, old record, value T, pre Precondition, change func(*T) error, secrets []Secret) (Row[T], error) {
	if !pre.holds(old.version) {
		return Row[T]{}, ErrStale
	}
	fields, err := forgotten(old.data, value)
	if err != nil {
		return Row[T]{}, t.rows.fault(err)
	}
	if err := change(&value); err != nil {
		return Row[T]{}, err
	}
	data, err := json.Marshal(value)
	if err == nil {
		data, err = remembering(data, fields)
	}
	if err != nil {
		return Row[T]{}, t.rows.fault(err)
	}
	rec, err := t.rows.replace(ctx, old, data, secrets)
	return row(rec, value, err)
}

func (t *Table[K, T]) path(key K) string {
	if t.rows.nested && !t.def.Shallow {
		return t.rows.parent + "/" + joinKeys(key)
	}
	return joinKeys(key)
}

func (t *Table[K, T]) newValue() T {
	if t.def.New != nil {
		return t.def.New()
	}
	var zero T
	return zero
}

// storedReader is a value that reads its own JSON faster than encoding/json does. It is false for what that
// has to read all the same.
type storedReader interface{ ReadStored(data string) bool }

func (t *Table[K, T]) decode(rec record) (Row[T], error) {
	value := t.newValue()
	if fast, ok := any(&value).(storedReader); ok && fast.ReadStored(rec.data) {
		return row(rec, value, nil)
	}
	value = t.newValue()
	if err := json.Unmarshal([]byte(rec.data), &value); err != nil {
		return Row[T]{}, t.rows.corrupt(rec.path, err)
	}
	return row(rec, value, nil)
}

func row[T any](rec record, value T, err error) (Row[T], error) {
	if err != nil {
		return Row[T]{}, err
	}
	return Row[T]{Value: value, Version: rec.version, Created: rec.created, Updated: rec.updated}, nil
}
