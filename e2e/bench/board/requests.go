package board

import (
	"net/http"
	"strings"

	"gen/e2e/bench/suite"
)

const newPost = `{"title": "What a port is", "body": "` + bodyText + `", "tags": ["http", "ports"], "status": "published", "rating": 4.5}`

// bodyText is of 300 characters or so, with what JSON escapes.
const bodyText = `A server listens on a port.\nA client names it, with the address, and both \"talk\" – one asks, the other answers. ` +
	`Nothing is remembered in between: what belongs to a client must travel with each request, or be kept under a key that does. ` +
	`The operating system keeps the queue of those who wait to be accepted.`

func signedIn() http.Header {
	return suite.JSON("Cookie", "theme=dark; "+cookieName+"="+loggedIn)
}

func measured() []suite.Request {
	return []suite.Request{
		{Name: "create", Method: "POST", Path: "/v1/posts", Header: signedIn(), Body: newPost, Status: 201},
		{Name: "list", Method: "GET", Path: "/v1/posts?limit=20", Status: 200},
		{Name: "get", Method: "GET", Path: "/v1/posts/42", Status: 200},
		{Name: "who am I", Method: "GET", Path: "/v1/session", Header: signedIn(), Status: 200},
	}
}

// others are what a careful server must not get wrong.
func others() []suite.Request {
	requests := []suite.Request{
		{Name: "nobody creates", Method: "POST", Path: "/v1/posts", Header: suite.JSON("Cookie", cookieName+"=guessed"), Body: newPost, Status: 401},
		{Name: "nobody", Method: "GET", Path: "/v1/session", Status: 401},
		{Name: "absent", Method: "GET", Path: "/v1/posts/4711", Status: 404},
		{Name: "no number", Method: "GET", Path: "/v1/posts/one", Status: 400},
		{Name: "below the minimum", Method: "GET", Path: "/v1/posts/0", Status: 400},
		{Name: "next page", Method: "GET", Path: "/v1/posts?limit=30&after=80", Status: 200},
		{Name: "default limit", Method: "GET", Path: "/v1/posts?sort=createdAt&order=asc", Status: 200},
		{Name: "by status", Method: "GET", Path: "/v1/posts?status=published&limit=3", Status: 200},
		{Name: "by tag", Method: "GET", Path: "/v1/posts?tag=none", Status: 200},
		{Name: "no such status", Method: "GET", Path: "/v1/posts?status=gone", Status: 400},
		{Name: "limit too large", Method: "GET", Path: "/v1/posts?limit=101", Status: 400},
		{Name: "limit no number", Method: "GET", Path: "/v1/posts?limit=many", Status: 400},
		{Name: "no such order", Method: "GET", Path: "/v1/posts?order=up", Status: 400},
	}
	return append(requests, bodies()...)
}

// bodies are those of new posts.
func bodies() []suite.Request {
	var requests []suite.Request
	post := func(status int, name, body string) {
		requests = append(requests, suite.Request{Name: name, Method: "POST", Path: "/v1/posts", Header: signedIn(), Body: body, Status: status})
	}
	post(201, "least", `{"title": "T", "body": ""}`)
	post(201, "null rating", `{"title": "T", "body": "b", "rating": null, "tags": []}`)
	post(201, "whole rating", `{"title": "Ünïcode \u00fc \ud83d\ude00", "body": "<b>&amp;</b>", "rating": 5}`)
	post(201, "longest", `{"title": "`+strings.Repeat("ü", 120)+`", "body": "b"}`)
	post(400, "no body", ``)
	post(400, "no JSON", `{"title": "T", "body": "b"`)
	post(400, "no object", `[]`)
	post(400, "nothing", `{}`)
	post(400, "unknown field", `{"title": "T", "body": "b", "author": 1}`)
	post(400, "title too long", `{"title": "`+strings.Repeat("ü", 121)+`", "body": "b"}`)
	post(400, "empty title", `{"title": "", "body": "b"}`)
	post(400, "body too long", `{"title": "T", "body": "`+strings.Repeat("b", 20001)+`"}`)
	post(400, "null title", `{"title": null, "body": "b"}`)
	post(400, "null tags", `{"title": "T", "body": "b", "tags": null}`)
	post(400, "same tag twice", `{"title": "T", "body": "b", "tags": ["a", "b", "a"]}`)
	post(400, "empty tag", `{"title": "T", "body": "b", "tags": [""]}`)
	post(400, "too many tags", `{"title": "T", "body": "b", "tags": ["1","2","3","4","5","6","7","8","9","10","11"]}`)
	post(400, "no such status", `{"title": "T", "body": "b", "status": "gone"}`)
	post(400, "rating too high", `{"title": "T", "body": "b", "rating": 5.5}`)
	post(400, "rating too low", `{"title": "T", "body": "b", "rating": -1}`)
	post(400, "several", `{"title": "", "body": "b", "tags": ["a", "a"], "status": "gone", "rating": 9}`)
	// Others do not look behind the first value, and take null for nothing where there is a default.
	post(400, "two values", `{"title": "T", "body": "b"} {}`)
	post(400, "null status", `{"title": "T", "body": "b", "status": null}`)
	for i := len(requests) - 2; i < len(requests); i++ {
		requests[i].Lax = true
	}
	return requests
}
