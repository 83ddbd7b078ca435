package e2e

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// newProject runs gen new, checks the project with go vet, builds it, and returns its program.
func newProject(t *testing.T, name string, args ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	// What it has in common with generated/board, which is most of it, was compiled and vetted with that.
	generate(t, name, append(args, "--dir", dir, "--module", "example.com/board")...)
	if err := goCommand(dir, "vet", "./..."); err != nil {
		t.Fatal(err)
	}
	program, err := build(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// generate runs gen new. The environment leaves it neither the network nor a go command.
func generate(t *testing.T, name string, args ...string) {
	t.Helper()
	program, err := gen()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, append([]string{"new", name}, args...)...)
	cmd.Env = []string{"HOME=" + t.TempDir(), "TMPDIR=" + os.TempDir(), "PATH=/nowhere"}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("gen new %s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

// serve starts the program of a new project.
func serve(t *testing.T, program string, env ...string) *server {
	t.Helper()
	s := spawn(t, program, t.TempDir(), env...)
	s.await(t)
	s.do(t, "GET", "/readyz", nil).want(t, http.StatusOK)
	s.do(t, "GET", "/docs", nil).want(t, http.StatusOK, 301, 302, 307, 308)
	document := decode[object](t, s.do(t, "GET", "/openapi.json", nil).want(t, http.StatusOK))
	if document["openapi"] == nil || document["paths"] == nil {
		t.Errorf("/openapi.json is not an OpenAPI document: %v", document)
	}
	return s
}

// TestStarter is the first command of the README: a project without a document.
func TestStarter(t *testing.T) {
	t.Parallel()
	serve(t, newProject(t, "shop"))
}

// TestUsersDocument tries each operation of specs/users.yaml.
func TestUsersDocument(t *testing.T) {
	t.Parallel()
	s := serve(t, newProject(t, "users", "--spec", filepath.Join("..", "specs", "users.yaml")))
	if list := s.do(t, "GET", "/users", nil).want(t, http.StatusOK); strings.TrimSpace(string(list.body)) != "[]" {
		t.Errorf("%v; want []", list)
	}
	created := s.do(t, "POST", "/user", object{"name": "Ann"}).want(t, http.StatusCreated)
	path := "/user/1"
	wantMembers(t, created, map[string]string{"id": "1", "name": `"Ann"`})
	wantMembers(t, s.do(t, "PUT", path, object{"name": "Bob"}).want(t, http.StatusOK), map[string]string{"id": "1", "name": `"Bob"`})
	wantMembers(t, s.do(t, "PATCH", path, object{"name": "Cat"}).want(t, http.StatusOK), map[string]string{"id": "1", "name": `"Cat"`})
	if list := decode[[]object](t, s.do(t, "GET", "/users", nil).want(t, http.StatusOK)); len(list) != 1 || list[0]["name"] != "Cat" {
		t.Errorf("GET /users finds %v; want Cat", list)
	}
	s.do(t, "GET", path, nil).problem(t, http.StatusMethodNotAllowed)
	s.do(t, "DELETE", path, nil).want(t, http.StatusNoContent)
	for _, method := range []string{"PUT", "PATCH"} {
		s.do(t, method, path, object{"name": "Dan"}).want(t, http.StatusNotFound)
	}
	s.do(t, "DELETE", path, nil).want(t, http.StatusNotFound)
}
