package model

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/spec/spectest"
)

const choosable = `
	listPosts: GET /posts -> 200 [Post]
	createPost: POST /posts {slug,title} -> 201 Post
	getPost: GET /posts/{postId} -> 200 Post
	putPost: PUT /posts/{postId} {slug,title} -> 200 Post
	deletePost: DELETE /posts/{postId} -> 204
	latest: GET /posts/latest -> 200 [Post]
	createTag: POST /tags {name} -> 201 {id:int,name}
	getTag: GET /tags/{id:int} -> 200 {id:int,name}
	getSettings: GET /settings -> 200 {theme}
	putSettings: PUT /settings {theme} -> 200 {theme}
	Articles: POST /publish -> 204
	Post = {id, slug, title, pages:int, tags?:[string]}`

// TestBadOverrides holds every error about gen.yaml against the place in the file.
func TestBadOverrides(t *testing.T) {
	for name, test := range map[string]struct{ choices, want string }{
		"not YAML": {
			"operations:\n\tlistPosts: {}\n",
			"gen.yaml:2:1: this is not YAML: found character that cannot start any token; mend it",
		},
		"a list": {
			"- operations\n",
			"gen.yaml:1:1: the file is no mapping; write a name, a colon and what it stands for",
		},
		"an unknown setting": {
			"operation:\n  listPosts: {kind: action}\n",
			"gen.yaml:1:1: gen knows no setting operation; it can be operations, resources, session, require-if-match, codecs or tour",
		},
		"an unknown setting of an operation": {
			"operations:\n  listPosts:\n    name: posts\n",
			"gen.yaml:3:5: gen knows no setting operations.listPosts.name; it can be kind",
		},
		"an unknown setting of a resource": {
			"resources:\n  posts: { kind: action }\n",
			"gen.yaml:2:12: gen knows no setting resources.posts.kind; it can be name, key or owner",
		},
		"a setting twice": {
			"require-if-match: true\nrequire-if-match: false\n",
			"gen.yaml:2:1: require-if-match is there twice; remove one of the two",
		},
		"no word": {
			"resources:\n  posts:\n    name: [articles]\n    key:\n",
			"gen.yaml:3:11: resources.posts.name is no word; write a word behind the colon\n" +
				"gen.yaml:4:9: resources.posts.key is no word; write a word behind the colon",
		},
		"neither true nor false": {
			"require-if-match: sometimes\n",
			"gen.yaml:1:19: require-if-match is neither true nor false; write true or false",
		},
		"a tour that is neither": {
			"tour: short\n",
			"gen.yaml:1:7: tour is neither true nor false; write true or false",
		},
		"neither on nor off": {
			"codecs: some\n",
			"gen.yaml:1:9: codecs is neither on nor off; write on or off",
		},
		"an operation that is not a mapping": {
			"operations:\n  listPosts: action\n",
			"gen.yaml:2:14: operations.listPosts is no mapping; write a name, a colon and what it stands for",
		},
		"no such operation": {
			"operations:\n  listPost:\n    kind: action\n",
			"gen.yaml:2:3: operations.listPost: the document has no such operationId; gen inspect lists those that it has",
		},
		"a kind that cannot be chosen": {
			"operations:\n  listPosts:\n    kind: view\n  getPost: { kind: create }\n",
			"gen.yaml:3:11: operations.listPosts.kind: \"view\" is no kind that can be chosen; the only one is action\n" +
				"gen.yaml:4:20: operations.getPost.kind: \"create\" is no kind that can be chosen; the only one is action",
		},
		"no such resource": {
			"resources:\n  post:\n    name: articles\n",
			"gen.yaml:2:3: resources.post: gen finds no such resource in the document; gen inspect lists those that it finds",
		},
		"no name for a table": {
			"resources:\n  posts:\n    name: My Posts\n",
			"gen.yaml:3:11: resources.posts.name: \"My Posts\" is no name for a table; use lower-case letters, digits and underscores, as in special_events",
		},
		"a name that is taken": {
			"resources:\n  posts:\n    name: tags\n",
			"gen.yaml:3:11: resources.posts.name: another resource is called tags; choose another name",
		},
		"a name that an operation has": {
			"resources:\n  posts:\n    name: articles\n",
			"gen.yaml:3:11: resources.posts.name: a method of the handlers is called Articles; choose another name",
		},
		"a key of another type than the path's": {
			"resources:\n  posts:\n    key: pages\n",
			"gen.yaml:3:10: resources.posts.key: the property \"pages\" is an integer, and the path parameter postId is a string; name a property of the same type, or change the parameter",
		},
		"a key that is no property": {
			"resources:\n  posts:\n    key: number\n  tags: {key: tags}\n",
			"gen.yaml:3:10: resources.posts.key: the representation has no property \"number\" that is a string or a number; name one of its properties\n" +
				"gen.yaml:4:15: resources.tags.key: the representation has no property \"tags\" that is a string or a number; name one of its properties",
		},
		"names that are nowhere, of each sort": {
			"operations:\n  listPost: { kind: view }\nresources:\n  posts: { key: number, owner: nobody }\n  post: { name: articles }\nsession: token\n",
			"gen.yaml:2:3: operations.listPost: the document has no such operationId; gen inspect lists those that it has\n" +
				"gen.yaml:2:21: operations.listPost.kind: \"view\" is no kind that can be chosen; the only one is action\n" +
				"gen.yaml:4:17: resources.posts.key: the representation has no property \"number\" that is a string or a number; name one of its properties\n" +
				"gen.yaml:4:32: resources.posts.owner: nobody logs in to this API; describe an operation that logs in, and accounts that can be created\n" +
				"gen.yaml:5:3: resources.post: gen finds no such resource in the document; gen inspect lists those that it finds\n" +
				"gen.yaml:6:10: session: the document has no apiKey scheme \"token\" in a cookie; name one of its security schemes",
		},
	} {
		t.Run(name, func(t *testing.T) {
			overrides, err := ParseOverrides("folder/gen.yaml", []byte(test.choices))
			if err == nil {
				_, err = tryUnderstand(t, choosable, overrides)
			}
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOverrides(t *testing.T) {
	overrides, err := ParseOverrides("gen.yaml", []byte(`
# A comment.
operations:
  deletePost: &leave { kind: action }
  latest: *leave
  listPosts:
resources:
  posts: { name: entries, key: slug }
require-if-match: true
`))
	if err != nil {
		t.Fatal(err)
	}
	api := understoodWith(t, choosable, overrides)
	r := api.resource(t, "entries")
	if r.GoName != "Entries" || r.Singular != "entry" || r.Path != "/posts" {
		t.Errorf("posts are called %s, one of them %s, on %s", r.GoName, r.Singular, r.Path)
	}
	if r.Key.Field == nil || r.Key.Field.Name != "slug" || r.Key.Why != "gen.yaml says so" {
		t.Errorf("the key is %s, because %s", describeKey(r.Key), r.Key.Why)
	}
	for id, want := range map[string]string{
		"listPosts": "list", "createPost": "create", "getPost": "read", "putPost": "replace, if it matches",
		"deletePost": "action", "latest": "action", "getSettings": "read", "putSettings": "replace",
	} {
		for _, op := range api.Operations {
			got := string(op.Kind)
			if op.Conditional {
				got += ", if it matches"
			}
			if op.ID == id && got != want {
				t.Errorf("%s is %s, want %s", id, got, want)
			}
		}
	}
	if op := api.operation(t, "DELETE", "/posts/{postId}"); op.Live || op.Why != "gen.yaml says so" {
		t.Errorf("an action of the author's: live %t, because %s", op.Live, op.Why)
	}
}

func TestNoChoicesChangeNothing(t *testing.T) {
	for _, text := range []string{"", "# nothing\n", "operations:\nresources:\n", "---\n", "null\n"} {
		overrides, err := ParseOverrides("gen.yaml", []byte(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		api := understoodWith(t, choosable, overrides)
		var names []string
		for _, r := range api.Resources {
			names = append(names, r.Name)
		}
		if got := strings.Join(names, " "); got != "posts tags settings publish" {
			t.Errorf("%q: resources %s", text, got)
		}
	}
}

// TestRequireIfMatch holds which operations ask for If-Match when gen.yaml wants it: those that change
// what is there.
func TestRequireIfMatch(t *testing.T) {
	const sketch = `
		GET /posts -> 200 [Post]                ; no
		POST /posts Post -> 201 Post            ; no
		GET /posts/{id:int} -> 200 Post         ; no
		PUT /posts/{id:int} Post -> 200 Post    ; yes
		PATCH /posts/{id:int} Post -> 200 Post  ; yes
		DELETE /posts/{id:int} -> 204           ; yes
		PUT /tags/{id} Post -> 200 Post         ; no
		DELETE /tags/{id} -> 204                ; yes
		PUT /stars/{id} -> 204                  ; no
		DELETE /stars/{id} -> 204               ; no
		POST /posts/{id:int}/publish -> 204     ; no
		Post = {id!:int, title}`
	for _, want := range []bool{false, true} {
		api := understoodWith(t, sketch, Overrides{RequireIfMatch: want})
		for _, line := range spectest.Notes(t, sketch) {
			op := api.operation(t, line.Method, line.Path)
			if op.Conditional != (want && line.Text == "yes") {
				t.Errorf("require-if-match %t: %s %s asks for it: %t", want, op.Method, op.Path, op.Conditional)
			}
		}
	}
}

// TestCodecs holds how gen.yaml turns generated codecs off, in YAML's own words for that.
func TestCodecs(t *testing.T) {
	for text, off := range map[string]bool{"": false, "codecs: on": false, "codecs: off": true, "codecs: false": true, "codecs:": false} {
		overrides, err := ParseOverrides("gen.yaml", []byte(text))
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if api := understoodWith(t, "GET /posts -> 200", overrides); api.NoCodecs != off {
			t.Errorf("%q: off is %t", text, api.NoCodecs)
		}
	}
}

// TestTour warns of what the README's tour tries in vain, and has none without a cookie.
func TestTour(t *testing.T) {
	overrides, err := ParseOverrides("gen.yaml", []byte("tour: true"))
	if err != nil {
		t.Fatal(err)
	}
	api := understoodWith(t, choosable, overrides)
	want := "gen.yaml:1:1: tour: it tries GET /users, POST /users, GET /session, POST /session, DELETE /session, GET /sessions, " +
		"PATCH /posts/{postId}, POST /posts/{postId}/publish, and the document has no such operation; " +
		"remove the line, or keep to the operations of a board"
	if !api.Tour || api.Warnings.Error() != want {
		t.Errorf("tour %t, warnings %v; want %s", api.Tour, api.Warnings, want)
	}
	var open API
	if overrides.applyTour(&open); open.Tour {
		t.Error("there is a tour of sessions that nothing carries")
	}
	if api := understoodWith(t, choosable, Overrides{}); api.Tour || len(api.Warnings) > 0 {
		t.Errorf("tour %t, warnings %v without the choice", api.Tour, api.Warnings)
	}
}
