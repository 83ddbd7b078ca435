package generator

import (
	"cmp"
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
	// Version is that of gen, "" for one that is no release.
	Version string
	// Reading says how the new document is read.
	Reading spec.Options
}

// Diff says what changed between the document that a project was built from and a new one, and where the
// author's code uses what changed. It writes nothing. Errors in the documents are spec.Issues; errors
// match reconcile.ErrNoProject or ErrNewer where that is the reason.
func Diff(ctx context.Context, o DiffOptions) (DiffReport, error) {
	if o.Dir == "" {
		o.Dir = "."
	}
	p, err := reconcile.Load(o.Dir, o.Version)
	if err != nil {
		return DiffReport{}, err
	}
	own := filepath.Join(o.Dir, filepath.FromSlash(p.Manifest.Document.Path))
	if o.Spec == "" {
		o.Spec = own
	}
	was, err := builtSide(ctx, o.Dir, p)
	if err != nil {
		return DiffReport{}, err
	}
	is, err := side(ctx, Options{Spec: o.Spec, Reading: o.Reading, choices: filepath.Join(o.Dir, "gen.yaml")})
	if err != nil {
		return DiffReport{}, err
	}
	changes, err := change.Between(was, is)
	if err != nil {
		return DiffReport{}, err
	}
	affected := affectedBy(changes, was, is)
	module := cmp.Or(moduleOf(o.Dir), p.Manifest.Module)
	uses, err := use.Find(o.Dir, module, slices.Collect(maps.Keys(affected)))
	if err != nil {
		return DiffReport{}, fmt.Errorf("reading the code in %s: %w", o.Dir, err)
	}
	return diffReport(own, o.Spec, changes, was, is, joinUses(affected, uses)), nil
}

// builtSide is the document that the project was built from, with the choices of then.
func builtSide(ctx context.Context, dir string, p *reconcile.Project) (change.Side, error) {
	document, choices := p.BasePath(p.Manifest.Document.Path), p.BasePath("gen.yaml")
	if shown, err := filepath.Rel(p.Dir, document); err == nil {
		document = filepath.Join(dir, shown)
	}
	if info, err := os.Stat(document); err != nil || !info.Mode().IsRegular() {
		return change.Side{}, fmt.Errorf("%s is missing, the document that the project was built from; take it from version control", document)
	}
	return side(ctx, Options{Spec: document, Reading: spec.Options{RefsRemote: true}, choices: choices})
}

// side understands one of the documents and renders its package api.
func side(ctx context.Context, o Options) (change.Side, error) {
	u, err := understand(ctx, o)
	if err != nil {
		return change.Side{}, err
	}
	code, err := render.API(u.api, u.doc.JSON)
	return change.Side{Document: u.doc, API: u.api, Code: code}, err
}
