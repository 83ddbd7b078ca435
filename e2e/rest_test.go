package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"testing"
	"time"
)

func TestCreatePost(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	before := time.Now().Add(-time.Second)
	created := s.do(t, "POST", "/v1/posts", object{"title": "First", "body": ""}).want(t, http.StatusCreated)
	p := decode[post](t, created)
	if p.ID < 1 || p.Title != "First" || p.Body != "" {
		t.Errorf("%v; want what was sent and a key", created)
	}
	if p.CreatedAt.Before(before) || p.CreatedAt.After(time.Now()) || p.UpdatedAt.Before(p.CreatedAt) {
		t.Errorf("%v; want the time of now", created)
	}
	wantMembers(t, created, map[string]string{"status": `"draft"`, "tags": `[]`, "rating": `null`, "authorId": `1`})

	read := s.do(t, "GET", created.location(t, s), nil).want(t, http.StatusOK)
	if string(read.body) != string(created.body) || read.etag(t) != created.etag(t) {
		t.Errorf("%v with ETag %s; want what POST answered with %s: %s", read, read.etag(t), created.etag(t), created.body)
	}
}

// wantMembers checks that members of an answer are there, and are this JSON.
func wantMembers(t *testing.T, r response, members map[string]string) {
	t.Helper()
	got := decode[map[string]json.RawMessage](t, r)
	for name, want := range members {
		if string(got[name]) != want {
			t.Errorf("%v has %s %s; want %s", r, name, got[name], want)
		}
	}
}

func TestCreatePostWithEverything(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	sent := object{"title": "Ünïcödé 글", "body": "<b>&amp;\n\u2028", "tags": []any{"go", "rest"}, "status": "published", "rating": 4.35}
	created := s.do(t, "POST", "/v1/posts", sent).want(t, http.StatusCreated)
	got := decode[object](t, s.do(t, "GET", created.location(t, s), nil).want(t, http.StatusOK))
	for name, want := range sent {
		if !reflect.DeepEqual(got[name], want) {
			t.Errorf("%s is %v; want %v", name, got[name], want)
		}
	}
}

// TestReplacePost: PUT clears what it does not mention and keeps what no client may set.
func TestReplacePost(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := createPost(t, s, object{"tags": []any{"go"}, "status": "published", "rating": 5})
	replaced := s.do(t, "PUT", postPath(p.ID), object{"title": "New", "body": "New"}).want(t, http.StatusOK)
	wantMembers(t, replaced, map[string]string{
		"title": `"New"`, "body": `"New"`, "tags": `[]`, "status": `"draft"`, "rating": `null`,
		"id": fmt.Sprint(p.ID), "authorId": fmt.Sprint(p.AuthorID),
	})
	got := decode[post](t, replaced)
	if !got.CreatedAt.Equal(p.CreatedAt) || got.UpdatedAt.Before(p.UpdatedAt) {
		t.Errorf("%v; want createdAt %v and a new updatedAt", replaced, p.CreatedAt)
	}
	read := s.do(t, "GET", postPath(p.ID), nil).want(t, http.StatusOK)
	if string(read.body) != string(replaced.body) {
		t.Errorf("%v; want %s", read, replaced.body)
	}
	s.do(t, "PUT", postPath(999), object{"title": "New", "body": "New"}).problem(t, http.StatusNotFound)
}

// TestUpdatePost: a merge patch changes what it mentions, and null is a value where the document has it.
func TestUpdatePost(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := createPost(t, s, object{"tags": []any{"go"}, "rating": 3})
	steps := []struct {
		patch object
		want  map[string]string
	}{
		{object{"title": "Second"}, map[string]string{"title": `"Second"`, "body": `"A body"`, "tags": `["go"]`, "rating": `3`}},
		{object{"rating": nil}, map[string]string{"title": `"Second"`, "rating": `null`}},
		{object{"tags": []any{}, "body": ""}, map[string]string{"tags": `[]`, "body": `""`}},
		{object{"status": "published", "rating": 0}, map[string]string{"status": `"published"`, "rating": `0`}},
	}
	for _, step := range steps {
		patched := s.do(t, "PATCH", postPath(p.ID), step.patch).want(t, http.StatusOK)
		wantMembers(t, patched, step.want)
		wantMembers(t, s.do(t, "GET", postPath(p.ID), nil).want(t, http.StatusOK), step.want)
	}
	s.do(t, "PATCH", postPath(p.ID), object{"title": nil}).problem(t, http.StatusBadRequest)
	s.do(t, "PATCH", postPath(p.ID), object{}).problem(t, http.StatusBadRequest)
	s.do(t, "PATCH", postPath(999), object{"title": "x"}).problem(t, http.StatusNotFound)
}

func TestDeletePost(t *testing.T) {
	t.Parallel()
	s := start(t)
	p, other := createPost(t, s, nil), createPost(t, s, nil)
	gone, stays := createComment(t, s, p.ID, "gone"), createComment(t, s, other.ID, "stays")
	if deleted := s.do(t, "DELETE", postPath(p.ID), nil).want(t, http.StatusNoContent); len(deleted.body) != 0 {
		t.Errorf("%v; want no body", deleted)
	}
	for _, path := range []string{postPath(p.ID), commentsPath(p.ID), commentPath(p.ID, gone.ID), commentPath(other.ID, gone.ID)} {
		s.do(t, "GET", path, nil).problem(t, http.StatusNotFound)
	}
	s.do(t, "DELETE", postPath(p.ID), nil).problem(t, http.StatusNotFound)
	s.do(t, "GET", commentPath(other.ID, stays.ID), nil).want(t, http.StatusOK)
	s.do(t, "DELETE", postPath(other.ID), nil).want(t, http.StatusNoContent)
	if again := createPost(t, s, nil); again.ID <= other.ID {
		t.Errorf("the key of a new post is %d; want one above %d, never given out before", again.ID, other.ID)
	}
}

func TestPreconditions(t *testing.T) {
	t.Parallel()
	s := start(t)
	path := postPath(createPost(t, s, nil).ID)
	old := s.do(t, "GET", path, nil).etag(t)

	fresh := s.do(t, "GET", path, nil, "If-None-Match", old).want(t, http.StatusNotModified)
	if len(fresh.body) != 0 || fresh.etag(t) != old {
		t.Errorf("%v with ETag %s; want no body and %s", fresh, fresh.header.Get("ETag"), old)
	}
	patched := s.do(t, "PATCH", path, object{"title": "Mine"}, "If-Match", old).want(t, http.StatusOK)
	current := patched.etag(t)
	if current == old {
		t.Fatalf("the ETag %s did not change with the post", old)
	}
	s.do(t, "GET", path, nil, "If-None-Match", old).want(t, http.StatusOK)

	stale := []struct {
		method string
		body   any
	}{{"PUT", object{"title": "x", "body": "x"}}, {"PATCH", object{"title": "x"}}, {"DELETE", nil}}
	for _, call := range stale {
		s.do(t, call.method, path, call.body, "If-Match", old).problem(t, http.StatusPreconditionFailed)
	}
	if now := decode[post](t, s.do(t, "GET", path, nil)); now.Title != "Mine" {
		t.Errorf("a request with an old If-Match changed the title to %q", now.Title)
	}
	s.do(t, "PATCH", path, object{"title": "x"}, "If-Match", `"other", `+current).want(t, http.StatusOK)
	s.do(t, "PUT", path, object{"title": "x", "body": "x"}, "If-Match", "*").want(t, http.StatusOK)
	s.do(t, "DELETE", path, nil, "If-Match", s.do(t, "GET", path, nil).etag(t)).want(t, http.StatusNoContent)
}

func TestComments(t *testing.T) {
	t.Parallel()
	s := start(t)
	p, other := createPost(t, s, nil), createPost(t, s, nil)
	created := s.do(t, "POST", commentsPath(p.ID), object{"text": "Hi"}).want(t, http.StatusCreated)
	c := decode[comment](t, created)
	if c.PostID != p.ID || c.AuthorID != p.AuthorID || c.Text != "Hi" || created.location(t, s) != commentPath(p.ID, c.ID) {
		t.Errorf("%v at %s", created, created.header.Get("Location"))
	}
	wrong := commentPath(other.ID, c.ID)
	for _, path := range []string{wrong, commentPath(999, c.ID), commentPath(p.ID, 999)} {
		s.do(t, "GET", path, nil).problem(t, http.StatusNotFound)
		s.do(t, "PUT", path, object{"text": "Hijacked"}).problem(t, http.StatusNotFound)
		s.do(t, "DELETE", path, nil).problem(t, http.StatusNotFound)
	}
	replaced := s.do(t, "PUT", commentPath(p.ID, c.ID), object{"text": "Better"}).want(t, http.StatusOK)
	if got := decode[comment](t, replaced); got.Text != "Better" || got.PostID != p.ID || !got.CreatedAt.Equal(c.CreatedAt) {
		t.Errorf("%v; want the new text and the rest of %v", replaced, c)
	}
	s.do(t, "PUT", commentPath(p.ID, c.ID), object{"text": "Late"}, "If-Match", created.etag(t)).problem(t, http.StatusPreconditionFailed)
	s.do(t, "DELETE", commentPath(p.ID, c.ID), nil).want(t, http.StatusNoContent)
	s.do(t, "GET", commentPath(p.ID, c.ID), nil).problem(t, http.StatusNotFound)
}

func TestMissingParent(t *testing.T) {
	t.Parallel()
	s := signedIn(t)
	s.do(t, "GET", commentsPath(999), nil).problem(t, http.StatusNotFound)
	s.do(t, "POST", commentsPath(999), object{"text": "Hi"}).problem(t, http.StatusNotFound)
}

func TestUsers(t *testing.T) {
	t.Parallel()
	s := start(t)
	sent := object{"name": "ann", "password": "correct horse battery", "about": "Writes."}
	created := s.do(t, "POST", "/v1/users", sent).want(t, http.StatusCreated)
	u := decode[user](t, created)
	if u.Name != "ann" || u.About == nil || *u.About != "Writes." || created.location(t, s) != userPath(u.ID) {
		t.Errorf("%v at %s", created, created.header.Get("Location"))
	}
	if members := decode[object](t, created); len(members) != 4 {
		t.Errorf("%v; want id, name, about and createdAt", created)
	}
	s.do(t, "GET", userPath(u.ID), nil).want(t, http.StatusOK)
	s.do(t, "GET", userPath(999), nil).problem(t, http.StatusNotFound)
	s.do(t, "POST", "/v1/users", sent).problem(t, http.StatusConflict)
	if without := createUser(t, s, "bob"); without.About != nil {
		t.Errorf("about is %q; want it absent as it was in the request", *without.About)
	}
}

// TestSecuredOperations: without a session nobody gets in, whatever else is wrong with the request.
func TestSecuredOperations(t *testing.T) {
	t.Parallel()
	s := start(t)
	u, p := createUser(t, s, "ann"), createPost(t, s, nil)
	s.cookie = ""
	calls := []struct {
		method, path string
		body         any
	}{
		{"PATCH", userPath(u.ID), object{"about": "changed"}},
		{"PATCH", userPath(u.ID), "{not json"},
		{"DELETE", userPath(u.ID), nil},
		{"GET", "/v1/session", nil},
		{"DELETE", "/v1/session", nil},
		{"GET", "/v1/sessions", nil},
		{"DELETE", "/v1/sessions/1", nil},
		{"POST", "/v1/posts", object{"title": "x", "body": "x"}},
		{"PUT", postPath(p.ID), object{"title": "x", "body": "x"}},
		{"DELETE", postPath(p.ID), nil},
		{"POST", commentsPath(p.ID), object{"text": "x"}},
		{"POST", postPath(p.ID) + "/publish", nil},
	}
	for _, call := range calls {
		s.do(t, call.method, call.path, call.body).problem(t, http.StatusUnauthorized)
		s.do(t, call.method, call.path, call.body, "Cookie", "board_session=made-up").problem(t, http.StatusUnauthorized)
	}
	if got := decode[user](t, s.do(t, "GET", userPath(u.ID), nil).want(t, http.StatusOK)); got.About != nil {
		t.Errorf("about is %q; want it unchanged", *got.About)
	}
}
