package generator

import (
	"cmp"
	"context"
	"fmt"
	"maps"
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

// Diff says what changed between the document that a project was built from and a new one, where the
// author's code uses what changed, and what an update would leave to the author. It writes nothing. Errors
// in the documents are spec.Issues; errors match reconcile.ErrNoProject, ErrNewer or ErrBusy where that is
// the reason.
func Diff(ctx context.Context, o DiffOptions) (DiffReport, error) {
	update := UpdateOptions{Dir: cmp.Or(o.Dir, "."), Spec: o.Spec, Version: o.Version, Plan: true, Reading: o.Reading}
	unlock, err := reconcile.Lock(update.Dir, update.Plan)
	if err != nil {
		return DiffReport{}, err
	}
	defer unlock()
	if _, err := finish(update); err != nil {
		return DiffReport{}, err
	}
	p, made, err := rebuild(ctx, update)
	if err != nil {
		return DiffReport{}, err
	}
	last, err := lastOptions(update.Dir, p)
	if err != nil {
		return DiffReport{}, err
	}
	before, err := understand(ctx, last)
	if err != nil {
		return DiffReport{}, err
	}
	return compared(update, p, before, made)
}

// compared joins what changed in a document with what an update would do.
func compared(o UpdateOptions, p *reconcile.Project, before understood, made built) (DiffReport, error) {
	was, err := side(before)
	if err != nil {
		return DiffReport{}, err
	}
	is, err := side(made.understood)
	if err != nil {
		return DiffReport{}, err
	}
	changes, err := change.Between(was, is)
	if err != nil {
		return DiffReport{}, err
	}
	affected := affectedBy(changes, was, is)
	written := p.Base()
	for name, data := range was.Code {
		written["api/"+name] = data
	}
	uses, err := use.Find(o.Dir, made.state.Module, written, slices.Collect(maps.Keys(affected)))
	if err != nil {
		return DiffReport{}, fmt.Errorf("reading the code in %s: %w", o.Dir, err)
	}
	plan, err := p.Plan(made.files, made.state, reconcile.Options{Preview: true})
	if err != nil {
		return DiffReport{}, err
	}
	r := diffReport(changes, was, is)
	r.From = filepath.Join(o.Dir, filepath.FromSlash(p.Manifest.Document.Path))
	r.To = cmp.Or(o.Spec, r.From)
	r.Code = joinUses(affected, uses)
	r.Rows = rowChanges(was.API, is.API)
	r.Left = joinLeft(r.Code, leftBy(plan))
	r.Places = placesOf(r.Code) + len(r.Left)
	return r, nil
}

// side renders package api of one of the documents.
func side(u understood) (change.Side, error) {
	code, err := render.API(u.api, u.doc)
	return change.Side{Document: u.doc, API: u.api, Code: code}, err
}
