package use_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"gen/generator/use"
)

// code is a project without a go.mod of its own: nothing of it needs to be found by go.
const code = `
-- api/types.gen.go --
package api

import "github.com/oapi-codegen/nullable"

type Post struct {
	ID     int
	Rating nullable.Nullable[float64]
	Title  string
}

type PostBody = Post

type Draft Post

type Tag struct{ Name string }

type Status string

const StatusOpen Status = "open"

type Server interface{ ListPosts() }
-- api/post_test.go --
package api

func newest(p Post) string { return p.Title }
-- internal/store/store.go --
package store

type Table[T any] struct{ rows []T }

func (t *Table[T]) First() T { return t.rows[0] }
-- internal/handlers/posts.go --
package handlers

import (
	"slices"

	"example.com/shop/api"
	"example.com/shop/internal/store"
)

type Posts struct{ posts store.Table[api.Post] }

// Title is as gen wrote it.
func (h *Posts) Title() string {
	return h.posts.First().Title
}

// Edited is not.
func (h *Posts) Edited() string {
	return h.posts.First().Title + "!"
}

func literal() any { return api.PostBody{Title: "a", ID: 1} }

func unknown(posts []api.Post) string {
	for _, p := range slices.Backward(posts) {
		return p.Title
	}
	return ""
}

func written(posts []api.Post) string {
	for _, p := range slices.Backward(posts) {
		return p.Title
	}
	return ""
}

var open, closed = api.StatusOpen, slices.Title

type other struct{ Title string }

func unrelated(o other) string { return o.Title }

func draft(d api.Draft) string { return d.Title }

func tag(t api.Tag) string { return t.Name }
-- internal/handlers/posts_test.go --
package handlers_test

import shop "example.com/shop/api"

func title(p shop.Post) string { return p.Title }
-- internal/broken/broken.go --
package broken

import "example.com/shop/api"

func title(p *api.Post) string { return p.Title

func (
-- testdata/other.go --
package testdata

import "example.com/shop/api"

var x = api.Post{Title: "not a package of the module"}
`

// base is what gen wrote last of it.
const base = `package handlers

import "example.com/shop/api"

// Title is as gen wrote it.
func (h *Posts) Title() string {
	return h.posts.First().Title
}

// Edited is not.
func (h *Posts) Edited() string {
	return h.posts.First().Title
}

func written(posts []api.Post) string {
	for _, p := range slices.Backward(posts) {
		return p.Title
	}
	return ""
}
`

func write(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	for _, file := range txtar.Parse([]byte(archive)).Files {
		path := filepath.Join(dir, file.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFind(t *testing.T) {
	dir := write(t, code)
	for _, test := range []struct {
		name   string
		wanted []string
		uses   []string
	}{
		{"nothing", nil, nil},
		{"a field", []string{"Post.Title"}, []string{
			"api/post_test.go:3:39 newest edited Post.Title",
			"internal/broken/broken.go:5:43 title edited Post.Title",
			"internal/handlers/posts.go:14:25 (*Posts).Title Post.Title",
			"internal/handlers/posts.go:19:25 (*Posts).Edited edited Post.Title",
			"internal/handlers/posts.go:22:42 literal edited Post.Title",
			"internal/handlers/posts.go:26:12 unknown edited guessed Post.Title",
			"internal/handlers/posts.go:44:43 draft edited Post.Title",
			"internal/handlers/posts_test.go:5:43 title edited Post.Title",
		}},
		{"a constant", []string{"StatusOpen"}, []string{"internal/handlers/posts.go:38:24 open edited StatusOpen"}},
		{"a type and what it has", []string{"Tag"}, []string{
			"internal/handlers/posts.go:46:16 tag edited Tag",
			"internal/handlers/posts.go:46:39 tag edited Tag",
		}},
		{"a type without what another has", []string{"Draft"}, []string{"internal/handlers/posts.go:44:18 draft edited Draft"}},
		{"a guess, which may be several", []string{"Album.Title", "Song.Title", "Song.Name"}, []string{
			"internal/handlers/posts.go:26:12 unknown edited guessed Album.Title Song.Title",
		}},
		{"a name that code does not have", []string{"Comment", "Comment.Text"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			uses, err := use.Find(dir, "example.com/shop", map[string][]byte{"internal/handlers/posts.go": []byte(base)}, test.wanted)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, u := range uses {
				got = append(got, fmt.Sprintf("%s:%d:%d %s%s%s %s", u.File, u.Line, u.Column, u.Declaration,
					word(u.Edited, " edited"), word(u.Guessed, " guessed"), strings.Join(append([]string{u.Symbol}, u.Others...), " ")))
			}
			if !slices.Equal(got, test.uses) {
				t.Error(cmp.Diff(test.uses, got))
			}
		})
	}
}

func word(is bool, text string) string {
	if is {
		return text
	}
	return ""
}

func TestFindWithoutAPackageAPI(t *testing.T) {
	dir := write(t, "-- main.go --\npackage main\n\nfunc main() {}\n")
	if uses, err := use.Find(dir, "example.com/shop", nil, []string{"Post"}); err != nil || len(uses) > 0 {
		t.Errorf("got %v and %v, want nothing", uses, err)
	}
	if _, err := use.Find(filepath.Join(dir, "absent"), "example.com/shop", nil, nil); err == nil {
		t.Error("a folder that is not there is no error")
	}
}
