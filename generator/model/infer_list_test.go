package model

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func fieldPath(fields []*Field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return strings.Join(names, ".")
}

// TestViewsBelow holds what of a resource is listed at a path below another.
func TestViewsBelow(t *testing.T) {
	api := understood(t, `
		POST /posts Post -> 201 Post
		GET /posts/{id:int} -> 200 Post
		GET /users/{id:int}/posts?title? -> 200 {items:[Post]}
		GET /teams/{team}/users/{userId:int}/posts -> 200 [Post]
		GET /users/{id}/posts/all -> 200 [Post]
		GET /tags/{tag}/posts -> 200 [Post]
		GET /pins/{pin}/posts -> 200 [Post]
		Post = {id!:int, title, userId:int, team, tag:[string], pin~:string}`)
	for path, want := range map[string]string{
		"/users/{id}/posts":                  "userId by id, title by title",
		"/teams/{team}/users/{userId}/posts": "team by team, userId by userId",
		"/users/{id}/posts/all":              "", // a text is no number
		"/tags/{tag}/posts":                  "", // of a list it is one
		"/pins/{pin}/posts":                  "", // nobody may know it
	} {
		op := api.operation(t, "GET", path)
		var filters []string
		if op.Kind == View {
			for _, f := range op.List.Filters {
				filters = append(filters, f.Field.Name+" by "+f.Param.Name)
			}
		}
		if got := strings.Join(filters, ", "); got != want {
			t.Errorf("GET %s, %s, lists posts with %q, want %q", path, op.Kind, got, want)
		}
	}
	const why = "it lists the representation of /posts, which has no pin"
	if got := api.operation(t, "GET", "/pins/{pin}/posts").Why; got != why {
		t.Errorf("the reason is %q, want %q", got, why)
	}
}

// TestEnvelopes holds where in an answer the items are, and what fills the properties beside them.
func TestEnvelopes(t *testing.T) {
	type envelope struct {
		Items, Next, More, Total, Echo string
		Rest                           map[string]string
	}
	for name, test := range map[string]struct {
		answer string
		want   *envelope
	}{
		"a bare array":             {`[Post]`, &envelope{}},
		"data":                     {`{data:[Post]}`, &envelope{Items: "data"}},
		"items":                    {`{items:[Post]}`, &envelope{Items: "items"}},
		"results":                  {`{results:[Post]}`, &envelope{Items: "results"}},
		"the plural":               {`{posts:[Post]}`, &envelope{Items: "posts"}},
		"nested":                   {`{data:{posts:[Post]}}`, &envelope{Items: "data.posts"}},
		"nested twice is too deep": {`{data:{result:{response:{items:[Post]}}}}`, nil},
		"of several the one with a name of envelopes": {`{items:[Post],authors:[{name}]}`, &envelope{Items: "items", Rest: map[string]string{"authors": "default"}}},
		"of several none":         {`{posts:[Post],authors:[{name}]}`, nil},
		"a thing that has a list": {`{name,color,size:int,posts:[Post]}`, nil},
		"an array of scalars":     {`[string]`, nil},
		"errors are no items":     {`{data:[Post],errors:[{message}]}`, &envelope{Items: "data", Rest: map[string]string{"errors": "default"}}},
		"total and more":          {`{data:[Post],total:int,hasMore:bool}`, &envelope{Items: "data", Total: "total", More: "hasMore"}},
		"other words for them":    {`{data:[Post],total_count:int,has_next:bool}`, &envelope{Items: "data", Total: "total_count", More: "has_next"}},
		"next":                    {`{data:[Post],next:string|null}`, &envelope{Items: "data", Next: "next"}},
		"next is a URL": {`{data:[Post],next:uri|null}`,
			&envelope{Items: "data", Rest: map[string]string{"next": "null"}}},
		"echoes": {`{data:[Post],limit:int,offset:int,page:int}`,
			&envelope{Items: "data", Echo: "limit offset", Rest: map[string]string{"page": "guess"}}},
		"the rest": {`{data:[Post],object:enum(list),kind:string="posts",previous:string|null,ok:bool,meta?:{a:int}}`,
			&envelope{Items: "data", Rest: map[string]string{"object": "const list", "kind": "default posts", "previous": "null", "ok": "guess true"}}},
	} {
		t.Run(name, func(t *testing.T) {
			api := understood(t, `
				GET /posts?limit?:int,offset?:int,cursor? -> 200 `+test.answer+`
				POST /posts Post -> 201 Post
				GET /posts/{id:int} -> 200 Post
				Post = {id!:int, title}`)
			l := api.operation(t, "GET", "/posts").List
			if l == nil || test.want == nil {
				if (l == nil) != (test.want == nil) {
					t.Errorf("a list: %t, want %t", l != nil, test.want != nil)
				}
				return
			}
			got := &envelope{Items: fieldPath(l.Items), Next: nameOf(l.Next), More: nameOf(l.More), Total: nameOf(l.Total)}
			var echo []string
			for _, e := range l.Echo {
				echo = append(echo, e.Field.Name)
			}
			got.Echo = strings.Join(echo, " ")
			if len(l.Rest) > 0 {
				got.Rest = describeSources(l.Rest)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("envelope (-want +got):\n%s", diff)
			}
		})
	}
}

func nameOf(f *Field) string {
	if f == nil {
		return ""
	}
	return f.Name
}

// TestQueryParameters holds what each parameter of a list is for, "-" where gen does not understand it.
func TestQueryParameters(t *testing.T) {
	for parameter, want := range map[string]string{
		"limit?:int": "limit", "per_page?:int": "limit", "pageSize?:int": "limit", "page_size?:int32": "limit", "first?:int": "limit",
		"maxResults?:int": "limit", "limit?:string": "-",
		"offset?:int": "offset", "skip?:int": "offset", "startIndex?:int": "offset",
		"page?:int": "page", "page_number?:int": "page",
		"cursor?": "cursor", "after?": "cursor", "page_token?": "cursor", "pageToken?": "cursor", "starting_token?": "-", "after?:int": "-",
		"sort?": "sort", "sort_by?:enum(title,price)": "sort", "orderBy?:enum(title,-price)": "sort", "sort?:enum(title,relevance)": "-",
		"order?:enum(asc,desc)": "order", "direction?": "order", "order?:enum(title,price)": "-",
		"title?": "title Equal", "Title?": "title Equal", "status?:enum(a,b)": "status Equal", "status?:[string]": "status Equal",
		"price?:int": "price Equal", "author_id?:int": "authorId Equal", "title?:int": "-",
		"tag?": "tags Contains", "tags?": "tags Contains", "tags?:[string]": "tags Contains", "labels?": "-",
		"min_price?:number": "price AtLeast", "price_min?:number": "price AtLeast", "priceFrom?:number": "price AtLeast",
		"price_gte?:number": "price AtLeast", "max_price?:number": "price AtMost", "priceTo?:number": "price AtMost",
		"created_after?:time": "createdAt AtLeast", "createdSince?:time": "createdAt AtLeast", "created_at_from?:time": "createdAt AtLeast",
		"created_before?:time": "createdAt AtMost", "until_created?:time": "createdAt AtMost",
		"title_min?": "-", "min_price?": "-", "day_from?:date": "day AtLeast",
		"secret?": "-", "q?": "-", "search?": "-", "fields?": "-", "include?:[string]": "-", "owner?": "-", "near?:{lat:number}": "-",
	} {
		t.Run(parameter, func(t *testing.T) {
			api := understood(t, `
				GET /posts?`+parameter+` -> 200 [Post]
				POST /posts Post -> 201 Post
				GET /posts/{id:int} -> 200 Post
				Post = {id!:int, title, status:enum(a,b), price:number, authorId:int, tags:[string], labels:[{name}], createdAt!:time, day:date, owner:{name}, secret~:string}`)
			op := api.operation(t, "GET", "/posts")
			if got := roleOf(op); got != want {
				t.Errorf("%s is %s, want %s", parameter, got, want)
			}
		})
	}
}

// roleOf says what the only parameter of a list is for.
func roleOf(op *Operation) string {
	l := op.List
	for name, p := range map[string]*Param{
		"limit": l.Limit, "offset": l.Offset, "page": l.Page, "cursor": l.Cursor, "sort": l.Sort, "order": l.Order,
	} {
		if p != nil {
			return name
		}
	}
	for _, f := range l.Filters {
		return f.Field.Name + " " + string(f.Match)
	}
	if len(op.Refused) == 1 {
		return "-"
	}
	return "nothing"
}

func TestPages(t *testing.T) {
	for parameters, want := range map[string][2]int{
		"title?":                       {0, 1},
		"limit?:int":                   {20, 1},
		"limit?:int=50":                {50, 1},
		"page?:int":                    {20, 1},
		"page?:int=0,per_page?:int=10": {10, 0},
		"page?:int=1":                  {20, 1},
		"cursor?":                      {20, 1},
	} {
		api := understood(t, `
			GET /posts?`+parameters+` -> 200 [Post]
			POST /posts Post -> 201 Post
			GET /posts/{id:int} -> 200 Post
			Post = {id!:int, title}`)
		l := api.operation(t, "GET", "/posts").List
		if got := [2]int{l.PageSize, l.FirstPage}; got != want {
			t.Errorf("%s: page size and first page %v, want %v", parameters, got, want)
		}
	}
}

func TestSortsByWhatTheParameterNames(t *testing.T) {
	for parameter, want := range map[string]string{
		"sort?":                              "id title created_at",
		"sort?:enum(title,-title,createdAt)": "title created_at",
		"sort?:enum(title,tags)":             "",
	} {
		api := understood(t, `
			GET /posts?`+parameter+` -> 200 [Post]
			POST /posts Post -> 201 Post
			GET /posts/{id:int} -> 200 Post
			Post = {id!:int, title, created_at!:time, tags:[string], secret~:string}`)
		op := api.operation(t, "GET", "/posts")
		if got := strings.ReplaceAll(fieldPath(op.List.SortBy), ".", " "); got != want {
			t.Errorf("%s: sorts by %q, want %q", parameter, got, want)
		}
		if refused := len(op.Refused) == 1; refused != (want == "") {
			t.Errorf("%s: refused %t", parameter, refused)
		}
	}
}

// TestRefused holds that parameters which no rule understands are told, on whatever reads or writes.
func TestRefused(t *testing.T) {
	api := understood(t, `
		GET /posts?q?,title? -> 200 [Post]
		POST /posts?dry_run?:bool Post -> 201 Post
		GET /posts/{id:int}?expand? -> 200 Post
		DELETE /posts/{id:int}?force?:bool -> 204
		POST /posts/{id:int}/publish?when?:time -> 204
		Post = {id!:int, title}`)
	for _, want := range [][3]string{
		{"GET", "/posts", "q"},
		{"POST", "/posts", "dry_run"},
		{"GET", "/posts/{id}", "expand"},
		{"DELETE", "/posts/{id}", "force"},
		{"POST", "/posts/{id}/publish", ""},
	} {
		var names []string
		for _, p := range api.operation(t, want[0], want[1]).Refused {
			names = append(names, p.Name)
		}
		if got := strings.Join(names, " "); got != want[2] {
			t.Errorf("%s %s refuses %q, want %q", want[0], want[1], got, want[2])
		}
	}
}
