package generator

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"gen/generator/reconcile"
	"gen/generator/spec"
)

// lastOptions are those that the project in dir was last built with: its document and choices are what gen
// remembers of them.
func lastOptions(dir string, p *reconcile.Project) (Options, error) {
	path := func(file string) string { return filepath.Join(dir, filepath.FromSlash(reconcile.BasePath(file))) }
	base, document := p.Base(), p.Manifest.Document.Path
	if base[document] == nil {
		return Options{}, fmt.Errorf("%s is missing, the document that the project was built from; take it from version control", path(document))
	}
	overlay := map[string][]byte{}
	for file, data := range base {
		at, err := filepath.Abs(path(file))
		if err != nil {
			return Options{}, err
		}
		overlay[at] = data
	}
	return Options{
		Name: p.Manifest.Name, Module: p.Manifest.Module, Dir: dir, Spec: path(document),
		Reading: spec.Options{RefsRemote: true, Overlay: overlay}, choices: path("gen.yaml"), own: document,
	}, nil
}

// withLast adds to an error about files of gen's that were edited what gen last wrote of them, where this
// gen still writes the same.
func withLast(ctx context.Context, dir string, p *reconcile.Project, err error) error {
	var edited *reconcile.EditedError
	if !errors.As(err, &edited) {
		return err
	}
	o, failed := lastOptions(dir, p)
	if failed != nil {
		return err
	}
	made, failed := build(ctx, o)
	if failed != nil {
		return err
	}
	written := map[string][]byte{}
	for _, file := range made.files {
		written[file.Path] = file.Data
	}
	for i, file := range edited.Files {
		if data := written[file.Path]; p.Wrote(file.Path, data) {
			edited.Files[i].Last = data
		}
	}
	return err
}
