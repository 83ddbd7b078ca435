package handlers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/model"
)

// TestWalks holds the requests of the tests that come with a project.
func TestWalks(t *testing.T) {
	for name, test := range map[string]struct {
		sketch string
		want   []string
	}{
		"all methods": {`
			GET /posts -> 200 [Post]
			POST /posts {title,note?:string} -> 201 Post
			GET /posts/{id:int} -> 200 Post
			PUT /posts/{id:int} {title} -> 200 Post
			PATCH /posts/{id:int} {title?:string} -> 200 Post
			DELETE /posts/{id:int} -> 204
			Post = {id:int, title, note?:string}`,
			[]string{
				"posts", "post := POST \"/posts\" `{\"title\":\"text\"}` 201", "GET post 200", "GET \"/posts\" 200",
				"PUT post `{\"title\":\"text\"}` 200", "PATCH post `{\"title\":\"text\"}` 200", "DELETE post 204", "GET post 404",
			}},
		"a nested one makes its parents": {`
			POST /posts {title} -> 201 Post
			GET /posts/{id:int} -> 200 Post
			POST /posts/{postId:int}/comments {text} -> 201 Comment
			GET /posts/{postId:int}/comments -> 200 [Comment]
			GET /posts/{postId:int}/comments/{id:int} -> 200 Comment
			Post = {id:int, title}
			Comment = {id:int, text}`,
			[]string{
				"posts", "post := POST \"/posts\" `{\"title\":\"text\"}` 201", "GET post 200",
				"comments", "post := POST \"/posts\" `{\"title\":\"text\"}` 201",
				"comment := POST post + \"/comments\" `{\"text\":\"text\"}` 201", "GET comment 200", "GET post + \"/comments\" 200",
			}},
		"a PUT that creates": {`
			GET /tags/{name} -> 200 Tag
			PUT /tags/{name} Tag -> 200 Tag / 201 Tag
			Tag = {name}`,
			[]string{"tags", "PUT \"/tags/text\" `{\"name\":\"text\"}` 201", "GET \"/tags/text\" 200", "PUT \"/tags/text\" `{\"name\":\"text\"}` 200"}},
		"a singleton that reads as if nobody had written it": {`
			GET /settings -> 200 Settings
			PUT /settings Settings -> 200 Settings
			DELETE /settings -> 204
			Settings = {size:int}`,
			[]string{"settings", "PUT \"/settings\" `{\"size\":1}` 200", "GET \"/settings\" 200", "PUT \"/settings\" `{\"size\":1}` 200", "DELETE \"/settings\" 204", "GET \"/settings\" 200"}},
		"one whose 404 is documented": {`
			GET /settings -> 200 Settings / 404
			PUT /settings Settings -> 200 Settings
			DELETE /settings -> 204
			Settings = {size:int}`,
			[]string{"settings", "PUT \"/settings\" `{\"size\":1}` 200", "GET \"/settings\" 200", "PUT \"/settings\" `{\"size\":1}` 200", "DELETE \"/settings\" 204", "GET \"/settings\" 404"}},
		"what asks for more than a path is not asked": {`
			GET /posts?limit!:int -> 200 [Post]
			POST /posts {title} -> 201 Post
			GET /posts/{id:int} -> 200 Post
			POST /pages?limit!:int {title} -> 201 Post
			GET /pages/{id:int} -> 200 Post
			Post = {id:int, title}`,
			[]string{"posts", "post := POST \"/posts\" `{\"title\":\"text\"}` 201", "GET post 200", "pages"}},
		"nothing can be made": {`
			GET /countries -> 200 [Country]
			GET /countries/{code} -> 200 Country
			Country = {code}`,
			[]string{"countries"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, r := range resources(t, test.sketch) {
				got = append(got, r.Name)
				got = append(got, linesOf(TestOf(r, model.Sessions{}).Steps)...)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
		})
	}
}

// linesOf are the requests of a test.
func linesOf(steps []Step) (lines []string) {
	for _, s := range steps {
		line := s.Method + " " + s.Path
		if s.Var != "" {
			line = s.Var + " := " + line
		}
		if s.Body != `""` {
			line += " " + s.Body
		}
		lines = append(lines, line+" "+s.Status)
	}
	return lines
}

// TestVisits holds what is tested where a test cannot log in.
func TestVisits(t *testing.T) {
	api := understood(t, `
		POST /login {email,password} -> 200 {token}
		POST /users {email:email,password~:string} -> 201 User
		GET /users/{id:int} -> 200 User @bearer
		GET /books -> 200 [Book]
		POST /books {title} -> 201 Book @bearer
		GET /loans -> 200 [Book] @bearer
		POST /loans {title} -> 201 Book @bearer
		GET /years?limit!:int -> 200 [Book]
		POST /years {title} -> 201 Book @bearer
		User = {id:int, email:email}
		Book = {id:int, title}`)
	got := map[string][]string{}
	for _, r := range api.Resources {
		got[r.Name] = linesOf(TestOf(r, api.Sessions).Steps)
	}
	want := map[string][]string{"users": nil, "books": {`GET "/books" 200`}, "loans": {`GET "/loans" 401`}, "years": nil}
	delete(got, "login")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

// TestWalkOfAnAccount deletes the account that it has logged in with.
func TestWalkOfAnAccount(t *testing.T) {
	for reads, want := range map[string]string{"@cookie": "401", "": "404"} {
		api := understood(t, `
			POST /session {email,password} -> 204
			DELETE /session -> 204 @cookie
			POST /users {email:email,password~:string} -> 201 User
			GET /users/{id:int} -> 200 User `+reads+`
			DELETE /users/{id:int} -> 204 @cookie
			User = {id:int, email:email}`)
		steps := TestOf(api.Sessions.Accounts, api.Sessions).Steps
		if len(steps) == 0 {
			t.Fatal("nothing is asked")
		}
		if last := steps[len(steps)-1]; last.Method != "GET" || last.Status != want {
			t.Errorf("read with %q, the account answers %s %s at last, want GET %s", reads, last.Method, last.Status, want)
		}
	}
}
