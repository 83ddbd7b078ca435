package model

import (
	"testing"

	"gen/generator/spec"
	"gen/generator/spec/spectest"
)

// understood is what a sketch of a document means.
func understood(t *testing.T, sketch string) *API {
	t.Helper()
	return understoodWith(t, sketch, Overrides{})
}

func understoodWith(t *testing.T, sketch string, overrides Overrides) *API {
	t.Helper()
	api, err := tryUnderstand(t, sketch, overrides)
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func tryUnderstand(t *testing.T, sketch string, overrides Overrides) (*API, error) {
	t.Helper()
	doc, err := spec.Parse("openapi.json", spectest.Document(t, sketch), spec.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return New(doc, overrides)
}

// operation is the operation with that method and path.
func (api *API) operation(t *testing.T, method, path string) *Operation {
	t.Helper()
	for _, op := range api.Operations {
		if op.Method == method && op.Path == path {
			return op
		}
	}
	t.Fatalf("no operation %s %s", method, path)
	return nil
}

// resource is the resource with that name.
func (api *API) resource(t *testing.T, name string) *Resource {
	t.Helper()
	for _, r := range api.Resources {
		if r.Name == name {
			return r
		}
	}
	t.Fatalf("no resource %s", name)
	return nil
}

// TestKinds holds each operation's kind against the note of its line: the kind alone, or with what it
// works on, "list of posts".
func TestKinds(t *testing.T) {
	for name, sketch := range map[string]string{
		"a collection and its items": `
			GET /posts -> 200 [Post]                       ; list of posts
			POST /posts Post -> 201 Post                   ; create of posts
			GET /posts/{postId} -> 200 Post                ; read of posts
			PUT /posts/{postId} Post -> 200 Post           ; replace of posts
			PATCH /posts/{postId} Post -> 200 Post         ; update of posts
			DELETE /posts/{postId} -> 204                  ; delete of posts
			Post = {id!:int, title}`,
		"PATCH is a merge whatever JSON it names": `
			POST /posts Post -> 201 Post
			PATCH /posts/{id:int} application/merge-patch+json Post -> 200 Post ; update
			Post = {id!:int, title}`,
		"POST on an item with a body changes it": `
			POST /posts Post -> 201 Post
			POST /posts/{id:int} Post -> 200 Post           ; update
			GET /posts/{id:int} -> 200 Post
			Post = {id!:int, title}`,
		"POST on an item without a body is an action": `
			POST /posts Post -> 201 Post
			POST /posts/{id:int} -> 200 Post                ; action
			GET /posts/{id:int} -> 200 Post
			Post = {id!:int, title}`,
		"a body without data is kept by nobody": `
			POST /posts application/octet-stream file -> 201 Post  ; action
			PUT /posts/{id:int} [Post] -> 200 Post                 ; action
			GET /posts/{id:int} -> 200 Post
			Post = {id!:int, title}`,
		"forms, multipart without files, vendor JSON and any JSON are data": `
			POST /a application/x-www-form-urlencoded Post -> 201 Post ; create
			GET /a/{id:int} -> 200 Post
			POST /b multipart/form-data Post -> 201 Post               ; create
			GET /b/{id:int} -> 200 Post
			POST /c application/vnd.acme+json Post -> 201 application/vnd.acme+json Post ; create
			GET /c/{id:int} -> 200 application/vnd.acme+json Post      ; read
			POST /d */* Post -> 201 */* Post                           ; create
			GET /d/{id:int} -> 200 */* Post                            ; read
			POST /e multipart/form-data {title,photo:file} -> 201 Post ; action
			GET /e/{id:int} -> 200 Post
			Post = {id!:int, title}`,
		"a bulk of items is not one": `
			POST /posts [Post] -> 201 [Post]                ; action
			PUT /posts [Post] -> 200 [Post]                 ; action
			GET /posts/{id:int} -> 200 Post
			Post = {id!:int, title}`,
		"a file is no representation": `
			GET /reports/{id} -> 200 application/pdf file   ; action
			GET /reports -> 200 text/csv string             ; action
			POST /reports {title} -> 201                    ; create
			DELETE /reports/{id} -> 204                     ; delete`,
		"202 alone promises what nobody knows": `
			POST /posts Post -> 202 Post                    ; action
			PUT /posts/{id:int} Post -> 202                 ; action
			DELETE /posts/{id:int} -> 202                   ; action
			GET /posts/{id:int} -> 200 Post                 ; read
			Post = {id!:int, title}`,
		"202 beside another answer is not alone": `
			POST /posts Post -> 201 Post                    ; create
			DELETE /posts/{id:int} -> 202 / 204             ; delete
			GET /posts/{id:int} -> 200 Post
			Post = {id!:int, title}`,
		"DELETE may answer the item, and takes no body": `
			POST /posts Post -> 201 Post
			DELETE /posts/{id:int} -> 200 Post              ; delete
			POST /tags Post -> 201 Post
			DELETE /tags/{id:int} {ids:[int]} -> 200 Post   ; action
			Post = {id!:int, title}`,
		"DELETE on a collection is never automatic": `
			GET /posts -> 200 [Post]
			POST /posts Post -> 201 Post
			DELETE /posts -> 204                            ; action
			GET /posts/{id:int} -> 200 Post
			Post = {id!:int, title}`,
		"PUT on a collection whose body carries the key": `
			POST /pets Pet -> 200 Pet                       ; create
			PUT /pets Pet -> 200 Pet                        ; replace of pets
			GET /pets/{petId:int} -> 200 Pet
			Pet = {id:int, name}`,
		"PUT on a collection whose body does not": `
			POST /pets Pet -> 200 Pet
			PUT /pets {name} -> 200 Pet                     ; action
			GET /pets/{petId:int} -> 200 Pet
			Pet = {id!:int, name}`,
		"PUT on a collection beside PUT on an item": `
			POST /pets Pet -> 200 Pet
			PUT /pets Pet -> 200 Pet                        ; action
			PUT /pets/{petId:int} Pet -> 200 Pet            ; replace
			Pet = {id:int, name}`,
		"a membership": `
			GET /user/starred/{id:int} -> 204 / 404         ; membership of starred
			PUT /user/starred/{id:int} -> 204               ; membership of starred
			DELETE /user/starred/{id:int} -> 204            ; membership of starred`,
		"a membership has no representation to list": `
			GET /teams/{team}/members -> 200 [Person]       ; action
			PUT /teams/{team}/members/{id} -> 204           ; membership
			DELETE /teams/{team}/members/{id} -> 204        ; membership
			Person = {id, name}`,
		"no membership where an item can be changed": `
			PUT /posts/{id} -> 204                          ; action
			PATCH /posts/{id} Post -> 200 Post              ; update
			GET /posts/{id} -> 200 Post                     ; read
			Post = {id, title}`,
		"a bodyless PUT that answers something is an action": `
			PUT /jobs/{id} -> 200 Job                       ; action
			Job = {id, state}`,
		"DELETE alone is no membership": `
			DELETE /sessions/{id} -> 204                    ; action`,
		"a lone POST that answers what it was sent": `
			createPost: POST /posts {title,text} -> 200 {id:int,title,text}   ; create of posts
			POST /notes {title} -> 201 {id:int,title}                         ; create of notes`,
		"a lone POST that answers something else": `
			createReport: POST /reports {from:date,to:date} -> 201 {rows:int} ; action`,
		"a lone POST that nobody calls a create": `
			translate: POST /texts {text} -> 200 {text}     ; action`,
		"a verb is no collection": `
			POST /posts Post -> 201 Post
			GET /posts/{id:int} -> 200 Post
			POST /posts/{id:int}/publish Post -> 200 Post   ; action
			createIt: POST /import {text} -> 201 {text}     ; action
			Post = {id!:int, title}`,
		"a verb with items below it is a noun": `
			POST /release Release -> 201 Release            ; create
			GET /release/{id:int} -> 200 Release            ; read
			Release = {id!:int, name}`,
		"a singleton has a writer": `
			GET /settings -> 200 Settings                   ; read of settings
			PUT /settings Settings -> 200 Settings          ; replace of settings
			PATCH /settings Settings -> 200 Settings        ; update of settings
			DELETE /settings -> 204                         ; delete of settings
			Settings = {theme}`,
		"a nested singleton": `
			POST /users User -> 201 User
			GET /users/{id:int} -> 200 User
			GET /users/{id:int}/profile -> 200 Profile      ; read of profile
			PUT /users/{id:int}/profile Profile -> 200 Profile ; replace of profile
			User = {id!:int, name}
			Profile = {bio}`,
		"a lone GET is a status page": `
			GET /status -> 200 {ok:bool}                    ; action
			GET /me -> 200 {name}                           ; action
			POST /me/password {old,new} -> 204              ; action`,
		"a lone list has nothing to list": `
			GET /countries -> 200 [{code,name}]             ; action`,
		"a literal beside an item with the same representation": `
			POST /posts Post -> 201 Post
			GET /posts/{id:int} -> 200 Post                 ; read
			GET /posts/recent -> 200 [Post]                 ; view of posts
			GET /posts/search?q? -> 200 {data:[Post]}       ; view of posts
			GET /posts/count -> 200 {count:int}             ; action
			GET /posts/latest -> 200 Post                   ; action
			GET /posts/authors -> 200 [{name}]              ; action
			Post = {id!:int, title}`,
		"a list elsewhere of another's representation": `
			POST /posts Post -> 201 Post
			GET /posts/{id:int} -> 200 Post
			GET /feed -> 200 [Post]                         ; view of posts
			GET /users/{name}/posts -> 200 [Post]           ; action
			Post = {id!:int, title}`,
		"no view of what nothing stores": `
			GET /feed -> 200 [Post]                         ; action
			GET /posts/{id:int}/raw -> 200 text/plain string ; action
			Post = {id!:int, title}`,
		"a nested list is no view of the whole table": `
			POST /posts Post -> 201 Post
			GET /posts/{id:int} -> 200 Post
			GET /posts/{id:int}/related -> 200 [Post]       ; action
			Post = {id!:int, title}`,
		"a query parameter that must be sent and that no rule understands": `
			POST /posts Post -> 201 Post
			GET /posts?near!,title? -> 200 [Post]           ; action
			GET /posts/{id:int}?as_of!:time -> 200 Post     ; action
			DELETE /posts/{id:int}?reason! -> 204           ; action
			PUT /posts/{id:int}?title! Post -> 200 Post     ; action
			GET /posts/recent?within!:int -> 200 [Post]     ; action
			Post = {id!:int, title}`,
		"a required one that a list understands": `
			POST /posts Post -> 201 Post
			GET /posts?title!,limit!:int -> 200 [Post]      ; list
			GET /posts/{id:int} -> 200 Post
			Post = {id!:int, title}`,
		"paths that no rule reads": `
			GET / -> 200 {name}                             ; action
			GET /posts/{id}.json -> 200 Post                ; action
			POST /posts/{id}:cancel -> 200 Post             ; action
			GET /v1 -> 200 {name}                           ; action
			Post = {id!:int, title}`,
		"an object of oneOf is one document": `
			POST /shapes Shape -> 201 Shape                 ; create
			GET /shapes/{id} -> 200 Shape                   ; read
			PUT /shapes/{id} Shape -> 200 Shape             ; replace
			Circle = {radius:number}
			Square = {side:number}
			Shape = oneOf(Circle,Square)`,
		"scalars, lists and maps under a key": `
			GET /flags/{name} -> 200 bool                   ; read
			PUT /flags/{name} bool -> 200 bool              ; replace
			GET /labels/{id} -> 200 map(string)             ; read
			PUT /labels/{id} map(string) -> 200 map(string) ; replace`,
	} {
		t.Run(name, func(t *testing.T) {
			api := understood(t, sketch)
			for _, note := range spectest.Notes(t, sketch) {
				op := api.operation(t, note.Method, note.Path)
				got := string(op.Kind)
				if len(note.Text) > len(got) {
					got += " of " + op.Resource.Name
				}
				if got != note.Text {
					t.Errorf("%s %s is %s, want %s; because %s", op.Method, op.Path, got, note.Text, op.Why)
				}
			}
			for _, op := range api.Operations {
				if op.Kind == "" || op.Why == "" || op.Resource == nil {
					t.Errorf("%s %s: kind %q, why %q, resource %v", op.Method, op.Path, op.Kind, op.Why, op.Resource)
				}
			}
		})
	}
}
