//nolint:thelper // the functions of the suite are tests, not helpers
package store

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func testReopen(t *testing.T, b *board) {
	b.post(t, post{Title: "kept"})
	noErr(t, b.db.Close())
	again := newBoard(t, b.kind, b.url)
	noErr(t, again.db.Ping(t.Context()))
	got, err := again.posts.Get(t.Context(), 1)
	if noErr(t, err); got.Value.Title != "kept" {
		t.Errorf("read %+v", got)
	}
	if key := again.post(t, post{}); key != 2 {
		t.Errorf("key %d, want 2", key)
	}
}

func testNewColumns(t *testing.T, b *board) {
	b.post(t, post{Title: "older"})
	b.kind.schema = b.kind.newer
	for range 2 {
		b := newBoard(t, b.kind, b.url)
		_, err := b.posts.Update(t.Context(), 1, nil, keep, Secret{"token", "abc"})
		noErr(t, err)
		token, err := b.posts.Secret(t.Context(), 1, "token")
		noErr(t, err)
		level, err := b.posts.Secret(t.Context(), 1, "the level")
		if noErr(t, err); token != "abc" || level != "3" {
			t.Errorf("token %q, level %q", token, level)
		}
		_, err = b.posts.InsertAt(t.Context(), 2, post{}, Secret{"token", "abc"})
		wantConflict(t, err, "token")
	}
	_, err := Open(t.Context(), b.url, b.kind.broken)
	if err == nil || !strings.Contains(err.Error(), "new column must") {
		t.Errorf("error %v, want one about the column", err)
	}
}

// testMovedProperties starts twice with statements at the end of the schema that give a property of older rows its new
// name, and one that they lack a value.
func testMovedProperties(t *testing.T, b *board) {
	b.exec(t, `INSERT INTO users (path, seq, version, created, updated, data)
		VALUES ('ann', 41, 3, '2020-01-02T03:04:05Z', '2020-01-02T03:04:05Z', '{"name": "Ann", "bio": "\"here\""}')`)
	name, move := "sqlite.sql", `UPDATE users SET version = version + 1, data = json_remove(json_set(data, '$.about', data -> '$.bio'), '$.bio')
		WHERE json_type(data, '$.bio') IS NOT NULL;
		UPDATE users SET version = version + 1, data = json_set(data, '$.theme', 'light') WHERE json_type(data, '$.theme') IS NULL;`
	if b.db.Remote() {
		name, move = "postgres.sql", `UPDATE users SET version = version + 1, data = data - 'bio' || jsonb_build_object('about', data -> 'bio')
			WHERE data ? 'bio';
			UPDATE users SET version = version + 1, data = jsonb_set(data, '{theme}', '"light"') WHERE NOT data ? 'theme';`
	}
	ddl, err := fs.ReadFile(b.kind.schema, name)
	noErr(t, err)
	b.kind.schema = schemaFile(name, string(ddl)+move)
	for range 2 {
		got, err := newBoard(t, b.kind, b.url).users.Get(t.Context(), "ann")
		if noErr(t, err); got.Value != (user{Name: "Ann", About: `"here"`, Theme: "light"}) || got.Version != 5 {
			t.Errorf("read %+v", got)
		}
	}
}

func TestSQLiteConnections(t *testing.T) {
	t.Parallel()
	kind := sqliteDatabase()
	db := newBoard(t, kind, kind.url(t)).db
	for pragma, want := range map[string]string{"journal_mode": "wal", "foreign_keys": "1", "synchronous": "1", "busy_timeout": "10000"} {
		for name, got := range map[string]*string{"reads": new(string), "writes": new(string)} {
			pool := db.reads
			if name == "writes" {
				pool = db.writes
			}
			noErr(t, pool.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(got))
			if *got != want {
				t.Errorf("%s: %s is %s, want %s", name, pragma, *got, want)
			}
		}
	}
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	schema := sqliteDatabase().schema
	for url, file := range map[string]string{
		"sqlite:board.db":                "board.db",
		"sqlite:a ?":                     "",
		"sqlite:it's 100% #1.db":         "it's 100% #1.db",
		"sqlite://two.db":                "two.db",
		"sqlite:" + dir + "/abs.db":      "abs.db",
		"sqlite://" + dir + "/three.db":  "three.db",
		"sqlite:nowhere/board.db":        "",
		"sqlite::memory:":                "",
		"sqlite:":                        "",
		"board.db":                       "",
		"":                               "",
		"mysql://root:secret@host/board": "",
		"postgres://root:secret@host/x":  "",
	} {
		db, err := Open(t.Context(), url, schema)
		if (err == nil) != (file != "") {
			t.Errorf("%s: error %v", url, err)
		}
		if err != nil {
			if strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: error %v", url, err)
			}
			continue
		}
		noErr(t, db.Close())
		if _, err := os.Stat(filepath.Join(dir, file)); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func testRefusedSchemas(t *testing.T, b *board) {
	name := "sqlite.sql"
	if b.db.Remote() {
		name = "postgres.sql"
	}
	for what, schema := range map[string]fs.FS{
		"missing": fstest.MapFS{},
		"no SQL":  schemaFile(name, "CREATE TABLE"),
		"strings": schemaFile(name, `CREATE TABLE IF NOT EXISTS t (a TEXT); CREATE INDEX IF NOT EXISTS t_a ON t ("b");`),
	} {
		_, err := Open(t.Context(), b.kind.url(t), schema)
		if err == nil || !strings.Contains(err.Error(), "schema") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %v", what, err)
		}
	}
}
