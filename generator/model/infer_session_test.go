package model

import (
	"strings"
	"testing"

	"gen/generator/spec/spectest"
)

// accounts are users that a document can create, with a password.
const accounts = `
	POST /users {email:email,username,password,name?:string} -> 201 User
	GET /users/{id:int} -> 200 User
	PATCH /users/{id:int} {password?:string,name?:string} -> 200 User
	User = {id:int, email:email, username, name?:string}
`

func TestSessions(t *testing.T) {
	for name, sketch := range map[string]string{
		"a session resource": `
			POST /session {email,password} -> 204            ; log in
			GET /session -> 200 User @cookie                 ; current session
			DELETE /session -> 204 @cookie                   ; log out`,
		"sessions": `
			POST /sessions {username,password} -> 201 {id}   ; log in`,
		"a verb": `
			POST /login {username,password} -> 204           ; log in
			POST /logout -> 204                              ; log out`,
		"below the users": `
			POST /users/login {user:string,password} -> 200 User  ; log in
			GET /users/logout -> 204                              ; log out`,
		"a token": `
			POST /auth/token {username,password} -> 200 {token}   ; log in`,
		"a form": `
			POST /auth/login application/x-www-form-urlencoded {username,password} -> 200 {access_token} ; log in`,
		"credentials in the query": `
			GET /user/login?username!,password! -> 200 string     ; log in
			GET /user/logout -> 204                               ; log out`,
		"no credentials": `
			POST /sessions {device} -> 201 {id,device}            ; create
			POST /login {code} -> 200 {token}                     ; action`,
		"a password without an identifier": `
			POST /login {password} -> 204                         ; action`,
		"a path that is not about sessions": `
			POST /connections {name,password} -> 204              ; action`,
		"all sessions of a person": `
			POST /session {email,password} -> 204            ; log in
			GET /sessions -> 200 [Open] @cookie              ; sessions
			DELETE /sessions -> 204 @cookie                  ; end sessions
			DELETE /sessions/{id} -> 204 @cookie             ; end session
			Open = {id, current:bool}`,
		"sessions that are something else": `
			POST /sessions {title} -> 201 Talk @cookie       ; create
			GET /sessions -> 200 [Talk] @cookie              ; list
			DELETE /sessions/{id} -> 204 @cookie             ; delete
			Talk = {id, title}`,
		"me, with a token": `
			POST /login {email,password} -> 200 {token}      ; log in
			GET /me -> 200 User @bearer                      ; current session
			GET /whoami -> 200 User                          ; action`,
		"a list of accounts that can be created": `
			GET /members -> 200 [User] @cookie               ; list
			POST /members {email,password} -> 201 User       ; create
			GET /members/{id:int} -> 200 User                ; read
			POST /login {email,password} -> 204              ; log in`,
		"changes of one's own account": `
			POST /login {email,password} -> 200 {token}      ; log in
			GET /me -> 200 User @bearer                      ; current session
			PATCH /me {name?:string} -> 200 User @bearer     ; action
			DELETE /me -> 204 @bearer                        ; action`,
		"what reads without a cookie is not who is logged in": `
			POST /session {email,password} -> 204                 ; log in
			GET /session -> 200 User                              ; action`,
	} {
		t.Run(name, func(t *testing.T) {
			api := understood(t, accounts+sketch)
			for _, note := range spectest.Notes(t, sketch) {
				if op := api.operation(t, note.Method, note.Path); string(op.Kind) != note.Text {
					t.Errorf("%s %s is %s, want %s; because %s", op.Method, op.Path, op.Kind, note.Text, op.Why)
				}
			}
		})
	}
}

// TestPasswords holds which resource has a password that is hashed, and what is unique in it.
func TestPasswords(t *testing.T) {
	for name, test := range map[string]struct{ sketch, resource, password, unique, secrets string }{
		"the resource that logs in": {
			accounts + `POST /session {email,password} -> 204`,
			"users", "password", "email", "",
		},
		"by either identifier": {
			accounts + `POST /login {email?:string,username?:string,password} -> 204`,
			"users", "password", "email username", "",
		},
		"by the query": {
			accounts + `GET /users/login?username!,password! -> 200 {token}`,
			"users", "password", "username", "",
		},
		"a wrapper around the credentials": {
			`POST /users {user:{email,password}} -> 201 {user:{email,token}}
			POST /users/login {user:{email,password}} -> 200 {user:{email,token}}
			GET /users/{id} -> 200 {user:{email,token}}`,
			"users", "password", "email", "",
		},
		"nobody logs in: the password is not gen's to hash": {
			accounts, "users", "", "", "",
		},
		"the password of something else": {
			accounts + `POST /session {email,password} -> 204
			POST /connections {host,password~:string} -> 201 {id:int,host}
			GET /connections/{id:int} -> 200 {id:int,host}`,
			"connections", "", "", "password",
		},
		"other secrets": {
			`POST /hooks Hook -> 201 Hook
			GET /hooks/{id:int} -> 200 Hook
			PUT /hooks/{id:int} {url,token~:string,url_key~:string} -> 200 Hook
			Hook = {id!:int, url, token?~:string, size?~:int}`,
			"hooks", "", "", "token url_key",
		},
		"a readOnly password in the representation": {
			`POST /users {email,password} -> 201 User
			GET /users/{id:int} -> 200 User
			POST /login {email,password} -> 200 {token}
			User = {id:int, email, password~:string, pin?~:string}`,
			"users", "password", "email", "pin",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := understood(t, test.sketch).resource(t, test.resource)
			password := nameOf(r.Password)
			unique := strings.Join(r.Unique, " ")
			secrets := strings.ReplaceAll(fieldPath(r.Secrets), ".", " ")
			if password != test.password || unique != test.unique || secrets != test.secrets {
				t.Errorf("password %q, unique %q, secrets %q; want %q, %q, %q",
					password, unique, secrets, test.password, test.unique, test.secrets)
			}
		})
	}
}

// TestAccounts holds how people log in, and who may do what.
func TestAccounts(t *testing.T) {
	const posts = `
		POST /posts {title} -> 201 Post @cookie
		PATCH /posts/{id:int} {title?:string} -> 200 Post @cookie
		Post = {id:int, title, authorId:int}
	`
	for name, test := range map[string]struct{ sketch, accounts, names, cookie, bearer, own, author string }{
		"a cookie": {
			accounts + posts + `POST /session {email,password} -> 204`,
			"users", "email", "cookie", "", "PATCH /users/{id}", "authorId",
		},
		"a token": {
			accounts + posts + `POST /login {email?:string,username?:string,password} -> 200 {token}
			GET /me -> 200 User @bearer`,
			"users", "email username", "cookie", "bearer", "PATCH /users/{id}", "authorId",
		},
		"an author by another name": {
			accounts + `POST /session {email,password} -> 204
			POST /runs {title} -> 201 Run @cookie
			GET /runs/{id:int} -> 200 Run
			Run = {id:int, title, organizerId:int, runId:int}`,
			"users", "email", "cookie", "", "PATCH /users/{id}", "organizerId",
		},
		"nobody logs in": {
			accounts + posts,
			"", "", "cookie", "", "", "",
		},
		"accounts that nobody can create": {
			posts + `POST /session {email,password} -> 204
			GET /users/{id} -> 200 {id,email}`,
			"", "", "cookie", "", "", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			api := understood(t, test.sketch)
			got := api.sessionsInShort()
			if want := [6]string{test.accounts, test.names, test.cookie, test.bearer, test.own, test.author}; got != want {
				t.Errorf("accounts, names, cookie, bearer, own and author are %q, want %q", got, want)
			}
		})
	}
}

// sessionsInShort are the names of the accounts' resource, of what names an account, of the schemes, of
// what only its own account changes, and of the properties that hold an author.
func (api *API) sessionsInShort() [6]string {
	var short [6]string
	s := api.Sessions
	if s.Accounts != nil {
		short[0] = s.Accounts.Name
	}
	var names []string
	for _, f := range s.Names {
		names = append(names, f.Name)
	}
	short[1] = strings.Join(names, " ")
	for i, scheme := range []*Scheme{s.Cookie, s.Bearer} {
		if scheme != nil {
			short[2+i] = scheme.Name
		}
	}
	for _, op := range api.Operations {
		if op.OwnAccount {
			short[4] += op.Method + " " + op.Path
		}
	}
	for _, r := range api.Resources {
		if r.Author != nil {
			short[5] += r.Author.Name
		}
	}
	return short
}
