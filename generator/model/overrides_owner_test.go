package model

import (
	"strings"
	"testing"
)

const owned = accounts + `
	POST /session {email,password} -> 204
	POST /posts {title} -> 201 Post @cookie
	GET /posts/{id:int} -> 200 Post
	Post = {id:int, title, by?:int, editor:string}
`

func TestOwner(t *testing.T) {
	for name, test := range map[string]struct{ choices, owner, want string }{
		"a property":           {"resources: {posts: {owner: by}}", "by", ""},
		"nobody owns accounts": {"resources: {users: {owner: nobody}}", "", ""},
		"no such property": {
			"resources: {posts: {owner: writer}}", "",
			`gen.yaml:1:28: resources.posts.owner: the representation has no property "writer"; name the property with the key of the account`,
		},
		"a property of another type": {
			"resources: {posts: {owner: editor}}", "",
			`gen.yaml:1:28: resources.posts.owner: the property "editor" is not of the type of the key of users; name the property with the key of the account`,
		},
		"accounts own themselves": {
			"resources: {users: {owner: email}}", "",
			`gen.yaml:1:28: resources.users.owner: an account is its own owner; take it out, or write nobody to let any session change it`,
		},
		"no such scheme": {
			"session: sid", "",
			`gen.yaml:1:10: session: the document has no apiKey scheme "sid" in a cookie; name one of its security schemes`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			overrides, err := ParseOverrides("gen.yaml", []byte(test.choices))
			if err != nil {
				t.Fatal(err)
			}
			api, err := tryUnderstand(t, owned, overrides)
			if err != nil {
				if err.Error() != test.want {
					t.Errorf("error %v, want %s", err, test.want)
				}
				return
			}
			var owner string
			for _, r := range api.Resources {
				if r.Owner != nil {
					owner = r.Owner.Name
				}
			}
			if owner != test.owner || test.want != "" {
				t.Errorf("the owner is %q, want %q; no error, want %s", owner, test.owner, test.want)
			}
			if patch := api.operation(t, "PATCH", "/users/{id}"); patch.OwnAccount == (name == "nobody owns accounts") {
				t.Errorf("only its owner changes an account: %t", patch.OwnAccount)
			}
		})
	}
}

// TestOwnerOfAUnion: what all alternatives have can be the author and the owner.
func TestOwnerOfAUnion(t *testing.T) {
	overrides, err := ParseOverrides("gen.yaml", []byte("resources: {files: {owner: by}}"))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []Overrides{{}, overrides} {
		api := understoodWith(t, `
			POST /login {email:email,password} -> 204 +Set-Cookie
			POST /users {email:email,password} -> 201 User
			GET /users/{id:int} -> 200 User
			POST /files File -> 201 File @cookie
			GET /files/{id:int} -> 200 File @cookie
			DELETE /files/{id:int} -> 204 @cookie
			User = {id:int, email:email}
			Text = {id!:int, userId?:int, by?:int, words:int}
			Image = {id!:int, userId?:int, by?:int, width:int}
			File = oneOf(Text,Image)`, o)
		r := api.operation(t, "DELETE", "/files/{id}").Resource
		author, owner := "userId", ""
		if len(o.Resources) > 0 {
			author, owner = "by", "by"
		}
		if r.Author == nil || r.Author.Name != author || (r.Owner != nil) != (owner != "") || r.Owner != nil && r.Owner.Name != owner {
			t.Errorf("the author is %+v, the owner %+v; want %q, %q", r.Author, r.Owner, author, owner)
		}
	}
}

// TestOwnerOfNothing holds what is said of an owner that changes nothing.
func TestOwnerOfNothing(t *testing.T) {
	const choice = "resources: {posts: {owner: by}}"
	const warning = "gen.yaml:1:28: resources.posts.owner: an owner keeps updates and deletes to one account, and gen writes none of posts; call auth.Own in your handlers"
	for name, test := range map[string]struct{ choices, operation, want string }{
		"nothing changes":       {choice, "", warning},
		"an action":             {choice, "POST /posts/{id:int}/close -> 200 Post @cookie", warning},
		"a PUT that may create": {choice, "PUT /posts/{id:int} {title} -> 201 Post @cookie", warning},
		"an update":             {choice, "PATCH /posts/{id:int} {title?:string} -> 200 Post @cookie", ""},
		"a delete":              {choice, "DELETE /posts/{id:int} -> 204 @cookie", ""},
		"an action by choice":   {"{operations: {del: {kind: action}}, " + choice + "}", "del: DELETE /posts/{id:int} -> 204 @cookie", strings.Replace(warning, ":28", ":64", 1)},
		"no owner":              {"", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			overrides, err := ParseOverrides("gen.yaml", []byte(test.choices))
			if err != nil {
				t.Fatal(err)
			}
			if got := understoodWith(t, owned+test.operation, overrides).Warnings.Error(); got != test.want {
				t.Errorf("warnings %q, want %q", got, test.want)
			}
		})
	}
}
