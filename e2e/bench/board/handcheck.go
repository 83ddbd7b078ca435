package board

import (
	"net/url"
	"slices"
	"strconv"
	"unicode/utf8"

	"gen/e2e/bench/plain"
)

// postBody is what a client sends. The fields that need no value have their defaults before it is
// read: what is nil afterwards was missing, or null.
type postBody struct {
	Title  *string  `json:"title"`
	Body   *string  `json:"body"`
	Tags   []string `json:"tags"`
	Status *string  `json:"status"`
	Rating *float64 `json:"rating"`
}

func newPostBody() postBody {
	draft := "draft"
	return postBody{Tags: []string{}, Status: &draft}
}

func (b *postBody) check() []plain.Fault {
	var faults []plain.Fault
	add := func(pointer, detail string) { faults = append(faults, plain.Fault{Pointer: pointer, Detail: detail}) }
	switch {
	case b.Title == nil:
		add("/title", "is required")
	case *b.Title == "":
		add("/title", "must not be empty")
	case utf8.RuneCountInString(*b.Title) > 120:
		add("/title", "must have at most 120 characters")
	}
	switch {
	case b.Body == nil:
		add("/body", "is required")
	case utf8.RuneCountInString(*b.Body) > 20000:
		add("/body", "must have at most 20000 characters")
	}
	switch {
	case b.Tags == nil:
		add("/tags", "must be an array")
	case len(b.Tags) > 10:
		add("/tags", "must have at most 10 items")
	}
	for i, tag := range b.Tags {
		if n := utf8.RuneCountInString(tag); n < 1 || n > 30 {
			add("/tags/"+strconv.Itoa(i), "must have 1 to 30 characters")
		}
		if slices.Contains(b.Tags[:i], tag) {
			add("/tags", "must not have the same item twice")
		}
	}
	if b.Status == nil || !known(*b.Status) {
		add("/status", "must be draft or published")
	}
	if b.Rating != nil && (*b.Rating < 0 || *b.Rating > 5) {
		add("/rating", "must be from 0 to 5")
	}
	return faults
}

func known(status string) bool { return status == "draft" || status == "published" }

// listQuery is what a client asks of the list.
type listQuery struct {
	after       int64
	limit       int
	status, tag string
}

func readListQuery(raw string) (listQuery, []plain.Fault) {
	asked := listQuery{limit: 20}
	query, err := url.ParseQuery(raw)
	if err != nil {
		return asked, []plain.Fault{{Detail: "the query cannot be read"}}
	}
	var faults []plain.Fault
	add := func(name, detail string) { faults = append(faults, plain.Fault{Parameter: name, Detail: detail}) }
	if query.Has("limit") {
		if asked.limit, err = strconv.Atoi(query.Get("limit")); err != nil || asked.limit < 1 || asked.limit > 100 {
			add("limit", "must be an integer from 1 to 100")
		}
	}
	if query.Has("after") {
		if asked.after, err = strconv.ParseInt(query.Get("after"), 10, 64); err != nil {
			add("after", "is not a cursor of this list")
		}
	}
	if asked.status = query.Get("status"); query.Has("status") && !known(asked.status) {
		add("status", "must be draft or published")
	}
	asked.tag = query.Get("tag")
	if query.Has("sort") && !slices.Contains([]string{"createdAt", "title", "rating"}, query.Get("sort")) {
		add("sort", "must be createdAt, title or rating")
	}
	if query.Has("order") && !slices.Contains([]string{"asc", "desc"}, query.Get("order")) {
		add("order", "must be asc or desc")
	}
	return asked, faults
}

// wanted lets the posts pass that are asked for, nil if all are.
func (q *listQuery) wanted() func(*post) bool {
	if q.status == "" && q.tag == "" {
		return nil
	}
	return func(p *post) bool {
		return (q.status == "" || p.Status == q.status) && (q.tag == "" || tagged(p.Tags, q.tag))
	}
}
