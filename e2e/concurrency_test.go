package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

// TestNoUpdateIsLost has fifty clients count up in the body of one post.
func TestNoUpdateIsLost(t *testing.T) {
	t.Parallel()
	countTogether(t, 50, start(t))
}

// TestTwoProcessesOnOneDatabase starts both on a database that is not there yet.
func TestTwoProcessesOnOneDatabase(t *testing.T) {
	t.Parallel()
	database := "DATABASE_URL=sqlite:" + filepath.Join(t.TempDir(), "shared.db")
	first := spawn(t, boardProgram(t), t.TempDir(), database)
	second := spawn(t, boardProgram(t), t.TempDir(), database)
	first.await(t)
	second.await(t)

	p := createPost(t, first, object{"title": "Written by the first"})
	second.cookie = first.cookie
	if got := decode[post](t, second.do(t, "GET", postPath(p.ID), nil).want(t, http.StatusOK)); got.Title != p.Title {
		t.Errorf("the second process reads %q; want %q", got.Title, p.Title)
	}
	countTogether(t, 20, first, second)
}

// countTogether lets clients count up to their number with GET and PATCH under If-Match. In the end
// none has been overwritten, and every version was seen by one of them only.
func countTogether(t *testing.T, clients int, servers ...*server) {
	t.Helper()
	path := postPath(createPost(t, servers[0], object{"body": "0"}).ID)
	tags, errs := make([]string, clients), make([]error, clients)
	var all sync.WaitGroup
	for i := range clients {
		all.Go(func() { tags[i], errs[i] = countUp(servers[i%len(servers)], path) })
	}
	all.Wait()

	seen := map[string]bool{}
	for i := range clients {
		if errs[i] != nil || tags[i] == "" || seen[tags[i]] {
			t.Errorf("client %d: ETag %q, %v; want a version of its own", i, tags[i], errs[i])
		}
		seen[tags[i]] = true
	}
	for _, s := range servers {
		p := decode[post](t, s.do(t, "GET", path, nil).want(t, http.StatusOK))
		if p.Body != strconv.Itoa(clients) {
			t.Errorf("%d clients counted to %s", clients, p.Body)
		}
	}
}

// countUp adds one to the number in a post's body and returns the ETag of what it wrote. Each 412
// means that another client was faster, so that all of them come to an end.
func countUp(s *server, path string) (string, error) {
	for {
		read, err := s.try("GET", path, nil)
		if err != nil {
			return "", err
		}
		var p post
		if err := json.Unmarshal(read.body, &p); err != nil {
			return "", fmt.Errorf("%v: %w", read, err)
		}
		n, err := strconv.Atoi(p.Body)
		if err != nil {
			return "", err
		}
		written, err := s.try("PATCH", path, object{"body": strconv.Itoa(n + 1)}, "If-Match", read.header.Get("ETag"))
		switch {
		case err != nil:
			return "", err
		case written.status == http.StatusOK:
			return written.header.Get("ETag"), nil
		case written.status != http.StatusPreconditionFailed:
			return "", fmt.Errorf("%v", written)
		}
	}
}

// TestPatchesOfDifferentFields: without If-Match too, a patch changes its own field only.
func TestPatchesOfDifferentFields(t *testing.T) {
	t.Parallel()
	s := start(t)
	path := postPath(createPost(t, s, nil).ID)
	patches := []object{{"title": "new"}, {"body": "new"}, {"tags": []any{"new"}}, {"status": "published"}, {"rating": 5}}
	results := make([]response, len(patches))
	errs := make([]error, len(patches))
	var all sync.WaitGroup
	for i, patch := range patches {
		all.Go(func() { results[i], errs[i] = s.try("PATCH", path, patch) })
	}
	all.Wait()
	for i, r := range results {
		if errs[i] != nil || r.status != http.StatusOK {
			t.Errorf("%v: %v (%v)", patches[i], r, errs[i])
		}
	}
	wantMembers(t, s.do(t, "GET", path, nil), map[string]string{
		"title": `"new"`, "body": `"new"`, "tags": `["new"]`, "status": `"published"`, "rating": `5`,
	})
}

// TestOneNameForOneUser: of several who sign up under a name at once, one gets it.
func TestOneNameForOneUser(t *testing.T) {
	t.Parallel()
	s := start(t)
	const clients = 6
	statuses := make(chan int, clients)
	for range clients {
		go func() {
			r, err := s.try("POST", "/v1/users", object{"name": "ann", "password": "correct horse battery"})
			if err != nil {
				r.status = -1
			}
			statuses <- r.status
		}()
	}
	got := map[int]int{}
	for range clients {
		got[<-statuses]++
	}
	if got[http.StatusCreated] != 1 || got[http.StatusConflict] != clients-1 {
		t.Errorf("the statuses are %v; want one 201 and %d times 409", got, clients-1)
	}
}
