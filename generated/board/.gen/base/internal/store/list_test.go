//nolint:thelper // the functions of the suite are tests, not helpers
package store

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

type status string

func testFilters(t *testing.T, b *board) {
	four, five := 4.0, 5.0
	b.post(t, post{Title: "one", Tags: []string{"go", "web"}, Rating: &four, Owner: owner{ID: 1}})
	b.post(t, post{Title: "1", Tags: []string{"go"}, Rating: &five, Public: true, Owner: owner{ID: 2}})
	b.post(t, post{Title: "Three o'clock 100%", Public: true})
	yes := true
	for name, test := range map[string]struct {
		filters []Filter
		want    string
	}{
		"none":             {nil, "1 2 3"},
		"text":             {[]Filter{Equal("title", "one")}, "1"},
		"a string kind":    {[]Filter{Equal("title", status("one"))}, "1"},
		"no number":        {[]Filter{Equal("title", 1)}, ""},
		"no text":          {[]Filter{Equal("id", "1")}, ""},
		"number":           {[]Filter{Equal("id", int32(2))}, "2"},
		"float":            {[]Filter{Equal("rating", 4)}, "1"},
		"nested":           {[]Filter{Equal("owner.id", 2)}, "2"},
		"bool":             {[]Filter{Equal("public", true)}, "2 3"},
		"false":            {[]Filter{Equal("public", false)}, "1"},
		"pointer":          {[]Filter{Equal("public", &yes)}, "2 3"},
		"nil":              {[]Filter{Equal("public", nil)}, "1 2 3"},
		"nil pointer":      {[]Filter{Equal("public", (*bool)(nil))}, "1 2 3"},
		"nil slice":        {[]Filter{Equal("title", []string(nil))}, "1 2 3"},
		"any of":           {[]Filter{Equal("title", &[]status{"one", "1"})}, "1 2"},
		"both":             {[]Filter{Equal("public", true), Equal("id", 3)}, "3"},
		"absent":           {[]Filter{Equal("nope", "x")}, ""},
		"contains":         {[]Filter{Contains("tags", "web")}, "1"},
		"contains any":     {[]Filter{Contains("tags", []string{"web", "go"})}, "1 2"},
		"contains no part": {[]Filter{Contains("tags", "g")}, ""},
		"at least":         {[]Filter{AtLeast("rating", 4.5)}, "2"},
		"at most":          {[]Filter{AtMost("rating", 4)}, "1"},
		"between":          {[]Filter{AtLeast("id", 2), AtMost("id", 2)}, "2"},
		"search":           {[]Filter{Search("ONE", "title")}, "1"},
		"search a quote":   {[]Filter{Search("O'C", "title", "nope")}, "3"},
		"search a percent": {[]Filter{Search("0%", "title")}, "3"},
		"search fields":    {[]Filter{Search("1", "title", "id")}, "1 2 3"},
		"search nothing":   {[]Filter{Search((*string)(nil), "title")}, "1 2 3"},
	} {
		t.Run(name, func(t *testing.T) {
			page, err := b.posts.List(t.Context(), Query{Filters: test.filters, Count: true})
			noErr(t, err)
			if got := ids(page.Items); got != test.want || page.Total != len(page.Items) {
				t.Errorf("posts %s of %d, want %s", got, page.Total, test.want)
			}
		})
	}
	if _, err := b.posts.List(t.Context(), Query{Filters: []Filter{Equal("owner", owner{})}}); err == nil {
		t.Error("an object was compared")
	}
}

func testFilterNames(t *testing.T, b *board) {
	for i, name := range []string{"a", "a b", "it's", `q"q`, `b\s`, "$ref", "[0]", "한글", "", "?", "0", "--", "' OR 1=1 --", "x$"} {
		_, err := b.order.InsertAt(t.Context(), fmt.Sprint(i), map[string]any{name: i, "in": map[string]any{name: []int{i}}})
		noErr(t, err)
		for _, f := range []Filter{Equal(name, i), Contains("in."+name, i), Search(i, name)} {
			page, err := b.order.List(t.Context(), Query{Filters: []Filter{f}, Order: []Order{{Field: name}}})
			noErr(t, err)
			if len(page.Items) != 1 {
				t.Errorf("field %q: %d rows", name, len(page.Items))
			}
		}
	}
}

func testTimes(t *testing.T, b *board) {
	at := func(s string) *time.Time {
		parsed, err := time.Parse(time.RFC3339Nano, s)
		noErr(t, err)
		return &parsed
	}
	sorted := []string{ // each later than the one before, though not as a text
		"2023-12-31T23:59:59.9999Z",
		"2024-01-01T09:00:00+09:00",
		"2024-01-01T00:00:00.000000001Z",
		"2023-12-31T20:00:00.5-04:00",
		"2024-01-01T00:00:00.51Z",
		"2024-01-01T00:00:01Z",
	}
	for _, i := range []int{3, 0, 5, 1, 4, 2} {
		_, err := b.posts.InsertAt(t.Context(), int64(i), post{ID: int64(i), CreatedAt: at(sorted[i])})
		noErr(t, err)
	}
	_, err := b.posts.InsertAt(t.Context(), 9, post{ID: 9}) // without a time
	noErr(t, err)
	for _, test := range []struct {
		query Query
		want  string
	}{
		{Query{Order: []Order{{"createdAt", false, Time}}}, "0 1 2 3 4 5 9"},
		{Query{Order: []Order{{"createdAt", true, Time}}}, "5 4 3 2 1 0 9"},
		{Query{Filters: []Filter{AtLeast("createdAt", at("2024-01-01T01:00:00.5+01:00"))}}, "3 5 4"},
		{Query{Filters: []Filter{AtMost("createdAt", *at("2024-01-01T00:00:00Z"))}}, "0 1"},
		{Query{Filters: []Filter{Equal("createdAt", []time.Time{*at("2024-01-01T00:00:00.5Z")})}}, "3"},
	} {
		page, err := b.posts.List(t.Context(), test.query)
		noErr(t, err)
		if got := ids(page.Items); got != test.want {
			t.Errorf("%+v: %s, want %s", test.query, got, test.want)
		}
	}
}

func testList(t *testing.T, b *board) {
	for i := range 5 {
		b.post(t, post{Title: string("caebd"[i])})
	}
	for name, test := range map[string]struct {
		query Query
		want  string
		more  bool
	}{
		"all":          {Query{}, "1 2 3 4 5", false},
		"limit":        {Query{Limit: 2}, "1 2", true},
		"exactly":      {Query{Limit: 5}, "1 2 3 4 5", false},
		"offset":       {Query{Limit: 2, Offset: 2}, "3 4", true},
		"offset alone": {Query{Offset: 4}, "5", false},
		"beyond":       {Query{Offset: 9}, "", false},
		"negative":     {Query{Limit: -1, Offset: -1}, "1 2 3 4 5", false},
		"order":        {Query{Order: []Order{{Field: "title"}}}, "2 4 1 5 3", false},
		"descending":   {Query{Order: []Order{{Field: "title", Descending: true}}, Limit: 3}, "3 5 1", true},
		"equals":       {Query{Order: []Order{{Field: "public", Descending: true}}}, "1 2 3 4 5", false},
	} {
		t.Run(name, func(t *testing.T) {
			page, err := b.posts.List(t.Context(), test.query)
			noErr(t, err)
			if got := ids(page.Items); got != test.want || page.More != test.more || page.More != (page.Next != "") {
				t.Errorf("%s, more %v, next %q, want %s, %v", got, page.More, page.Next, test.want, test.more)
			}
			if page.Items == nil || page.Total != 0 {
				t.Errorf("items %#v, total %d", page.Items, page.Total)
			}
		})
	}
	page, err := b.posts.List(t.Context(), Query{Limit: 2, Offset: 1, Count: true})
	if noErr(t, err); page.Total != 5 {
		t.Errorf("total %d, want 5", page.Total)
	}
}

func testListOfAll(t *testing.T, b *board) {
	for range 2 {
		p := b.post(t, post{})
		_, err := b.comments.Under(p).Insert(t.Context(), func(id int64) comment { return comment{ID: id} })
		noErr(t, err)
		page, err := b.comments.Under(p).List(t.Context(), Query{Count: true})
		if noErr(t, err); page.Total != 1 || len(page.Items) != 1 || page.Items[0].ID != p {
			t.Errorf("under %d: %+v", p, page)
		}
	}
	page, err := b.comments.List(t.Context(), Query{})
	if noErr(t, err); len(page.Items) != 2 {
		t.Errorf("of all posts: %+v", page)
	}
}

func testCursors(t *testing.T, b *board) {
	for range 3 {
		b.post(t, post{Title: "x"})
	}
	byTitle := []Order{{Field: "title"}}
	page, err := b.posts.List(t.Context(), Query{Order: byTitle, Limit: 1})
	noErr(t, err)
	page, err = b.posts.List(t.Context(), Query{Order: byTitle, Limit: 1, After: page.Next})
	if noErr(t, err); ids(page.Items) != "2" {
		t.Errorf("page 2 has %s", ids(page.Items))
	}
	raw, err := base64.RawURLEncoding.DecodeString(page.Next)
	noErr(t, err)
	other := func(from, to string) string {
		return base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(raw), from, to, 1)))
	}
	for name, q := range map[string]Query{
		"another order":     {After: page.Next},
		"another direction": {Order: []Order{{Field: "title", Descending: true}}, After: page.Next},
		"garbled":           {Order: byTitle, After: page.Next[1:]},
		"no base64":         {Order: byTitle, After: "!"},
		"no JSON":           {Order: byTitle, After: "AAAA"},
		"an object":         {Order: byTitle, After: other(`"x"`, `{"x":1}`)},
		"a bool":            {Order: byTitle, After: other(`"x"`, `true`)},
		"no values":         {Order: byTitle, After: other(`["x"]`, `[]`)},
		"a huge number":     {Order: byTitle, After: other(`"x"`, `1e999`)},
		"no number":         {Order: byTitle, After: other(`"s":2`, `"s":"2"`)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.posts.List(t.Context(), q)
			wantErr(t, err, ErrCursor)
		})
	}
	_, err = b.users.List(t.Context(), Query{Order: byTitle, After: page.Next})
	wantErr(t, err, ErrCursor)
}

// testPaging goes through a thousand rows in each order while others are added, and sees each of the
// thousand once, in that order.
func testPaging(t *testing.T, b *board) {
	const rows = 1000
	random := rand.New(rand.NewPCG(1, 2))
	for range rows {
		b.post(t, randomPost(random))
	}
	b.post(t, randomPost(random))
	if page, err := b.posts.List(t.Context(), Query{Limit: 2 * rows}); err != nil || len(page.Items) != maxLimit || !page.More {
		t.Errorf("%d rows on a page, more %v, error %v", len(page.Items), page.More, err)
	}
	for _, order := range [][]Order{
		nil,
		{{Field: "title"}},
		{{Field: "title", Descending: true}},
		{{Field: "rating", Type: Number}},
		{{Field: "rating", Type: Number, Descending: true}},
		{{Field: "createdAt", Type: Time, Descending: true}},
		{{Field: "public", Descending: true}, {Field: "owner.id", Type: Number}, {Field: "rating", Type: Number, Descending: true}},
		{{Field: "owner.id", Type: Number, Descending: true}, {Field: "nope"}, {Field: "createdAt", Type: Time}},
	} {
		t.Run(fmt.Sprint(order), func(t *testing.T) {
			whole, err := b.posts.List(t.Context(), Query{Order: order, Filters: []Filter{AtMost("id", rows)}})
			noErr(t, err)
			if !slices.IsSortedFunc(whole.Items, func(x, y post) int { return inOrder(order, x, y) }) {
				t.Error("not in order")
			}
			var seen []post
			more, q := true, Query{Order: order, Limit: 330}
			for more {
				page, err := b.posts.List(t.Context(), q)
				noErr(t, err)
				seen = append(seen, page.Items...)
				q.After, more = page.Next, page.More && len(seen) < 3*rows
				b.post(t, randomPost(random))
			}
			seen = slices.DeleteFunc(seen, func(p post) bool { return p.ID > rows })
			if ids(seen) != ids(whole.Items) || len(seen) != rows {
				t.Errorf("the pages have %d rows, or others or in another order than the whole", len(seen))
			}
		})
	}
}

func randomPost(random *rand.Rand) post {
	p := post{Title: fmt.Sprintf("title %d", random.IntN(50)), Public: random.IntN(2) == 0, Owner: owner{random.IntN(4)}}
	if random.IntN(3) > 0 {
		rating := float64(random.IntN(20)) / 4
		p.Rating = &rating
	}
	if random.IntN(5) > 0 {
		zone := time.FixedZone("", 3600*random.IntN(9))
		at := time.Unix(1_700_000_000, int64(random.IntN(40))*250_000_000).In(zone)
		p.CreatedAt = &at
	}
	return p
}

// inOrder compares posts as the database should: null last, whatever the direction.
func inOrder(order []Order, x, y post) int {
	for _, o := range order {
		a, b := sortsBy(x, o.Field), sortsBy(y, o.Field)
		switch {
		case a == b:
			continue
		case a == "":
			return 1
		case b == "":
			return -1
		case o.Descending:
			return strings.Compare(b, a)
		}
		return strings.Compare(a, b)
	}
	return int(x.ID - y.ID)
}

// sortsBy is a field as a text that sorts, "" for null.
func sortsBy(p post, field string) string {
	switch {
	case field == "title":
		return p.Title
	case field == "rating" && p.Rating != nil:
		return fmt.Sprintf("%05.2f", *p.Rating)
	case field == "createdAt" && p.CreatedAt != nil:
		return p.CreatedAt.UTC().Format(timestamp)
	case field == "public":
		return fmt.Sprint(p.Public)
	case field == "owner.id" && p.Owner.ID != 0:
		return fmt.Sprint(p.Owner.ID)
	}
	return ""
}

func ids(posts []post) string {
	var ids []string
	for _, p := range posts {
		ids = append(ids, fmt.Sprint(p.ID))
	}
	return strings.Join(ids, " ")
}
