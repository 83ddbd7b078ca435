package reconcile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrNoProject says that a folder holds no project of gen.
var ErrNoProject = errors.New("it is no project of gen; go to one, or name it with --dir")

// ReadManifest reads what gen remembers of the project in dir. ErrNoProject is matched where there is no
// manifest; one of a newer gen is refused.
func ReadManifest(dir string) (Manifest, error) {
	var m Manifest
	name := filepath.Join(dir, stateFolder, "manifest.json")
	data, err := os.ReadFile(name) //nolint:gosec // the folder is the user's choice
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return m, fmt.Errorf("there is no %s in %s: %w", stateFolder+"/manifest.json", dir, ErrNoProject)
	case err != nil:
		return m, err
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf("%s cannot be read; restore it from version control: %w", name, err)
	}
	if m.Format > format {
		return m, fmt.Errorf("%s was written by a newer gen (format %d, this one knows %d); use that one", name, m.Format, format)
	}
	return m, nil
}

// BasePath is where the project in dir keeps what gen last wrote to one of its files.
func BasePath(dir, file string) string {
	return filepath.Join(dir, stateFolder, "base", filepath.FromSlash(file))
}
