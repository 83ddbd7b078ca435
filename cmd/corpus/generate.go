package main

import (
	"context"

	"gen/generator"
)

// generateCommand makes this program write one project, so that its memory can be told from that of
// others.
const generateCommand = "generate"

// All projects have one name and one module path, so that the packages which no document changes are
// compiled once.
const (
	projectName   = "server"
	projectModule = "example.com/server"
)

func generate(ctx context.Context, document, dir string) error {
	_, err := generator.New(ctx, generator.Options{Name: projectName, Module: projectModule, Spec: document, Dir: dir})
	return err
}
