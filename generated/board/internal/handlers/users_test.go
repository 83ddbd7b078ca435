package handlers_test

import "testing"

func TestUsers(t *testing.T) {
	s := start(t)
	user := s.create("/users", "application/json", `{"name":"aa","password":"textxxxxxxxx"}`, 201)
	s.do("POST", "/session", "application/json", `{"name":"aa","password":"textxxxxxxxx"}`, 200)
	s.do("GET", user, "", "", 200)
	s.do("GET", "/users", "", "", 200)
	s.do("PATCH", user, "application/merge-patch+json", `{"name":"aa"}`, 200)
	s.do("DELETE", user, "", "", 204)
	s.do("GET", user, "", "", 404)
}
