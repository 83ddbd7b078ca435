package e2e

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"
)

// token is the credential that the projects of this chapter are started with, for every scheme.
const token = "corpus-token-0123456789"

// published returns the path of a document in the folder CORPUS.
func published(t *testing.T, file string) string {
	t.Helper()
	folder := os.Getenv("CORPUS")
	if folder == "" {
		t.Skip("CORPUS names no folder with published documents")
	}
	path, err := filepath.Abs(filepath.Join(folder, file))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the folder that CORPUS names has no %s", file)
	}
	return path
}

func TestMuseum(t *testing.T) {
	t.Parallel()
	program := newProject(t, "museum", "--spec", published(t, "museum.yaml"))
	s := serve(t, program, "AUTH_MUSEUM_PLACEHOLDER_AUTH=guide:"+token)
	const base = "/_mock/docs/openapi/museum-api"
	auth := []string{"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte("guide:"+token))}
	call := func(method, path string, body any) response {
		t.Helper()
		return s.do(t, method, base+path, body, append(auth, "Content-Type", "application/json")...)
	}

	s.do(t, "GET", base+"/special-events", nil).problem401(t)
	s.do(t, "GET", base+"/special-events", nil, "Authorization", "Basic Z3VpZGU6d3Jvbmc=").problem401(t)
	event := object{"name": "Dinosaurs", "location": "Hall 1", "eventDescription": "Bones.", "dates": []any{"2030-01-02"}, "price": 12.5}
	created := call("POST", "/special-events", event).want(t, http.StatusCreated)
	path := fmt.Sprintf("/special-events/%v", decode[object](t, created)["eventId"])
	read := call("GET", path, nil).want(t, http.StatusOK)
	wantMembers(t, read, map[string]string{"name": `"Dinosaurs"`, "dates": `["2030-01-02"]`, "price": `12.5`})
	patched := call("PATCH", path, object{"location": "Hall 2", "price": 0}).want(t, http.StatusOK)
	wantMembers(t, patched, map[string]string{"name": `"Dinosaurs"`, "location": `"Hall 2"`, "price": `0`})
	if list := decode[[]object](t, call("GET", "/special-events?page=1&limit=5", nil).want(t, http.StatusOK)); len(list) != 1 {
		t.Errorf("the list has %v; want one event", list)
	}
	if list := decode[[]object](t, call("GET", "/special-events?page=2&limit=5", nil).want(t, http.StatusOK)); len(list) != 0 {
		t.Errorf("the second page has %v; want nothing", list)
	}
	call("GET", "/special-events?limit=31", nil).want(t, http.StatusBadRequest)
	call("POST", "/special-events", object{"name": "No price"}).want(t, http.StatusBadRequest)
	call("DELETE", path, nil).want(t, http.StatusNoContent)
	call("GET", path, nil).want(t, http.StatusNotFound)

	ticket := call("POST", "/tickets", object{"ticketType": "general", "ticketDate": "2030-01-02"}).want(t, http.StatusCreated)
	if got := decode[object](t, ticket); got["message"] == nil || got["confirmationCode"] == nil || got["ticketType"] != "general" {
		t.Errorf("%v; want a ticket with message and confirmationCode", ticket)
	}
	call("GET", "/museum-hours", nil).want(t, http.StatusOK, http.StatusNotImplemented)
}

// problem401 checks a refusal for want of credentials, and that it names a way in (RFC 9110 §11.6.1).
func (r response) problem401(t *testing.T) {
	t.Helper()
	if r.want(t, http.StatusUnauthorized); r.header.Get("WWW-Authenticate") == "" {
		t.Errorf("%v has no WWW-Authenticate", r)
	}
}

func TestPetstore(t *testing.T) {
	t.Parallel()
	program := newProject(t, "petstore", "--spec", published(t, "swagger-petstore3.yaml"))
	s := serve(t, program, "AUTH_PETSTORE_AUTH="+token, "AUTH_API_KEY="+token)
	call := func(method, path string, body any) response {
		t.Helper()
		return s.do(t, method, "/api/v3"+path, body, "Authorization", "Bearer "+token)
	}
	t.Run("pets", func(t *testing.T) { pets(t, s, call) })
	t.Run("orders", func(t *testing.T) { orders(t, call) })
	t.Run("users", func(t *testing.T) { petstoreUsers(t, s, call) })
	call("GET", "/store/inventory", nil).want(t, http.StatusUnauthorized)
}

// caller sends a request to the document's base path with the credentials that it asks for.
type caller func(method, path string, body any) response

func pets(t *testing.T, s *server, call caller) {
	t.Helper()
	pet := object{"name": "Rex", "photoUrls": []any{"https://pets.example/rex.png"}, "tags": []any{object{"id": 1, "name": "good"}}, "status": "available"}
	s.do(t, "POST", "/api/v3/pet", pet).want(t, http.StatusUnauthorized)
	id := decode[object](t, call("POST", "/pet", pet).want(t, http.StatusOK))["id"]
	path := fmt.Sprintf("/pet/%v", id)
	wantMembers(t, call("GET", path, nil).want(t, http.StatusOK), map[string]string{"name": `"Rex"`, "status": `"available"`})
	s.do(t, "GET", "/api/v3"+path, nil, "api_key", token).want(t, http.StatusOK)

	pet["id"], pet["name"], pet["status"] = id, "Max", "sold"
	wantMembers(t, call("PUT", "/pet", pet).want(t, http.StatusOK), map[string]string{"name": `"Max"`})
	wantMembers(t, call("GET", path, nil).want(t, http.StatusOK), map[string]string{"name": `"Max"`, "status": `"sold"`})
	for status, want := range map[string]int{"sold": 1, "pending": 0} {
		found := call("GET", "/pet/findByStatus?"+url.Values{"status": {status}}.Encode(), nil).want(t, http.StatusOK)
		if list := decode[[]object](t, found); len(list) != want {
			t.Errorf("%v; want %d pets", found, want)
		}
	}
	call("POST", "/pet", object{"name": "No photos"}).want(t, http.StatusBadRequest)
	call("DELETE", path, nil).want(t, http.StatusOK)
	call("GET", path, nil).want(t, http.StatusNotFound)
	call("PUT", "/pet", pet).want(t, http.StatusNotFound)
}

func orders(t *testing.T, call caller) {
	t.Helper()
	placed := call("POST", "/store/order", object{"petId": 1, "quantity": 2, "status": "placed"}).want(t, http.StatusOK)
	path := fmt.Sprintf("/store/order/%v", decode[object](t, placed)["id"])
	wantMembers(t, call("GET", path, nil).want(t, http.StatusOK), map[string]string{"petId": "1", "quantity": "2"})
	call("GET", "/store/order/one", nil).want(t, http.StatusBadRequest)
	call("DELETE", path, nil).want(t, http.StatusOK)
	call("GET", path, nil).want(t, http.StatusNotFound)
}

// petstoreUsers change and delete their own accounts only, although the document asks for nothing.
func petstoreUsers(t *testing.T, s *server, call caller) {
	t.Helper()
	call("POST", "/user", object{"username": "ann", "firstName": "Ann", "password": "correct horse"}).want(t, http.StatusOK)
	wantMembers(t, call("GET", "/user/ann", nil).want(t, http.StatusOK), map[string]string{"username": `"ann"`, "firstName": `"Ann"`})
	call("PUT", "/user/ann", object{"username": "ann", "firstName": "Eve"}).want(t, http.StatusUnauthorized)
	call("GET", "/user/login?username=ann&password=wrong", nil).want(t, http.StatusUnauthorized)
	s.cookie = call("GET", "/user/login?username=ann&password=correct+horse", nil).want(t, http.StatusOK).cookieNamed(t, "session")
	call("PUT", "/user/ann", object{"username": "ann", "firstName": "Anna"}).want(t, http.StatusOK)
	wantMembers(t, call("GET", "/user/ann", nil).want(t, http.StatusOK), map[string]string{"firstName": `"Anna"`})
	call("DELETE", "/user/ann", nil).want(t, http.StatusOK)
	call("GET", "/user/ann", nil).want(t, http.StatusNotFound)
}

// TestTicTacToe: each operation is reached with its own credentials, and errors are in the
// document's own media type.
func TestTicTacToe(t *testing.T) {
	t.Parallel()
	program := newProject(t, "tictactoe", "--spec", published(t, "tictactoe31.yaml"))
	s := serve(t, program, "AUTH_DEFAULT_API_KEY="+token, "AUTH_BEARER_HTTP_AUTHENTICATION="+token)
	s.do(t, "GET", "/board", nil).want(t, http.StatusUnauthorized)
	s.do(t, "GET", "/board/1/1", nil).want(t, http.StatusUnauthorized)
	bearer := []string{"Authorization", "Bearer " + token}
	for _, r := range []response{
		s.do(t, "GET", "/board", nil, "api-key", token),
		s.do(t, "PUT", "/board/1/1", `"X"`, bearer...),
		s.do(t, "GET", "/board/1/1", nil, bearer...),
	} {
		r.want(t, http.StatusOK, http.StatusNotImplemented)
	}
	for _, r := range []response{
		s.do(t, "GET", "/board/1/9", nil, bearer...),
		s.do(t, "PUT", "/board/1/1", `"Y"`, bearer...),
	} {
		if r.want(t, http.StatusBadRequest); !r.is("text/html") {
			t.Errorf("%v has Content-Type %q; want the document's text/html", r, r.header.Get("Content-Type"))
		}
	}
}
