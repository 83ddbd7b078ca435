package spec

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// openFile reads a root of the disk.
func (l *library) openFile(root *file) error {
	info, err := os.Stat(root.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return unreadable(root.name, &trouble{"there is no such file", "check the path"})
	case err != nil:
		return unreadable(root.name, &trouble{"it cannot be read: " + cause(err), "check the path"})
	case info.IsDir():
		return unreadable(root.name, &trouble{"this is a directory", "name the OpenAPI document in it"})
	case info.Size() > maxSize:
		return unreadable(root.name, tooLarge())
	}
	if root.at.file, err = filepath.Abs(root.name); err == nil {
		root.data, err = l.opts.ReadFile(root.name)
	}
	if err != nil {
		return unreadable(root.name, &trouble{"it cannot be read: " + cause(err), "check its permissions"})
	}
	l.home = home{dir: filepath.Dir(root.at.file), given: filepath.Dir(root.name)}
	return nil
}

// openLocal reads a file of the disk. The root's folder is left only where that is allowed, symbolic
// links included.
func (l *library) openLocal(to way) ([]byte, *trouble) {
	if to.reach == inside && l.escapes(to.to.file) {
		if !l.opts.RefsOutside {
			return nil, leadsOut("leads out of the document's folder through a symbolic link")
		}
		l.loose, to.reach = true, outside
	}
	if l.opts.Opened != nil {
		l.opts.Opened(to.to.file)
	}
	if data := l.opts.Overlay[to.to.file]; data != nil {
		return data, nil
	}
	opened, err := l.openRegular(to)
	if err != nil {
		return nil, l.unread(to, err)
	}
	defer func() { _ = opened.Close() }()
	data, err := io.ReadAll(io.LimitReader(opened, maxSize-l.size+1))
	switch {
	case err != nil:
		return nil, l.unread(to, err)
	case int64(len(data)) > maxSize-l.size:
		return nil, &trouble{fmt.Sprintf("leads to more than the %d MiB that gen reads", maxSize>>20), "refer to less"}
	}
	return data, nil
}

// escapes says that symbolic links make a path of the root's folder lead out of it.
func (l *library) escapes(path string) bool {
	folder, err := filepath.EvalSymlinks(l.dir)
	if err != nil {
		return false
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return false
	}
	rel, err := filepath.Rel(folder, path)
	return err != nil || !filepath.IsLocal(rel)
}

var errNoFile = errors.New("it is no file")

var errFolder = errors.New("it is a folder")

// openRegular opens a file, one of the root's folder so that no symbolic link leads out of it. What
// is no file is not opened: a named pipe would wait for a writer.
func (l *library) openRegular(to way) (*os.File, error) {
	stat, open, path := os.Stat, os.Open, to.to.file
	if to.reach == inside {
		folder, err := os.OpenRoot(l.dir)
		if err != nil {
			return nil, err
		}
		defer func() { _ = folder.Close() }()
		stat, open, path = folder.Stat, folder.Open, filepath.FromSlash(l.path(to.to))
	}
	info, err := stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errFolder
	case !info.Mode().IsRegular():
		return nil, errNoFile
	}
	return open(path)
}

// unread says why a file cannot be read.
func (l *library) unread(to way, err error) *trouble {
	if errors.Is(err, errFolder) {
		return &trouble{"leads to a folder", "name a file in it"}
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return &trouble{"leads to a file that cannot be read: " + cause(err), "check the file"}
	}
	advice := "check the path, which counts from the file that has the reference"
	if entries, err := os.ReadDir(filepath.Dir(to.to.file)); err == nil && to.reach == inside {
		var names []string
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
		advice = meant(filepath.Base(to.to.file), names, advice)
	}
	return &trouble{"leads to a file that is not there", advice}
}
