package handlers_test

// oddSessions are the ways in which documents log people in.
var oddSessions = []odd{
	{"token-in-an-object", `
		POST /auth/login {email,password} -> 200 {access_token, token_type, expires_in:int, user:User}
		POST /auth/logout -> 204 @bearer
		GET /me -> 200 User @bearer
		POST /users {email:email,password~:string} -> 201 User
		GET /users/{id:int} -> 200 User @bearer
		DELETE /users/{id:int} -> 204 @bearer
		POST /notes {text} -> 201 Note @bearer
		GET /notes -> 200 [Note] @bearer
		POST /files File -> 201 File @bearer
		GET /files -> 200 [File] @bearer
		GET /files/{id:int} -> 200 File @bearer
		PATCH /files/{id:int} {userId?:int} -> 200 File @bearer
		Text = {id!:int, userId?:int, words:int}
		Image = {id!:int, userId?:int, width:int}
		File = oneOf(Text,Image)
		User = {id:int, email:email}
		Note = {id:int, text, userId:int}
	`, true},
	{"names-of-all-kinds", `
		POST /login {email?:string,username?:string,password} -> 200 {token, account:Account}
		GET /whoami -> 200 {account:Account} @cookie
		GET /sessions -> 200 {items:[Open], total:int} @cookie
		DELETE /sessions -> 204 @cookie
		DELETE /sessions/{key} -> 200 {ended:bool} @cookie
		POST /accounts {email,username,password~:string,age?:int} -> 201 Account
		GET /accounts/{id:uuid} -> 200 Account
		PUT /accounts/{id:uuid} {email,username,password~:string} -> 200 Account @cookie
		DELETE /accounts/{id:uuid} -> 204 @cookie
		Account = {id:uuid, email, username, age?:int}
		Open = {key, ip?:string, device:string|null, expires?:time, createdAt:int64, current:bool, colour}
	`, true},
	{"the-key-is-the-name", `
		GET /user/login?username!,password! -> 200 string
		GET /user/logout -> 204
		POST /user Person -> 200 Person
		GET /user/{username} -> 200 Person
		PUT /user/{username} Person -> 200 Person
		DELETE /user/{username} -> 204
		Person = {username, password?~:string, firstName?:string}
	`, false},
	{"within-a-wrapper", `
		POST /users/login {user:{email,password}} -> 200 {user:UserWithToken}
		POST /users {user:{email,name,password~:string}} -> 201 {user:UserWithToken}
		GET /users/{id} -> 200 {user:UserWithToken} @bearer
		UserWithToken = {id, email, name, token}
	`, false},
	{"a-form", `
		POST /token application/x-www-form-urlencoded {username,password} -> 200 {access_token}
		POST /users {username,password~:string} -> 201 User
		GET /users/{id:int} -> 200 User @bearer
		PATCH /users/{id:int} {username?:string,password?~:string|null} -> 200 User @bearer
		User = {id:int, username}
	`, false},
	{"authors", `
		POST /session {name,password} -> 204
		POST /users {name,password~:string} -> 201 User
		GET /users/{id} -> 200 User
		POST /posts {title} -> 201 Post @cookie
		GET /posts/{id:int} -> 200 Post
		POST /pages {title,ownerId?:string} -> 201 Page @cookie
		GET /pages/{id:int} -> 200 Page
		POST /guests {title} -> 201 Post @cookie/
		GET /guests/{id:int} -> 200 Post
		User = {id, name}
		Post = {id:int, title, createdBy:string|null}
		Page = {id:int, title, ownerId?:string}
	`, true},
}
