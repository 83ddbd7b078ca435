package reconcile

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gen/generator/project"
)

// Change says how a file on disk differs from what would be written.
type Change string

const (
	// Missing is a file that would be written and is not there.
	Missing Change = "missing"
	// Changed is a file with other bytes than would be written.
	Changed Change = "changed"
	// Extra is a file that is gen's by its name but would not be written.
	Extra Change = "extra"
)

// Drift is one file that differs.
type Drift struct {
	Path   string `json:"path"`
	Change Change `json:"change"`
}

// Compare says how the project in dir differs from the rendered files and their state, sorted by path.
func Compare(dir string, files []project.Output, state State) ([]Drift, error) {
	all, err := withState(files, state)
	if err != nil {
		return nil, err
	}
	var drifts []Drift
	planned := map[string]bool{}
	for _, file := range all {
		planned[file.Path] = true
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file.Path))) //nolint:gosec // the folder is the user's choice
		switch {
		case errors.Is(err, fs.ErrNotExist):
			drifts = append(drifts, Drift{file.Path, Missing})
		case err != nil:
			return nil, err
		case !bytes.Equal(data, file.Data):
			drifts = append(drifts, Drift{file.Path, Changed})
		}
	}
	extra, err := extras(dir, planned)
	if err != nil {
		return nil, err
	}
	drifts = append(drifts, extra...)
	slices.SortFunc(drifts, func(a, b Drift) int { return cmp.Compare(a.Path, b.Path) })
	return drifts, nil
}

// extras are the files in dir that carry a name of gen's and are not planned.
func extras(dir string, planned map[string]bool) ([]Drift, error) {
	var found []Drift
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case entry.IsDir() && path == ".git":
			return fs.SkipDir
		case entry.IsDir() || planned[path]:
			return nil
		case strings.HasSuffix(path, ".gen.go"), strings.HasPrefix(path, stateFolder+"/"):
			found = append(found, Drift{path, Extra})
		}
		return nil
	})
	return found, err
}
