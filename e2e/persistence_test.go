package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"syscall"
	"testing"
)

func TestDataSurvivesARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := startIn(t, dir, "LAME_DUCK=0s")
	p := createPost(t, s, object{"tags": []any{"go"}, "rating": 4.5})
	c, u := createComment(t, s, p.ID, "Still here?"), createUser(t, s, "ann")
	paths := []string{postPath(p.ID), commentPath(p.ID, c.ID), userPath(u.ID), "/v1/posts", "/v1/users", commentsPath(p.ID)}
	before := answers(t, s, paths)
	if code := s.stop(t, syscall.SIGTERM); code != 0 {
		t.Fatalf("exit code %d; want 0", code)
	}

	cookie := s.cookie
	s = startIn(t, dir)
	s.cookie = cookie
	for i, after := range answers(t, s, paths) {
		if string(after.body) != string(before[i].body) || after.header.Get("ETag") != before[i].header.Get("ETag") {
			t.Errorf("%v, ETag %s; before the restart %v, ETag %s", after, after.header.Get("ETag"), before[i], before[i].header.Get("ETag"))
		}
	}
	if next := createPost(t, s, nil); next.ID <= p.ID {
		t.Errorf("the key of a new post is %d; want one above %d", next.ID, p.ID)
	}
}

func answers(t *testing.T, s *server, paths []string) []response {
	t.Helper()
	var all []response
	for _, path := range paths {
		all = append(all, s.do(t, "GET", path, nil).want(t, http.StatusOK))
	}
	return all
}

// TestAcknowledgedWritesSurviveAKill kills the server in the middle of writing, three times over.
func TestAcknowledgedWritesSurviveAKill(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	acknowledged := map[int64]string{}
	for round := range 3 {
		s := startIn(t, dir)
		s.logInOnce(t)
		for _, p := range writeUntilKilled(t, s, fmt.Sprintf("round %d", round)) {
			acknowledged[p.ID] = p.Title
		}
	}
	s := startIn(t, dir)
	for id, title := range acknowledged {
		if p := decode[post](t, s.do(t, "GET", postPath(id), nil).want(t, http.StatusOK)); p.Title != title {
			t.Errorf("post %d has the title %q; want %q", id, p.Title, title)
		}
	}
}

// writeUntilKilled has four clients write posts, kills the server when forty are there, and returns
// all that was answered with 201.
func writeUntilKilled(t *testing.T, s *server, title string) []post {
	t.Helper()
	const clients, enough = 4, 40
	written := make(chan post)
	var all sync.WaitGroup
	for range clients {
		all.Go(func() { writePosts(s, title, written) })
	}
	go func() {
		all.Wait()
		close(written)
	}()
	var posts []post
	for p := range written {
		if posts = append(posts, p); len(posts) == enough {
			s.stop(t, syscall.SIGKILL)
		}
	}
	if len(posts) < enough {
		t.Fatalf("the server took %d posts; want it to take them until it is killed", len(posts))
	}
	return posts
}

// writePosts goes on until the server is gone.
func writePosts(s *server, title string, written chan<- post) {
	for {
		r, err := s.try("POST", "/v1/posts", object{"title": title, "body": "x"})
		if err != nil || r.status != http.StatusCreated {
			return
		}
		var p post
		if json.Unmarshal(r.body, &p) != nil {
			return
		}
		written <- p
	}
}
