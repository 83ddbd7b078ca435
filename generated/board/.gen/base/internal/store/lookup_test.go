package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"sync"
	"testing"
)

func lookedUp(t *testing.T) (*board, *lookups, func()) {
	t.Helper()
	kind := sqliteDatabase()
	b := newBoard(t, kind, kind.url(t))
	key := b.post(t, post{Title: "hello"})
	return b, b.db.reads.lookups, func() {
		t.Helper()
		if got, err := b.posts.Get(t.Context(), key); err != nil || got.Value.Title != "hello" {
			t.Errorf("got %+v, %v", got, err)
		}
		_, err := b.posts.Get(t.Context(), key+1)
		wantErr(t, err, ErrNotFound)
	}
}

// kept is how many lookups wait for a query.
func (l *lookups) kept() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.free)
}

func TestLookups(t *testing.T) {
	_, all, get := lookedUp(t)
	most := all.left
	get()
	if kept := all.kept(); kept != 1 || all.left != most-1 {
		t.Errorf("%d are kept and %d left after queries one by one, want 1 and %d", kept, all.left, most-1)
	}
	var together sync.WaitGroup
	for range 8 * most {
		together.Go(get)
	}
	together.Wait()
	if kept := all.kept(); kept+all.left != most {
		t.Errorf("%d are kept and %d left of %d", kept, all.left, most)
	}
}

// TestBusyLookups asks while all are in use.
func TestBusyLookups(t *testing.T) {
	_, all, get := lookedUp(t)
	most := all.left
	for range 2 {
		used := map[*lookup]bool{}
		for {
			with, err := all.take(t.Context())
			if errors.Is(err, errBusy) {
				break
			}
			noErr(t, err)
			used[with] = true
		}
		get()
		for with := range used {
			all.put(with, true)
		}
		if kept := all.kept(); kept != most || len(used) != most {
			t.Errorf("%d were used and %d are kept, want %d", len(used), kept, most)
		}
	}
}

// TestBrokenLookup holds that a connection that fails is not asked again, and that nobody notices.
func TestBrokenLookup(t *testing.T) {
	_, all, get := lookedUp(t)
	most := all.left
	get()
	broken := all.free[0]
	noErr(t, broken.conn.Close())
	get()
	if all.kept() != 1 || all.free[0] == broken || all.left != most-1 {
		t.Errorf("%d are kept, one of them broken, and %d left of %d", all.kept(), all.left, most)
	}
}

func TestLookupsOfAClosedDatabase(t *testing.T) {
	b, all, get := lookedUp(t)
	var file string
	noErr(t, b.db.reads.QueryRowContext(t.Context(), "SELECT file FROM pragma_database_list").Scan(&file))
	get()
	late, err := all.take(t.Context())
	noErr(t, err)
	_, err = b.db.reads.text(t.Context(), b.posts.rows.byPath, "1") // another one
	noErr(t, err)
	noErr(t, b.db.Close())
	all.put(late, true)
	if open := all.db.Stats().OpenConnections; all.kept() != 0 || open != 0 {
		t.Errorf("%d are kept, %d connections are open", all.kept(), open)
	}
	if _, err := os.Stat(file + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("SQLite still has the database open: %v", err)
	}
	if _, err := b.posts.Get(context.Background(), 1); err == nil || errors.Is(err, errBusy) {
		t.Errorf("a closed database answers %v", err)
	}
}
