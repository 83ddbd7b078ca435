package project

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/model"
)

func TestCheckName(t *testing.T) {
	tests := []struct{ name, suggestion string }{
		{"shop", ""},
		{"my-shop2", ""},
		{"My Shop", "my-shop"},
		{"2fa", "fa"},
		{"shop_api", "shop-api"},
		{"../etc", "etc"},
		{"", "server"},
		{"가게", "server"},
		{"vendor", "vendor-server"},
		{"testdata", "testdata-server"},
	}
	for _, test := range tests {
		err := CheckName(test.name)
		switch {
		case test.suggestion == "" && err != nil:
			t.Errorf("%q is refused: %v", test.name, err)
		case test.suggestion != "" && err == nil:
			t.Errorf("%q is accepted", test.name)
		case err != nil && !strings.HasSuffix(err.Error(), `"`+test.suggestion+`"`):
			t.Errorf("%q: the suggestion is not %q: %v", test.name, test.suggestion, err)
		}
	}
}

func TestCheckModule(t *testing.T) {
	for _, path := range []string{"example.com/shop", "github.com/me/shop/v2", "git.example.org/a-b.c"} {
		if err := CheckModule(path); err != nil {
			t.Errorf("%s is refused: %v", path, err)
		}
	}
	for _, path := range []string{"", "shop", "net/http", "example.com/", "example.com/a b", "/abs", "example.com/../x", `example.com/"x`} {
		if CheckModule(path) == nil {
			t.Errorf("%q is accepted", path)
		}
	}
}

func TestFileNames(t *testing.T) {
	tests := []struct{ resources, handlers, server []string }{
		{
			[]string{"posts", "post_comments"},
			[]string{"posts", "post_comments"},
			[]string{"server_posts.gen.go", "server_post_comments.gen.go"},
		},
		{
			[]string{"API Keys", "../secrets", "api-keys"},
			[]string{"api_keys", "secrets", "api_keys2"},
			[]string{"server_api_keys.gen.go", "server_secrets.gen.go", "server_api_keys2.gen.go"},
		},
		{
			[]string{"release_linux", "load_test", "linux"},
			[]string{"release_linux_resource", "load_test_resource", "linux"},
			[]string{"server_release_linux_resource.gen.go", "server_load_test_resource.gen.go", "server_linux_resource.gen.go"},
		},
		{[]string{"handlers"}, []string{"handlers_resource"}, []string{"server_handlers.gen.go"}},
		{[]string{"제품", "상품"}, []string{"resource", "resource2"}, []string{"server_resource.gen.go", "server_resource2.gen.go"}},
	}
	for _, test := range tests {
		var resources []*model.Resource
		for _, name := range test.resources {
			resources = append(resources, &model.Resource{Name: name})
		}
		if diff := cmp.Diff(test.handlers, handlerFiles(resources)); diff != "" {
			t.Errorf("files of handlers of %q (-want +got):\n%s", test.resources, diff)
		}
		if diff := cmp.Diff(test.server, ServerFiles(resources)); diff != "" {
			t.Errorf("files of the server of %q (-want +got):\n%s", test.resources, diff)
		}
	}
}

func TestPlanHasAFileForEachResource(t *testing.T) {
	posts, users := &model.Resource{Name: "posts"}, &model.Resource{Name: "users"}
	got := map[string]string{}
	for _, file := range Plan(&model.API{Resources: []*model.Resource{posts, users}}, Options{Name: "board"}) {
		if file.Resource != nil {
			got[file.Path] = file.Resource.Name
		}
	}
	want := map[string]string{
		"internal/handlers/posts.go":      "posts",
		"internal/handlers/posts_test.go": "posts",
		"internal/handlers/users.go":      "users",
		"internal/handlers/users_test.go": "users",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files of resources (-want +got):\n%s", diff)
	}
}

func TestPlanKnowsTheDocumentAndTheName(t *testing.T) {
	paths := map[string]bool{}
	for _, file := range Plan(&model.API{}, Options{Name: "board", JSON: true}) {
		paths[file.Path] = true
	}
	if !paths["openapi.json"] || paths["openapi.yaml"] {
		t.Errorf("a JSON document is not planned as openapi.json: %v", paths)
	}
	if !paths["gen.yaml"] {
		t.Errorf("gen.yaml is not planned: %v", paths)
	}
	if !paths["cmd/board/"] {
		t.Errorf("the program is not planned at cmd/board: %v", paths)
	}
}

func TestPlanKeepsResourceTemplatesOutOfTrees(t *testing.T) {
	for _, file := range Plan(&model.API{}, Options{Name: "board"}) {
		if file.Path != "internal/handlers/" {
			continue
		}
		want := []string{"internal/handlers/resource.go.tmpl", "internal/handlers/resource_test.go.tmpl"}
		if diff := cmp.Diff(want, file.Except); diff != "" {
			t.Errorf("exceptions (-want +got):\n%s", diff)
		}
		return
	}
	t.Error("internal/handlers/ is not planned")
}
