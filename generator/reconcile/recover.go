package reconcile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Interrupted says that an update of the project in dir was interrupted, so that Recover has work.
func Interrupted(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(nextFolder)))
	return err == nil
}

// Recover finishes an update that was interrupted after all of it was prepared, and removes what is
// left of one that was not. What was edited since stays; gen's is put beside it. It returns the files
// that it wrote.
func Recover(dir string) ([]string, error) { return recoverIn(dir, onDisk{}) }

func recoverIn(dir string, to fileSystem) ([]string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	t := &transaction{disk: newDisk(dir), files: to}
	if undoing, err := t.read(undoName); err != nil {
		return nil, err
	} else if undoing {
		return nil, t.undoRest()
	}
	if _, err := t.read(journalName); err != nil {
		return nil, err
	}
	var written []string
	for i, e := range t.journal {
		did, err := t.finish(i, e)
		if err != nil {
			return written, fmt.Errorf("cannot finish the update that was interrupted: %s: %w", e.Path, cause(err))
		}
		if did && !strings.HasPrefix(e.Path, stateFolder+"/") {
			written = append(written, e.Path)
		}
	}
	return written, t.close()
}

// read reads a journal, and says whether it is there.
func (t *transaction) read(name string) (bool, error) {
	data, err := os.ReadFile(t.at(name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &t.journal)
	}
	for _, e := range t.journal {
		if err == nil && !filepath.IsLocal(filepath.FromSlash(e.Path)) {
			err = fmt.Errorf("it names the file %q", e.Path)
		}
	}
	if err != nil {
		return false, fmt.Errorf("%s/%s is damaged: %w; remove the folder %s", nextFolder, name, err, nextFolder)
	}
	return true, nil
}

// undoRest takes back what an interrupted undo has left.
func (t *transaction) undoRest() error {
	for i, e := range slices.Backward(t.journal) {
		if err := t.revert(i, e); err != nil {
			return fmt.Errorf("cannot undo the update that failed: %s: %w", e.Path, cause(err))
		}
	}
	return t.close()
}

// finish does a step that an interrupted update may not have done.
func (t *transaction) finish(i int, e entry) (bool, error) {
	was, err := t.disk.read(e.Path)
	if err != nil {
		return false, err
	}
	switch digestOf(was) {
	case e.After:
		return false, nil
	case e.Before:
		return true, t.apply(i)
	}
	if e.After == "" {
		return false, nil
	}
	return true, t.move(t.staged(i), offerPath(e.Path))
}
