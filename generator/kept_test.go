package generator

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKeptCodeCompiles takes a resource out of the document whose code the author has changed or uses:
// what stays compiles.
func TestKeptCodeCompiles(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles projects")
	}
	for _, test := range []struct {
		name  string
		edits [][3]string // a file, what it has, and what it gets instead
		kept  string
		table bool // where it keeps things stays too
	}{
		{
			name: "an edited method", kept: "func (h *Comments) GetComment(",
			edits: [][3]string{{"comments.go", "// GetComment handles GET /posts/{postId}/comments/{commentId}.\n", "// GetComment is mine.\n"}},
		},
		{
			name: "an edited method that calls others, and packages by other names", kept: "func (h *Comments) GetComment(",
			edits: [][3]string{
				{"comments.go", "req api.GetCommentRequestObject) (api.GetCommentResponseObject, error) {\n", "req api.GetCommentRequestObject) (api.GetCommentResponseObject, error) {\n\t_, _ = h.ListComments(ctx, api.ListCommentsRequestObject{})\n\t_ = links.Values{strconv.Itoa(1): {}}\n"},
				{"comments.go", "\t\"net/url\"\n", "\tlinks \"net/url\"\n"},
				{"comments.go", "url.Values{\"offset\"", "links.Values{\"offset\""},
			},
		},
		{
			name: "a constructor that a test of the author's calls", kept: "func newComments(", table: true,
			edits: [][3]string{{"mine_test.go", "", "package handlers\n\nimport \"testing\"\n\nfunc TestMine(t *testing.T) {\n\th := newComments(nil)\n\t_ = h.comments\n\t_ = h.DeleteComment\n}\n"}},
		},
		{
			name: "an untouched method that a test calls on the whole", kept: "func newComments(", table: true,
			edits: [][3]string{{"mine_test.go", "", "package handlers_test\n\nimport (\n\t\"testing\"\n\n\t\"example.com/board/internal/handlers\"\n)\n\nfunc TestMine(t *testing.T) {\n\th := handlers.New(nil, nil)\n\t_ = h.DeleteComment\n}\n"}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := boardWith(t, test.edits)
			withoutComments(t, dir)
			report, err := Update(t.Context(), UpdateOptions{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			if len(report.Errors) > 0 || report.Unchecked != "" || len(report.Orphans) == 0 {
				t.Errorf("errors %v, orphans %v, %s", report.Errors, report.Orphans, report.Unchecked)
			}
			if code := string(read(t, filepath.Join(dir, "internal/handlers/comments.go"))); !strings.Contains(code, test.kept) {
				t.Errorf("%s is gone from\n%s", test.kept, code)
			}
			tables := string(read(t, filepath.Join(dir, "internal/schema/sqlite.sql")))
			if strings.Contains(tables, "NOT EXISTS comments") != test.table {
				t.Errorf("tables:\n%s", tables)
			}
		})
	}
}

// boardWith is a copy of the reference server with edits of its handlers. An edit of nothing makes a file.
func boardWith(t *testing.T, edits [][3]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "board")
	if err := os.CopyFS(dir, os.DirFS("../generated/board")); err != nil {
		t.Fatal(err)
	}
	for _, edit := range edits {
		name := filepath.Join(dir, "internal/handlers", edit[0])
		text := ""
		if edit[1] != "" {
			text = string(read(t, name))
			if !strings.Contains(text, edit[1]) {
				t.Fatalf("%s has no %q", name, edit[1])
			}
		}
		write(t, name, []byte(strings.Replace(text, edit[1], edit[2], 1)))
	}
	return dir
}

// withoutComments takes the resource comments out of a board's document and choices.
func withoutComments(t *testing.T, dir string) {
	t.Helper()
	document, choices := filepath.Join(dir, "openapi.yaml"), filepath.Join(dir, "gen.yaml")
	before, rest, ok := strings.Cut(string(read(t, document)), "  /posts/{postId}/comments:\n")
	_, after, more := strings.Cut(rest, "\ncomponents:\n")
	if !ok || !more {
		t.Fatal("the document has no comments")
	}
	write(t, document, []byte(before+"\ncomponents:\n"+after))
	write(t, choices, []byte(strings.ReplaceAll(string(read(t, choices)), "  comments:\n    owner: authorId\n", "")))
}
