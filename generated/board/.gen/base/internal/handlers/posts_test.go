package handlers_test

import "testing"

func TestPosts(t *testing.T) {
	s := start(t)
	s.do("POST", "/users", "application/json", `{"name":"aa","password":"textxxxxxxxx"}`, 201)
	s.do("POST", "/session", "application/json", `{"name":"aa","password":"textxxxxxxxx"}`, 200)
	post := s.create("/posts", "application/json", `{"body":"text","title":"text"}`, 201)
	s.do("GET", post, "", "", 200)
	s.do("GET", "/posts", "", "", 200)
	s.do("PUT", post, "application/json", `{"body":"text","title":"text"}`, 200)
	s.do("PATCH", post, "application/merge-patch+json", `{"title":"text"}`, 200)
	s.do("DELETE", post, "", "", 204)
	s.do("GET", post, "", "", 404)
}
