package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestMain lets the stages run this program as they would the command.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && (os.Args[1] == generateCommand || os.Args[1] == measureCommand) {
		main()
		return
	}
	os.Exit(m.Run())
}

// TestTrip holds that the Go types of this project's own documents keep every value that their
// schemas allow.
func TestTrip(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles a project for each document")
	}
	var documents []document
	for _, dir := range []string{"specs", "specs/published", "templates/starter"} {
		found, err := find(filepath.Join("..", "..", filepath.FromSlash(dir)))
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, found...)
	}
	documents = append(documents, document{name: "garden", path: filepath.Join("..", "..", "specs", "published", "garden", "garden.yaml")})
	for _, d := range documents {
		t.Run(d.name, func(t *testing.T) {
			trial := &trial{document: d, dir: t.TempDir()}
			for _, stage := range []string{"load", "gen", "trip"} {
				trial.pass(t, stage)
			}
			for _, f := range trial.row.findings {
				t.Error(f)
			}
			if trial.row.values == 0 && len(trial.api.Types) > 0 {
				t.Error("no value was tried")
			}
		})
	}
}

// pass runs one of the stages.
func (r *trial) pass(t *testing.T, name string) {
	t.Helper()
	for _, stage := range stages {
		if stage.name != name {
			continue
		}
		if err := stage.run(r, t.Context()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// TestTripFindsLosses holds that a type which cannot keep its values is found out.
func TestTripFindsLosses(t *testing.T) {
	for _, test := range []struct{ sent, got, want string }{
		{`{"a":[1,{"b":null}]}`, `{"a":[1.0,{"b":null}]}`, ``},
		{`9007199254740993`, `9007199254740992`, `: 9007199254740993 became 9007199254740992`},
		{`19.99`, `19.989999771118164`, `: 19.99 became 19.989999771118164`},
		{`1e2`, `100`, ``},
		{`{"a":null}`, `{}`, `/a: null is lost`},
		{`{}`, `{"a/b":""}`, `/a~1b: "" came from nowhere`},
		{`{"a":[]}`, `{"a":null}`, `/a: [] became null`},
		{`[1,2]`, `[1]`, `: [1,2] became [1]`},
		{`"1"`, `1`, `: "1" became 1`},
		{`[[true]]`, `[[false]]`, `/0/0: true became false`},
	} {
		if got := difference(parsed(t, test.sent), parsed(t, test.got), ""); got != test.want {
			t.Errorf("%s and %s: %s", test.sent, test.got, got)
		}
	}
}

func parsed(t *testing.T, text string) any {
	t.Helper()
	path := filepath.Join(t.TempDir(), "value")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := openJSON(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var v any
	if err := file.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}
