package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// somePosts writes five posts; their titles are not in the order of their creation.
func somePosts(t *testing.T, s *server) {
	t.Helper()
	for _, fields := range []object{
		{"title": "delta", "status": "published", "tags": []any{"go", "rest"}, "rating": 2},
		{"title": "alpha", "tags": []any{"go"}, "rating": 5},
		{"title": "echo", "status": "published", "tags": []any{"golang"}},
		{"title": "bravo", "status": "published", "tags": []any{"go"}, "rating": 4.5},
		{"title": "charlie"},
	} {
		createPost(t, s, fields)
	}
}

func TestFiltersAndOrder(t *testing.T) {
	t.Parallel()
	s := start(t)
	somePosts(t, s)
	tests := []struct{ query, want string }{
		{"", "delta alpha echo bravo charlie"},
		{"order=desc", "charlie bravo echo alpha delta"},
		{"sort=title", "alpha bravo charlie delta echo"},
		{"sort=title&order=desc", "echo delta charlie bravo alpha"},
		{"status=published", "delta echo bravo"},
		{"status=draft&sort=title", "alpha charlie"},
		{"tag=go", "delta alpha bravo"},
		{"tag=go&status=published&sort=title", "bravo delta"},
		{"tag=nobody", ""},
		{"tag=%25", ""},
		{"tag=g_", ""},
		{"tag=" + url.QueryEscape(`go"' OR 1=1 --`), ""},
	}
	for _, test := range tests {
		for _, limit := range []string{"", "1", "2", "5", "100"} {
			query, err := url.ParseQuery(test.query)
			if err != nil {
				t.Fatal(err)
			}
			if limit != "" {
				query.Set("limit", limit)
			}
			if got := strings.Join(titles(t, s, query), " "); got != test.want {
				t.Errorf("GET /v1/posts?%s, limit %q: %s; want %s", test.query, limit, got, test.want)
			}
		}
	}
}

// TestOrderByRating: rated posts come in their order, and paging loses none that has no rating.
func TestOrderByRating(t *testing.T) {
	t.Parallel()
	s := start(t)
	somePosts(t, s)
	for order, want := range map[string]string{"asc": "delta bravo alpha", "desc": "alpha bravo delta"} {
		for _, limit := range []string{"1", "2", "100"} {
			got := titles(t, s, url.Values{"sort": {"rating"}, "order": {order}, "limit": {limit}})
			rated := slices.DeleteFunc(slices.Clone(got), func(title string) bool { return title == "echo" || title == "charlie" })
			if strings.Join(rated, " ") != want || len(got) != 5 {
				t.Errorf("by rating %s, limit %s: %v; want %s, and echo and charlie somewhere", order, limit, got, want)
			}
		}
	}
}

func TestPagesOfPosts(t *testing.T) {
	t.Parallel()
	s := start(t)
	for i := range 21 {
		createPost(t, s, object{"title": fmt.Sprint(i)})
	}
	first := decode[page[post]](t, s.do(t, "GET", "/v1/posts", nil).want(t, http.StatusOK))
	if len(first.Items) != 20 || first.Next == nil {
		t.Fatalf("the first page has %d posts and the cursor %v; want 20 and one", len(first.Items), first.Next)
	}
	// A cursor is a place in the order, not a count: what goes before it does not move it.
	s.do(t, "DELETE", postPath(first.Items[0].ID), nil).want(t, http.StatusNoContent)
	last := s.do(t, "GET", "/v1/posts?after="+url.QueryEscape(*first.Next), nil).want(t, http.StatusOK)
	p := decode[page[post]](t, last)
	if len(p.Items) != 1 || p.Items[0].Title != "20" || decode[object](t, last)["next"] != nil {
		t.Errorf("%v; want the 21st post only, and no cursor", last)
	}
}

func TestAnEmptyPage(t *testing.T) {
	t.Parallel()
	s := start(t)
	wantMembers(t, s.do(t, "GET", "/v1/posts", nil).want(t, http.StatusOK), map[string]string{"items": `[]`, "next": ""})
	wantMembers(t, s.do(t, "GET", "/v1/users", nil).want(t, http.StatusOK), map[string]string{"items": `[]`, "next": ""})
	p := createPost(t, s, nil)
	comments := s.do(t, "GET", commentsPath(p.ID), nil).want(t, http.StatusOK)
	if strings.TrimSpace(string(comments.body)) != "[]" || comments.header.Get("Link") != "" {
		t.Errorf("%v with Link %q; want [] and no Link", comments, comments.header.Get("Link"))
	}
}

func TestListUsers(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, name := range []string{"ann", "bob", "cat"} {
		createUser(t, s, name)
	}
	one := decode[page[user]](t, s.do(t, "GET", "/v1/users?name=bob", nil).want(t, http.StatusOK))
	if len(one.Items) != 1 || one.Items[0].Name != "bob" {
		t.Errorf("?name=bob finds %v", one.Items)
	}
	first := decode[page[user]](t, s.do(t, "GET", "/v1/users?limit=2", nil).want(t, http.StatusOK))
	if len(first.Items) != 2 || first.Next == nil {
		t.Fatalf("?limit=2 finds %v with the cursor %v", first.Items, first.Next)
	}
	rest := decode[page[user]](t, s.do(t, "GET", "/v1/users?limit=2&after="+url.QueryEscape(*first.Next), nil).want(t, http.StatusOK))
	if len(rest.Items) != 1 || rest.Items[0].Name != "cat" {
		t.Errorf("the second page has %v; want cat", rest.Items)
	}
}

var nextLink = regexp.MustCompile(`<([^>]+)>\s*;[^,]*rel="?next"?`)

// TestPagesOfComments follows the Link headers.
func TestPagesOfComments(t *testing.T) {
	t.Parallel()
	s := start(t)
	p, other := createPost(t, s, nil), createPost(t, s, nil)
	for i := range 7 {
		createComment(t, s, p.ID, fmt.Sprint(i))
		createComment(t, s, other.ID, "another post's")
	}
	base, err := url.Parse(s.url + commentsPath(p.ID) + "?limit=3")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for pages := 1; ; pages++ {
		r := s.do(t, "GET", base.RequestURI(), nil).want(t, http.StatusOK)
		for _, c := range decode[[]comment](t, r) {
			got = append(got, c.Text)
		}
		link := nextLink.FindStringSubmatch(r.header.Get("Link"))
		if link == nil {
			break
		}
		if base, err = base.Parse(link[1]); err != nil || pages > 7 {
			t.Fatalf("page %d has Link %q (%v)", pages, r.header.Get("Link"), err)
		}
	}
	if want := "0 1 2 3 4 5 6"; strings.Join(got, " ") != want {
		t.Errorf("the pages hold %v; want %s", got, want)
	}
	behind := s.do(t, "GET", commentsPath(p.ID)+"?offset=6", nil).want(t, http.StatusOK)
	if rest := decode[[]comment](t, behind); len(rest) != 1 || rest[0].Text != "6" || behind.header.Get("Link") != "" {
		t.Errorf("%v with Link %q; want the last comment only", behind, behind.header.Get("Link"))
	}
}
