package e2e

import (
	"net/http"
	"path/filepath"
	"testing"
)

// TestMergePatch sends a book of specs/patches.yaml one merge patch after the other.
func TestMergePatch(t *testing.T) {
	t.Parallel()
	s := serve(t, newProject(t, "patches", "--spec", filepath.Join("..", "specs", "patches.yaml")))
	book := `{"title":"T","labels":{"a":"1","b":"2"},"publisher":{"name":"N","city":"C","series":["x"]},"notes":{"deep":{"x":1,"y":2}}}`
	s.do(t, "POST", "/books", book).want(t, http.StatusCreated)
	for _, test := range []struct{ patch, member, want string }{
		{`{"labels":{"c":"3"}}`, "labels", `{"a":"1","b":"2","c":"3"}`},
		{`{"labels":{"a":null,"b":"4"}}`, "labels", `{"b":"4","c":"3"}`},
		{`{"labels":{}}`, "labels", `{"b":"4","c":"3"}`},
		{`{"title":"U"}`, "labels", `{"b":"4","c":"3"}`},
		{`{"publisher":{"city":null}}`, "publisher", `{"name":"N","series":["x"]}`},
		{`{"publisher":{"series":[],"city":"D"}}`, "publisher", `{"name":"N","city":"D","series":[]}`},
		{`{"notes":{"deep":{"x":null,"z":{"a":null}}}}`, "notes", `{"deep":{"y":2,"z":{}}}`},
		{`{"publisher":null}`, "publisher", ``},
		{`{"publisher":{"name":"M"}}`, "publisher", `{"name":"M"}`},
		{`{}`, "publisher", `{"name":"M"}`},
	} {
		answer := s.do(t, "PATCH", "/books/1", test.patch).want(t, http.StatusOK)
		wantMembers(t, answer, map[string]string{test.member: test.want})
	}
	refused := s.do(t, "PATCH", "/books/1", `{"publisher":{"name":null},"labels":{"c":"much longer than it may be"}}`)
	wantMembers(t, refused.want(t, http.StatusBadRequest), map[string]string{
		"details": `["labels/c: must have at most 20 characters","publisher/name: must not be null"]`,
	})
	refused = s.do(t, "GET", "/books?limit=many", nil).want(t, http.StatusBadRequest)
	wantMembers(t, refused, map[string]string{"details": `["limit: must be an integer"]`})

	s.do(t, "PUT", "/titles/en", `{"a":"1","b":"2"}`).want(t, http.StatusOK)
	patched := s.do(t, "PATCH", "/titles/en", `{"a":null,"c":"3"}`).want(t, http.StatusOK)
	wantMembers(t, patched, map[string]string{"a": "", "b": `"2"`, "c": `"3"`})

	s.do(t, "POST", "/shelves", `{"labels":{"a":"1"}}`).want(t, http.StatusCreated)
	changed := s.do(t, "PATCH", "/shelves/1", `{"labels":{"b":"2"}}`, "Content-Type", "application/json").want(t, http.StatusOK)
	wantMembers(t, changed, map[string]string{"labels": `{"b":"2"}`})

	t.Run("from the front page", func(t *testing.T) {
		v := visit(t, s)
		v.goes(t, "#/books/1/~change")
		v.enters(t, "Labels", `{"c":"3","d":"4"}`)
		v.clicks(t, "Save")
		v.sees(t, "Saved.")
		wantMembers(t, s.do(t, "GET", "/books/1", nil), map[string]string{"labels": `{"c":"3","d":"4"}`})
	})
}
