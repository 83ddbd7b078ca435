package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator"
	"gen/generator/reconcile"
)

// TestPrintRelease prints an update to a newer gen: it says where to read what is new.
func TestPrintRelease(t *testing.T) {
	for _, written := range []bool{true, false} {
		var out strings.Builder
		report := generator.UpdateReport{Dir: ".", Drift: true, Written: written, Gen: "v1.3.0", From: "v1.2.0"}
		if err := printUpdate(&out, report, !written); err != nil {
			t.Fatal(err)
		}
		const want = "\ngen v1.2.0 wrote this project, this is v1.3.0: gen's CHANGELOG.md says what is new, from [1.3.0] down to [1.2.0].\n"
		if !strings.Contains(out.String(), want) {
			t.Errorf("it says %s", &out)
		}
	}
}

// TestPrintSecurity prints an update with security fixes: they come first, each once.
func TestPrintSecurity(t *testing.T) {
	const text = "Anybody could read anything."
	report := generator.UpdateReport{Dir: ".", Drift: true, Written: true, Files: []reconcile.FileChange{
		{Path: "internal/store/list.go", Action: reconcile.Updated, Reason: "gen's changed", Security: "A filter could be anything."},
		{Path: "internal/web/body.go", Action: reconcile.Conflict, Reason: "you changed its package", Offer: "internal/web/body.go.gen-new", Security: text},
		{Path: "internal/web/mine.go", Action: reconcile.Kept, Reason: "it is yours"},
		{Path: "internal/web/path.go", Action: reconcile.Conflict, Reason: "you changed its package", Offer: "internal/web/path.go.gen-new", Security: text},
	}, Writes: []string{"internal/store/list.go", "internal/web/body.go.gen-new", "internal/web/path.go.gen-new"}}
	const want = `security: internal/store: A filter could be anything.
security: internal/web: Anybody could read anything. You changed this package: take the fix over from body.go.gen-new, path.go.gen-new.

update    internal/store/list.go  gen's changed
conflict  internal/web/body.go    you changed its package
kept      internal/web/mine.go    it is yours
conflict  internal/web/path.go    you changed its package
`
	for name, write := range map[string]func(*strings.Builder) error{
		"update": func(w *strings.Builder) error { return printUpdate(w, report, false) },
		"check":  func(w *strings.Builder) error { return printCheck(w, report) },
	} {
		var out strings.Builder
		if err := write(&out); err != nil {
			t.Fatal(err)
		}
		got, _, _ := strings.Cut(out.String(), "\nThe project is not")
		got, written, _ := strings.Cut(got, "\nWritten:\n")
		if tree := "  internal/store/  list.go\n  internal/web/    body.go.gen-new path.go.gen-new\n"; name == "update" && !strings.HasPrefix(written, tree) {
			t.Errorf("%s shows as written:\n%s", name, written)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
