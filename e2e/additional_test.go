//go:build unix

package e2e

import (
	"fmt"
	"net/http"
	"path/filepath"
	"reflect"
	"testing"
)

// TestAdditionalProperties keeps what clients send beside the properties that specs/additional.yaml names.
func TestAdditionalProperties(t *testing.T) {
	t.Parallel()
	program := newProject(t, "additional", "--spec", filepath.Join("..", "specs", "additional.yaml"))
	t.Run("SQLite", func(t *testing.T) { keepsAdditional(t, serve(t, program)) })
	t.Run("PostgreSQL", func(t *testing.T) { keepsAdditional(t, serve(t, program, "DATABASE_URL="+startPostgres(t).url())) })
}

func keepsAdditional(t *testing.T, s *server) {
	t.Helper()
	t.Run("of a type", func(t *testing.T) { keepsCounts(t, s) })
	t.Run("of any type", func(t *testing.T) { keepsAnything(t, s) })
	t.Run("set one by one", func(t *testing.T) { keepsOneByOne(t, s) })
	t.Run("from the front page", func(t *testing.T) { keepsFromPage(t, s) })
}

func keepsCounts(t *testing.T, s *server) {
	t.Helper()
	s.do(t, "POST", "/meters", `{"name":"north","low":3,"high":9}`).want(t, http.StatusCreated)
	created := s.do(t, "POST", "/meters", `{"name":"east","id":77,"createdAt":5,"CreatedAT":5,"readings":8,"Readings":8,"a":-1}`).want(t, http.StatusCreated)
	wantMembers(t, created, map[string]string{"id": "2", "readings": "0", "Readings": "", "CreatedAT": "", "a": "-1"})
	wantMeter(t, s, `{"name":"north","readings":0,"high":9,"low":3}`)
	for _, test := range []struct{ method, body, want string }{
		{"PATCH", `{"low":4,"mean":6}`, `{"name":"north","readings":0,"high":9,"low":4,"mean":6}`},
		{"PATCH", `{"high":null,"none":null}`, `{"name":"north","readings":0,"low":4,"mean":6}`},
		{"PATCH", `{"id":7,"readings":7,"createdAt":7,"READINGS":7}`, `{"name":"north","readings":0,"low":4,"mean":6}`},
		{"PATCH", `{"unit":"m"}`, `{"name":"north","unit":"m","readings":0,"low":4,"mean":6}`},
		{"PUT", `{"name":"north","id":7,"Id":7,"readings":7,"last":1}`, `{"name":"north","readings":0,"last":1}`},
		{"PUT", `{"name":"north"}`, `{"name":"north","readings":0}`},
		{"PATCH", `{"last":2}`, `{"name":"north","readings":0,"last":2}`},
	} {
		s.do(t, test.method, "/meters/1", test.body).want(t, http.StatusOK)
		wantMeter(t, s, test.want)
	}
	s.do(t, "POST", "/meters", `{"name":"west","a":"text"}`).want(t, http.StatusBadRequest)
	s.do(t, "PUT", "/meters/1", `{"name":"west","a":null}`).want(t, http.StatusBadRequest)
	s.do(t, "PATCH", "/meters/1", `{"a":10000}`).want(t, http.StatusBadRequest)
	sorted := decode[[]object](t, s.do(t, "GET", "/meters?sort=name", nil).want(t, http.StatusOK))
	found := decode[[]object](t, s.do(t, "GET", "/meters?name=north", nil).want(t, http.StatusOK))
	if len(sorted) != 2 || sorted[0]["a"] != -1.0 || len(found) != 1 || found[0]["last"] != 2.0 {
		t.Errorf("lists have %v and %v", sorted, found)
	}
}

// wantMeter holds the first meter against all that it is to have but its key and the time of its creation.
func wantMeter(t *testing.T, s *server, want string) {
	t.Helper()
	answer := s.do(t, "GET", "/meters/1", nil).want(t, http.StatusOK)
	got := decode[object](t, answer)
	if at, _ := got["createdAt"].(string); got["id"] != 1.0 || at == "" {
		t.Errorf("%v; want its own key and time", answer)
	}
	delete(got, "id")
	delete(got, "createdAt")
	if !reflect.DeepEqual(got, decode[object](t, response{body: []byte(want)})) {
		t.Errorf("%v; want %s", answer, want)
	}
}

func keepsAnything(t *testing.T, s *server) {
	t.Helper()
	created := s.do(t, "POST", "/notes", `{"text":"T","pin":"1234","Pin":"5","author":"eve","tags":["x",{"y":null}],"none":null,"place":{"name":"P","far":{"x":1}}}`)
	want := map[string]string{"id": "1", "pin": "", "Pin": "", "author": "", "tags": `["x",{"y":null}]`, "none": "null", "place": `{"name":"P","far":{"x":1}}`}
	wantMembers(t, created.want(t, http.StatusCreated), want)
	wantMembers(t, s.do(t, "GET", "/notes/1", nil).want(t, http.StatusOK), want)
	list := decode[[]object](t, s.do(t, "GET", "/notes", nil).want(t, http.StatusOK))
	if len(list) != 1 || list[0]["kind"] != "note" || fmt.Sprint(list[0]["tags"]) != "[x map[y:<nil>]]" {
		t.Errorf("the list has %v", list)
	}
	replaced := s.do(t, "PUT", "/notes/1", `{"text":"U","kind":"poem","size":1.5}`).want(t, http.StatusOK)
	wantMembers(t, replaced, map[string]string{"text": `"U"`, "tags": "", "kind": `"poem"`, "size": "1.5", "place": ""})
	list = decode[[]object](t, s.do(t, "GET", "/notes", nil).want(t, http.StatusOK))
	if list[0]["kind"] != "note" || list[0]["size"] != 1.5 {
		t.Errorf("the list has %v", list)
	}
}

func keepsOneByOne(t *testing.T, s *server) {
	t.Helper()
	for _, test := range []struct{ patch, a, b string }{
		{`{"a":{"by":"ann","at":1},"updatedAt":{"by":"eve"}}`, `{"by":"ann","at":1}`, ``},
		{`{"b":{"by":"bob"}}`, `{"by":"ann","at":1}`, `{"by":"bob"}`},
		{`{"a":{"by":"cat"},"done":true}`, `{"by":"cat"}`, `{"by":"bob"}`},
	} {
		answer := s.do(t, "PATCH", "/notes/1/state", test.patch, "Content-Type", "application/json").want(t, http.StatusOK)
		wantMembers(t, answer, map[string]string{"a": test.a, "b": test.b})
		wantMembers(t, s.do(t, "GET", "/notes/1/state", nil), map[string]string{"a": test.a, "b": test.b})
	}
}

// keepsFromPage changes a note on the front page, which has no field for what has no name and must not lose it.
func keepsFromPage(t *testing.T, s *server) {
	t.Helper()
	v := visit(t, s)
	v.goes(t, "#/notes/1")
	v.sees(t, "poem")
	v.goes(t, "#/notes/1/~change")
	v.enters(t, "Text", "V")
	v.clicks(t, "Save")
	v.sees(t, "Saved.")
	want := map[string]string{"text": `"V"`, "kind": `"poem"`, "size": "1.5"}
	wantMembers(t, s.do(t, "GET", "/notes/1", nil).want(t, http.StatusOK), want)
}
