//nolint:thelper // the functions of the suite are tests, not helpers
package store

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func testInsert(t *testing.T, b *board) {
	before := time.Now()
	for want := int64(1); want <= 3; want++ {
		added, err := b.posts.Insert(t.Context(), func(id int64) post { return post{ID: id, Title: "hello"} })
		noErr(t, err)
		if added.Value.ID != want || added.Version != 1 {
			t.Errorf("key %d, version %d, want %d, 1", added.Value.ID, added.Version, want)
		}
		if added.Created.Before(before) || added.Created != added.Updated {
			t.Errorf("created %v, updated %v", added.Created, added.Updated)
		}
		got, err := b.posts.Get(t.Context(), want)
		noErr(t, err)
		if got.Value.Title != "hello" || got.Version != 1 || got.Created != added.Created || got.Updated != added.Updated {
			t.Errorf("read %+v, inserted %+v", got, added)
		}
	}
	_, err := b.posts.Delete(t.Context(), 3, nil)
	noErr(t, err)
	if got := b.post(t, post{}); got != 4 {
		t.Errorf("key %d after 3 was deleted, want 4", got)
	}
}

func testInsertAt(t *testing.T, b *board) {
	added, err := b.users.InsertAt(t.Context(), "ann", user{Name: "Ann"})
	noErr(t, err)
	if added.Version != 1 || added.Value.Name != "Ann" {
		t.Errorf("inserted %+v", added)
	}
	_, err = b.users.InsertAt(t.Context(), "ann", user{Name: "Anna"})
	wantConflict(t, err, "")
	got, err := b.users.Get(t.Context(), "ann")
	noErr(t, err)
	if got.Value.Name != "Ann" {
		t.Errorf("a conflict changed the row: %+v", got)
	}
}

func testInsertPassesOver(t *testing.T, b *board) {
	for _, key := range []int64{1, 3, 4} {
		_, err := b.posts.InsertAt(t.Context(), key, post{ID: key, Title: "mine"})
		noErr(t, err)
	}
	seen := map[int64]bool{1: true, 3: true, 4: true}
	for range 4 {
		key := b.post(t, post{})
		if seen[key] {
			t.Errorf("key %d twice", key)
		}
		seen[key] = true
	}
	small := NewTable[int8](b.db, Def[post]{Name: "posts"})
	b.exec(t, `UPDATE _sequences SET value = 127 WHERE name = 'posts'`)
	if _, err := small.Insert(t.Context(), func(int8) post { return post{} }); err == nil {
		t.Error("key 128 in an int8")
	}
}

func testGet(t *testing.T, b *board) {
	_, err := b.posts.Get(t.Context(), 1)
	wantErr(t, err, ErrNotFound)
	for _, want := range []bool{false, true} {
		there, err := b.posts.Exists(t.Context(), 1)
		noErr(t, err)
		if there != want {
			t.Errorf("exists: %v, want %v", there, want)
		}
		b.post(t, post{})
	}
}

// swift reads its rows itself, but those that are odd.
type swift struct {
	Title string `json:"title"`
	swift bool
}

func (s *swift) ReadStored(data string) bool {
	odd := strings.Contains(data, "odd")
	s.Title, s.swift = "read by itself", !odd
	return !odd
}

func testReadStored(t *testing.T, b *board) {
	even, odd := b.post(t, post{Title: "even"}), b.post(t, post{Title: "odd"})
	table := NewTable[int64](b.db, Def[swift]{Name: "posts", New: func() swift { return swift{swift: true} }})
	page, err := table.List(t.Context(), Query{})
	noErr(t, err)
	for i, want := range []struct {
		key   int64
		value swift
	}{{even, swift{"read by itself", true}}, {odd, swift{"odd", true}}} {
		got, err := table.Get(t.Context(), want.key)
		if noErr(t, err); got.Value != want.value || page.Items[i] != want.value {
			t.Errorf("read %+v, in a list %+v, want %+v", got.Value, page.Items[i], want.value)
		}
	}
}

func testUpdate(t *testing.T, b *board) {
	_, err := b.posts.Update(t.Context(), 1, nil, keep)
	wantErr(t, err, ErrNotFound)
	key := b.post(t, post{Title: "old", Tags: []string{"a"}})
	updated, err := b.posts.Update(t.Context(), key, nil, func(p *post) error {
		p.Title = "new"
		return nil
	})
	noErr(t, err)
	got, err := b.posts.Get(t.Context(), key)
	noErr(t, err)
	if got.Value.Title != "new" || len(got.Value.Tags) != 1 || got.Version != 2 {
		t.Errorf("updated to %+v", got)
	}
	if updated.Version != 2 || updated.Updated != got.Updated || updated.Created != got.Created || !got.Updated.After(got.Created) {
		t.Errorf("updated %+v, read %+v", updated, got)
	}
	refused := errors.New("refused")
	_, err = b.posts.Update(t.Context(), key, nil, func(p *post) error {
		p.Title = "never"
		return refused
	})
	if err != refused { //nolint:errorlint // it is handed on as it is
		t.Errorf("error %v, want that of change", err)
	}
	if got, _ := b.posts.Get(t.Context(), key); got.Value.Title != "new" || got.Version != 2 {
		t.Errorf("a refused change was written: %+v", got)
	}
	b.changedInBetween(t, key)
}

// changedInBetween updates a row that somebody else deletes and makes anew meanwhile: same key, same
// version, another row.
func (b *board) changedInBetween(t *testing.T, key int64) {
	runs := 0
	updated, err := b.posts.Update(t.Context(), key, nil, func(p *post) error {
		if runs++; runs == 1 {
			_, err := b.posts.Delete(t.Context(), key, nil)
			noErr(t, err)
			_, err = b.posts.InsertAt(t.Context(), key, post{Title: "another"})
			noErr(t, err)
			_, err = b.posts.Update(t.Context(), key, nil, keep)
			noErr(t, err)
		}
		p.Public = true
		return nil
	})
	noErr(t, err)
	if runs != 2 || updated.Value.Title != "another" || updated.Version != 3 {
		t.Errorf("%d runs, row %+v", runs, updated)
	}
}

func testPut(t *testing.T, b *board) {
	about := func(text string) func(*user) error {
		return func(u *user) error {
			u.About = text
			return nil
		}
	}
	put, created, err := b.users.Put(t.Context(), "ann", nil, about("one"))
	noErr(t, err)
	if !created || put.Version != 1 || put.Value.About != "one" || put.Value.Theme != "light" {
		t.Errorf("created %v, %+v", created, put)
	}
	put, created, err = b.users.Put(t.Context(), "ann", nil, about("two"))
	noErr(t, err)
	if created || put.Version != 2 || put.Value.About != "two" {
		t.Errorf("created %v, %+v", created, put)
	}
	_, created, err = b.users.Put(t.Context(), "bob", nil, func(*user) error { return ErrNotFound })
	wantErr(t, err, ErrNotFound)
	if there, _ := b.users.Exists(t.Context(), "bob"); created || there {
		t.Error("created in spite of an error")
	}
	runs := 0
	_, created, err = b.posts.Put(t.Context(), 9, nil, func(*post) error {
		if runs++; runs > 1 {
			return nil
		}
		_, err := b.posts.InsertAt(t.Context(), 9, post{Title: "faster"})
		return err
	})
	noErr(t, err)
	if created || runs != 2 {
		t.Errorf("created %v in %d runs, although somebody was faster", created, runs)
	}
}

func testDelete(t *testing.T, b *board) {
	_, err := b.posts.Delete(t.Context(), 1, nil)
	wantErr(t, err, ErrNotFound)
	key := b.post(t, post{Title: "bye"})
	deleted, err := b.posts.Delete(t.Context(), key, nil)
	noErr(t, err)
	if deleted.Value.Title != "bye" || deleted.Version != 1 {
		t.Errorf("deleted %+v", deleted)
	}
	_, err = b.posts.Get(t.Context(), key)
	wantErr(t, err, ErrNotFound)
}

func testPreconditions(t *testing.T, b *board) {
	is := func(want int64) Precondition { return func(version int64) bool { return version == want } }
	key := b.post(t, post{})
	_, err := b.posts.Update(t.Context(), key, is(2), keep)
	wantErr(t, err, ErrStale)
	_, err = b.posts.Update(t.Context(), key, is(1), keep)
	noErr(t, err)
	_, _, err = b.posts.Put(t.Context(), key, is(1), keep)
	wantErr(t, err, ErrStale)
	_, _, err = b.posts.Put(t.Context(), key, is(0), keep) // If-None-Match: *
	wantErr(t, err, ErrStale)
	_, _, err = b.posts.Put(t.Context(), key+1, is(1), keep) // If-Match: *
	wantErr(t, err, ErrStale)
	_, created, err := b.posts.Put(t.Context(), key+1, is(0), keep)
	if noErr(t, err); !created {
		t.Error("not created")
	}
	_, err = b.posts.Delete(t.Context(), key, is(1))
	wantErr(t, err, ErrStale)
	// It holds for what was read, and no longer for what another writer made of it meanwhile.
	_, err = b.posts.Update(t.Context(), key, is(2), func(*post) error {
		_, err := b.posts.Update(t.Context(), key, nil, keep)
		return err
	})
	wantErr(t, err, ErrStale)
	_, err = b.posts.Delete(t.Context(), key, is(3))
	noErr(t, err)
}

func testUnique(t *testing.T, b *board) {
	for _, name := range []string{"Ann", "Bob"} {
		_, err := b.users.InsertAt(t.Context(), name, user{Name: name})
		noErr(t, err)
	}
	rename := func(u *user) error {
		u.Name = "Ann"
		return nil
	}
	_, err := b.users.InsertAt(t.Context(), "ann2", user{Name: "Ann"})
	wantConflict(t, err, "name")
	_, err = b.users.Update(t.Context(), "Bob", nil, rename)
	wantConflict(t, err, "name")
	_, _, err = b.users.Put(t.Context(), "ann2", nil, rename)
	wantConflict(t, err, "name")
	first, second := b.post(t, post{}), b.post(t, post{})
	for _, parent := range []int64{first, second} { // unique among those of one parent
		_, err := b.comments.Under(parent).InsertAt(t.Context(), 1, comment{Slug: "a"})
		noErr(t, err)
	}
	_, err = b.comments.Under(first).Insert(t.Context(), func(int64) comment { return comment{Slug: "a"} })
	wantConflict(t, err, "slug")
}

// testRule holds a rule over several rows, which an author has added: there is one post without a rating of each title.
func testRule(t *testing.T, b *board) {
	b.exec(t, `CREATE UNIQUE INDEX IF NOT EXISTS posts_title ON posts ((data ->> 'title')) WHERE data ->> 'rating' IS NULL`)
	rating := 3.5
	b.post(t, post{Title: "new", Rating: &rating})
	var group sync.WaitGroup
	var added atomic.Int64
	for range 12 {
		group.Go(func() {
			_, err := b.posts.Insert(t.Context(), func(id int64) post { return post{ID: id, Title: "new"} })
			if err == nil {
				added.Add(1)
				return
			}
			wantConflict(t, err, "title")
		})
	}
	group.Wait()
	if added.Load() != 1 {
		t.Errorf("%d posts got the title", added.Load())
	}
}

func testSecrets(t *testing.T, b *board) {
	want := func(secret string) {
		t.Helper()
		got, err := b.users.Secret(t.Context(), "ann", "password")
		if noErr(t, err); got != secret {
			t.Errorf("secret %q, want %q", got, secret)
		}
	}
	_, err := b.users.Secret(t.Context(), "ann", "password")
	wantErr(t, err, ErrNotFound)
	_, err = b.users.InsertAt(t.Context(), "ann", user{Name: "Ann"})
	noErr(t, err)
	want("")
	_, err = b.users.Update(t.Context(), "ann", nil, keep, Secret{"password", "one"})
	noErr(t, err)
	want("one")
	_, _, err = b.users.Put(t.Context(), "ann", nil, keep)
	noErr(t, err)
	want("one")
	_, err = b.users.Delete(t.Context(), "ann", nil)
	noErr(t, err)
	_, _, err = b.users.Put(t.Context(), "ann", nil, keep, Secret{"password", "two"})
	noErr(t, err)
	want("two")
	page, err := b.users.List(t.Context(), Query{Filters: []Filter{Equal("password", "two")}})
	if noErr(t, err); len(page.Items) != 0 {
		t.Error("a secret can be searched for")
	}
	if _, err := b.users.Secret(t.Context(), "ann", "nope"); err == nil || !strings.Contains(err.Error(), "nope") {
		t.Errorf("unknown column: error %v", err)
	}
}

func testFind(t *testing.T, b *board) {
	for _, name := range []string{"Ann", "Bob"} {
		_, err := b.users.InsertAt(t.Context(), "the/"+name, user{Name: name})
		noErr(t, err)
	}
	key, found, err := b.users.Find(t.Context(), "name", "Bob")
	noErr(t, err)
	if key != "the/Bob" || found.Value.Name != "Bob" || found.Version != 1 {
		t.Errorf("found %q %+v", key, found)
	}
	for _, value := range []any{"Eve", nil, (*string)(nil), 1} {
		_, _, err = b.users.Find(t.Context(), "name", value)
		wantErr(t, err, ErrNotFound)
	}
	parent := b.post(t, post{Owner: owner{ID: 7}})
	id, _, err := b.posts.Find(t.Context(), "owner.id", 7)
	if noErr(t, err); id != parent {
		t.Errorf("found %d", id)
	}
	_, err = b.comments.Under(parent).InsertAt(t.Context(), 5, comment{Text: "hi"})
	noErr(t, err)
	id, _, err = b.comments.Find(t.Context(), "text", "hi")
	if noErr(t, err); id != 5 {
		t.Errorf("found %d", id)
	}
	_, _, err = b.comments.Under(parent+1).Find(t.Context(), "text", "hi")
	wantErr(t, err, ErrNotFound)
}
