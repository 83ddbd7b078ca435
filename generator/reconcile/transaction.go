package reconcile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
)

// ErrReadOnly says that a file that has to change is read-only.
var ErrReadOnly = errors.New("it is read-only; make it writable (chmod u+w), or take it out of the way")

// ErrBusy says that somebody else updates the project at this moment.
var ErrBusy = errors.New("another gen update is at work in this project; wait until it has ended")

// writable checks that files that are there may change.
func (d *disk) writable(names []string) error {
	var errs []error
	for _, name := range names {
		info, err := os.Stat(d.path(name))
		if err == nil && info.Mode().Perm()&0o200 == 0 {
			errs = append(errs, fmt.Errorf("%s has to change: %w", name, ErrReadOnly))
		}
	}
	return errors.Join(errs...)
}

// path is where a file is. What a link leads to is changed, not the link.
func (d *disk) path(name string) string {
	at := filepath.Join(d.dir, filepath.FromSlash(name))
	if target, err := filepath.EvalSymlinks(at); err == nil {
		return target
	}
	return at
}

// fileSystem is the file system as commits use it, so that tests can have it fail and die.
type fileSystem interface {
	WriteFile(name string, data []byte, perm fs.FileMode) error
	Rename(from, to string) error
	Remove(name string) error
	RemoveAll(name string) error
	MkdirAll(name string, perm fs.FileMode) error
}

// onDisk is the operating system's.
type onDisk struct{}

func (onDisk) Rename(from, to string) error              { return os.Rename(from, to) }
func (onDisk) Remove(name string) error                  { return os.Remove(name) }
func (onDisk) RemoveAll(name string) error               { return os.RemoveAll(name) }
func (onDisk) MkdirAll(name string, m fs.FileMode) error { return os.MkdirAll(name, m) }

// WriteFile writes a file through to the disk: a journal that outlives a power cut is worth nothing without
// what it speaks of.
func (onDisk) WriteFile(name string, data []byte, perm fs.FileMode) (err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, perm) //nolint:gosec // within the project
	if err != nil {
		return err
	}
	if _, err = f.Write(data); err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// next is where an update is prepared. With a journal in it, it is complete: it will be finished. Without
// one, nothing has been touched.
const (
	nextFolder  = stateFolder + "/next"
	journalName = "journal.json"
	undoName    = "undo.json" // the journal of an update that is taken back
)

// entry is a step of an update: a file that gets other bytes, or goes. The new bytes are in the folder
// next under the entry's number until they are moved, the old ones beside them.
type entry struct {
	Path   string `json:"path"`
	Before string `json:"before,omitempty"` // digests, "" for no file
	After  string `json:"after,omitempty"`
}

// Write writes all changes. When it fails, or ctx ends, the project is as it was before; if the program
// dies, Recover finishes the update or undoes it.
func (c *Changes) Write(ctx context.Context) error { return c.write(ctx, onDisk{}) }

func (c *Changes) write(ctx context.Context, to fileSystem) error {
	if len(c.paths) == 0 {
		return nil
	}
	t := &transaction{disk: c.project.disk, files: to}
	if err := t.prepare(ctx, c); err != nil {
		return fmt.Errorf("cannot update %s: %w", c.project.Dir, errors.Join(cause(err), to.RemoveAll(t.at(""))))
	}
	for i := range t.journal {
		if err := t.apply(i); err != nil {
			return fmt.Errorf("cannot write %s: %w", t.journal[i].Path, errors.Join(cause(err), t.undo(i)))
		}
	}
	return t.close()
}

// transaction is an update on its way to disk.
type transaction struct {
	disk    *disk
	files   fileSystem
	journal []entry
}

func (t *transaction) at(name string) string {
	return filepath.Join(t.disk.dir, filepath.FromSlash(nextFolder), name)
}

func (t *transaction) staged(i int) string { return t.at(strconv.Itoa(i)) }

// prepare writes all new bytes, all old bytes and the journal, which makes the update one that happens.
func (t *transaction) prepare(ctx context.Context, c *Changes) error {
	if err := t.files.MkdirAll(t.at(""), 0o755); err != nil {
		return err
	}
	for i, name := range c.paths {
		was, now := t.disk.was[name], t.disk.now[name]
		t.journal = append(t.journal, entry{name, digestOf(was), digestOf(now)})
		for file, data := range map[string][]byte{t.staged(i): now, t.staged(i) + ".old": was} {
			if data == nil {
				continue
			}
			if err := errors.Join(ctx.Err(), t.files.WriteFile(file, data, t.mode(name))); err != nil {
				return err
			}
		}
	}
	data, err := json.MarshalIndent(t.journal, "", "  ")
	if err != nil {
		return err
	}
	if err := t.files.WriteFile(t.at("journal.new"), data, 0o644); err != nil {
		return err
	}
	return errors.Join(ctx.Err(), t.files.Rename(t.at("journal.new"), t.at(journalName)))
}

func digestOf(data []byte) string {
	if data == nil {
		return ""
	}
	return digest(data)
}

// mode is that of the file that is there, else what the umask leaves of everybody's.
func (t *transaction) mode(name string) fs.FileMode {
	if info, err := os.Stat(t.disk.path(name)); err == nil {
		return info.Mode().Perm()
	}
	return 0o644
}

// apply does one step.
func (t *transaction) apply(i int) error {
	e := t.journal[i]
	if e.After == "" {
		if err := t.files.Remove(t.disk.path(e.Path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		t.prune(e.Path)
		return nil
	}
	return t.move(t.staged(i), e.Path)
}

func (t *transaction) move(from, name string) error {
	to := t.disk.path(name)
	if err := t.files.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return t.files.Rename(from, to)
}

// prune removes the folders that a file leaves empty.
func (t *transaction) prune(name string) {
	for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
		if t.files.Remove(filepath.Join(t.disk.dir, filepath.FromSlash(folder))) != nil {
			return // it is not empty
		}
	}
}

// undo takes back the steps up to i. It says first that it does, so that nobody finishes the update.
func (t *transaction) undo(i int) error {
	if err := t.files.Rename(t.at(journalName), t.at(undoName)); err != nil {
		return fmt.Errorf("and it cannot be undone (%w): run gen update to finish it", cause(err))
	}
	for i, e := range slices.Backward(t.journal[:i+1]) {
		if err := t.revert(i, e); err != nil {
			return fmt.Errorf("and %s cannot be put back (%w): run gen update to do that", e.Path, cause(err))
		}
	}
	return t.close()
}

// revert takes a step back, if it was done and not taken back yet.
func (t *transaction) revert(i int, e entry) error {
	if e.Before != "" {
		if err := t.move(t.staged(i)+".old", e.Path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	if now, err := newDisk(t.disk.dir).read(e.Path); err != nil || digestOf(now) != e.After {
		return err
	}
	if err := t.files.Remove(t.disk.path(e.Path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	t.prune(e.Path)
	return nil
}

// close ends the update: without its journal it never was, or is done.
func (t *transaction) close() error {
	for _, name := range []string{journalName, undoName} {
		if err := t.files.Remove(t.at(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return t.files.RemoveAll(t.at(""))
}
