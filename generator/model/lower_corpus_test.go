package model

import (
	"context"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"testing"

	"gen/generator/spec"
)

// TestCorpus lowers every document in the folder $CORPUS.
func TestCorpus(t *testing.T) {
	folder := os.Getenv("CORPUS")
	if folder == "" {
		t.Skip("CORPUS names no folder of documents")
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if ext := filepath.Ext(file.Name()); ext != ".yaml" && ext != ".json" {
			continue
		}
		t.Run(file.Name(), func(t *testing.T) {
			doc, err := spec.Load(context.Background(), filepath.Join(folder, file.Name()), spec.Options{})
			if err != nil {
				t.Fatal(err)
			}
			api, err := Lower(doc)
			if err != nil {
				t.Fatal(err)
			}
			checkNames(t, api)
		})
	}
}

// checkNames holds that all names of package api are Go names and differ.
func checkNames(t *testing.T, api *API) {
	t.Helper()
	seen := map[string]string{}
	check := func(name, what string) {
		if !token.IsIdentifier(name) || !token.IsExported(name) {
			t.Errorf("%s is called %q", what, name)
		}
		if other, ok := seen[name]; ok {
			t.Errorf("%s and %s are both called %s", other, what, name)
		}
		seen[name] = what
	}
	for _, typ := range api.Types {
		check(typ.Name, typ.Pointer)
		for _, value := range typ.Enum {
			check(value.GoName, fmt.Sprint(typ.Pointer, " ", value.Value))
		}
		fields := map[string]bool{}
		for _, f := range typ.Fields {
			if fields[f.GoName] || !token.IsExported(f.GoName) {
				t.Errorf("%s has the field %s twice, or not exported", typ.Name, f.GoName)
			}
			fields[f.GoName] = true
		}
	}
	for _, op := range api.Operations {
		check(op.GoName+"RequestObject", op.Pointer)
		for _, res := range op.Responses {
			check(res.GoName, op.Pointer+" "+res.Status)
		}
	}
}
