package generator

import (
	"path/filepath"
	"slices"
	"strings"

	"gen/generator/reconcile"
)

// Watched is what an update of a project depends on.
type Watched struct {
	// Name is the project's name.
	Name string
	// Document is its document, or the file that takes its place.
	Document string
	choices  string
}

// Watch says what an update of a project depends on. Its errors match reconcile.ErrNoProject or ErrNewer
// where that is the reason.
func Watch(o UpdateOptions) (Watched, error) {
	p, err := reconcile.Load(o.Dir, o.Version)
	if err != nil {
		return Watched{}, err
	}
	w := Watched{Name: p.Manifest.Name, Document: o.Spec, choices: filepath.Join(o.Dir, "gen.yaml")}
	if w.Document == "" {
		w.Document = filepath.Join(o.Dir, filepath.FromSlash(p.Manifest.Document.Path))
	}
	return w, nil
}

// Files are all files of the document, of which the last update found several or none, and the choices.
func (w Watched) Files(last UpdateReport) []string {
	files := []string{w.Document, w.choices}
	for _, root := range last.Document.Files {
		folder, ok := strings.CutSuffix(filepath.ToSlash(w.Document), root)
		if !ok {
			continue
		}
		for _, file := range last.Document.Files {
			files = append(files, filepath.FromSlash(folder+file))
		}
		break
	}
	slices.Sort(files)
	return slices.Compact(files)
}
