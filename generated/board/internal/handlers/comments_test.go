package handlers_test

import "testing"

func TestComments(t *testing.T) {
	s := start(t)
	post := s.create("/posts", "application/json", `{"body":"text","title":"text"}`, 201)
	comment := s.create(post+"/comments", "application/json", `{"author":"text","text":"text"}`, 201)
	s.do("GET", comment, "", "", 200)
	s.do("GET", post+"/comments", "", "", 200)
	s.do("PUT", comment, "application/json", `{"author":"text","text":"text"}`, 200)
	s.do("DELETE", comment, "", "", 204)
	s.do("GET", comment, "", "", 404)
}
