package e2e

import (
	"bytes"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Every password of this chapter contains secret, so that one search finds all of them.
const secret = "Xyzzy-7Q"

// TestPasswordsLeakNowhere signs up, does everything wrong that one can do wrong with a password,
// and then searches answers, log and database for it.
func TestPasswordsLeakNowhere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := startIn(t, dir, "LAME_DUCK=0s")
	for _, r := range passwordsSent(t, s) {
		if bytes.Contains(r.body, []byte(secret)) || strings.Contains(headerText(r), secret) {
			t.Errorf("%v\n%v\nanswers with a password", r, r.header)
		}
		if bytes.Contains(r.body, []byte("argon2")) {
			t.Errorf("%v answers with the hash of a password", r)
		}
	}
	s.stop(t, syscall.SIGTERM)
	if strings.Contains(s.log.String(), secret) {
		t.Error("the log has a password")
	}
	stored := contents(t, dir)
	if bytes.Contains(stored, []byte(secret)) {
		t.Error("the database has a password in clear text")
	}
	if got := bytes.Count(stored, []byte("$argon2id$")); got < 2 {
		t.Errorf("the database has %d argon2id hashes; want one for each of two users", got)
	}
}

// passwordsSent returns the answers to requests that carry passwords, and to those that show users.
func passwordsSent(t *testing.T, s *server) []response {
	t.Helper()
	const good = "correct " + secret + " battery"
	created := s.do(t, "POST", "/v1/users", object{"name": "ann", "password": good}).want(t, http.StatusCreated)
	path := created.location(t, s)
	return []response{
		created,
		s.do(t, "POST", "/v1/users", object{"name": "bob", "password": good}).want(t, http.StatusCreated),
		s.do(t, "POST", "/v1/users", object{"name": "ann", "password": good}).want(t, http.StatusConflict),
		s.do(t, "POST", "/v1/users", object{"name": "cat", "password": secret}).want(t, http.StatusBadRequest),
		s.do(t, "POST", "/v1/users", object{"name": "cat", "password": strings.Repeat(secret, 50)}).want(t, http.StatusBadRequest),
		s.do(t, "POST", "/v1/users", object{"name": "cat", "password": []any{good}}).want(t, http.StatusBadRequest),
		s.do(t, "POST", "/v1/users", object{"name": "c", "password": good}).want(t, http.StatusBadRequest),
		s.do(t, "POST", "/v1/users", object{"password": good}).want(t, http.StatusBadRequest),
		s.do(t, "POST", "/v1/users", `{"name": "cat", "password": "`+good).want(t, http.StatusBadRequest),
		s.do(t, "POST", "/v1/users", `{"name": "cat", "password": `+good+`}`).want(t, http.StatusBadRequest),
		s.do(t, "POST", "/v1/users", good).want(t, http.StatusBadRequest),
		s.do(t, "POST", "/v1/users", object{"name": "cat", "password": good}, "Content-Type", "text/plain").want(t, http.StatusUnsupportedMediaType),
		s.do(t, "POST", "/v1/session", object{"name": "ann", "password": good}),
		s.do(t, "POST", "/v1/session", object{"name": "ann", "password": good, "extra": good}).want(t, http.StatusBadRequest),
		s.do(t, "PATCH", path, object{"password": good}).want(t, http.StatusUnauthorized),
		s.do(t, "GET", path, nil).want(t, http.StatusOK),
		s.do(t, "GET", "/v1/users", nil).want(t, http.StatusOK),
		s.do(t, "GET", "/v1/users?name=ann", nil).want(t, http.StatusOK),
	}
}

func headerText(r response) string {
	var text bytes.Buffer
	_ = r.header.Write(&text) // a bytes.Buffer takes everything
	return text.String()
}

// contents is every byte below a folder: the database and what lies beside it.
func contents(t *testing.T, dir string) []byte {
	t.Helper()
	var all []byte
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		all = append(all, data...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestEqualPasswordsHaveDifferentHashes: a hash is salted, so that equal ones cannot be found.
func TestEqualPasswordsHaveDifferentHashes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := startIn(t, dir, "LAME_DUCK=0s")
	createUser(t, s, "ann")
	createUser(t, s, "bob")
	s.stop(t, syscall.SIGTERM)
	hashes := map[string]bool{}
	for _, rest := range bytes.Split(contents(t, dir), []byte("$argon2id$"))[1:] {
		hashes[string(rest[:min(len(rest), 60)])] = true
	}
	if len(hashes) < 2 {
		t.Errorf("two users with one password have %d different hashes; want two", len(hashes))
	}
}

// TestErrorsTellNothingOfTheInside: neither Go nor SQL shows in what a client gets.
func TestErrorsTellNothingOfTheInside(t *testing.T) {
	t.Parallel()
	s := start(t)
	createUser(t, s, "ann")
	for _, r := range []response{
		s.do(t, "POST", "/v1/users", object{"name": "ann", "password": "correct horse battery"}),
		s.do(t, "GET", postPath(999), nil),
		s.do(t, "GET", "/v1/posts?after=rubbish", nil),
		s.do(t, "POST", "/v1/posts", "{"),
		s.do(t, "POST", "/v1/posts", object{"title": 1, "body": "x"}),
		s.do(t, "POST", postPath(1)+"/publish", nil),
	} {
		r.problem(t, r.status)
		for _, word := range []string{"sql", "sqlite", "unique constraint", "goroutine", ".go:", "api.", "json: ", "strconv", "#/components", "value:"} {
			if strings.Contains(strings.ToLower(string(r.body)), word) {
				t.Errorf("%v; want nothing of the inside such as %q", r, word)
			}
		}
	}
}
