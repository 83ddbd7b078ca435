package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

// library is a document that is unlike the board's: Swagger's habits, a token, pages by number, an
// envelope, keys by name, PUT alone, objects within objects.
const library = `{
	"openapi": "3.0.3", "info": {"title": "Library", "version": "1"}, "servers": [{"url": "/api/v2/"}],
	"security": [{"token": []}, {"key": []}],
	"paths": {
		"/auth/login": {"post": {"security": [],
			"requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["email", "password"], "properties": {"email": {"type": "string"}, "password": {"type": "string"}}}}}},
			"responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object", "properties": {"access_token": {"type": "string"}}}}}}}}},
		"/me": {"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object", "properties": {"email": {"type": "string"}}}}}}}}},
		"/racks": {"get": {
			"parameters": [{"name": "page", "in": "query", "schema": {"type": "integer", "default": 1}}, {"name": "per_page", "in": "query", "schema": {"type": "integer", "default": 2}}],
			"responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object", "properties": {
				"data": {"type": "array", "items": {"$ref": "#/components/schemas/Rack"}}, "meta": {"type": "object", "properties": {"total": {"type": "integer"}}}}}}}}}}},
		"/rack/{name}": {
			"parameters": [{"name": "name", "in": "path", "required": true, "schema": {"type": "string"}}],
			"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Rack"}}}}}},
			"put": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Rack"}}}}, "responses": {"204": {"description": ""}}}},
		"/desk": {
			"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Desk"}}}}}},
			"patch": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Desk"}}}}, "responses": {"204": {"description": ""}}}},
		"/settings": {
			"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object", "properties": {"theme": {"type": "string"}}}}}}}},
			"patch": {"requestBody": {"content": {"application/json": {"schema": {"oneOf": [
				{"type": "object", "properties": {"theme": {"enum": ["plain"]}, "size": {"type": "integer"}}},
				{"type": "object", "properties": {"theme": {"enum": ["dark"]}, "size": {"type": "integer", "minimum": 1}}}]}}}}, "responses": {"204": {"description": ""}}}}
	},
	"components": {
		"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}, "key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
		"schemas": {"Desk": {"type": "object", "properties": {
			"number": {"type": "integer"},
			"chair": {"type": "object", "properties": {"legs": {"type": "integer"}}},
			"lamp": {"type": "object", "additionalProperties": true, "properties": {
				"color": {"type": "string"}, "watts": {"type": "integer"}, "broken": {"type": "boolean"}, "bought": {"type": "string", "readOnly": true},
				"foot": {"type": "object", "properties": {"of": {"type": "string"}}}}}}},
			"Rack": {"type": "object", "required": ["name", "place"], "properties": {
			"name": {"type": "string"},
			"place": {"type": "object", "required": ["floor"], "properties": {"floor": {"type": "integer"}, "room": {"type": "string", "nullable": true}}},
			"books": {"type": "array", "items": {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}}}}}
	}
}`

// librarian answers for a document, and keeps what it was asked.
type librarian struct {
	answers map[string]any // nil for no content
	open    bool           // whether it answers everybody
	mu      sync.Mutex
	asked   []string
}

// ofLibrary is one for the document above.
func ofLibrary() *librarian {
	rack := func(name string) object {
		return object{"name": name, "place": object{"floor": 1, "room": "A"}, "books": []object{{"title": "Sea"}}}
	}
	return &librarian{answers: map[string]any{
		"POST /api/v2/auth/login":  object{"access_token": "secret"},
		"GET /api/v2/me":           object{"email": "ann@example.com"},
		"GET /api/v2/racks":        object{"data": []object{rack("a/b"), rack("c")}, "meta": object{"total": 3}},
		"GET /api/v2/racks?page=2": object{"data": []object{rack("d")}, "meta": object{"total": 3}},
		"GET /api/v2/rack/a%2Fb":   rack("a/b"),
		"GET /api/v2/desk":         object{"number": 1, "chair": object{"legs": 4}, "lamp": object{"color": "red", "watts": 40, "bought": "May", "foot": object{"of": "brass"}, "by": "window"}},
		"PATCH /api/v2/desk":       nil,
		"GET /api/v2/settings":     object{"theme": "dark", "size": 3},
		"PUT /api/v2/rack/a%2Fb":   nil,
		"PATCH /api/v2/settings":   nil,
	}}
}

func (l *librarian) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // a body that breaks off is a test that fails below
	l.mu.Lock()
	l.asked = append(l.asked, strings.TrimSpace(fmt.Sprintf("%s %s %s%s %s", r.Method, r.URL.RequestURI(), r.Header.Get("Authorization"), r.Header.Get("X-Key"), body)))
	l.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	answer, known := l.answers[r.Method+" "+r.URL.RequestURI()]
	authorized := l.open || r.Header.Get("Authorization") == "Bearer secret" || r.Header.Get("X-Key") == "a key"
	switch {
	case !known:
		w.WriteHeader(http.StatusNotFound)
	case !authorized && r.Method != http.MethodPost:
		w.WriteHeader(http.StatusUnauthorized)
	case answer == nil:
		w.WriteHeader(http.StatusNoContent)
	default:
		if err := json.NewEncoder(w).Encode(answer); err != nil {
			panic(http.ErrAbortHandler) // the browser is gone
		}
	}
}

func (l *librarian) wasAsked(t *testing.T, want string) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	if !slices.Contains(l.asked, want) {
		t.Errorf("nobody asked %s, but\n%s", want, strings.Join(l.asked, "\n"))
	}
}

// elsewhere is the front page of s for another document and the server that answers for it.
func elsewhere(t *testing.T, s *server, document string, answers http.Handler) *server {
	t.Helper()
	target, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	page := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	mux.Handle("/{$}", page)
	mux.Handle("/_page/", page)
	mux.HandleFunc("/openapi.json", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, document) })
	mux.Handle("/api/", answers)
	there := httptest.NewServer(mux)
	t.Cleanup(there.Close)
	return &server{url: there.URL}
}

func TestFrontPageOfAnotherDocument(t *testing.T) {
	t.Parallel()
	l := ofLibrary()
	v := visit(t, elsewhere(t, start(t), library, l))
	v.clicks(t, "Racks")
	v.sees(t, "Log in to do this.")

	v.goes(t, "#account")
	v.enters(t, "key: X-Key", "a key\r")
	v.awaits(t, `document.querySelector("#account-link").textContent === "ann@example.com"`)
	l.wasAsked(t, "GET /api/v2/me a key")
	v.clicksIn(t, "form.field:last-child", "Forget")
	v.entersIn(t, "#log-in", "Email", "ann@example.com")
	v.entersIn(t, "#log-in", "Password", "correct")
	v.clicksIn(t, "#log-in", "Log in")
	v.sees(t, "You are logged in.")
	l.wasAsked(t, "GET /api/v2/me Bearer secret")
	if kept := script[string](t, v.browser, "JSON.stringify([localStorage, sessionStorage, document.cookie])"); strings.Contains(kept, "secret") {
		t.Errorf("the token is kept in %s", kept)
	}

	v.goes(t, "#/racks")
	v.sees(t, "3 in all")
	v.clicks(t, "Next")
	v.awaits(t, `document.querySelector("tbody").innerText.startsWith("d")`)
	if strings.Contains(v.text(t), "Next") {
		t.Error("there is a page behind the last one")
	}
	v.clicks(t, "Previous")
	v.clicks(t, "a/b")
	v.clicks(t, "Change")
	v.enters(t, "Floor", "2")
	v.enters(t, "Room", "\b")
	v.clicks(t, "Add")
	v.awaits(t, `document.querySelectorAll("[name=title]").length === 2 && document.activeElement === document.querySelectorAll("[name=title]")[1]`)
	v.types(t, "Rye")
	v.clicks(t, "Save")
	v.sees(t, "Saved.")
	l.wasAsked(t, `PUT /api/v2/rack/a%2Fb Bearer secret {"name":"a/b","place":{"floor":2},"books":[{"title":"Sea"},{"title":"Rye"}]}`)

	v.goes(t, "#/desk/~change")
	v.enters(t, "Watts", "5")
	v.clicks(t, "Save")
	v.sees(t, "Saved.")
	l.wasAsked(t, `PATCH /api/v2/desk Bearer secret {"lamp":{"by":"window","color":"red","watts":5,"foot":{"of":"brass"}}}`)

	v.goes(t, "#/settings/~change")
	v.enters(t, "Theme", "plain")
	v.enters(t, "Size", "4")
	v.clicks(t, "Save")
	v.sees(t, "Saved.")
	l.wasAsked(t, `PATCH /api/v2/settings Bearer secret {"theme":"plain","size":4}`)
}
