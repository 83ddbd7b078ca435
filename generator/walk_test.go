package generator

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/reconcile"
)

// step is a change of the document, of the author's code, or both. Each edit is a file, what it has and
// what it gets instead.
type step struct {
	name     string
	document []string
	code     [][3]string
	// unsettled says that the update leaves an orphan.
	unsettled bool
	compile   bool
}

const walkTags = `  /labels:
    get:
      operationId: listLabels
      responses:
        "200":
          description: All.
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Label" } } } }
    post:
      operationId: createLabel
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/Label" } } }
      responses:
        "201":
          description: New.
          content: { application/json: { schema: { $ref: "#/components/schemas/Label" } } }
  /posts:
`

const walkArchive = `  /posts/{postId}/archive:
    parameters:
      - $ref: "#/components/parameters/postId"
    post:
      operationId: archivePost
      responses:
        "204": { description: Gone. }
  /posts/{postId}/comments:
`

const walkPublish = `  /posts/{postId}/publish:
    parameters:
      - $ref: "#/components/parameters/postId"
    post:
      operationId: publishPost
`

// walk is the life of a project. What its author writes at one step is there at the last.
var walk = []step{
	{name: "an operation comes", document: []string{"  /posts/{postId}/comments:\n", walkArchive}},
	{name: "the author writes an action", code: [][3]string{{
		"internal/handlers/posts.go",
		"(_ context.Context, _ api.PublishPostRequestObject) (api.PublishPostResponseObject, error) {\n\treturn nil, web.NotImplemented(\"publishPost\")\n",
		"(ctx context.Context, req api.PublishPostRequestObject) (api.PublishPostResponseObject, error) {\n\trow, err := h.posts.Update(ctx, req.PostID, web.IfMatch(ctx), published)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn api.PublishPost200JSONResponse{Body: row.Value}, nil\n",
	}, {
		"internal/handlers/publish.go", "",
		"package handlers\n\nimport \"example.com/board/api\"\n\nfunc published(post *api.Post) error {\n\tpost.Status = api.PostStatusPublished\n\treturn nil\n}\n",
	}}},
	{name: "a resource comes", document: []string{"  /posts:\n", walkTags, "  schemas:\n    Cursor:", "  schemas:\n    Label: { type: object, required: [name], properties: { name: { type: string } } }\n    Cursor:"}},
	{name: "the author adds to the wiring", compile: true, code: [][3]string{
		{"internal/handlers/handlers.go", "\tComments\n}", "\tComments\n\n\tmailer *mailer\n}"},
		{"internal/handlers/mailer.go", "", "package handlers\n\ntype mailer struct{}\n\nfunc (h *Handlers) mail() *mailer { return h.mailer }\n\nvar _ = (*Handlers).mail\n"},
	}},
	{name: "an operation is renamed", document: []string{"operationId: getPost\n", "operationId: readPost\n"}},
	{name: "the author tests it", code: [][3]string{{
		"internal/handlers/read_test.go", "",
		"package handlers\n\nimport (\n\t\"testing\"\n\n\tcontract \"example.com/board/api\"\n)\n\nfunc TestNothing(t *testing.T) {\n\tvar h stub\n\tif _, err := h.ReadPost(t.Context(), contract.ReadPostRequestObject{}); err == nil {\n\t\tt.Error(\"there is a post\")\n\t}\n}\n\ntype stub struct{ contract.UnimplementedPosts }\n",
	}}},
	{name: "a property comes", document: []string{"        rating: { $ref: \"#/components/schemas/Rating\" }\n        createdAt", "        rating: { $ref: \"#/components/schemas/Rating\" }\n        pinned: { type: boolean }\n        createdAt", "          default: draft\n", "          default: draft\n        pinned: { type: boolean }\n"}},
	{name: "the author logs", code: [][3]string{
		{"internal/handlers/comments.go", "\trow, err := h.comments.Under(req.PostID).Insert(", "\tlog.Print(\"a comment\")\n\trow, err := h.comments.Under(req.PostID).Insert("},
		{"internal/handlers/comments.go", "\t\"fmt\"\n", "\t\"fmt\"\n\t\"log\"\n"},
	}},
	{name: "an operation goes", document: []string{walkArchive, "  /posts/{postId}/comments:\n"}},
	{name: "one goes that the author has written", unsettled: true, compile: true, document: []string{walkPublish, strings.NewReplacer("/publish", "/show", "publishPost", "showPost").Replace(walkPublish), "      operationId: logOut\n", "      operationId: leave\n"}},
	{name: "it comes back", document: []string{strings.NewReplacer("/publish", "/show", "publishPost", "showPost").Replace(walkPublish), walkPublish}},
	{name: "a parameter comes", document: []string{"          schema: { type: integer, minimum: 0, default: 0 }\n", "          schema: { type: integer, minimum: 0, default: 0 }\n        - { name: authorId, in: query, schema: { type: integer, format: int64 } }\n"}},
	{name: "a value of an enum comes", document: []string{"enum: [draft, published]", "enum: [draft, published, hidden]"}},
	{name: "the author writes a paragraph", code: [][3]string{
		{"Makefile", "\ntest:\n", "\n# Look around.\nlook:\n\tls\n\ntest:\n"},
		{"cmd/board/main.go", "\tdb, err := store.Open(", "\tfmt.Fprintln(stdout, \"hello\")\n\tdb, err := store.Open("},
	}},
	{name: "a scheme comes", document: []string{"  securitySchemes:\n", "  securitySchemes:\n    robot: { type: http, scheme: bearer }\n"}},
	{name: "words change", document: []string{"summary: Show a draft to everybody", "summary: Show a draft to all"}},
	{name: "a response comes", document: []string{"        \"204\":\n          description: Gone.\n        \"401\": { $ref: \"#/components/responses/Unauthorized\" }\n        \"403\": { $ref: \"#/components/responses/Forbidden\" }\n        \"404\": { $ref: \"#/components/responses/NotFound\" }\n\ncomponents:", "        \"204\":\n          description: Gone.\n        \"401\": { $ref: \"#/components/responses/Unauthorized\" }\n        \"403\": { $ref: \"#/components/responses/Forbidden\" }\n        \"404\": { $ref: \"#/components/responses/NotFound\" }\n        \"409\": { $ref: \"#/components/responses/Conflict\" }\n\ncomponents:"}},
	{name: "the one that was renamed is renamed again", document: []string{"operationId: readPost\n", "operationId: showPost\n"}},
	{name: "a list is renamed", document: []string{"operationId: listLabels\n", "operationId: labels\n"}},
	{name: "a resource goes", document: []string{strings.Replace(walkTags, "listLabels", "labels", 1), "  /posts:\n"}, compile: true},
}

// TestWalk takes a project through its life. At the end it is what a new one of the last document is
// when the author writes the same into it at once.
func TestWalk(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles projects")
	}
	dir, document := filepath.Join(t.TempDir(), "board"), filepath.Join(t.TempDir(), "board.yaml")
	copyFile(t, boardSpec, document)
	copyFile(t, "../specs/board.gen.yaml", strings.TrimSuffix(document, ".yaml")+".gen.yaml")
	if _, err := New(t.Context(), Options{Name: "board", Spec: document, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	for _, s := range walk {
		for pair := range slices.Chunk(s.document, 2) {
			rewrite(t, filepath.Join(dir, "openapi.yaml"), pair[0], pair[1])
		}
		edit(t, dir, s)
		report, err := Update(t.Context(), UpdateOptions{Dir: dir, NoVet: !s.compile})
		if err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		if report.Unsettled() != s.unsettled || len(report.Errors) > 0 || report.Unchecked != "" && s.compile {
			conflicts := slices.DeleteFunc(report.Files, func(f reconcile.FileChange) bool { return f.Action != reconcile.Conflict })
			t.Fatalf("%s: conflicts %+v, orphans %v, errors %v %s", s.name, conflicts, report.Orphans, report.Errors, report.Unchecked)
		}
		if again, err := Check(t.Context(), UpdateOptions{Dir: dir}); err != nil || again.Drift {
			t.Fatalf("%s: there is more to write: %v", s.name, err)
		}
	}
	test := exec.CommandContext(t.Context(), "go", "test", "./internal/handlers")
	test.Dir = dir
	if output, err := test.CombinedOutput(); err != nil {
		t.Errorf("its tests: %v\n%s", err, output)
	}
	copyFile(t, filepath.Join(dir, "openapi.yaml"), document)
	byHand := filepath.Join(t.TempDir(), "board")
	if _, err := New(t.Context(), Options{Name: "board", Spec: document, Dir: byHand}); err != nil {
		t.Fatal(err)
	}
	for _, s := range walk {
		edit(t, byHand, s)
	}
	rewrite(t, filepath.Join(byHand, "internal/handlers/read_test.go"), "h.ReadPost", "h.ShowPost")
	rewrite(t, filepath.Join(byHand, "internal/handlers/read_test.go"), "contract.ReadPost", "contract.ShowPost")
	if diff := cmp.Diff(contents(t, byHand), contents(t, dir)); diff != "" {
		t.Errorf("by hand one would have written (-hand +gen):\n%s", diff)
	}
}

// edit makes the author's edits of a step.
func edit(t *testing.T, dir string, s step) {
	t.Helper()
	for _, e := range s.code {
		rewrite(t, filepath.Join(dir, e[0]), e[1], e[2])
	}
}

// rewrite puts one text in place of another, or writes a new file.
func rewrite(t *testing.T, file, from, to string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if from != "" && (err != nil || strings.Count(string(data), from) != 1) {
		t.Fatalf("%s has %q %d times: %v", file, from, strings.Count(string(data), from), err)
	}
	if from != "" {
		to = strings.Replace(string(data), from, to, 1)
	}
	if err := os.WriteFile(file, []byte(to), 0o644); err != nil {
		t.Fatal(err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// contents are the files of a project, the base's included.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	if err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(files, func(name, _ string) bool { return strings.HasSuffix(name, ".db") })
	return files
}
