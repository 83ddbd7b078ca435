package spec

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "board.yaml")
	if err := os.WriteFile(file, []byte(board), 0o600); err != nil {
		t.Fatal(err)
	}
	doc, err := Load(context.Background(), file, Options{})
	if err != nil || doc.Name != "board.yaml" || string(doc.Source) != board || doc.Position("/info").File != file {
		t.Errorf("got %v, %v", doc, err)
	}
	for location, want := range map[string]string{
		filepath.Join(dir, "none.yaml"): "/none.yaml: there is no such file; check the path",
		dir:                             ": this is a directory; name the OpenAPI document in it",
	} {
		if _, err := Load(context.Background(), location, Options{}); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// TestOverlay reads a document of two files of which the disk has others, or none.
func TestOverlay(t *testing.T) {
	dir := t.TempDir()
	root, part := filepath.Join(dir, "shop.yaml"), filepath.Join(dir, "hello.yaml")
	if err := os.WriteFile(root, []byte("<<<<<<< HEAD\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var opened []string
	doc, err := Load(t.Context(), root, Options{
		Overlay: map[string][]byte{
			root: []byte("openapi: 3.0.3\ninfo: { title: Shop, version: 1.0.0 }\npaths:\n  /hello: { $ref: hello.yaml }\n"),
			part: []byte("get: { responses: { \"204\": { description: Hello. } } }\n"),
		},
		Opened: func(path string) { opened = append(opened, path) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if at := doc.Position("/paths/~1hello/get").String(); at != part+":1:1" {
		t.Errorf("the operation is at %s", at)
	}
	if !slices.Equal(opened, []string{part}) {
		t.Errorf("%v were opened", opened)
	}
}

func TestLoadURL(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/board.yaml" {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(board))
	}))
	defer server.Close()
	doc, err := Load(context.Background(), server.URL+"/v1/board.yaml?raw=1", Options{})
	if err != nil || doc.Name != "board.yaml" {
		t.Errorf("got %v, %v", doc, err)
	}
	_, err = Load(context.Background(), server.URL+"/none", Options{})
	if want := ": the server answers 404 Not Found; check the URL, or download the document and name the file"; err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got %v", err)
	}
	server.Close()
	if _, err = Load(context.Background(), server.URL, Options{}); err == nil || !strings.Contains(err.Error(), "it cannot be fetched: connection refused") {
		t.Errorf("got %v", err)
	}
}
