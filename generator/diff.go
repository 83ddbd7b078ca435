package generator

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"gen/generator/change"
	"gen/generator/reconcile"
	"gen/generator/render"
	"gen/generator/spec"
	"gen/generator/use"
)

// DiffOptions say what to compare.
type DiffOptions struct {
	// Dir is the project's folder. Default: the working directory.
	Dir string
	// Spec is the new document, a file or a URL. Default: the project's own, as it is now.
	Spec string
	// Reading says how the new document is read.
	Reading spec.Options
}

// Diff says what changed between the document that a project was built from and a new one, and where the
// author's code uses what changed. It writes nothing. Errors in the documents are spec.Issues;
// reconcile.ErrNoProject is matched where the folder holds no project.
func Diff(ctx context.Context, o DiffOptions) (DiffReport, error) {
	if o.Dir == "" {
		o.Dir = "."
	}
	manifest, err := reconcile.ReadManifest(o.Dir)
	if err != nil {
		return DiffReport{}, err
	}
	own := filepath.Join(o.Dir, filepath.FromSlash(manifest.Document.Path))
	if o.Spec == "" {
		o.Spec = own
	}
	from, choices := reconcile.BasePath(o.Dir, manifest.Document.Path), reconcile.BasePath(o.Dir, "gen.yaml")
	if !isFile(from) {
		return DiffReport{}, fmt.Errorf("%s is missing, the document that the project was built from; restore it from version control", from)
	}
	was, err := side(ctx, Options{Spec: from, Reading: spec.Options{RefsRemote: true}}, choices)
	if err != nil {
		return DiffReport{}, err
	}
	is, err := side(ctx, Options{Spec: o.Spec, Reading: o.Reading}, filepath.Join(o.Dir, "gen.yaml"))
	if err != nil {
		return DiffReport{}, err
	}
	changes, err := change.Between(was, is)
	if err != nil {
		return DiffReport{}, err
	}
	affected := affectedBy(changes, was, is)
	uses, err := use.Find(o.Dir, manifest.Module, slices.Collect(maps.Keys(affected)))
	if err != nil {
		return DiffReport{}, fmt.Errorf("reading the code in %s: %w", o.Dir, err)
	}
	return diffReport(own, o.Spec, changes, was, is, joinUses(affected, uses)), nil
}

// side understands one of the documents and renders its package api.
func side(ctx context.Context, o Options, choices string) (change.Side, error) {
	if !isFile(choices) {
		choices = ""
	}
	u, err := understandWith(ctx, o, choices)
	if err != nil {
		return change.Side{}, err
	}
	code, err := render.API(u.api, u.doc.JSON)
	return change.Side{Document: u.doc, API: u.api, Code: code}, err
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
