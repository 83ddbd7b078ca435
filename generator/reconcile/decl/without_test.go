package decl

import (
	"fmt"
	"testing"
)

// TestWithout says what of gen's version the author's, which stays, goes without.
func TestWithout(t *testing.T) {
	const base = "return h.posts.Insert(ctx, api.Post{Title: req.Body.Title})"
	for name, c := range map[string]struct{ ours, theirs, want string }{
		"a property":          {"return h.posts.Insert(clock(ctx), api.Post{Title: req.Body.Title})", "return h.posts.Insert(ctx, api.Post{Title: req.Body.Title, Stars: stars})", ", without Stars"},
		"one that ours has":   {"p := api.Post{Stars: 5}\n\treturn h.posts.Insert(ctx, p)", "return h.posts.Insert(ctx, api.Post{Title: req.Body.Title, Stars: stars})", ""},
		"one that is read":    {"return mine(ctx)", "return h.posts.Insert(ctx, api.Post{Title: or(req.Body.Heading)})", ", without Heading"},
		"a function":          {"return mine(ctx)", "auth.Own(ctx)\n\tauth.Own(ctx)\n\treturn h.posts.Insert(ctx, api.Post{Title: req.Body.Title})", ", without auth.Own"},
		"a value":             {"return mine(ctx)", "return made(h.posts.Insert(ctx, api.Post{Title: req.Body.Title}), api.Draft)", ""},
		"many":                {"return mine(ctx)", "return api.Post{A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, G: 7}", ", without A, B, C, D, E and 2 more"},
		"nothing that is new": {"return mine(ctx)", "return api.Post{}", ""},
	} {
		t.Run(name, func(t *testing.T) {
			file := func(body string) map[string]string {
				return map[string]string{"posts.go": fmt.Sprintf("package handlers\n\nimport (\n\t\"example.com/board/api\"\n\t\"example.com/board/internal/auth\"\n)\n\n"+
					"func (h *Posts) CreatePost(ctx context.Context, req api.CreatePostRequestObject) (any, error) {\n\t%s\n}\n", body)}
			}
			changes := Merge(input(file(base), file(c.ours), file(c.theirs)))["posts.go"].Changes
			if len(changes) != 1 || changes[0].Action != Conflict || changes[0].Reason != "you and gen changed it; yours stays"+c.want {
				t.Errorf("got %+v, want %q", changes, c.want)
			}
		})
	}
}
