//go:build unix

package e2e

import (
	"net/http"
	"path/filepath"
	"testing"
)

// TestShallow works on the resources of specs/shallow.yaml, which are made below a parent and have paths of their own.
func TestShallow(t *testing.T) {
	t.Parallel()
	program := newProject(t, "trails", "--spec", filepath.Join("..", "specs", "shallow.yaml"))
	t.Run("SQLite", func(t *testing.T) { servesTrails(t, serve(t, program, "VALIDATE_RESPONSES=true")) })
	t.Run("front page", func(t *testing.T) { showsReports(t, serve(t, program)) })
	t.Run("PostgreSQL", func(t *testing.T) {
		servesTrails(t, serve(t, program, "VALIDATE_RESPONSES=true", "DATABASE_URL="+startPostgres(t).url()))
	})
}

func servesTrails(t *testing.T, s *server) {
	t.Helper()
	made := func(path, body string) string {
		return s.do(t, "POST", path, body).want(t, http.StatusCreated).location(t, s)
	}
	forest, coast := made("/trails", `{"name":"forest"}`), made("/trails", `{"name":"coast"}`)
	report := s.do(t, "POST", forest+"/reports", `{"condition":"muddy"}`).want(t, http.StatusCreated)
	wantMembers(t, report, map[string]string{"number": "1", "trailId": `"` + forest[len("/trails/"):] + `"`})
	if path := report.location(t, s); path != "/reports/1" {
		t.Errorf("the report is at %s", path)
	}
	dry := made(coast+"/reports", `{"condition":"dry","note":"windy","walker":"ann/eve"}`)
	for path, want := range map[string]int{
		"/reports": 2, "/reports?limit=1": 1, forest + "/reports": 1, coast + "/reports": 1,
		forest + "/reports?condition=muddy": 1, forest + "/reports?condition=dry": 0,
		"/walkers/ann%2Feve/reports": 1, "/walkers/ann/reports": 0,
	} {
		list := decode[struct{ Reports []object }](t, s.do(t, "GET", path, nil).want(t, http.StatusOK)).Reports
		if len(list) != want {
			t.Errorf("GET %s lists %v, want %d", path, list, want)
		}
	}
	wantMembers(t, s.do(t, "PUT", dry, `{"condition":"snow"}`).want(t, http.StatusOK), map[string]string{
		"number": "2", "trailId": `"` + coast[len("/trails/"):] + `"`, "condition": `"snow"`, "note": "",
	})
	photo := made(dry+"/photos", `{"url":"https://example.com/1"}`)
	wantMembers(t, s.do(t, "GET", photo, nil).want(t, http.StatusOK), map[string]string{"report": "2"})

	s.do(t, "PUT", "/reports/3", `{"condition":"snow"}`).want(t, http.StatusNotFound)
	s.do(t, "POST", "/trails/11111111-1111-4111-8111-111111111111/reports", `{"condition":"snow"}`).want(t, http.StatusNotFound)
	s.do(t, "GET", "/trails/11111111-1111-4111-8111-111111111111/reports", nil).want(t, http.StatusNotFound)
	s.do(t, "POST", "/reports/3/photos", `{"url":"https://example.com/2"}`).want(t, http.StatusNotFound)
	s.do(t, "DELETE", coast, nil).want(t, http.StatusNoContent)
	s.do(t, "GET", dry, nil).want(t, http.StatusNotFound)
	s.do(t, "GET", photo, nil).want(t, http.StatusNotFound)
	s.do(t, "GET", "/reports/1", nil).want(t, http.StatusOK)
}

// showsReports makes a report below a trail, and finds it by its own path.
func showsReports(t *testing.T, s *server) {
	t.Helper()
	trail := s.do(t, "POST", "/trails", `{"name":"forest"}`).want(t, http.StatusCreated).location(t, s)
	at := func(path string) string { return "location.hash === " + quoted(t, "#"+path) }
	v := visit(t, s)
	v.goes(t, "#"+trail+"/reports/~create")
	v.enters(t, "Condition", "snow")
	v.enters(t, "Note", "ice")
	v.clicksIn(t, "main", "Create")
	v.sees(t, "Created.")
	v.awaits(t, at("/reports/1"))
	v.goes(t, "#"+trail+"/reports")
	v.sees(t, "ice")
	v.clicksIn(t, "tbody", "Photos")
	v.awaits(t, at("/reports/1/photos"))
	v.goes(t, "#"+trail+"/reports")
	v.clicksIn(t, "tbody", "1")
	v.awaits(t, at("/reports/1"))
	v.clicks(t, "Delete")
	v.clicks(t, "Delete") // in the dialog
	v.sees(t, "Deleted.")
	s.do(t, "GET", "/reports/1", nil).want(t, http.StatusNotFound)
}
