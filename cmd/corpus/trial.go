package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"gen/generator/model"
	"gen/generator/spec"
)

// trial is one document on its way through the stages.
type trial struct {
	document
	// dir is a folder of its own for the project, its program and its data.
	dir    string
	doc    *spec.Document
	api    *model.API
	server *server
	row    row
}

// stages are what each document passes through. The first that fails is the last.
var stages = []struct {
	name string
	run  func(*trial, context.Context) error
}{
	{"load", (*trial).load},
	{"gen", (*trial).generate},
	{"build", (*trial).build},
	{"vet", (*trial).vet},
	{"trip", (*trial).trip},
	{"start", (*trial).start},
	{"walk", (*trial).walk},
}

// try takes a document through the stages.
func try(ctx context.Context, d document) row {
	t := &trial{document: d, row: row{document: d}}
	dir, err := os.MkdirTemp("", "corpus-")
	if err != nil {
		t.row.failed, t.row.err = "load", err
		return t.row
	}
	t.dir = dir
	defer func() { _ = os.RemoveAll(dir) }()
	defer t.stop()
	for _, stage := range stages {
		start := time.Now()
		err := guarded(func() error { return stage.run(t, ctx) })
		t.row.took = append(t.row.took, time.Since(start))
		if err != nil {
			t.row.failed, t.row.err = stage.name, err
			break
		}
	}
	return t.row
}

// guarded makes an error of a panic: one document must not end the trial of others.
func guarded(do func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	return do()
}

func (t *trial) load(ctx context.Context) error {
	doc, err := spec.Load(ctx, t.path, spec.Options{})
	if err != nil {
		return err
	}
	api, err := model.New(doc, model.Overrides{})
	if err != nil {
		return err
	}
	t.doc, t.api = doc, api
	t.row.warnings = len(doc.Warnings) + len(api.Warnings)
	t.row.operations = len(api.Operations)
	return nil
}

func (t *trial) project() string { return filepath.Join(t.dir, "project") }
func (t *trial) program() string { return filepath.Join(t.dir, "program") }

func (t *trial) generate(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	document, err := filepath.Abs(t.path)
	if err != nil {
		return err
	}
	t.row.genMemory, err = t.command(ctx, t.dir, self, generateCommand, document, t.project())
	return err
}

func (t *trial) build(ctx context.Context) (err error) {
	// Without -trimpath the folder is a part of what is compiled, and nothing is found in the cache.
	t.row.buildMemory, err = t.command(ctx, t.project(), "go", "build", "-trimpath", "-o", t.program(), "./cmd/"+projectName)
	return err
}

func (t *trial) vet(ctx context.Context) error {
	_, err := t.command(ctx, t.project(), "go", "vet", "-trimpath", "./...")
	return err
}
