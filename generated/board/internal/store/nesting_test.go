//nolint:thelper // the functions of the suite are tests, not helpers
package store

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func testKeys(t *testing.T, b *board) {
	keys := []string{"", "/", "a/b", "a", "b", "%2F", "a%2Fb", ".", "..", "한글 키", "x\x00y", "x\xffy", "?", "'", `"`, strings.Repeat("k", 3000)}
	for i, key := range keys {
		_, err := b.order.InsertAt(t.Context(), key, i)
		noErr(t, err)
	}
	for i, key := range keys {
		got, err := b.order.Get(t.Context(), key)
		noErr(t, err)
		if got.Value != float64(i) {
			t.Errorf("key %.20q has %v, want %d", key, got.Value, i)
		}
	}
	nested := NewTable[string](b.db, Def[any]{Name: "order"})
	_, err := nested.Under("a").InsertAt(t.Context(), "b", "child")
	noErr(t, err)
	if got, _ := nested.Under("a").Get(t.Context(), "b"); got.Value != "child" {
		t.Errorf("the child is %v", got.Value)
	}
	if got, _ := b.order.Get(t.Context(), "a/b"); got.Value != 2.0 {
		t.Errorf("the child took its place: %v", got.Value)
	}
}

func testCascade(t *testing.T, b *board) {
	first, second := b.post(t, post{}), b.post(t, post{})
	for _, p := range []int64{first, second} {
		for range 2 {
			c, err := b.comments.Under(p).Insert(t.Context(), func(id int64) comment { return comment{ID: id} })
			noErr(t, err)
			_, err = b.reactions.Under(p, c.Value.ID).InsertAt(t.Context(), "like", "!")
			noErr(t, err)
		}
	}
	_, err := b.posts.Delete(t.Context(), first, nil)
	noErr(t, err)
	comments, err := b.comments.List(t.Context(), Query{Count: true})
	noErr(t, err)
	reactions, err := b.reactions.List(t.Context(), Query{Count: true})
	noErr(t, err)
	if comments.Total != 2 || reactions.Total != 2 {
		t.Errorf("%d comments and %d reactions are left, want 2 and 2", comments.Total, reactions.Total)
	}
	there, err := b.reactions.Under(second, comments.Items[0].ID).Exists(t.Context(), "like")
	if noErr(t, err); !there {
		t.Error("a reaction of the other post is gone")
	}
}

// testShallow holds rows that belong to a parent, and whose keys tell them apart without it.
func testShallow(t *testing.T, b *board) {
	comments := NewTable[int64](b.db, Def[comment]{Name: "comments", Shallow: true})
	first, second := b.post(t, post{}), b.post(t, post{})
	for _, p := range []int64{first, second} {
		_, err := comments.Under(p).Insert(t.Context(), func(id int64) comment { return comment{ID: id, Slug: "a"} })
		noErr(t, err)
	}
	for id, p := range map[int64]int64{1: first, 2: second} {
		page, err := comments.Under(p).List(t.Context(), Query{})
		if noErr(t, err); len(page.Items) != 1 || page.Items[0].ID != id {
			t.Errorf("under %d: %+v, want %d alone", p, page.Items, id)
		}
		row, err := comments.Get(t.Context(), id)
		if noErr(t, err); row.Value.ID != id {
			t.Errorf("got %+v, want %d", row.Value, id)
		}
	}
	_, err := comments.Under(first).InsertAt(t.Context(), 2, comment{ID: 2, Slug: "b"})
	wantErr(t, err, ErrConflict)
	_, err = comments.Under(second+1).Insert(t.Context(), func(id int64) comment { return comment{ID: id} })
	wantErr(t, err, ErrNoParent)
	_, err = b.reactions.Under(int64(2)).InsertAt(t.Context(), "like", "!")
	noErr(t, err)
	_, err = b.posts.Delete(t.Context(), second, nil)
	noErr(t, err)
	_, err = comments.Get(t.Context(), 2)
	wantErr(t, err, ErrNotFound)
	_, err = b.reactions.Under(int64(2)).Get(t.Context(), "like")
	wantErr(t, err, ErrNotFound)
}

func testMissingParents(t *testing.T, b *board) {
	p := b.post(t, post{})
	_, err := b.comments.Under(p).InsertAt(t.Context(), 1, comment{})
	noErr(t, err)
	for name, reactions := range map[string]*Table[string, string]{
		"no post":                 b.reactions.Under(p+1, 1),
		"no comment":              b.reactions.Under(p, 2),
		"a comment of another":    b.reactions.Under(p+1, p),
		"a post is not a comment": b.reactions.Under(p),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := reactions.InsertAt(t.Context(), "like", "!")
			wantErr(t, err, ErrNoParent)
			wantErr(t, err, ErrNotFound)
			_, _, err = reactions.Put(t.Context(), "like", nil, keep)
			wantErr(t, err, ErrNoParent)
			_, err = reactions.List(t.Context(), Query{})
			wantErr(t, err, ErrNoParent)
			_, err = reactions.Get(t.Context(), "like")
			wantErr(t, err, ErrNotFound)
			_, err = reactions.Update(t.Context(), "like", nil, keep)
			wantErr(t, err, ErrNotFound)
			_, err = reactions.Delete(t.Context(), "like", nil)
			wantErr(t, err, ErrNotFound)
		})
	}
	_, err = b.comments.Under(p+1).Insert(t.Context(), func(int64) comment { return comment{} })
	wantErr(t, err, ErrNoParent)
	page, err := b.reactions.Under(p, 1).List(t.Context(), Query{})
	if noErr(t, err); page.Items == nil || len(page.Items) != 0 {
		t.Errorf("no reactions: %#v", page.Items)
	}
}

func testNoForeignKey(t *testing.T, b *board) {
	page, err := b.order.Under("nobody").List(t.Context(), Query{})
	if noErr(t, err); len(page.Items) != 0 {
		t.Errorf("items %v", page.Items)
	}
	_, err = b.order.Under("nobody").InsertAt(t.Context(), "1", "x")
	noErr(t, err)
}

func testOlderRows(t *testing.T, b *board) {
	b.exec(t, `INSERT INTO users (path, parent, seq, version, created, updated, data)
		VALUES ('ann', '', 41, 3, '2020-01-02T03:04:05Z', '2020-01-02T03:04:05.5Z', '{"name": "Ann", "gone": 1.50, "null": null, "THEME": "light"}')`)
	got, err := b.users.Get(t.Context(), "ann")
	noErr(t, err)
	if got.Value != (user{Name: "Ann", Theme: "light"}) || got.Version != 3 {
		t.Errorf("read %+v", got)
	}
	updated, err := b.users.Update(t.Context(), "ann", nil, keep)
	noErr(t, err)
	if updated.Value.Theme != "light" || updated.Version != 4 || updated.Created.Year() != 2020 {
		t.Errorf("updated %+v", updated)
	}
	rename := func(u *user) error { u.Name, u.About = "Anna", "new"; return nil }
	_, err = b.users.Update(t.Context(), "ann", nil, rename)
	noErr(t, err)
	rec, err := b.users.rows.get(t.Context(), "ann")
	noErr(t, err)
	var stored map[string]any // what the author of a later document may still move
	noErr(t, json.Unmarshal([]byte(rec.data), &stored))
	if want := map[string]any{"name": "Anna", "about": "new", "theme": "light", "gone": 1.5}; !reflect.DeepEqual(stored, want) {
		t.Errorf("stored %v, want %v", stored, want)
	}
	_, err = b.users.InsertAt(t.Context(), "bob", user{Name: "Bob"}) // numbers go on behind 41
	noErr(t, err)
}

func testCorruptRows(t *testing.T, b *board) {
	for path, row := range map[string][2]string{
		"json": {"2020-01-02T03:04:05Z", b.kind.corrupt},
		"type": {"2020-01-02T03:04:05Z", `{"name": 1}`},
		"time": {"yesterday", `{"name": "x"}`},
	} {
		b.exec(t, `INSERT INTO "order" (path, seq, version, created, updated, data)
			VALUES (?, (SELECT COUNT(*) FROM "order"), 1, ?, ?, ?)`, path, row[0], row[0], row[1])
		_, err := NewTable[string](b.db, Def[user]{Name: "order"}).Get(t.Context(), path)
		if err == nil || !strings.Contains(err.Error(), "table order: row "+path) {
			t.Errorf("%s: error %v", path, err)
		}
	}
	_, err := NewTable[string](b.db, Def[user]{Name: "order"}).List(t.Context(), Query{})
	if err == nil || !strings.Contains(err.Error(), "table order: row ") {
		t.Errorf("list: error %v", err)
	}
}

func testRefusedValues(t *testing.T, b *board) {
	var deep any = 1
	for range b.kind.deep {
		deep = []any{deep}
	}
	table := NewTable[int64](b.db, Def[any]{Name: "posts"})
	_, err := table.InsertAt(t.Context(), 1, deep)
	wantErr(t, err, ErrInvalid)
	if _, err = table.InsertAt(t.Context(), 1, func() {}); err == nil {
		t.Error("a func was stored")
	}
}
