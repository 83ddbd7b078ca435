package gotype_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/codec/gotype"
)

const source = `package api

import "time"

// Post defines model for Post.
type Post struct {
	ID int64 ` + "`json:\"id\"`" + `

	// Rating From 0 to 5.
	Rating nullable.Nullable[Rating] ` + "`json:\"rating,omitempty\"`" + `
	Tags   Tags                      ` + "`json:\"tags,omitzero\"`" + `
	Hidden string                    ` + "`json:\"-\"`" + `
	Dash   *string                   ` + "`json:\"-,\"`" + `
	Quoted any                       ` + "`json:\"a\\\"b\"`" + `
	Bare, Twice time.Time
	private     int
}

type Rating = float64
type Score = Rating
type Tags []string
type Status string
type Open struct {
	AdditionalProperties map[string]*[]Post ` + "`json:\"-\"`" + `
}
type Pet struct {
	Name  string ` + "`json:\"name\"`" + `
	union json.RawMessage
}
type Odd struct {
	Post
	More int
}

func (t Pet) MarshalJSON() ([]byte, error) { return nil, nil }
func (t *Pet) UnmarshalJSON(data []byte) error { return nil }
func (t *Open) UnmarshalJSON(data []byte) error { return nil }
func MarshalJSON() {}
`

func parse(t *testing.T) *gotype.Package {
	t.Helper()
	p, err := gotype.Parse([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// describe is a type in one line.
func describe(t *gotype.Type) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%d %s", t.Kind, t.Name)
	for _, f := range t.Fields {
		fmt.Fprintf(&out, " %s=%s:%d", f.GoName, f.Name, f.Type.Kind)
		if f.OmitEmpty {
			out.WriteString("?")
		}
		if f.OmitZero {
			out.WriteString("0")
		}
	}
	if t.Elem != nil {
		out.WriteString(" of " + describe(t.Elem))
	}
	if t.Extra != nil {
		out.WriteString(" extra " + describe(t.Extra))
	}
	if t.Union {
		out.WriteString(" union")
	}
	return out.String()
}

func TestParse(t *testing.T) {
	p := parse(t)
	want := map[string]string{
		"Post": fmt.Sprintf("%d  ID=id:%d Rating=rating:%d? Tags=tags:%d0 Dash=-:%d Quoted=Quoted:%d Bare=Bare:%d Twice=Twice:%d",
			gotype.Struct, gotype.Int, gotype.Nullable, gotype.Named, gotype.Pointer, gotype.Any, gotype.Time, gotype.Time),
		"Rating": fmt.Sprintf("%d float64", gotype.Float),
		"Score":  fmt.Sprintf("%d Rating", gotype.Named),
		"Tags":   fmt.Sprintf("%d []string of %d string", gotype.Slice, gotype.String),
		"Status": fmt.Sprintf("%d string", gotype.String),
		"Open":   fmt.Sprintf("%d  extra %d *[]Post of %d []Post of %d Post", gotype.Struct, gotype.Pointer, gotype.Slice, gotype.Named),
		"Pet":    fmt.Sprintf("%d  Name=name:%d union", gotype.Struct, gotype.String),
		"Odd":    fmt.Sprintf("%d struct{Post; More int}", gotype.Other),
	}
	got := map[string]string{}
	for _, d := range p.Decls {
		got[d.Name] = describe(d.Type)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("declarations (-want +got):\n%s", diff)
	}
}

func TestParseMethods(t *testing.T) {
	p := parse(t)
	for name, want := range map[string][2]bool{"Pet": {true, true}, "Open": {false, true}, "Post": {}} {
		if d := p.Lookup(name); [2]bool{d.Marshals, d.Unmarshals} != want {
			t.Errorf("%s marshals %t, unmarshals %t", name, d.Marshals, d.Unmarshals)
		}
	}
	if d := p.Lookup("Nobody"); d != nil {
		t.Errorf("found %s", d.Name)
	}
}

func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		"package api\ntype Post":                         "types.gen.go:2:10: expected type",
		"package api\ntype Post int\ntype Post struct{}": "types.gen.go:3:6: the type Post is declared twice",
	} {
		if _, err := gotype.Parse([]byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := parse(t).Type("[]"); err == nil {
		t.Error("took [] for a type")
	}
}

func TestType(t *testing.T) {
	p := parse(t)
	for _, test := range []struct {
		expr       string
		base       gotype.Kind
		definition string
		hasNil     bool
	}{
		{"Score", gotype.Float, "", false},
		{"Tags", gotype.Slice, "Tags", true},
		{"Status", gotype.String, "Status", false},
		{"(Post)", gotype.Struct, "Post", false},
		{"*Post", gotype.Pointer, "", true},
		{"[]byte", gotype.Bytes, "", true},
		{"[16]byte", gotype.Other, "", false},
		{"any", gotype.Any, "", true},
		{"interface{}", gotype.Any, "", true},
		{"interface{ Read() }", gotype.Other, "", false},
		{"map[Status]int", gotype.Map, "", true},
		{"map[int]int", gotype.Other, "", false},
		{"uint8", gotype.Uint, "", false},
		{"int32", gotype.Int, "", false},
		{"bool", gotype.Bool, "", false},
		{"nullable.Nullable[Post]", gotype.Nullable, "", true},
		{"other.Nullable[Post]", gotype.Other, "", false},
		{"json.RawMessage", gotype.Raw, "", true},
		{"openapi_types.Date", gotype.Date, "", false},
		{"openapi_types.UUID", gotype.UUID, "", false},
		{"openapi_types.Email", gotype.Email, "", false},
		{"openapi_types.File", gotype.File, "", false},
		{"io.Reader", gotype.Other, "", false},
		{"Missing", gotype.Other, "", false},
	} {
		typ, err := p.Type(test.expr)
		if err != nil {
			t.Errorf("%s: %v", test.expr, err)
			continue
		}
		definition := ""
		if d := typ.Definition(); d != nil {
			definition = d.Name
		}
		if base := typ.Base().Kind; base != test.base || definition != test.definition || typ.HasNil() != test.hasNil {
			t.Errorf("%s is of kind %d, defined as %q, with nil: %t", test.expr, base, definition, typ.HasNil())
		}
	}
}

func TestField(t *testing.T) {
	p := parse(t)
	post, err := p.Type("Post")
	if err != nil {
		t.Fatal(err)
	}
	if f := post.Field("tags"); f == nil || f.GoName != "Tags" {
		t.Errorf("the field of tags is %v", f)
	}
	if f := post.Field("Hidden"); f != nil {
		t.Errorf("a field that JSON does not have is %v", f)
	}
}

// TestParseBoard holds that nothing of the reference server's types is unknown.
func TestParseBoard(t *testing.T) {
	data, err := os.ReadFile(filepath.FromSlash("../../../generated/board/api/types.gen.go"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := gotype.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range p.Decls {
		for t2 := d.Type.Base(); t2 != nil; t2 = t2.Elem {
			if t2.Kind == gotype.Other {
				t.Errorf("%s holds the unknown type %s", d.Name, t2.Name)
			}
		}
	}
}
