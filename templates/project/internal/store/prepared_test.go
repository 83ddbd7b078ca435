package store

import (
	"context"
	"testing"
)

func TestPreparedQueriesAreBounded(t *testing.T) {
	kind := sqliteDatabase()
	b := newBoard(t, kind, kind.url(t))
	for n := range mostVarious + 50 {
		_, err := b.posts.List(t.Context(), Query{Filters: []Filter{Equal("title", make([]string, n+1))}})
		noErr(t, err)
	}
	if got := len(b.db.reads.queries); got != mostVarious {
		t.Errorf("%d queries are kept, want %d", got, mostVarious)
	}
	if got := b.post(t, post{Title: "after"}); got != 1 {
		t.Fatalf("the key is %d", got)
	}
	if got, err := b.posts.Get(t.Context(), 1); err != nil || got.Value.Title != "after" {
		t.Errorf("got %+v, %v", got, err)
	}
}

// TestPreparedQueriesSeeNewColumns holds that a program goes on while the next version of it changes tables.
func TestPreparedQueriesSeeNewColumns(t *testing.T) {
	kind := sqliteDatabase()
	b := newBoard(t, kind, kind.url(t))
	key := b.post(t, post{Title: "before"})
	for _, change := range []string{"ALTER TABLE posts ADD COLUMN color TEXT", "CREATE INDEX posts_by_color ON posts (color)"} {
		b.exec(t, change)
		if got, err := b.posts.Get(t.Context(), key); err != nil || got.Value.Title != "before" {
			t.Errorf("after %s: got %+v, %v", change, got, err)
		}
	}
}

func TestNothingIsReadForNobody(t *testing.T) {
	kind := sqliteDatabase()
	b := newBoard(t, kind, kind.url(t))
	key := b.post(t, post{})
	_, err := b.posts.Get(t.Context(), key)
	noErr(t, err)
	gone, leave := context.WithCancel(t.Context())
	leave()
	_, err = b.posts.Get(gone, key)
	wantErr(t, err, context.Canceled)
}
