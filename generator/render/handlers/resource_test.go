package handlers

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gen/generator/model"
	"gen/generator/spec"
	"gen/generator/spec/spectest"

	"github.com/google/go-cmp/cmp"
)

func resources(t *testing.T, sketch string) []*model.Resource {
	t.Helper()
	return understood(t, sketch).Resources
}

func understood(t *testing.T, sketch string) *model.API {
	t.Helper()
	doc, err := spec.Parse("openapi.json", spectest.Document(t, sketch), spec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	api, err := model.New(doc, model.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// methodOf is the handler of the operation with that route, among those of the first resource.
func methodOf(t *testing.T, sketch, route string) Method {
	t.Helper()
	for _, m := range Of(resources(t, sketch)[0], model.Sessions{}).Methods {
		if m.Route == route {
			return m
		}
	}
	t.Fatalf("no handler of %s", route)
	return Method{}
}

func TestQueryParameters(t *testing.T) {
	for parameters, want := range map[string][4]string{
		"limit?:int":                   {"", "max(1, or(req.Params.Limit, 20))", "", ""},
		"limit?:int=5":                 {"", "max(1, or(req.Params.Limit, 5))", "", ""},
		"limit!:int":                   {"", "max(1, req.Params.Limit)", "", ""},
		"limit?:int64":                 {"", "max(1, int(or(req.Params.Limit, 20)))", "", ""},
		"offset?:int,limit?:int":       {"max(1, or(req.Params.Limit, 20)), or(req.Params.Offset, 0)", "limit", "offset", ""},
		"page?:int,per_page?:int32=10": {"max(1, int(or(req.Params.PerPage, 10))), max(1, or(req.Params.Page, 1))", "limit", "(number - 1) * limit", ""},
		"page?:int=0":                  {"max(0, or(req.Params.Page, 0))", "20", "number * 20", ""},
		"after?:string,limit?:int":     {"", "max(1, or(req.Params.Limit, 20))", "", `or(req.Params.After, "")`},
		"cursor?:string,offset?:int=3": {"", "20", "", `or(req.Params.Cursor, "")`},
		"title?":                       {"", "", "", ""},
	} {
		l := methodOf(t, `
			GET /posts?`+parameters+` -> 200 [Post]
			POST /posts Post -> 201 Post
			Post = {id!:int, title}`, "GET /posts").List
		if got := [4]string{strings.Join(l.Values, ", "), l.Limit, l.Offset, l.After}; got != want {
			t.Errorf("%s: variables, limit, offset and after %q, want %q", parameters, got, want)
		}
	}
}

func TestAnswers(t *testing.T) {
	for answer, want := range map[string]string{
		`204`:                     `api.PutIt204Response{}`,
		`200`:                     `api.PutIt200Response{}`,
		`200 Post`:                `api.PutIt200JSONResponse{Body: row.Value}`,
		`2XX Post`:                `api.PutIt2XXJSONResponse{StatusCode: http.StatusOK, Body: row.Value}`,
		`200 Post +ETag!`:         `api.PutIt200JSONResponse{Body: row.Value, Headers: api.PutIt200ResponseHeaders{ETag: ""}}`,
		`200 Post +ETag`:          `api.PutIt200JSONResponse{Body: row.Value}`,
		`200 {data:Post}`:         `api.PutIt200JSONResponse{Body: api.PutItResponse{Data: row.Value}}`,
		`200 {data?:Post}`:        `api.PutIt200JSONResponse{Body: api.PutItResponse{Data: new(row.Value)}}`,
		`200 {data:Post|null}`:    `api.PutIt200JSONResponse{Body: api.PutItResponse{Data: nullable.NewNullableWithValue(row.Value)}}`,
		`200 {post:Post,ok:bool}`: `api.PutIt200JSONResponse{Body: api.PutItResponse{Post: row.Value, Ok: true}}`,
		`200 Summary`:             `api.PutIt200JSONResponse{Body: postsAsSummary(row.Value)}`,
		`200 [string]`:            ``,
	} {
		m := methodOf(t, `
			POST /posts Post -> 201 Post
			GET /posts/{id:int} -> 200 Post
			putIt: PUT /posts/{id:int} Post -> `+answer+`
			Summary = {title}
			Post = {id!:int, title}`, "PUT /posts/{id}")
		if diff := cmp.Diff(want, m.Answer); diff != "" {
			t.Errorf("%s (-want +got):\n%s", answer, diff)
		}
	}
}

// TestDefaults holds that the defaults of the body's schema, and of the stored one, are stored.
func TestDefaults(t *testing.T) {
	const sketch = `
		GET /posts/{id:int} -> 200 Post
		POST /posts Draft -> 201 Post
		PUT /posts/{id:int} Draft -> 200 Post
		State = enum(open,shut)
		Draft = {a?:State|null="open", b?:State|null, c?:[string]=["x"], d?:[string], e?:map(int)={"x":1}, f?:State}
		Post = {id!:int, a?:State|null, b?:State|null="open", c?:[string], d?:[string]=["x"], e?:map(int), f?:State|null="open", g?:State|null="open"}`
	want := []string{
		`orDefault(req.Body.A, api.StateOpen)`, `orDefault(req.Body.B, api.StateOpen)`,
		`orList(req.Body.C, parse[[]string]("[\"x\"]"))`, `orList(req.Body.D, parse[[]string]("[\"x\"]"))`,
		`orDict(req.Body.E, parse[map[string]int]("{\"x\":1}"))`,
		`nullable.NewNullableWithValue(or(req.Body.F, api.StateOpen))`,
	}
	var created []string
	for _, f := range methodOf(t, sketch, "POST /posts").Fields[1:] {
		created = append(created, f.Expr)
	}
	if diff := cmp.Diff(append(slices.Clone(want), `nullable.NewNullableWithValue(api.StateOpen)`), created); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	var replaced []string
	for _, change := range methodOf(t, sketch, "PUT /posts/{id}").Changes {
		_, expr, _ := strings.Cut(change, " = ")
		replaced = append(replaced, expr)
	}
	if diff := cmp.Diff(want, replaced); diff != "" {
		t.Errorf("replaced (-want +got):\n%s", diff)
	}
}

func TestDropped(t *testing.T) {
	for body, want := range map[string]string{
		"{title}":             "",
		"{title,email}":       "email is not kept: no answer of the document shows it",
		"{title,email,phone}": "email and phone are not kept: no answer of the document shows them",
		"{title,a,b,c}":       "a, b and c are not kept: no answer of the document shows them",
	} {
		m := methodOf(t, `
			POST /posts `+body+` -> 201 Post
			GET /posts/{id:int} -> 200 Post
			Post = {id!:int, title}`, "POST /posts")
		if m.Dropped != want {
			t.Errorf("%s: %q, want %q", body, m.Dropped, want)
		}
	}
}

// TestStreamed holds what a handler says of bodies that nobody checks before it.
func TestStreamed(t *testing.T) {
	for body, want := range map[string]string{
		"multipart/form-data {title,cover:file,size?:int}":        "multipart/form-data (required: title, cover)",
		"multipart/form-data {cover?:file}":                       "multipart/form-data",
		"application/xml Post & multipart/form-data {cover:file}": "application/xml, multipart/form-data (required: cover)",
		"multipart/form-data {title}":                             "",
		"application/octet-stream file":                           "",
		"Post":                                                    "",
	} {
		m := methodOf(t, `
			POST /covers `+body+` -> 204
			Post = {id!:int, title}`, "POST /covers")
		if m.Streamed != want {
			t.Errorf("%s: %q, want %q", body, m.Streamed, want)
		}
	}
	replace := methodOf(t, `
		POST /posts Post -> 201 Post
		PUT /posts/{id:int} Post & multipart/form-data {title,cover:file} -> 200 Post
		Post = {id!:int, title}`, "PUT /posts/{id}")
	if replace.Template == "action" || replace.Streamed != "" {
		t.Errorf("a handler that is written (%s) answers 415 to %q", replace.Template, replace.Streamed)
	}
}

func TestTables(t *testing.T) {
	tables := Tables(resources(t, `
		POST /orders/{order:int}/groups {name} -> 201 Group
		GET /orders/{order:int}/groups/{id:int} -> 200 Group
		POST /orders {email,password,data~:string,"user key"~:string} -> 201 Order
		GET /orders/{id:int} -> 200 Order
		POST /login {email,password} -> 204
		GET /status -> 200 {ok:bool}
		Group = {id:int, name}
		Order = {id:int, email}`))
	var got []string
	for _, table := range tables {
		line := table.Name
		if table.Parent != "" {
			line += " below " + table.Parent + " by " + table.ByParent
		}
		for _, c := range table.Columns {
			line += ", " + c.Name
		}
		for _, u := range table.Unique {
			line += fmt.Sprintf(", %s on %s or %s", u.Name, u.SQLite, u.Postgres)
		}
		got = append(got, line)
	}
	want := []string{
		"orders, password, secret_data, user_key, orders_email on data ->> 'email' or _text(data -> 'email') COLLATE \"C\"",
		`"groups" below orders by groups_by_parent`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tables (-want +got):\n%s", diff)
	}
}

func TestSQLNames(t *testing.T) {
	for name, want := range map[string]string{
		"posts": "posts", "order": `"order"`, "user": `"user"`, "2fa": `"2fa"`, "été": `"été"`, `a"b`: `"a""b"`, "groups": `"groups"`, "_x": `"_x"`,
	} {
		if got := sqlName(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	for property, want := range map[string]string{
		"pinCode": "pin_code", "data": "secret_data", "path": "secret_path", "order": "secret_order", "API-Key": "api_key",
	} {
		if got := column(property); got != want {
			t.Errorf("the column of %s is %s, want %s", property, got, want)
		}
	}
}

func TestHandlersAreInTheOrderOfReading(t *testing.T) {
	var got []string
	for _, m := range Of(resources(t, `
		DELETE /posts/{id:int} -> 204
		PATCH /posts/{id:int} Post -> 200 Post
		POST /posts Post -> 201 Post
		GET /posts/{id:int} -> 200 Post
		GET /posts -> 200 [Post]
		POST /posts/{id:int}/publish -> 204
		Post = {id!:int, title}`)[0], model.Sessions{}).Methods {
		got = append(got, m.Route+" "+m.Template)
	}
	want := "GET /posts/{id} read, PATCH /posts/{id} update, DELETE /posts/{id} delete, GET /posts list, POST /posts create, POST /posts/{id}/publish action"
	if text := strings.Join(got, ", "); text != want {
		t.Errorf("handlers are %s, want %s", text, want)
	}
}

// TestReplaceAny: any value has no zero but null, which need not be allowed; what was not sent stays.
func TestReplaceAny(t *testing.T) {
	m := methodOf(t, `
		POST /posts Post -> 201 Post
		PUT /posts/{id:int} PostBody -> 200 Post
		Post = {id!:int, extra:any}
		PostBody = {extra?:any}`, "PUT /posts/{id}")
	want := []string{"if req.Body.Extra != nil {\npost.Extra = req.Body.Extra\n}"}
	if diff := cmp.Diff(want, m.Changes); diff != "" {
		t.Error(diff)
	}
}

// TestMergePatch: what has members is merged by these where the document says that the body is a merge
// patch, and replaced as a whole elsewhere.
func TestMergePatch(t *testing.T) {
	const document = `
		POST /posts Post -> 201 Post
		PATCH /posts/{id:int} %s PostPatch -> 200 Post
		Post = {id!:int, title, labels?:map(string), must:map(string), size?:{unit:string}, any?:any, shape?:Shape, tags?:[string]}
		PostPatch = {title?:string, labels?:map(string), must?:map(string)|null, size?:{unit?:string}|null, any?:any, shape?:Shape, tags?:[string]}
		Shape = oneOf(string,int)`
	for media, want := range map[string][]string{
		"application/merge-patch+json": {
			"set(&post.Title, req.Body.Title)",
			"if req.Body.Labels != nil {\nmerge(&post.Labels, req.Body.Labels)\n}",
			"if req.Body.Must.IsNull() {\npost.Must = map[string]string{}\n} else if req.Body.Must.IsSpecified() {\nmerge(&post.Must, req.Body.Must)\n}",
			"if req.Body.Size.IsSpecified() {\nmerge(&post.Size, req.Body.Size)\n}",
			"if req.Body.Any != nil {\nmerge(&post.Any, req.Body.Any)\n}",
			"if req.Body.Shape != nil {\npost.Shape = req.Body.Shape\n}",
			"if req.Body.Tags != nil {\npost.Tags = req.Body.Tags\n}",
		},
		"application/json": {
			"set(&post.Title, req.Body.Title)",
			"if req.Body.Labels != nil {\npost.Labels = req.Body.Labels\n}",
			"if req.Body.Must.IsSpecified() {\npost.Must = or(optional(req.Body.Must), map[string]string{})\n}",
			"if req.Body.Size.IsSpecified() {\npost.Size = reshape[*api.PostSize](optional(req.Body.Size))\n}",
			"if req.Body.Any != nil {\npost.Any = req.Body.Any\n}",
			"if req.Body.Shape != nil {\npost.Shape = req.Body.Shape\n}",
			"if req.Body.Tags != nil {\npost.Tags = req.Body.Tags\n}",
		},
	} {
		m := methodOf(t, fmt.Sprintf(document, media), "PATCH /posts/{id}")
		if diff := cmp.Diff(want, m.Changes); diff != "" {
			t.Errorf("%s (-want +got):\n%s", media, diff)
		}
	}
}

// TestMergePatchOfAWhole: a resource that is a map is merged as its body is.
func TestMergePatchOfAWhole(t *testing.T) {
	for body, want := range map[string]string{
		"application/merge-patch+json Labels": "if *req.Body != nil {\nmerge(label, *req.Body)\n}",
		"Labels":                              "*label = *req.Body",
		"application/merge-patch+json Shape":  "*label = *req.Body",
	} {
		kind := body[strings.LastIndex(body, " ")+1:]
		m := methodOf(t, `
			PUT /labels/{id} `+kind+` -> 200 `+kind+`
			PATCH /labels/{id} `+body+` -> 200 `+kind+`
			Labels = map(string)
			Shape = oneOf(string,int)`, "PATCH /labels/{id}")
		if diff := cmp.Diff([]string{want}, m.Changes); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
}
