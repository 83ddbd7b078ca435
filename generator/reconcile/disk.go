package reconcile

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// disk is a project's files: those on disk, each read once, and over them those that are to change.
type disk struct {
	dir string
	was map[string][]byte
	now map[string][]byte
}

func newDisk(dir string) *disk {
	return &disk{dir: dir, was: map[string][]byte{}, now: map[string][]byte{}}
}

// read is a file as it is on disk, nil where there is none.
func (d *disk) read(name string) ([]byte, error) {
	if data, known := d.was[name]; known {
		return data, nil
	}
	data, err := os.ReadFile(filepath.Join(d.dir, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		data, err = nil, nil
	} else if data == nil {
		data = []byte{}
	}
	if err == nil {
		d.was[name] = data
	}
	return data, err
}

// get is a file as it is to be, nil where there is to be none.
func (d *disk) get(name string) ([]byte, error) {
	if data, known := d.now[name]; known {
		return data, nil
	}
	return d.read(name)
}

// set says what a file is to be: nil removes it.
func (d *disk) set(name string, data []byte) { d.now[name] = data }

// goFiles are the Go files of one folder as they are to be.
func (d *disk) goFiles(folder string) (map[string][]byte, error) {
	files := map[string][]byte{}
	entries, err := os.ReadDir(filepath.Join(d.dir, filepath.FromSlash(folder)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, entry := range entries {
		if name := entry.Name(); !entry.IsDir() && strings.HasSuffix(name, ".go") {
			if err := d.collect(files, path.Join(folder, name)); err != nil {
				return nil, err
			}
		}
	}
	for name := range d.now {
		if path.Dir(name) == folder && strings.HasSuffix(name, ".go") {
			if err := d.collect(files, name); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

func (d *disk) collect(files map[string][]byte, name string) error {
	data, err := d.get(name)
	if data != nil {
		files[name] = data
	}
	return err
}

// allGo are all Go files of the module as they are to be.
func (d *disk) allGo() (map[string][]byte, error) {
	files := map[string][]byte{}
	folders := map[string]bool{}
	err := fs.WalkDir(os.DirFS(d.dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if name != "." && d.foreign(name) {
			return fs.SkipDir
		}
		folders[name] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	for name := range d.now {
		if !strings.HasPrefix(name, stateFolder+"/") {
			folders[path.Dir(name)] = true
		}
	}
	for folder := range folders {
		some, err := d.goFiles(folder)
		if err != nil {
			return nil, err
		}
		maps.Copy(files, some)
	}
	return files, nil
}

// foreign says that a folder is not of the project's module.
func (d *disk) foreign(folder string) bool {
	base := path.Base(folder)
	if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || slices.Contains([]string{"vendor", "testdata", "node_modules"}, base) {
		return true
	}
	_, err := os.Stat(filepath.Join(d.dir, filepath.FromSlash(folder), "go.mod"))
	return err == nil
}
