//go:build unix

package e2e

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestUnions works on the resources of specs/unions.yaml, each of which is one of several objects.
func TestUnions(t *testing.T) {
	t.Parallel()
	program := newProject(t, "unions", "--spec", filepath.Join("..", "specs", "unions.yaml"))
	t.Run("SQLite", func(t *testing.T) { servesUnions(t, serve(t, program)) })
	t.Run("PostgreSQL", func(t *testing.T) { servesUnions(t, serve(t, program, "DATABASE_URL="+startPostgres(t).url())) })
}

func servesUnions(t *testing.T, s *server) {
	t.Helper()
	t.Run("sent as it is answered", func(t *testing.T) { worksOnParties(t, s) })
	t.Run("lists", func(t *testing.T) { listsParties(t, s) })
	t.Run("sent otherwise", func(t *testing.T) { worksOnShapes(t, s) })
	t.Run("put", func(t *testing.T) { putsPets(t, s) })
	t.Run("left to write", func(t *testing.T) {
		s.do(t, "POST", "/tickets", `{"row":3}`).want(t, http.StatusNotImplemented)
		s.do(t, "GET", "/tickets", nil).want(t, http.StatusOK)
	})
}

const (
	otherID   = `"11111111-1111-4111-8111-111111111111"`
	otherTime = `"2001-01-01T00:00:00Z"`
	forged    = `"id":` + otherID + `,"ID":` + otherID + `,"createdAt":` + otherTime + `,"updatedAt":` + otherTime + `,"score":9,"rank":9,"pin":"1234"`
)

func worksOnParties(t *testing.T, s *server) {
	t.Helper()
	created := s.do(t, "POST", "/parties", `{"kind":"person","email":"a@b.de","name":"Ann","more":[1],`+forged+`}`).want(t, http.StatusCreated)
	path := created.location(t, s)
	id, at := path[strings.LastIndex(path, "/")+1:], textOf(t, created, "createdAt")
	wantServers(t, created, id, at)
	if begun, err := time.Parse(time.RFC3339, at); err != nil || time.Since(begun) > time.Hour {
		t.Errorf("created at %s", at)
	}
	wantMembers(t, created, map[string]string{"kind": `"person"`, "email": `"a@b.de"`, "name": `"Ann"`, "more": `[1]`})
	for _, test := range []struct {
		method, body string
		want         map[string]string
	}{
		{"PATCH", `{"email":"c@d.de","address":{"street":"S","city":"C"}}`, map[string]string{"email": `"c@d.de"`, "name": `"Ann"`, "more": `[1]`}},
		{"PATCH", `{"address":{"city":"D"}}`, map[string]string{"email": `"c@d.de"`, "address": `{"city":"D","street":"S"}`}},
		{"PUT", `{"kind":"person","email":"e@f.de","name":"Eve","phone":null,` + forged + `}`, map[string]string{"name": `"Eve"`, "phone": "null", "address": "", "more": ""}},
		{"PUT", `{"kind":"company","email":"g@h.de","companyName":"G"}`, map[string]string{"kind": `"company"`, "companyName": `"G"`, "name": ""}},
	} {
		answer := s.do(t, test.method, path, test.body).want(t, http.StatusOK)
		wantMembers(t, answer, test.want)
		wantServers(t, answer, id, at)
		read := s.do(t, "GET", path, nil).want(t, http.StatusOK)
		wantMembers(t, read, test.want)
		wantServers(t, read, id, at)
	}
	s.do(t, "PUT", path, `{"kind":"company","email":"g@h.de","name":"G"}`).want(t, http.StatusBadRequest)
	s.do(t, "DELETE", path, nil).want(t, http.StatusNoContent)
	s.do(t, "GET", path, nil).want(t, http.StatusNotFound)
}

// wantServers holds what the server sets: the key in the path, the time of the creation and of the last change.
func wantServers(t *testing.T, answer response, id, at string) {
	t.Helper()
	wantMembers(t, answer, map[string]string{
		"id": `"` + id + `"`, "createdAt": `"` + at + `"`, "ID": "", "score": "", "rank": "", "pin": "",
	})
	if changed := textOf(t, answer, "updatedAt"); changed < at {
		t.Errorf("created at %s and changed at %s", at, changed)
	}
}

func textOf(t *testing.T, answer response, member string) string {
	t.Helper()
	text, ok := decode[object](t, answer)[member].(string)
	if !ok {
		t.Fatalf("%v has no text %s", answer, member)
	}
	return text
}

func listsParties(t *testing.T, s *server) {
	t.Helper()
	for _, body := range []string{
		`{"kind":"person","email":"b@x.de","name":"B"}`, `{"kind":"company","email":"c@x.de","companyName":"C"}`, `{"kind":"person","email":"a@x.de","name":"A"}`,
	} {
		s.do(t, "POST", "/parties", body).want(t, http.StatusCreated)
	}
	for query, want := range map[string]string{
		"":                       "b@x.de c@x.de a@x.de",
		"?kind=person":           "b@x.de a@x.de",
		"?sort=-email":           "c@x.de b@x.de a@x.de",
		"?kind=company&limit=10": "c@x.de",
		"?limit=2":               "b@x.de c@x.de",
	} {
		slice := decode[struct{ Items []struct{ Email string } }](t, s.do(t, "GET", "/parties"+query, nil).want(t, http.StatusOK))
		var emails []string
		for _, party := range slice.Items {
			emails = append(emails, party.Email)
		}
		if got := strings.Join(emails, " "); got != want {
			t.Errorf("GET /parties%s lists %s, want %s", query, got, want)
		}
	}
}

func worksOnShapes(t *testing.T, s *server) {
	t.Helper()
	created := s.do(t, "POST", "/shapes", `{"is":"circle","radius":2.5,"label":"L"}`).want(t, http.StatusCreated)
	if path := created.location(t, s); path != "/shapes/1" {
		t.Errorf("it is at %s", path)
	}
	wantMembers(t, created, map[string]string{"id": "1", "radius": "2.5", "label": `"L"`, "state": `"drawn"`})
	s.do(t, "POST", "/shapes", `{"is":"circle","radius":2.5,"state":"printed"}`).want(t, http.StatusBadRequest)
	for _, test := range []struct {
		method, body string
		want         map[string]string
	}{
		{"PATCH", `{"is":"circle","radius":3}`, map[string]string{"radius": "3", "label": `"L"`}},
		{"PATCH", `{"is":"square","side":4}`, map[string]string{"is": `"square"`, "side": "4", "radius": "", "label": ""}},
		{"PUT", `{"is":"circle","radius":5}`, map[string]string{"is": `"circle"`, "radius": "5", "side": ""}},
	} {
		answer := s.do(t, test.method, "/shapes/1", test.body).want(t, http.StatusOK)
		wantMembers(t, answer, test.want)
		wantMembers(t, answer, map[string]string{"id": "1", "state": `"drawn"`})
	}
	if all := decode[[]object](t, s.do(t, "GET", "/shapes", nil).want(t, http.StatusOK)); len(all) != 1 || all[0]["radius"] != 5.0 {
		t.Errorf("the list has %v", all)
	}
	wantMembers(t, s.do(t, "DELETE", "/shapes/1", nil).want(t, http.StatusOK), map[string]string{"radius": "5"})
}

func putsPets(t *testing.T, s *server) {
	t.Helper()
	created := s.do(t, "PUT", "/pets/tom", `{"name":"eve","created":`+otherTime+`,"lives":9}`).want(t, http.StatusCreated)
	at := textOf(t, created, "created")
	if at < "2020" {
		t.Errorf("created at %s", at)
	}
	replaced := s.do(t, "PUT", "/pets/tom", `{"barks":true}`).want(t, http.StatusOK)
	wantMembers(t, replaced, map[string]string{"name": `"tom"`, "created": `"` + at + `"`, "barks": "true", "lives": ""})
	wantMembers(t, s.do(t, "GET", "/pets/tom", nil).want(t, http.StatusOK), map[string]string{"name": `"tom"`, "lives": ""})
}
