package generator

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUpdateSaysWhatDoesNotCompile takes a property away that the author's code uses: it is written all the
// same, with the place in the code and in the document.
func TestUpdateSaysWhatDoesNotCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles a project")
	}
	dir := filepath.Join(t.TempDir(), "board")
	if err := os.CopyFS(dir, os.DirFS("../generated/board")); err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(dir, "internal/handlers/mine.go")
	if err := os.WriteFile(mine, []byte("package handlers\n\nimport \"example.com/board/api\"\n\nfunc about(user api.User) *string { return user.About }\n\nvar _ = about\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	document := filepath.Join(dir, "openapi.yaml")
	data, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	without := strings.ReplaceAll(string(data), "        about: { type: string, maxLength: 500 }\n", "")
	if err := os.WriteFile(document, []byte(without), 0o644); err != nil {
		t.Fatal(err)
	}
	report, err := Update(t.Context(), UpdateOptions{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Errors) != 1 || !report.Written || !report.Unsettled() {
		t.Fatalf("written %t, errors %v, %s", report.Written, report.Errors, report.Unchecked)
	}
	e := report.Errors[0]
	if e.File != "internal/handlers/mine.go" || e.Line != 5 || !strings.Contains(e.Text, "About") {
		t.Errorf("the error is at %s:%d: %s", e.File, e.Line, e.Text)
	}
	line := 1 + strings.Count(without[:strings.Index(without, "\n    User:\n")+1], "\n")
	if !strings.Contains(e.Cause, fmt.Sprintf("openapi.yaml:%d:", line)) {
		t.Errorf("it is said to come of %s, want line %d", e.Cause, line)
	}
}
