// Package generator turns an OpenAPI document into a Go server project.
//
// Its functions are the whole pipeline: load the document, understand it, plan the project, render it
// in memory, and only then bring it to disk.
package generator

import (
	"context"
	"maps"
	"path/filepath"
	"slices"

	"gen/generator/model"
	"gen/generator/project"
	"gen/generator/reconcile"
	"gen/generator/render"
	"gen/templates"
)

// New writes a new project to a folder that is absent or empty. Errors in the document are
// spec.Issues, all of them at once; with any error nothing is written.
func New(ctx context.Context, o Options) (Report, error) {
	o, err := o.complete()
	if err != nil {
		return Report{}, err
	}
	if err := reconcile.CheckEmpty(o.Dir); err != nil {
		return Report{}, err
	}
	made, err := build(ctx, o)
	if err != nil {
		return Report{}, err
	}
	tell(o.Step, "writing "+filepath.ToSlash(o.Dir))
	if err := reconcile.Create(ctx, o.Dir, made.files, made.state); err != nil {
		return Report{}, err
	}
	return newReport(o, made), nil
}

// Inspect says how gen understands a document, and writes nothing.
func Inspect(ctx context.Context, o Options) (Report, error) {
	u, err := understand(ctx, o)
	if err != nil {
		return Report{}, err
	}
	left, err := render.Uncompiled(u.api, u.doc)
	if err != nil {
		return Report{}, err
	}
	r := inspectReport(u)
	for i, op := range u.api.Operations {
		r.Operations[i].Uncompiled = describeUncompiled(op, left)
	}
	return r, nil
}

// Compare says how the project in a folder differs from what New would write there.
func Compare(ctx context.Context, o Options) ([]reconcile.Drift, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	made, err := build(ctx, o)
	if err != nil {
		return nil, err
	}
	return reconcile.Compare(o.Dir, made.files, made.state)
}

// built is a project in memory.
type built struct {
	understood
	files []project.Output
	state reconcile.State
}

func build(ctx context.Context, o Options) (built, error) {
	u, err := understand(ctx, o)
	if err != nil {
		return built{}, err
	}
	tell(o.Step, "rendering")
	root, parts := o.documentFiles(u.doc)
	options := project.Options{
		Name: o.Name, JSON: u.doc.IsJSON, Choices: u.choices != nil,
		Root: root, Files: slices.Sorted(maps.Keys(parts)),
	}
	files, err := render.Files(render.Source{
		Project:   render.Project{Name: o.Name, Module: o.Module, Document: options.DocumentPath(), API: u.api, Deleted: o.deleted},
		Plan:      project.Plan(u.api, options),
		Templates: templates.Project(),
		Document:  u.doc.Source,
		Files:     parts,
		Choices:   u.choices,
		Code:      func(api *model.API) (map[string][]byte, error) { return render.API(api, u.doc) },
	})
	if err != nil {
		return built{}, err
	}
	state := reconcile.State{Gen: o.Version, Name: o.Name, Module: o.Module, Document: options.DocumentPath()}
	for _, op := range u.api.Operations {
		state.Operations = append(state.Operations, reconcile.Operation{Method: op.Method, Path: op.Path, ID: op.ID, GoName: op.GoName})
	}
	return built{u, files, state}, nil
}
