package handlers_test

import "testing"

func TestComments(t *testing.T) {
	s := start(t)
	s.do("POST", "/users", "application/json", `{"name":"aa","password":"textxxxxxxxx"}`, 201)
	s.do("POST", "/session", "application/json", `{"name":"aa","password":"textxxxxxxxx"}`, 200)
	post := s.create("/posts", "application/json", `{"body":"text","title":"text"}`, 201)
	comment := s.create(post+"/comments", "application/json", `{"text":"text"}`, 201)
	s.do("GET", comment, "", "", 200)
	s.do("GET", post+"/comments", "", "", 200)
	s.do("PUT", comment, "application/json", `{"text":"text"}`, 200)
	s.do("DELETE", comment, "", "", 204)
	s.do("GET", comment, "", "", 404)
}
