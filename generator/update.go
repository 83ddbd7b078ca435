package generator

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"

	"gen/generator/compile"
	"gen/generator/project"
	"gen/generator/reconcile"
	"gen/generator/spec"
)

// UpdateOptions say what to bring along, and how far that may go.
type UpdateOptions struct {
	// Dir is the project's folder, the working directory by default.
	Dir string
	// Spec is a document, a file or a URL, that takes the place of the project's. Default: its own.
	Spec string
	// Version is that of gen, "" for one that is no release.
	Version string
	// Plan only says what would be written.
	Plan bool
	// Force overwrites files of gen's that were edited; the edits are kept.
	Force bool
	// Restore are files of which what the author deleted comes back.
	Restore []string
	// NoVet does without the check whether the project will compile.
	NoVet bool
	// Reading says how the document is read.
	Reading spec.Options
	// Step hears of each part of the work as it begins; nil for nobody.
	Step func(name string)
}

// Update brings a project along with its document, or with another gen. Errors in the document are
// spec.Issues; errors match reconcile.ErrNoProject, ErrNewer, ErrEdited, ErrBusy or ErrReadOnly where that is
// the reason. With any error nothing is written.
func Update(ctx context.Context, o UpdateOptions) (UpdateReport, error) {
	if o.Dir == "" {
		o.Dir = "."
	}
	unlock, err := reconcile.Lock(o.Dir, o.Plan)
	if err != nil {
		return UpdateReport{}, err
	}
	defer unlock()
	recovered, err := finish(o)
	if err != nil {
		return UpdateReport{}, err
	}
	p, made, err := rebuild(ctx, o)
	if err != nil {
		return UpdateReport{}, err
	}
	tell(o.Step, "comparing with what is there")
	changes, err := p.Plan(made.files, made.state, reconcile.Options{Force: o.Force, Restore: o.Restore, Fixes: project.Fixes()})
	if err != nil {
		return UpdateReport{}, withLast(ctx, o.Dir, p, err)
	}
	r, err := updateReport(o, made, changes)
	if err != nil {
		return UpdateReport{}, err
	}
	r.Rows = rowsOf(ctx, o, p, made, changes.Writes())
	r.Recovered, r.From = recovered, olderRelease(p.Manifest.Gen, o.Version)
	if r.Drift && !o.Plan || p.Uncompiled() {
		if err := check(ctx, &r, o, made, changes); err != nil {
			return UpdateReport{}, err
		}
	}
	if len(changes.Writes()) == 0 || o.Plan {
		return r, nil
	}
	tell(o.Step, "writing")
	r.Written = true
	return r, changes.Write(ctx)
}

// Check says what Update would write, and writes nothing.
func Check(ctx context.Context, o UpdateOptions) (UpdateReport, error) {
	o.Plan = true
	return Update(ctx, o)
}

// handlersFolder is where a project has its handlers.
const handlersFolder = "internal/handlers"

// finish brings an update to its end that was interrupted.
func finish(o UpdateOptions) ([]string, error) {
	if !reconcile.Interrupted(o.Dir) {
		return nil, nil
	}
	if o.Plan {
		return nil, errors.New("an update was interrupted; gen update finishes it")
	}
	return reconcile.Recover(o.Dir)
}

// rebuild loads the project and makes what gen would write of it now.
func rebuild(ctx context.Context, o UpdateOptions) (*reconcile.Project, built, error) {
	p, err := reconcile.Load(o.Dir, o.Version)
	if err != nil {
		return nil, built{}, err
	}
	options := Options{Name: p.Manifest.Name, Module: p.Manifest.Module, Dir: o.Dir, Spec: o.Spec, Version: o.Version, Reading: o.Reading, Step: o.Step}
	if options.Spec == "" {
		options.Spec = filepath.Join(o.Dir, filepath.FromSlash(p.Manifest.Document.Path))
		options.own = p.Manifest.Document.Path
		if _, err := os.Stat(options.Spec); errors.Is(err, fs.ErrNotExist) {
			return nil, built{}, fmt.Errorf("%s is gone, the document of this project; put it back, or name another with --spec", options.Spec)
		}
	}
	if module := moduleOf(o.Dir); module != "" {
		options.Module = module
	}
	options.choices = filepath.Join(o.Dir, "gen.yaml")
	if options.deleted, err = p.Deleted(handlersFolder, o.Restore); err != nil {
		return nil, built{}, err
	}
	made, err := build(ctx, options)
	return p, made, err
}

// olderRelease is the release of gen that wrote a project, "" if that is not another one than this, or nobody knows.
func olderRelease(wrote, this string) string {
	if semver.IsValid(wrote) && semver.IsValid(this) && wrote != this {
		return wrote
	}
	return ""
}

// moduleOf is the module path of the project in dir, "" where its go.mod has none.
func moduleOf(dir string) string {
	data, err := os.ReadFile(filepath.Join(dir, "go.mod")) //nolint:gosec // the folder is the user's choice
	if err != nil {
		return ""
	}
	return modfile.ModulePath(data)
}

// check compiles the project as it is to be.
func check(ctx context.Context, r *UpdateReport, o UpdateOptions, made built, changes *reconcile.Changes) error {
	if o.NoVet {
		r.Unchecked = "--no-vet"
		return nil
	}
	tell(o.Step, "checking that it compiles")
	replaced := map[string][]byte{}
	for _, name := range changes.Writes() {
		data, err := changes.Data(name)
		if err != nil {
			return err
		}
		replaced[name] = data
	}
	found, err := compile.Check(ctx, o.Dir, replaced)
	if errors.Is(err, compile.ErrUnchecked) {
		r.Unchecked = strings.TrimPrefix(err.Error(), compile.ErrUnchecked.Error()+": ")
		return nil
	}
	if err != nil {
		return err
	}
	var lines []string
	for _, e := range found {
		r.Errors = append(r.Errors, CompileError{Error: e, Cause: made.cause(e, changes)})
		lines = append(lines, fmt.Sprintf("%s: %s", e.File, e.Text))
	}
	return changes.SetUncompiled(lines)
}

// Restorable are the files of the project in dir, the working directory by default, of which Update can bring back what
// was deleted. There are none where there is no project.
func Restorable(dir, version string) []string {
	p, err := reconcile.Load(cmp.Or(dir, "."), version)
	if err != nil {
		return nil
	}
	var paths []string
	for _, file := range p.Manifest.Files {
		if file.Class != project.Owned {
			paths = append(paths, file.Path)
		}
	}
	return paths
}
