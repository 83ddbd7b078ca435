package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gen/templates/project/internal/store/postgrestest"
)

var postgresDDL = strings.NewReplacer(
	"path     TEXT    PRIMARY KEY", `path     TEXT    COLLATE "C" PRIMARY KEY`,
	"INTEGER", "BIGINT",
	" CHECK (json_valid(data))", "",
	"data     TEXT ", "data     JSONB",
	"data ->> 'name'", "_text(data -> 'name')",
	"data ->> 'slug'", "_text(data -> 'slug')",
).Replace(sqliteDDL)

func postgresDatabase(server *postgrestest.Server) database {
	newer := strings.ReplaceAll(postgresDDL, "JSONB   NOT NULL\n", "JSONB NOT NULL,\n\ttoken TEXT,\n\t\"the level\" INTEGER NOT NULL DEFAULT 3\n")
	return database{
		schema:  schemaFile("postgres.sql", postgresDDL),
		newer:   schemaFile("postgres.sql", newer+tokenIndex),
		broken:  schemaFile("postgres.sql", strings.ReplaceAll(newer, "token TEXT,", "token TEXT, must TEXT NOT NULL,")),
		deep:    100_000,
		corrupt: `"no object"`,
		url: func(t *testing.T) string {
			t.Helper()
			return server.URL(t)
		},
	}
}

func TestPostgres(t *testing.T) {
	conform(t, postgresDatabase(postgrestest.Start(t)))
}

// TestPostgresRefuses holds what is no error of the server: values that it has no way to store.
func TestPostgresRefuses(t *testing.T) {
	kind := postgresDatabase(postgrestest.Start(t))
	b := newBoard(t, kind, kind.url(t))
	_, err := b.posts.InsertAt(t.Context(), 1, post{Title: "a\x00b"})
	wantErr(t, err, ErrNUL)
	wantErr(t, err, ErrInvalid)
	_, err = b.posts.List(t.Context(), Query{Filters: []Filter{Equal("title", "a\x00b")}})
	wantErr(t, err, ErrNUL)
	long := make([]byte, 20_000) // and of no pattern that could be compressed
	_, err = rand.Read(long)
	noErr(t, err)
	_, err = b.users.InsertAt(t.Context(), "ann", user{Name: hex.EncodeToString(long)})
	wantErr(t, err, ErrInvalid)
	_, err = b.posts.InsertAt(t.Context(), 1, post{Title: hex.EncodeToString(long)})
	noErr(t, err)
}

// TestPostgresManyStarts has many set a new database up at once, half of them with columns that the others
// do not know.
func TestPostgresManyStarts(t *testing.T) {
	kind := postgresDatabase(postgrestest.Start(t))
	url := kind.url(t)
	var group sync.WaitGroup
	for i := range 24 {
		group.Go(func() {
			schema := kind.schema
			if i%2 == 1 {
				schema = kind.newer
			}
			db, err := Open(t.Context(), url, schema)
			if err != nil {
				t.Error(err)
				return
			}
			if err := errors.Join(db.Tables(t.Context(), "words", `CREATE TABLE IF NOT EXISTS _words (word TEXT)`), db.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	b := newBoard(t, kind, url)
	_, err := b.posts.InsertAt(t.Context(), 1, post{}, Secret{"token", "abc"})
	noErr(t, err)
}

// TestPostgresStopsQueries holds that the server works on nothing that nobody waits for any more.
func TestPostgresStopsQueries(t *testing.T) {
	kind := postgresDatabase(postgrestest.Start(t))
	b := newBoard(t, kind, kind.url(t)+"&statement_timeout=10s")
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	var none any
	err := b.db.Reads().QueryRow(ctx, `SELECT pg_sleep(60)`).Scan(&none)
	wantErr(t, err, context.DeadlineExceeded)
	for asleep := 1; asleep > 0; {
		noErr(t, b.db.Reads().QueryRow(t.Context(), `SELECT COUNT(*) FROM pg_stat_activity WHERE query LIKE '%sleep%' AND pid <> pg_backend_pid() AND state = 'active'`).Scan(&asleep))
	}
	b = newBoard(t, kind, kind.url(t)+"&statement_timeout=50ms&lock_timeout=50ms")
	err = b.db.Write(t.Context(), func(tx SQL) error {
		_, err := tx.Exec(t.Context(), `SELECT pg_sleep(60)`)
		return err
	})
	wantErr(t, err, ErrBusy)
}

// TestPostgresDeadlocks has two writers lock two rows in either order: one of them at least has to do it again.
func TestPostgresDeadlocks(t *testing.T) {
	kind := postgresDatabase(postgrestest.Start(t))
	b := newBoard(t, kind, kind.url(t)+"&deadlock_timeout=10ms")
	for range 2 {
		b.post(t, post{})
	}
	var tries atomic.Int64
	var group, both sync.WaitGroup
	both.Add(2)
	for _, rows := range [][]int{{1, 2}, {2, 1}} {
		meet := sync.OnceFunc(func() {
			both.Done()
			both.Wait()
		})
		group.Go(func() {
			err := b.db.Write(t.Context(), func(tx SQL) error {
				tries.Add(1)
				_, first := tx.Exec(t.Context(), `UPDATE posts SET version = version + 1 WHERE seq = ?`, rows[0])
				meet()
				_, second := tx.Exec(t.Context(), `UPDATE posts SET version = version + 1 WHERE seq = ?`, rows[1])
				return cmp.Or(first, second)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	got, err := b.posts.Get(t.Context(), 1)
	if noErr(t, err); got.Version != 3 || tries.Load() < 3 {
		t.Errorf("version %d after %d tries, want 3 after 3 or more", got.Version, tries.Load())
	}
}

// TestPostgresBinds holds that a ? within a text or a name is left alone.
func TestPostgresBinds(t *testing.T) {
	for query, want := range map[string]string{
		`SELECT 1`:                               `SELECT 1`,
		`a = ? AND b = ?`:                        `a = $1 AND b = $2`,
		`data -> '?' = ? AND "?" = '''?' || ?`:   `data -> '?' = $1 AND "?" = '''?' || $2`,
		`data -> 'it''s ?' = ?::text OR '"' = ?`: `data -> 'it''s ?' = $1::text OR '"' = $2`,
	} {
		if got := (postgresDialect{}).bind(query); got != want {
			t.Errorf("%s becomes %s, want %s", query, got, want)
		}
	}
}

// TestPostgresIsSilent holds that nobody waits for a server that takes a connection and says nothing.
func TestPostgresIsSilent(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	noErr(t, err)
	defer func() { _ = listener.Close() }()
	conn, err := limited((&net.Dialer{}).DialContext, 10*time.Millisecond)(t.Context(), "tcp", listener.Addr().String())
	noErr(t, err)
	defer func() { _ = conn.Close() }()
	for _, deadline := range []time.Time{{}, time.Now().Add(-time.Hour), {}} {
		noErr(t, conn.SetDeadline(deadline))
		_, err = conn.Read(make([]byte, 1))
		wantErr(t, err, os.ErrDeadlineExceeded)
	}
	if got := (postgresDialect{}).fault("", err); !errors.Is(got, ErrUnavailable) || errors.Is(got, os.ErrDeadlineExceeded) {
		t.Errorf("it is %v, and no deadline of the caller's", got)
	}
}
