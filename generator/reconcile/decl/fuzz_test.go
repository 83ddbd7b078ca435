package decl

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzSource merges whatever looks like Go, and what does not. It never panics; what gen does not change
// stays as it is, and so does what cannot be parsed; what can be parsed before can be after.
func FuzzSource(f *testing.F) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		f.Fatal(err)
	}
	for _, name := range cases {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		versions := map[string]string{}
		for _, file := range txtar.Parse(data).Files {
			version, _, _ := strings.Cut(file.Name, "/")
			versions[version] = string(file.Data)
		}
		f.Add(versions["base"], versions["ours"], versions["theirs"])
	}
	f.Fuzz(func(t *testing.T, base, ours, theirs string) {
		file := func(text string) map[string]string { return map[string]string{"posts.go": text} }
		if same, _ := merged(input(file(base), file(ours), file(base))); same["posts.go"] != ours {
			t.Errorf("gen writes what it wrote, and ours becomes %q", same["posts.go"])
		}
		got, _ := merged(input(file(base), file(ours), file(theirs)))
		switch {
		case isBroken(theirs):
		case isBroken(ours):
			if got["posts.go"] != ours {
				t.Errorf("what cannot be parsed becomes %q", got["posts.go"])
			}
		case got["posts.go"] != "" && isBroken(got["posts.go"]):
			t.Errorf("this cannot be parsed:\n%s", got["posts.go"])
		}
	})
}

func isBroken(text string) bool { return parse(sources(map[string]string{"": text})).files[0].broken }
