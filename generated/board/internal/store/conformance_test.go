//nolint:thelper // the functions of the suite are tests, not helpers
package store

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// database is a kind of database that the tests of this package run against.
type database struct {
	schema fs.FS
	// newer is the schema with columns that databases of schema lack, broken with one that cannot be added.
	newer, broken fs.FS
	// deep is how deep JSON is that the database refuses, corrupt what it takes though it is no JSON.
	deep    int
	corrupt string
	// url names a database that nobody else uses.
	url func(t *testing.T) string
}

const sqliteDDL = `
CREATE TABLE IF NOT EXISTS users (
	path     TEXT    PRIMARY KEY,
	parent   TEXT    NOT NULL DEFAULT '',
	seq      INTEGER NOT NULL UNIQUE,
	version  INTEGER NOT NULL,
	created  TEXT    NOT NULL,
	updated  TEXT    NOT NULL,
	data     TEXT    NOT NULL CHECK (json_valid(data)),
	password TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS users_name ON users (data ->> 'name');

CREATE TABLE IF NOT EXISTS posts (
	path     TEXT    PRIMARY KEY,
	parent   TEXT    NOT NULL DEFAULT '',
	seq      INTEGER NOT NULL UNIQUE,
	version  INTEGER NOT NULL,
	created  TEXT    NOT NULL,
	updated  TEXT    NOT NULL,
	data     TEXT    NOT NULL CHECK (json_valid(data))
);

CREATE TABLE IF NOT EXISTS comments (
	path     TEXT    PRIMARY KEY,
	parent   TEXT    NOT NULL REFERENCES posts (path) ON DELETE CASCADE,
	seq      INTEGER NOT NULL UNIQUE,
	version  INTEGER NOT NULL,
	created  TEXT    NOT NULL,
	updated  TEXT    NOT NULL,
	data     TEXT    NOT NULL CHECK (json_valid(data))
);
CREATE INDEX IF NOT EXISTS comments_by_parent ON comments (parent, seq);
CREATE UNIQUE INDEX IF NOT EXISTS comments_slug ON comments (parent, data ->> 'slug');

CREATE TABLE IF NOT EXISTS reactions (
	path     TEXT    PRIMARY KEY,
	parent   TEXT    NOT NULL REFERENCES comments (path) ON DELETE CASCADE,
	seq      INTEGER NOT NULL UNIQUE,
	version  INTEGER NOT NULL,
	created  TEXT    NOT NULL,
	updated  TEXT    NOT NULL,
	data     TEXT    NOT NULL CHECK (json_valid(data))
);
CREATE INDEX IF NOT EXISTS reactions_by_parent ON reactions (parent, seq);

CREATE TABLE IF NOT EXISTS "order" (
	path     TEXT    PRIMARY KEY,
	parent   TEXT    NOT NULL DEFAULT '',
	seq      INTEGER NOT NULL UNIQUE,
	version  INTEGER NOT NULL,
	created  TEXT    NOT NULL,
	updated  TEXT    NOT NULL,
	data     TEXT    NOT NULL
);
`

func sqliteDatabase() database {
	newer := strings.ReplaceAll(sqliteDDL, "(json_valid(data))\n", "(json_valid(data)),\n\ttoken TEXT,\n\t\"the level\" INTEGER NOT NULL DEFAULT 3\n")
	return database{
		schema:  schemaFile("sqlite.sql", sqliteDDL),
		newer:   schemaFile("sqlite.sql", newer+tokenIndex),
		broken:  schemaFile("sqlite.sql", strings.ReplaceAll(newer, "token TEXT,", "token TEXT, must TEXT NOT NULL,")),
		deep:    2000,
		corrupt: `{"name": `,
		url:     func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "board.db") },
	}
}

const tokenIndex = `CREATE UNIQUE INDEX IF NOT EXISTS posts_token ON posts (token);`

func schemaFile(name, ddl string) fs.FS { return fstest.MapFS{name: {Data: []byte(ddl)}} }

func TestSQLite(t *testing.T) { conform(t, sqliteDatabase()) }

// conform holds a kind of database against what this package promises.
func conform(t *testing.T, kind database) {
	for name, test := range map[string]func(*testing.T, *board){
		"insert":             testInsert,
		"insert at":          testInsertAt,
		"insert passes over": testInsertPassesOver,
		"get and exists":     testGet,
		"read stored":        testReadStored,
		"update":             testUpdate,
		"put":                testPut,
		"delete":             testDelete,
		"preconditions":      testPreconditions,
		"unique fields":      testUnique,
		"rule over rows":     testRule,
		"secrets":            testSecrets,
		"find":               testFind,
		"keys":               testKeys,
		"cascade":            testCascade,
		"shallow":            testShallow,
		"missing parents":    testMissingParents,
		"no foreign key":     testNoForeignKey,
		"older rows":         testOlderRows,
		"corrupt rows":       testCorruptRows,
		"refused values":     testRefusedValues,
		"canceled":           testCanceled,
		"filters":            testFilters,
		"filter names":       testFilterNames,
		"times":              testTimes,
		"list":               testList,
		"list of all":        testListOfAll,
		"cursors":            testCursors,
		"paging":             testPaging,
		"goroutines":         testGoroutines,
		"processes":          testProcesses,
		"first start":        testFirstStart,
		"reopen":             testReopen,
		"new columns":        testNewColumns,
		"moved properties":   testMovedProperties,
		"refused schemas":    testRefusedSchemas,
		"numbers":            testNumbers,
		"texts":              testTexts,
		"locks":              testLocks,
		"sql":                testSQL,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newBoard(t, kind, kind.url(t)))
		})
	}
}

type user struct {
	Name  string `json:"name"`
	About string `json:"about,omitempty"`
	Theme string `json:"theme"`
}

type post struct {
	ID        int64      `json:"id"`
	Title     string     `json:"title"`
	Tags      []string   `json:"tags,omitempty"`
	Rating    *float64   `json:"rating"`
	Public    bool       `json:"public"`
	Owner     owner      `json:"owner"`
	CreatedAt *time.Time `json:"createdAt,omitempty"`
}

type owner struct {
	ID int `json:"id,omitempty"`
}

type comment struct {
	ID   int64  `json:"id"`
	Slug string `json:"slug,omitempty"`
	Text string `json:"text"`
}

// board is a database with some tables.
type board struct {
	kind      database
	url       string
	db        *DB
	users     *Table[string, user]
	posts     *Table[int64, post]
	comments  *Table[int64, comment]
	reactions *Table[string, string]
	order     *Table[string, any]
}

func newBoard(t *testing.T, kind database, url string) *board {
	t.Helper()
	db, err := Open(t.Context(), url, kind.schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return &board{
		kind: kind, url: url, db: db,
		users:     NewTable[string](db, Def[user]{Name: "users", New: func() user { return user{Theme: "light"} }}),
		posts:     NewTable[int64](db, Def[post]{Name: "posts"}),
		comments:  NewTable[int64](db, Def[comment]{Name: "comments"}),
		reactions: NewTable[string](db, Def[string]{Name: "reactions"}),
		order:     NewTable[string](db, Def[any]{Name: "order"}),
	}
}

// post adds a post and returns its key.
func (b *board) post(t *testing.T, p post) int64 {
	t.Helper()
	added, err := b.posts.Insert(t.Context(), func(id int64) post {
		p.ID = id
		return p
	})
	if err != nil {
		t.Fatal(err)
	}
	return added.Value.ID
}

// exec runs SQL behind the store's back.
func (b *board) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := b.db.writes.ExecContext(t.Context(), b.db.dialect.bind(query), args...); err != nil {
		t.Fatal(err)
	}
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}

func wantConflict(t *testing.T, err error, field string) {
	t.Helper()
	wantErr(t, err, ErrConflict)
	var conflict *Conflict
	if !errors.As(err, &conflict) || conflict.Field != field {
		t.Errorf("error %v, want a conflict about %q", err, field)
	}
}

func noErr(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func keep[T any](*T) error { return nil }

func testCanceled(t *testing.T, b *board) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.posts.Get(ctx, 1)
	wantErr(t, err, context.Canceled)
	_, err = b.posts.InsertAt(ctx, 1, post{})
	wantErr(t, err, context.Canceled)
	_, err = b.posts.List(ctx, Query{Count: true})
	wantErr(t, err, context.Canceled)
	b.post(t, post{}) // the connections are as good as before
}
