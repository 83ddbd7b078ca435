package rename

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNames(t *testing.T) {
	const before = "package api\ntype (\n\tGetPostParams struct{}\n\tGetPostsParams struct{}\n\tGetPostage struct{}\n\tReadPostParams struct{}\n)\n"
	for _, test := range []struct {
		name, after string
		renamed     []Operation
		want        map[string]string
	}{
		{
			"what is another operation's stays", "package api\ntype FetchPostParams struct{}\ntype FetchPostsParams struct{}\n",
			[]Operation{{Old: "GetPost", New: "FetchPost"}}, map[string]string{"GetPostParams": "FetchPostParams"},
		},
		{
			"what has no counterpart stays", "package api\n",
			[]Operation{{Old: "GetPost", New: "FetchPost"}}, map[string]string{},
		},
		{
			"two that change places", before, []Operation{{Old: "GetPost", New: "ReadPost"}, {Old: "ReadPost", New: "GetPost"}},
			map[string]string{"GetPostParams": "ReadPostParams", "ReadPostParams": "GetPostParams"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := func(text string) map[string][]byte { return map[string][]byte{"api/types.gen.go": []byte(text)} }
			got := Names(file(before), file(test.after), test.renamed, []string{"GetPost", "GetPosts", "ReadPost"})
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("names (-want +got):\n%s", diff)
			}
		})
	}
}

// TestApply renames what the names stand for, not what looks like them.
func TestApply(t *testing.T) {
	p := Project{
		Module:     "example.com/board",
		Operations: []Operation{{Old: "GetPost", New: "ReadPost", OldID: "get-post", NewID: "read-post"}},
		Names:      map[string]string{"GetPostRequestObject": "ReadPostRequestObject"},
		Files: map[string][]byte{
			"api/server.gen.go": []byte("package api\n\ntype GetPostRequestObject struct{}\n"),
			"internal/handlers/posts.go": []byte(`package handlers

import (
	"net/http"
	"sync/atomic"

	contract "example.com/board/api"
)

type Posts struct{ client client }

// GetPost handles it. GetPosts does not.
func (h *Posts) GetPost(req contract.GetPostRequestObject) {
	var last atomic.Pointer[contract.GetPostRequestObject]
	_ = http.Header{contract.GetPostRequestObject{}: nil}
	contract := struct{ GetPostRequestObject int }{}
	h.client.GetPost(contract.GetPostRequestObject)
	h.GetPost(req) // GetPost
	web.NotImplemented("get-post")
	web.NotImplemented("get-posts")
}

type client struct{}

func (client) GetPost(int) {}
`),
			"broken.go": []byte("package main\n\nfunc GetPost( {"),
		},
	}
	want := `package handlers

import (
	"net/http"
	"sync/atomic"

	contract "example.com/board/api"
)

type Posts struct{ client client }

// ReadPost handles it. GetPosts does not.
func (h *Posts) ReadPost(req contract.ReadPostRequestObject) {
	var last atomic.Pointer[contract.ReadPostRequestObject]
	_ = http.Header{contract.ReadPostRequestObject{}: nil}
	contract := struct{ GetPostRequestObject int }{}
	h.client.GetPost(contract.GetPostRequestObject)
	h.ReadPost(req) // GetPost
	web.NotImplemented("read-post")
	web.NotImplemented("get-posts")
}

type client struct{}

func (client) GetPost(int) {}
`
	got := p.Apply()
	if len(got) != 1 {
		t.Errorf("%d files change", len(got))
	}
	if diff := cmp.Diff(want, string(got["internal/handlers/posts.go"])); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
