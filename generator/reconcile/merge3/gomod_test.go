package merge3_test

import (
	"strings"
	"testing"

	"gen/generator/reconcile/merge3"
)

const base = `module example.com/shop

go 1.26.0

require (
	example.com/a v1.0.0
	example.com/b v1.0.0
)

require example.com/c v1.0.0 // indirect
`

// with is the base with each pair of strings replaced.
func with(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(base) }

func TestGoMod(t *testing.T) {
	for _, test := range []struct{ name, ours, theirs, merged string }{
		{"nothing changed", base, base, base},
		{"only the author", with("b v1.0.0", "b v1.0.0 // kept"), base, with("b v1.0.0", "b v1.0.0 // kept")},
		{"only gen", base, with("b v1.0.0", "b v1.2.0"), with("b v1.0.0", "b v1.2.0")},
		{"gen's version is higher", with("a v1.0.0", "a v1.1.0"), with("a v1.0.0", "a v1.10.0"), with("a v1.0.0", "a v1.10.0")},
		{"the author's is higher", with("a v1.0.0", "a v1.10.0"), with("a v1.0.0", "a v1.9.0"), with("a v1.0.0", "a v1.10.0")},
		{
			"a version that the author lowered stays until gen moves it", with("a v1.0.0", "a v0.9.0"), with("b v1.0.0", "b v1.2.0"),
			with("a v1.0.0", "a v0.9.0", "b v1.0.0", "b v1.2.0"),
		},
		{
			"both add", with("example.com/b v1.0.0", "example.com/b v1.0.0\n\texample.com/x v1.0.0"), with("example.com/b v1.0.0", "example.com/b v1.0.0\n\texample.com/d v1.0.0"),
			with("example.com/b v1.0.0", "example.com/b v1.0.0\n\texample.com/d v1.0.0\n\texample.com/x v1.0.0"),
		},
		{
			"gen dropped one that nobody touched", with("a v1.0.0", "a v1.1.0"), with("\texample.com/b v1.0.0\n", ""),
			with("(\n\texample.com/a v1.0.0\n\texample.com/b v1.0.0\n)", "example.com/a v1.1.0"),
		},
		{"gen dropped one that the author moved", with("b v1.0.0", "b v1.3.0"), with("\texample.com/b v1.0.0\n", ""), with("b v1.0.0", "b v1.3.0")},
		{"what the author removed stays removed", with("\texample.com/b v1.0.0\n", ""), with("a v1.0.0", "a v1.1.0", "b v1.0.0", "b v1.1.0"), with("(\n\texample.com/a v1.0.0\n\texample.com/b v1.0.0\n)", "example.com/a v1.1.0")},
		{
			"all else is the author's", "// About it.\n" + with("go 1.26.0", "go 1.26.0\n\ntoolchain go1.26.3", "b v1.0.0", "b v1.0.0 // pinned") + "\nreplace example.com/b => ../b\n\nexclude example.com/a v1.5.0\n",
			with("a v1.0.0", "a v1.1.0"),
			"// About it.\n" + with("go 1.26.0", "go 1.26.0\n\ntoolchain go1.26.3", "b v1.0.0", "b v1.0.0 // pinned", "a v1.0.0", "a v1.1.0") + "\nreplace example.com/b => ../b\n\nexclude example.com/a v1.5.0\n",
		},
		{"gen raised Go", with("a v1.0.0", "a v1.1.0"), with("1.26.0", "1.27.0"), with("a v1.0.0", "a v1.1.0", "1.26.0", "1.27.0")},
		{"the author's Go is higher", with("1.26.0", "1.28"), with("1.26.0", "1.27.0"), with("1.26.0", "1.28")},
		{
			"an indirect requirement that gen uses now", with("a v1.0.0", "a v1.1.0"), with("example.com/b v1.0.0\n", "example.com/b v1.0.0\n\texample.com/c v1.0.0\n", "\nrequire example.com/c v1.0.0 // indirect\n", ""),
			with("a v1.0.0", "a v1.1.0", " // indirect", ""),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			merged, err := merge3.GoMod([]byte(base), []byte(test.ours), []byte(test.theirs))
			if err != nil || string(merged) != test.merged {
				t.Errorf("got %v\n%s\nwant\n%s", err, merged, test.merged)
			}
		})
	}
}

func TestGoModNamesWhatItCannotParse(t *testing.T) {
	broken, other := base+"require (\n", with("a v1.0.0", "a v1.1.0")
	for name, files := range map[string][3]string{
		"the go.mod that gen wrote last:": {broken, base, other},
		" go.mod:":                        {base, broken, other},
		"the go.mod of gen:":              {base, other, broken},
	} {
		merged, err := merge3.GoMod([]byte(files[0]), []byte(files[1]), []byte(files[2]))
		if merged != nil || err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %q and %v, want an error about %q", merged, err, name)
		}
	}
}

func TestGoSum(t *testing.T) {
	ours := "example.com/a v1.9.0 h1:x=\nexample.com/a v1.9.0/go.mod h1:y=\r\nexample.com/own v1.0.0/go.mod h1:z="
	theirs := "example.com/a v1.10.0/go.mod h1:v=\nexample.com/a v1.10.0 h1:w=\nexample.com/a v1.9.0 h1:x=\n"
	want := "example.com/a v1.9.0 h1:x=\nexample.com/a v1.9.0/go.mod h1:y=\nexample.com/a v1.10.0 h1:w=\nexample.com/a v1.10.0/go.mod h1:v=\nexample.com/own v1.0.0/go.mod h1:z=\n"
	if got := string(merge3.GoSum([]byte(ours), []byte(theirs))); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := merge3.GoSum(nil, nil); len(got) > 0 {
		t.Errorf("got %q, want nothing", got)
	}
}
