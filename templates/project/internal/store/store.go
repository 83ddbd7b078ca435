// Package store keeps resources in SQLite or PostgreSQL: a table a resource, in it a row each, a JSON document
// with a key, a parent and a version.
//
// Goals: several processes write at once and no update is lost; children go with their parent;
// a row that was written under an older document still reads; the tables are the author's, in a
// file that can be read and changed. The SQL is kept portable: what differs between databases is
// in the type dialect.
//
// Non-goals: joins, transactions over several rows, migrations beyond new tables and new columns.
// Filters and orders look at what is stored: a field that an old row lacks is null to them,
// whatever default the row is read with.
//
// # Tables
//
// Open runs the file sqlite.sql at each start, or postgres.sql when it has changed. It can do anything, as
// long as it can do it again. A table in it has these columns, and may have more:
//
//	CREATE TABLE IF NOT EXISTS comments (
//		path     TEXT    PRIMARY KEY, -- its parents' keys and its own: 7/3
//		parent   TEXT    NOT NULL REFERENCES posts (path) ON DELETE CASCADE,
//		seq      INTEGER NOT NULL UNIQUE, -- order of creation
//		version  INTEGER NOT NULL, -- 1, then one more with each change
//		created  TEXT    NOT NULL,
//		updated  TEXT    NOT NULL,
//		data     TEXT    NOT NULL CHECK (json_valid(data)), -- the representation
//		password TEXT -- a Secret
//	);
//	CREATE INDEX IF NOT EXISTS comments_by_parent ON comments (parent, seq);
//	CREATE UNIQUE INDEX IF NOT EXISTS comments_slug ON comments (parent, data ->> 'slug');
//
// The column parent has no REFERENCES where nobody can create a parent, or where there is none:
//
//	parent   TEXT    NOT NULL DEFAULT '',
//
// PostgreSQL has BIGINT for INTEGER, and JSONB for the TEXT of data. What this package compares there is
// _text(data -> 'slug') COLLATE "C", _number(data -> 'rating') or _instant(data ->> 'createdAt') COLLATE "C":
// an index is of use if it is on that.
//
// A unique index is called TABLE_FIELD: a Conflict names the field. A column that a table of an older
// database lacks is added when the file names it. Tables whose names start with an underscore belong
// to this package.
package store

import (
	"errors"
	"fmt"
	"time"
)

var (
	// ErrNotFound says that there is no such row.
	ErrNotFound = errors.New("not found")
	// ErrNoParent says that the parent does not exist. It is an ErrNotFound too.
	ErrNoParent = fmt.Errorf("parent %w", ErrNotFound)
	// ErrConflict says that the key or a unique field is taken; a *Conflict says which.
	ErrConflict = errors.New("conflict")
	// ErrStale says that a Precondition refused the version that is there.
	ErrStale = errors.New("precondition failed")
	// ErrInvalid says that a value breaks a CHECK of its table.
	ErrInvalid = errors.New("value refused by the database")
	// ErrNUL is an ErrInvalid about the character U+0000, which PostgreSQL has in no text.
	ErrNUL = fmt.Errorf("%w: U+0000", ErrInvalid)
	// ErrCursor says that Query.After is no cursor of this list.
	ErrCursor = errors.New("not a cursor of this list")
	// ErrBusy says that others were writing for longer than a caller should wait.
	ErrBusy = errors.New("database busy")
	// ErrUnavailable says that the database does not answer.
	ErrUnavailable = errors.New("database does not answer")
)

// Conflict is an ErrConflict about a unique field, or about the key when Field is empty.
type Conflict struct{ Field string } //nolint:errname // reads as errors.As(err, &conflict) does

func (c *Conflict) Error() string {
	if c.Field == "" {
		return "conflict: the key is taken"
	}
	return fmt.Sprintf("conflict: %s is taken", c.Field)
}

// Is reports whether target is ErrConflict.
func (c *Conflict) Is(target error) bool { return target == ErrConflict }

// Row is a value with what the database knows about it.
type Row[T any] struct {
	Value T
	// Version is 1 when the row is created and one more with each change.
	Version          int64
	Created, Updated time.Time
}

// Precondition decides about a write by the version that is there, 0 when there is none
// (If-Match and If-None-Match, RFC 9110 §13). Nil asks nothing.
type Precondition func(version int64) bool

func (p Precondition) holds(version int64) bool { return p == nil || p(version) }

// Secret is a value beside the representation, in a column of its own: a password's hash.
type Secret struct{ Column, Value string }
