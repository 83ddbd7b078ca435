package generator

import (
	"context"
	"path"
	"path/filepath"
	"slices"

	"gen/generator/project"
	"gen/generator/reconcile"
)

// Watched is a project that is updated again and again.
type Watched struct {
	// Name is the project's name.
	Name string
	// Document is its document, or the file that takes its place.
	Document string
	choices  string
	o        UpdateOptions
	// parts are the files that the document refers to, those that are not there too, and the code that an
	// update waits for.
	parts []string
}

// Watch makes ready to update a project. Its errors match reconcile.ErrNoProject or ErrNewer where that is
// the reason.
func Watch(o UpdateOptions) (*Watched, error) {
	p, err := reconcile.Load(o.Dir, o.Version)
	if err != nil {
		return nil, err
	}
	w := &Watched{Name: p.Manifest.Name, Document: o.Spec, choices: filepath.Join(o.Dir, "gen.yaml"), o: o}
	if w.Document == "" {
		w.Document = filepath.Join(o.Dir, filepath.FromSlash(p.Manifest.Document.Path))
	}
	return w, nil
}

// Update is as the function Update.
func (w *Watched) Update(ctx context.Context) (UpdateReport, error) {
	o, before := w.o, w.parts
	w.parts = nil
	o.Reading.Opened = func(path string) { w.parts = append(w.parts, path) }
	report, err := Update(ctx, o)
	if err != nil { // nobody knows how far it came
		w.parts = append(w.parts, before...)
	}
	w.parts = append(w.parts, waitsFor(o.Dir, report)...)
	slices.Sort(w.parts)
	w.parts = slices.Compact(w.parts)
	return report, err
}

// waitsFor is the code of packages that an update left alone because some of it cannot be parsed.
func waitsFor(dir string, r UpdateReport) []string {
	var code []string
	for _, file := range r.Files {
		if file.Action == reconcile.Conflict && file.Class == project.Merged && len(file.Declarations) == 0 {
			files, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(path.Dir(file.Path)), "*.go")) // the pattern is right
			code = append(code, files...)
		}
	}
	return code
}

// Files are what the last update depends on: all files of the document, the choices, and code that it waits
// for.
func (w *Watched) Files() []string {
	return append([]string{w.Document, w.choices}, w.parts...)
}
