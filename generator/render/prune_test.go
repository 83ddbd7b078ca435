package render

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/project"
)

const values = `package handlers

import (
	"slices"
	"strings"

	"example.com/board/api"
)

// or is what the client sent, or else fallback.
func or(s string) string { return strings.ToLower(s) }

// sorted calls its neighbour.
func sorted(s []string) api.Tags { slices.Sort(s); return s }

// unused is called by nobody.
func unused() {}
`

func TestPrune(t *testing.T) {
	for name, test := range map[string]struct{ caller, want string }{
		"nothing":               {"func f() {}", ""},
		"a method of that name": {"func f(x thing) { x.or() }", ""},
		"one": {"var x = or(\"A\")", `package handlers

import (
	"strings"
)

// or is what the client sent, or else fallback.
func or(s string) string { return strings.ToLower(s) }
`},
		"all that are called": {"var x, y = sorted(nil), or(\"A\")", `package handlers

import (
	"slices"
	"strings"

	"example.com/board/api"
)

// or is what the client sent, or else fallback.
func or(s string) string { return strings.ToLower(s) }

// sorted calls its neighbour.
func sorted(s []string) api.Tags { slices.Sort(s); return s }
`},
	} {
		t.Run(name, func(t *testing.T) {
			files, err := prune([]project.Output{
				{Path: "internal/handlers/posts.go", Data: []byte("package handlers\n\n" + test.caller + "\n")},
				{Path: pruned, Data: []byte(values)},
				{Path: "internal/web/other.go", Data: []byte("package web\n\nvar x = unused()\n")},
			})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, f := range files {
				if f.Path == pruned {
					got = string(f.Data)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
