package model

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// describeSource says where a value comes from: "client, else default 3".
func describeSource(s Source) string {
	text := map[SourceKind]string{
		FromClient: "client", FromDefault: "default", FromConst: "const", FromKey: "key", FromClock: "clock",
		FromParent: "parent", FromNull: "null", FromURL: "url", FromGuess: "guess", FromStore: "stored",
	}[s.Kind]
	if s.Param != nil {
		text += " " + s.Param.Name
	}
	if s.Value != nil {
		text += fmt.Sprintf(" %v", s.Value)
	}
	if s.Otherwise != nil {
		text += ", else " + describeSource(*s.Otherwise)
	}
	return text
}

func describeSources(sources []Source) map[string]string {
	out := map[string]string{}
	for _, s := range sources {
		out[s.Field.Name] = describeSource(s)
	}
	return out
}

func TestSources(t *testing.T) {
	for name, test := range map[string]struct {
		stored, sent string
		want         map[string]string
	}{
		"the client's value is the first choice": {
			`title, count:int=3, created_at:time, kind:enum(a,b)`, `title, count:int, created_at:time, kind:enum(a,b)`,
			map[string]string{"title": "client", "count": "client", "created_at": "client", "kind": "client"},
		},
		"what the client may leave out has another source": {
			`title, count:int=3, size:int, created_at:time, note:string|null, kind:enum(a,b)`,
			`title?:string, count?:int, size?:int=7, created_at?:time, note?:string, kind?:enum(a,b)`,
			map[string]string{
				"title": "client, else guess", "count": "client, else default 3", "size": "client, else default 7",
				"created_at": "client, else clock", "note": "client, else null", "kind": "client, else guess a",
			},
		},
		"what is readOnly does not come from the client": {
			`title!:string, rank!:int=1`, `title, rank:int`,
			map[string]string{"title": "guess", "rank": "default 1"},
		},
		"the default comes before the const": {
			`a:<{"type":"string","enum":["x"],"default":"x"}>, b:enum(y), c:int=0, d?:string="z", e:string|null=null`, `z`,
			map[string]string{"a": "default x", "b": "const y", "c": "default 0", "d": "default z", "e": "null"},
		},
		"clocks by name, as date-time and as epoch": {
			`created:time, createdAt?:time, creation_time:int64, updated_at:int, modifiedOn:time|null, lastModified:number, date:time, day:date, updatedBy:string, updates:int`, `z`,
			map[string]string{
				"created": "clock", "createdAt": "clock", "creation_time": "clock", "updated_at": "clock", "modifiedOn": "clock",
				"lastModified": "clock", "date": "clock", "day": "guess", "updatedBy": "guess", "updates": "guess",
			},
		},
		"the parent's key": {
			`forumId:int, forum:{id:int}, forum_id:int`, `z`,
			map[string]string{"forumId": "parent forumId", "forum": "guess", "forum_id": "parent forumId"},
		},
		"null": {
			`owner:{name}|null, rank:int|null, note?:string|null`, `z`,
			map[string]string{"owner": "null", "rank": "null"},
		},
		"its own URL": {
			`url:uri, href, self?:uri, html_url:uri, uri:uri, link:int`, `z`,
			map[string]string{"url": "url", "href": "url", "self": "url", "html_url": "guess https://example.com/", "uri": "guess https://example.com/", "link": "guess"},
		},
		"last a guess, which need not be for what may be absent": {
			`state:enum(open,done), n:int, rank:<{"type":"integer","minimum":1}>, ok:bool, deleted:bool, code:<{"type":"string","minLength":3}>, tags:[string], labels:map(string), maybe?:int, at?:date, who:{name}`, `z`,
			map[string]string{
				"state": "guess open", "n": "guess", "rank": "guess 1", "ok": "guess true", "deleted": "guess true", "code": "guess ---",
				"tags": "default", "labels": "default", "who": "guess",
			},
		},
		"a secret is not among the fields": {
			`title, token~:string`, `title, token`,
			map[string]string{"title": "client"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			api := understood(t, fmt.Sprintf(`
				POST /forums {name} -> 201 {id:int,name}
				GET /forums/{id:int} -> 200 {id:int,name}
				POST /forums/{forumId:int}/posts {%s} -> 201 Post
				GET /forums/{forumId:int}/posts/{id:int} -> 200 Post
				Post = {id:int, %s}`, test.sent, test.stored))
			test.want["id"] = "key"
			op := api.operation(t, "POST", "/forums/{forumId}/posts")
			if diff := cmp.Diff(test.want, describeSources(op.Sources)); diff != "" {
				t.Errorf("sources (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSourcesOfParents holds which properties repeat the parent's key where its parameter is called id.
func TestSourcesOfParents(t *testing.T) {
	api := understood(t, `
		POST /forums {name} -> 201 {id:int,name}
		GET /forums/{id:int} -> 200 {id:int,name}
		POST /forums/{id:int}/posts {title} -> 201 Post
		GET /posts/{number:int} -> 200 Post
		PUT /posts/{number:int} {title} -> 200 Post / 201 Post
		Post = {number!:int, title, forum:int, forum_id?:int, forumID:string, posts:int}`)
	want := map[string]string{"number": "key", "title": "client", "forum": "parent id", "forum_id": "parent id", "forumID": "guess", "posts": "guess"}
	if diff := cmp.Diff(want, describeSources(api.operation(t, "POST", "/forums/{id}/posts").Sources)); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	if put := api.operation(t, "PUT", "/posts/{number}"); put.Upserts() || len(put.Sources) > 0 {
		t.Errorf("a PUT that names no parent creates: %t, of %v", put.Upserts(), put.Sources)
	}
}

func TestGuessesAreMarked(t *testing.T) {
	api := understood(t, `
		POST /posts {title?:string} -> 201 Post
		GET /posts/{id:int} -> 200 Post
		Post = {id:int, title, state:enum(open,done), tags:[string], created:time}`)
	guesses := map[string]bool{}
	for _, s := range api.operation(t, "POST", "/posts").Sources {
		guesses[s.Field.Name] = s.Guess()
	}
	want := map[string]bool{"id": false, "title": true, "state": true, "tags": false, "created": false}
	if diff := cmp.Diff(want, guesses); diff != "" {
		t.Errorf("guesses (-want +got):\n%s", diff)
	}
}

// TestProjections holds how an answer is made from what is stored.
func TestProjections(t *testing.T) {
	for name, test := range map[string]struct {
		answer string
		want   map[string]string
	}{
		"fewer properties":              {`{id:int,title}`, map[string]string{"id": "stored", "title": "stored"}},
		"others follow the rules":       {`{title,url:uri,ok:bool=true,note?:string}`, map[string]string{"title": "stored", "url": "url", "ok": "default true"}},
		"a secret is never answered":    {`{title,secret}`, map[string]string{"title": "stored", "secret": "guess"}},
		"what is writeOnly is left out": {`{title,extra~:string}`, map[string]string{"title": "stored"}},
		"no object":                     {`[string]`, map[string]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			api := understood(t, `
				POST /posts Post -> 201 Post
				GET /posts/{id:int} -> 200 Post
				PUT /posts/{id:int} Post -> 200 Other
				Post = {id!:int, title, secret~:string}
				Other = `+test.answer)
			op := api.operation(t, "PUT", "/posts/{id}")
			if diff := cmp.Diff(test.want, describeSources(op.Resource.Project(op.Responses[0].Type))); diff != "" {
				t.Errorf("projection (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnswersKeepTheKeyThatNoPropertyCarries(t *testing.T) {
	api := understood(t, `
		POST /posts {title} -> 201 {id:int,title}
		GET /posts/{postId:int} -> 200 {title}`)
	op := api.operation(t, "POST", "/posts")
	want := map[string]string{"id": "key", "title": "stored"}
	if diff := cmp.Diff(want, describeSources(op.Resource.Project(op.Answer.Type))); diff != "" {
		t.Errorf("projection (-want +got):\n%s", diff)
	}
}

// TestSingleItemWrappers holds what lies around one representation in answers and bodies.
func TestSingleItemWrappers(t *testing.T) {
	for name, test := range map[string]struct{ answer, body, want string }{
		"none":                         {`Post`, `Post`, "|"},
		"data":                         {`{data:Post}`, `{data:Post}`, "data|data"},
		"the noun":                     {`{post:Post}`, `{post:Post}`, "post|post"},
		"with what is said beside it":  {`{result:Post,success:bool,errors?:[string]}`, `Post`, "result|"},
		"two deep":                     {`{response:{data:Post}}`, `Post`, "response.data|"},
		"one of several is no wrapper": {`{post:Post,author:{name}}`, `{title}`, "|"},
		"with more, but what was sent": {`{id:int,result:Post,columns:[string]}`, `{title}`, "result|"},
		"with something else in it":    {`{id:int,result:Post,columns:[string]}`, `{text}`, "|"},
		"another noun is no wrapper":   {`{author:{name}}`, `{author:{name}}`, "|"},
	} {
		t.Run(name, func(t *testing.T) {
			api := understood(t, fmt.Sprintf(`
				POST /posts %s -> 201 %s
				GET /posts/{id:int} -> 200 %s
				Post = {id!:int, title}`, test.body, test.answer, test.answer))
			op := api.operation(t, "POST", "/posts")
			path := func(fields []*Field) string {
				text := ""
				for i, f := range fields {
					if i > 0 {
						text += "."
					}
					text += f.Name
				}
				return text
			}
			if got := path(op.Answer.Wrap) + "|" + path(op.Input.Wrap); got != test.want {
				t.Errorf("wrappers %s, want %s", got, test.want)
			}
		})
	}
}
