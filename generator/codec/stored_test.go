package codec_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gen/generator/spec"
)

// rows is a test of package api that reads random rows as they are stored, and as encoding/json does.
const rows = `package api

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
)

func rows[T any](t *testing.T, read func(*T, string) bool) {
	t.Helper()
	random, whole := filler{rand.New(rand.NewPCG(1, 2))}, 0
	for range 100 {
		var value T
		random.fill(reflect.ValueOf(&value).Elem(), 6)
		data, err := json.Marshal(value)
		if err != nil {
			continue
		}
		if same(t, read, data) {
			whole++
		}
		same(t, read, append([]byte(` + "`" + `{"a stranger":[1,{"x":null}],` + "`" + `), data[1:]...))
		if cut := random.IntN(len(data)); data[0] == '{' && read(new(T), string(data[:cut])) {
			t.Errorf("%T: %s is whole", value, data[:cut])
		}
	}
	if whole < 20 {
		t.Errorf("%T: only %d rows were read without encoding/json", *new(T), whole)
	}
}

// same says that a row was read, and holds what was read against encoding/json.
func same[T any](t *testing.T, read func(*T, string) bool, data []byte) bool {
	t.Helper()
	var got, want T
	if !read(&got, string(data)) {
		return false
	}
	if err := json.Unmarshal(data, &want); err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%T (%v):\n%s\n got %+v\nwant %+v", got, err, data, got, want)
	}
	return true
}
`

var storedMethods = regexp.MustCompile(`func \(v \*(\w+)\) ReadStored`)

// TestStoredRowsAgree holds what reads the rows of every document's resources against encoding/json.
func TestStoredRowsAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles packages")
	}
	fill, err := os.ReadFile("testdata/fill_test.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []made
	for _, file := range documents(t) {
		doc, err := spec.Load(t.Context(), file, spec.Options{})
		if err != nil {
			t.Fatal(err)
		}
		m := makeAPI(t, strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), doc)
		var stored strings.Builder
		for _, f := range m.decoders.Stored {
			stored.WriteString(f.Source + "\n")
		}
		types := storedMethods.FindAllStringSubmatch(stored.String(), -1)
		if len(types) == 0 {
			continue
		}
		test := rows
		for _, name := range types {
			test += fmt.Sprintf("\nfunc TestRowsOf%s(t *testing.T) { rows(t, (*%[1]s).ReadStored) }\n", name[1])
		}
		m.files["fill_test.go"], m.files["rows_test.go"] = fill, []byte(test)
		if m.files["stored.gen.go"], err = goFile(stored.String()); err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	if len(all) < 8 {
		t.Errorf("only %d documents store anything", len(all))
	}
	runGo(t, all, "test", "./...")
}
