package model

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// describeResources has a line for each resource: its name, where it stands, and how it is kept.
func describeResources(api *API) []string {
	var out []string
	for _, r := range api.Resources {
		text := r.Name + " on " + r.Path
		for _, p := range r.Parents {
			text += " by " + p.Name
		}
		if r.Shallow {
			text += ", shallow"
		}
		if r.Parent != nil {
			text += " below " + r.Parent.Name
		}
		switch {
		case !r.Stored:
			text += ", actions"
		case r.Type == nil:
			text += ", membership"
		case r.Singleton:
			text += ", singleton"
		}
		if r.Stored && !r.Writable {
			text += ", read only"
		}
		out = append(out, fmt.Sprintf("%s, %d", text, len(r.Operations)))
	}
	return out
}

func TestResources(t *testing.T) {
	for name, test := range map[string]struct {
		sketch string
		want   []string
	}{
		"a version prefix and a slash at the end": {`
			GET /v1/posts/ -> 200 [Post]
			POST /v1/posts Post -> 201 Post
			GET /v1/posts/{id:int}/ -> 200 Post
			GET /v2.1/tags -> 200 [Post]
			POST /v2.1/tags Post -> 201 Post
			GET /2024-01-31/notes/{id} -> 200 Post
			PUT /2024-01-31/notes/{id} Post -> 200 Post
			Post = {id!:int, title}`,
			[]string{"posts on /v1/posts, 3", "tags on /v2.1/tags, 2", "notes on /2024-01-31/notes, 2"},
		},
		"singular and plural of one noun": {`
			GET /users -> 200 [User]
			POST /user User -> 201 User
			PUT /user/{id:int} User -> 200 User
			User = {id!:int, name}`,
			[]string{"users on /users, 3"},
		},
		"singular and plural that clash": {`
			GET /users -> 200 [User]
			POST /users User -> 201 User
			GET /users/{id:int} -> 200 User
			GET /user -> 200 Me
			PATCH /user Me -> 200 Me
			User = {id!:int, name}
			Me = {name, email}`,
			[]string{"users on /users, 3", "user on /user, singleton, 2"},
		},
		"singular and plural of different things": {`
			GET /accounts -> 200 [Account]
			POST /accounts Account -> 201 Account
			GET /accounts/{id:int} -> 200 Account
			PUT /account {theme} -> 200 {theme}
			GET /account/{name}/usage -> 200 {used:int}
			Account = {id!:int, name}`,
			[]string{"accounts on /accounts, 5"},
		},
		"nested below a parent that can be created": {`
			POST /posts Post -> 201 Post
			GET /posts/{postId:int} -> 200 Post
			GET /posts/{postId:int}/comments -> 200 [Comment]
			POST /posts/{postId:int}/comments Comment -> 201 Comment
			GET /posts/{postId:int}/comments/{id:int} -> 200 Comment
			Post = {id!:int, title}
			Comment = {id!:int, text}`,
			[]string{"posts on /posts, 2", "comments on /posts/{postId}/comments by postId below posts, 3"},
		},
		"made below a parent, with a path of its own": {`
			POST /posts Post -> 201 Post
			GET /posts/{id:int} -> 200 Post
			GET /posts/{id:int}/comments -> 200 [Comment]
			POST /posts/{id:int}/comments {text} -> 201 Comment
			GET /comments -> 200 [Comment]
			GET /comments/{id:int} -> 200 Comment
			PUT /comments/{id:int} {text} -> 200 Comment
			POST /comments/{id:int}/likes {by} -> 201 Like
			GET /likes/{id:int} -> 200 Like
			Post = {id!:int, title}
			Comment = {id!:int, text}
			Like = {id!:int, by}`,
			[]string{
				"posts on /posts, 2", "comments on /comments by id, shallow below posts, 5",
				"likes on /likes by id, shallow below comments, 2",
			},
		},
		"made below a parent that nobody can create": {`
			POST /v1/users/{user}/playlists {name} -> 201 List
			GET /v1/playlists/{id} -> 200 List
			List = {id!, name}`,
			[]string{"playlists on /v1/playlists by user, shallow, 2"},
		},
		"made below either of two parents": {`
			POST /posts/{id:int}/comments Comment -> 201 Comment
			POST /photos/{id:int}/comments Comment -> 201 Comment
			GET /comments/{id:int} -> 200 Comment
			Comment = {id!:int, text}`,
			[]string{"comments on /posts/{id}/comments by id, 1", "photo_comments on /photos/{id}/comments by id, 1", "comments_2 on /comments, read only, 1"},
		},
		"lists below a parent": {`
			POST /users User -> 201 User
			GET /users/{id:int} -> 200 User
			POST /posts Post -> 201 Post
			GET /posts/{id:int} -> 200 Post
			GET /users/{id:int}/posts -> 200 [Post]
			GET /teams/{team}/members/{userId:int}/posts -> 200 [Post]
			GET /tags/{id:int}/posts -> 200 [Post]
			User = {id!:int, name}
			Post = {id!:int, title, userId:int, team}`,
			[]string{"users on /users, 2", "posts on /posts, 4", "tags on /tags/{id}/posts, actions, 1"},
		},
		"made at both places": {`
			POST /posts/{id:int}/comments Comment -> 201 Comment
			POST /comments Comment -> 201 Comment
			GET /comments/{id:int} -> 200 Comment
			Comment = {id!:int, text}`,
			[]string{"comments on /posts/{id}/comments by id, 1", "comments_2 on /comments, 2"},
		},
		"items below the parent, too": {`
			POST /posts/{id:int}/comments Comment -> 201 Comment
			GET /posts/{id:int}/comments/{number:int} -> 200 Comment
			GET /comments/{id:int} -> 200 Comment
			Comment = {id!:int, text}`,
			[]string{"comments on /posts/{id}/comments by id, 2", "comments_2 on /comments, read only, 1"},
		},
		"one noun for different things": {`
			POST /cars/{id:int}/parts Part -> 201 Part
			GET /parts/{id:int} -> 200 Speech
			Part = {id!:int, weight, price}
			Speech = {id!:int, text}`,
			[]string{"parts on /cars/{id}/parts by id, 1", "parts_2 on /parts, read only, 1"},
		},
		"below another version": {`
			POST /v2/posts/{id:int}/comments Comment -> 201 Comment
			GET /v1/comments/{id:int} -> 200 Comment
			Comment = {id!:int, text}`,
			[]string{"comments on /v2/posts/{id}/comments by id, 1", "comments_2 on /v1/comments, read only, 1"},
		},
		"nested below one that is put": {`
			PUT /rooms/{room} Room -> 200 Room
			GET /rooms/{room} -> 200 Room
			POST /rooms/{room}/chairs Chair -> 201 Chair
			GET /rooms/{room}/chairs/{id:int} -> 200 Chair
			Room = {name}
			Chair = {id!:int, colour}`,
			[]string{"rooms on /rooms, 2", "chairs on /rooms/{room}/chairs by room below rooms, 2"},
		},
		"nested below one that nobody can create": {`
			GET /repos/{owner}/{repo} -> 200 {name}
			GET /repos/{owner}/{repo}/issues -> 200 [Issue]
			POST /repos/{owner}/{repo}/issues Issue -> 201 Issue
			GET /repos/{owner}/{repo}/issues/{number:int} -> 200 Issue
			Issue = {number!:int, title}`,
			[]string{"repos on /repos/{owner} by owner, read only, 1", "issues on /repos/{owner}/{repo}/issues by owner by repo, 3"},
		},
		"three deep, whatever the parameters are called": {`
			POST /orgs Org -> 201 Org
			GET /orgs/{id:int} -> 200 Org
			POST /orgs/{org:int}/teams Org -> 201 Org
			GET /orgs/{orgId:int}/teams/{id:int} -> 200 Org
			POST /orgs/{o:int}/teams/{t:int}/members Org -> 201 Org
			GET /orgs/{o:int}/teams/{t:int}/members/{id:int} -> 200 Org
			Org = {id!:int, name}`,
			[]string{
				"orgs on /orgs, 2", "teams on /orgs/{org}/teams by org below orgs, 2",
				"members on /orgs/{o}/teams/{t}/members by o by t below teams, 2",
			},
		},
		"a singleton, for each parent": {`
			POST /users User -> 201 User
			GET /users/{id:int} -> 200 User
			GET /users/{id:int}/profile -> 200 Profile
			PUT /users/{id:int}/profile Profile -> 200 Profile
			GET /settings -> 200 Settings
			PATCH /settings Settings -> 200 Settings
			User = {id!:int, name}
			Profile = {bio}
			Settings = {theme}`,
			[]string{"users on /users, 2", "profile on /users/{id}/profile by id below users, singleton, 2", "settings on /settings, singleton, 2"},
		},
		"lone GETs are no singletons": {`
			GET /health -> 200 {ok:bool}
			GET /version -> 200 {version}`,
			[]string{"health on /health, actions, 1", "version on /version, actions, 1"},
		},
		"actions belong to the nearest resource": {`
			POST /posts Post -> 201 Post
			GET /posts/{id:int} -> 200 Post
			POST /posts/{id:int}/publish -> 204
			GET /posts/stats -> 200 {count:int}
			GET /posts/popular -> 200 [Post]
			POST /mail/send {text} -> 204
			GET /mail/quota -> 200 {left:int}
			Post = {id!:int, title}`,
			[]string{"posts on /posts, 5", "mail on /mail/send, actions, 2"},
		},
		"one path, told apart by what its parents are called": {`
			GET /auth/{aws}/roles/{name} -> 200 Aws
			PUT /auth/{aws}/roles/{name} Aws -> 200 Aws
			GET /auth/{ldap}/roles/{name} -> 200 Ldap
			PUT /auth/{ldap}/roles/{name} Ldap -> 200 Ldap
			Aws = {arn}
			Ldap = {dn}`,
			[]string{"roles on /auth/{aws}/roles by aws, 2", "auth_roles on /auth/{ldap}/roles by ldap, 2"},
		},
		"nothing can be created": {`
			GET /countries -> 200 [Country]
			GET /countries/{code} -> 200 Country
			Country = {code, name}`,
			[]string{"countries on /countries, read only, 2"},
		},
		"a membership": {`
			PUT /user/starred/{id:int} -> 204
			DELETE /user/starred/{id:int} -> 204`,
			[]string{"starred on /user/starred, membership, 2"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, describeResources(understood(t, test.sketch))); diff != "" {
				t.Errorf("resources (-want +got):\n%s", diff)
			}
		})
	}
}

// TestNamesOfResources holds that no two resources, no resource and a method, and none of what is
// beside them has one name.
func TestNamesOfResources(t *testing.T) {
	for name, test := range map[string]struct{ sketch, want string }{
		"plural": {`
			GET /special-event/{id:int} -> 200 A
			PUT /special-event/{id:int} A -> 200 A
			A = {id!:int, name}`, "special_events/SpecialEvents/specialEvent"},
		"irregular": {`
			POST /people A -> 201 A
			GET /people/{id:int} -> 200 A
			A = {id!:int, name}`, "people/People/person"},
		"an initialism": {`
			POST /api-urls A -> 201 A
			GET /api-urls/{id:int} -> 200 A
			A = {id!:int, name}`, "api_urls/APIURLs/apiurl"},
		"one noun below two parents": {`
			POST /posts/{post}/comments A -> 201 A
			GET /posts/{post}/comments/{id:int} -> 200 A
			POST /photos/{photo}/comments A -> 201 A
			GET /photos/{photo}/comments/{id:int} -> 200 A
			A = {id!:int, name}`, "comments/Comments/comment photo_comments/PhotoComments/photoComment"},
		"two versions of one": {`
			POST /v1/posts A -> 201 A
			GET /v1/posts/{id:int} -> 200 A
			POST /v2/posts A -> 201 A
			GET /v2/posts/{id:int} -> 200 A
			A = {id!:int, name}`, "posts/Posts/post posts_2/Posts2/posts2"},
		"the name of an operation": {`
			posts: GET /posts -> 200 [A]
			POST /posts A -> 201 A
			GET /posts/{id:int} -> 200 A
			A = {id!:int, name}`, "posts_2/Posts2/posts2"},
		"what is beside the resources": {`
			POST /handlers A -> 201 A
			GET /handlers/{id:int} -> 200 A
			POST /new A -> 201 A
			GET /new/{id:int} -> 200 A
			A = {id!:int, name}`, "handlers_2/Handlers2/handlers2 news/News/news"},
		"what SQLite keeps for itself": {`
			POST /sqlite-files A -> 201 A
			GET /sqlite-files/{id:int} -> 200 A
			A = {id!:int, name}`, "the_sqlite_files/TheSqliteFiles/theSqliteFile"},
		"a group of actions, called as the document does": {`
			POST /mails/{id}/send -> 204
			POST /import -> 204`, "mails/Mails/mail import/Import/import"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, r := range understood(t, test.sketch).Resources {
				got = append(got, r.Name+"/"+r.GoName+"/"+r.Singular)
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("names (-want +got):\n%s", diff)
			}
		})
	}
}

// TestLive holds which operations do real work.
func TestLive(t *testing.T) {
	api := understood(t, `
		POST /posts Post -> 201 Post
		GET /posts -> 200 [Post]
		GET /posts/recent -> 200 [Post]
		POST /posts/{id:int}/publish -> 204
		GET /countries -> 200 [Country]
		GET /countries/{code} -> 200 Country
		PUT /tags/{id} Post -> 200 Post
		GET /settings -> 200 Country
		PATCH /settings Country -> 200 Country
		PUT /stars/{id} -> 204
		Country = {code, name}
		Post = {id!:int, title}`)
	for _, op := range api.Operations {
		dead := op.Kind == Action || strings.HasPrefix(op.Path, "/countries")
		if op.Live == dead {
			t.Errorf("%s %s, %s, is live: %t", op.Method, op.Path, op.Kind, op.Live)
		}
	}
}

func TestUpserts(t *testing.T) {
	for sketch, want := range map[string]bool{
		"":                                   true,
		"POST /posts Post -> 201 Post":       false,
		"POST /posts [Post] -> 201 Post":     true,
		"POST /posts Post -> 202":            true,
		"GET /posts -> 200 [Post]":           true,
		"PATCH /posts/{id} Post -> 200 Post": true,
	} {
		api := understood(t, sketch+`
			PUT /posts/{id} Post -> 200 Post
			GET /posts/{id} -> 200 Post
			Post = {id, title}`)
		if got := api.operation(t, "PUT", "/posts/{id}").Upserts(); got != want {
			t.Errorf("beside %q, PUT creates: %t, want %t", sketch, got, want)
		}
	}
	api := understood(t, `
		POST /posts Post -> 201 Post
		PUT /posts/{id} Post -> 200 Post / 201 Post
		Post = {id, title}`)
	op := api.operation(t, "PUT", "/posts/{id}")
	if !op.Upserts() || op.Created == nil || op.Created.Status != "201" || op.Answer.Status != "200" {
		t.Errorf("PUT with 201 creates: %t, answers %v and %v", op.Upserts(), op.Answer, op.Created)
	}
}

// TestDropped holds what of a body is told not to be kept.
func TestDropped(t *testing.T) {
	api := understood(t, `
		POST /users {email,name,password,pin~:string,referrer?:string} -> 201 User
		GET /users/{id:int} -> 200 User
		PATCH /users/{id:int} {name?:string,phone?:string} -> 200 User
		POST /users/{id:int}/invite {text} -> 204
		POST /login {name,password} -> 204
		User = {id:int, name}`)
	for path, want := range map[string]string{"POST /users": "email referrer", "PATCH /users/{id}": "phone", "POST /users/{id}/invite": "", "POST /login": ""} {
		method, path, _ := strings.Cut(path, " ")
		if got := strings.ReplaceAll(fieldPath(api.operation(t, method, path).Dropped), ".", " "); got != want {
			t.Errorf("%s %s drops %q, want %q", method, path, got, want)
		}
	}
}
