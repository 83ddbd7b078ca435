package reconcile

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/project"
)

// TestSecurity updates a project, which a gen of some release wrote, to one with security fixes.
func TestSecurity(t *testing.T) {
	const web, store = "Anybody could read anything.", "A filter could be anything."
	fixes := []project.Fix{{Folder: "internal/web", Since: "v1.2.0", Text: web}, {Folder: "internal/store", Since: "v1.3.0", Text: store}}
	for _, test := range []struct {
		name, gen, mine string
		same            bool // gen writes what it wrote
		want            map[string]FileChange
	}{
		{name: "an older release", gen: "v1.1.9", want: map[string]FileChange{"internal/web/web.go": {Action: Updated, Security: web}, "internal/store/store.go": {Action: Updated, Security: store}}},
		{name: "between them", gen: "v1.2.0", want: map[string]FileChange{"internal/web/web.go": {Action: Updated}, "internal/store/store.go": {Action: Updated, Security: store}}},
		{name: "a newer one", gen: "v1.10.0", want: map[string]FileChange{"internal/web/web.go": {Action: Updated}, "internal/store/store.go": {Action: Updated}}},
		{name: "none at all", gen: "", want: map[string]FileChange{"internal/web/web.go": {Action: Updated, Security: web}, "internal/store/store.go": {Action: Updated, Security: store}}},
		{name: "the author changed the package", gen: "v1.1.0", mine: "package web // mine\n", want: map[string]FileChange{
			"internal/web/web.go": {Action: Conflict, Security: web, Offer: "internal/web/web.go.gen-new"}, "internal/store/store.go": {Action: Updated, Security: store},
		}},
		{name: "gen's is the same", gen: "v1.1.0", same: true, want: map[string]FileChange{"internal/web/web.go": {Action: Identical}, "internal/store/store.go": {Action: Identical}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := plannedWith(t, test.gen, test.mine, test.same, fixes)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
		})
	}
}

// plannedWith are the changes of two packages from one gen to the next. What the author made of one is mine.
func plannedWith(t *testing.T, gen, mine string, same bool, fixes []project.Fix) map[string]FileChange {
	t.Helper()
	outputs := func(remark string) []project.Output {
		return append(files(),
			project.Output{Path: "internal/store/store.go", Class: project.Package, Data: []byte("package store" + remark)},
			project.Output{Path: "internal/web/web.go", Class: project.Package, Data: []byte("package web" + remark)})
	}
	was, is, dir := state(), state(), filepath.Join(t.TempDir(), "shop")
	was.Gen, is.Gen = gen, "v1.10.0"
	if err := Create(t.Context(), dir, outputs("\n"), was); err != nil {
		t.Fatal(err)
	}
	if mine != "" {
		if err := os.WriteFile(filepath.Join(dir, "internal/web/web.go"), []byte(mine), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p, err := Load(dir, is.Gen)
	if err != nil {
		t.Fatal(err)
	}
	next := outputs(" // safe\n")
	if same {
		next = outputs("\n")
	}
	changes, err := p.Plan(next, is, Options{Fixes: fixes})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]FileChange{}
	for _, file := range changes.Files {
		if file.Class == project.Package {
			found[file.Path] = FileChange{Action: file.Action, Security: file.Security, Offer: file.Offer}
		}
	}
	return found
}
