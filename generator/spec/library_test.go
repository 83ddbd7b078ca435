package spec

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
)

// serve starts a server of files by their paths. A text behind an arrow is a redirection.
func serve(t *testing.T, files map[string]string) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch text, ok := files[r.URL.RequestURI()]; {
		case !ok:
			http.NotFound(w, r)
		case strings.HasPrefix(text, "-> "):
			w.Header().Set("Location", text[3:])
			w.WriteHeader(http.StatusFound)
		default:
			_, _ = w.Write([]byte(text))
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func TestRemoteFiles(t *testing.T) {
	other := serve(t, map[string]string{"/b.yaml": "type: string\n"})
	server := serve(t, map[string]string{
		"/v1/api.yaml":         operationTo("{$ref: s/pet%20a.yaml}"),
		"/v1/s/pet%20a.yaml":   "properties: {o: {$ref: ../owner.yaml}}\n",
		"/v1/owner.yaml":       "type: string\n",
		"/v1/absolute.yaml":    operationTo("{$ref: /v1/owner.yaml}"),
		"/v1/query.yaml":       operationTo("{$ref: 'owner.yaml?a=b'}"),
		"/v1/owner.yaml?a=b":   "type: string\n",
		"/v1/up.yaml":          operationTo("{$ref: ../common.yaml}"),
		"/v1/escaped.yaml":     operationTo("{$ref: '%2e%2e/common.yaml'}"),
		"/common.yaml":         "type: string\n",
		"/v1/elsewhere.yaml":   operationTo("{$ref: '" + other.URL + "/b.yaml'}"),
		"/v1/moved.yaml":       "-> api.yaml",
		"/moved":               "-> /v1/api.yaml",
		"/v1/away.yaml":        operationTo("{$ref: away/b.yaml}"),
		"/v1/away/b.yaml":      "-> " + other.URL + "/b.yaml",
		"/v1/file.yaml":        operationTo("{$ref: 'file:///etc/passwd'}"),
		"/v1/to-file.yaml":     operationTo("{$ref: passwd.yaml}"),
		"/v1/passwd.yaml":      "-> file:///etc/passwd",
		"/v1/circle.yaml":      "-> /v1/circle.yaml",
		"/v1/none.yaml":        operationTo("{$ref: nothing.yaml}"),
		"/v1/.hidden/api.yaml": operationTo("{$ref: a.go}"),
		"/v1/.hidden/a.go":     "type: string\n",
	})
	for _, test := range []struct {
		name, path, files, want string
		opts                    Options
	}{
		{"below the document", "/v1/api.yaml", "api.yaml owner.yaml s/pet a.yaml", "", Options{}},
		{"after a redirection", "/moved", "api.yaml owner.yaml s/pet a.yaml", "", Options{}},
		{"by an absolute path", "/v1/absolute.yaml", "", "", Options{}},
		{"with a query", "/v1/query.yaml", "", "", Options{}},
		{"above", "/v1/up.yaml", "", "leads out of the document's folder; allow it with --allow-refs-outside", Options{RefsRemote: true}},
		{"above, escaped", "/v1/escaped.yaml", "", "leads out of the document's folder; allow it with --allow-refs-outside", Options{}},
		{"above, allowed", "/v1/up.yaml", "", "", Options{RefsOutside: true}},
		{"another host", "/v1/elsewhere.yaml", "", "leads to the network; allow it with --allow-refs-remote", Options{RefsOutside: true}},
		{"another host, allowed", "/v1/elsewhere.yaml", "", "", Options{RefsRemote: true}},
		{"redirection to another host", "/v1/away.yaml", "", "which needs --allow-refs-remote", Options{}},
		{"redirection to another host, allowed", "/v1/away.yaml", "away.yaml away/b.yaml", "", Options{RefsRemote: true}},
		{"a local file", "/v1/file.yaml", "", "a document from the network cannot refer to files of this computer", Options{RefsOutside: true, RefsRemote: true}},
		{"redirection to a local file", "/v1/to-file.yaml", "", "it redirects from http to file", Options{RefsOutside: true, RefsRemote: true}},
		{"redirections without end", "/v1/circle.yaml", "", "it redirects more than five times", Options{}},
		{"nothing", "/v1/none.yaml", "", "leads to what cannot be read: the server answers 404 Not Found", Options{}},
		{"a name that is more", "/v1/.hidden/api.yaml", "", "", Options{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := Load(t.Context(), server.URL+test.path, test.opts)
			switch {
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Fatalf("got %v", err)
			case test.want == "" && err != nil:
				t.Fatal(err)
			case err != nil:
				return
			}
			if got := strings.Join(slices.Sorted(maps.Keys(doc.Files)), " "); got != test.files {
				t.Errorf("got the files %s", got)
			}
			if _, err := Parse("again.json", doc.Source, Options{}); test.files == "" && err != nil {
				t.Errorf("the bundle cannot be read: %v", err)
			}
		})
	}
}

// TestRemoteFromLocal shows that a local document may refer to the network where that is allowed, and
// that what it gets from there cannot read files of the computer.
func TestRemoteFromLocal(t *testing.T) {
	server := serve(t, map[string]string{
		"/a.yaml":   "properties: {b: {$ref: b.yaml}}\n",
		"/b.yaml":   "type: string\n",
		"/bad.yaml": "$ref: 'file:///etc/passwd'\n",
		"/abs.yaml": "$ref: /etc/passwd\n",
	})
	unpack(t, "-- api.yaml --\n"+operationTo("{$ref: '"+server.URL+"/a.yaml'}")+"-- bad.yaml --\n"+operationTo("{$ref: '"+server.URL+"/bad.yaml'}")+"-- abs.yaml --\n"+operationTo("{$ref: '"+server.URL+"/abs.yaml'}"))
	opts := Options{RefsOutside: true, RefsRemote: true}
	doc, err := Load(t.Context(), "api.yaml", opts)
	if err != nil || doc.Files != nil || doc.Position("/components/schemas/B").File != server.URL+"/b.yaml" {
		t.Errorf("got %v, %v", doc, err)
	}
	for file, want := range map[string]string{"bad.yaml": "cannot refer to files of this computer", "abs.yaml": "404 Not Found"} {
		if _, err := Load(t.Context(), file, opts); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v", err)
		}
	}
}

// TestNotFetched shows that nothing is read but schemas and their like: not what an example or a link
// names.
func TestNotFetched(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("%s was fetched", r.URL)
	}))
	t.Cleanup(server.Close)
	response := "{description: x, links: {a: {operationRef: 'BASE/api.yaml#/paths/~1b/get'}, b: {operationRef: 'none.yaml#/paths/~1b/get'}}, content: {a/json: {examples: {a: {externalValue: 'BASE/a.json'}, b: {externalValue: none.json}}}}}"
	unpack(t, "-- api.yaml --\n"+head31+operation("'200': "+strings.ReplaceAll(response, "BASE", server.URL), ""))
	doc, err := Load(t.Context(), "api.yaml", Options{RefsOutside: true, RefsRemote: true})
	if err != nil {
		t.Fatal(err)
	}
	if want := `api.yaml:7:41: links are described here and in 1 other place: "a", "b"; gen left them out: they tell clients what to do next`; doc.Warnings.Error() != want {
		t.Errorf("got %v", doc.Warnings)
	}
}

func TestTooManyFiles(t *testing.T) {
	var refs []string
	t.Chdir(t.TempDir())
	for i := range maxFiles {
		name := fmt.Sprintf("s%d.yaml", i)
		if err := os.WriteFile(name, []byte("type: string\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		refs = append(refs, "{$ref: "+name+"}")
	}
	if err := os.WriteFile("api.yaml", []byte(operationTo("{anyOf: ["+strings.Join(refs, ", ")+"]}")), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Load(t.Context(), "api.yaml", Options{})
	if want := `the reference "s1999.yaml" leads to one file more than the 2000 that gen reads; put files together`; err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got %v", err)
	}
}
