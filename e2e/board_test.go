package e2e

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"testing"
	"time"
)

// What board.yaml calls User, Post and Comment, as a client would write it.
type (
	user struct {
		ID        int64     `json:"id"`
		Name      string    `json:"name"`
		About     *string   `json:"about"`
		CreatedAt time.Time `json:"createdAt"`
	}
	post struct {
		ID        int64     `json:"id"`
		AuthorID  int64     `json:"authorId"`
		Title     string    `json:"title"`
		Body      string    `json:"body"`
		Tags      []string  `json:"tags"`
		Status    string    `json:"status"`
		Rating    *float64  `json:"rating"`
		CreatedAt time.Time `json:"createdAt"`
		UpdatedAt time.Time `json:"updatedAt"`
	}
	comment struct {
		ID        int64     `json:"id"`
		PostID    int64     `json:"postId"`
		AuthorID  int64     `json:"authorId"`
		Text      string    `json:"text"`
		CreatedAt time.Time `json:"createdAt"`
	}
	page[T any] struct {
		Items []T     `json:"items"`
		Next  *string `json:"next"`
	}
)

// createPost writes a post; fields are added to a title and a body, or replace them.
func createPost(t *testing.T, s *server, fields object) post {
	t.Helper()
	s.logInOnce(t)
	body := object{"title": "A title", "body": "A body"}
	maps.Copy(body, fields)
	return decode[post](t, s.do(t, "POST", "/v1/posts", body).want(t, http.StatusCreated))
}

func createComment(t *testing.T, s *server, postID int64, text string) comment {
	t.Helper()
	s.logInOnce(t)
	body := object{"text": text}
	return decode[comment](t, s.do(t, "POST", commentsPath(postID), body).want(t, http.StatusCreated))
}

const password = "correct horse battery"

func createUser(t *testing.T, s *server, name string) user {
	t.Helper()
	body := object{"name": name, "password": password}
	return decode[user](t, s.do(t, "POST", "/v1/users", body).want(t, http.StatusCreated))
}

// logIn makes what the server is asked from now on a session of that user.
func (s *server) logIn(t *testing.T, name string) {
	t.Helper()
	res := s.do(t, "POST", "/v1/session", object{"name": name, "password": password}).want(t, http.StatusOK)
	s.cookie = res.cookie(t)
}

// logInOnce makes a user who writes posts, if there is none, unless somebody is logged in.
func (s *server) logInOnce(t *testing.T) {
	t.Helper()
	if s.cookie != "" {
		return
	}
	if r := s.do(t, "POST", "/v1/session", object{"name": "author", "password": password}); r.status == http.StatusOK {
		s.cookie = r.cookie(t)
		return
	}
	createUser(t, s, "author")
	s.logIn(t, "author")
}

// signedIn is start with somebody logged in.
func signedIn(t *testing.T, env ...string) *server {
	t.Helper()
	s := start(t, env...)
	s.logInOnce(t)
	return s
}

// cookie is the name and the value of the board's session cookie that an answer sets.
func (r response) cookie(t *testing.T) string {
	t.Helper()
	return r.cookieNamed(t, "board_session")
}

func (r response) cookieNamed(t *testing.T, name string) string {
	t.Helper()
	for _, c := range (&http.Response{Header: r.header}).Cookies() {
		if c.Name == name && c.Value != "" {
			return c.Name + "=" + c.Value
		}
	}
	t.Fatalf("%v sets no cookie %s", r, name)
	return ""
}

func postPath(id int64) string { return fmt.Sprintf("/v1/posts/%d", id) }

func commentsPath(postID int64) string { return postPath(postID) + "/comments" }

func commentPath(postID, id int64) string {
	return fmt.Sprintf("%s/%d", commentsPath(postID), id)
}

func userPath(id int64) string { return fmt.Sprintf("/v1/users/%d", id) }

// location resolves the Location of an answer and returns its path.
func (r response) location(t *testing.T, s *server) string {
	t.Helper()
	base, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	target, err := base.Parse(r.header.Get("Location"))
	if err != nil || r.header.Get("Location") == "" {
		t.Fatalf("%v has Location %q (%v)", r, r.header.Get("Location"), err)
	}
	return target.Path
}

// etag ends the test where the answer has none.
func (r response) etag(t *testing.T) string {
	t.Helper()
	tag := r.header.Get("ETag")
	if tag == "" {
		t.Fatalf("%v has no ETag", r)
	}
	return tag
}

// titles are the titles of all posts that match the query, page after page.
func titles(t *testing.T, s *server, query url.Values) []string {
	t.Helper()
	var all []string
	for {
		p := decode[page[post]](t, s.do(t, "GET", "/v1/posts?"+query.Encode(), nil).want(t, http.StatusOK))
		for _, item := range p.Items {
			all = append(all, item.Title)
		}
		if p.Next == nil || *p.Next == "" {
			return all
		}
		if len(p.Items) == 0 || len(all) > 1000 {
			t.Fatalf("GET /v1/posts?%s does not come to an end after %d posts", query.Encode(), len(all))
		}
		query.Set("after", *p.Next)
	}
}
