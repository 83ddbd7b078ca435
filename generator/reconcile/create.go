package reconcile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"gen/generator/project"
)

// ErrNotEmpty says that there is something where a project was to be started.
var ErrNotEmpty = errors.New("it is not empty; choose another folder with --dir")

// CheckEmpty returns an error unless dir is absent or an empty folder. ErrNotEmpty is matched where
// a folder holds something.
func CheckEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("cannot write a project to %s: %w", dir, cause(err))
	case len(entries) > 0:
		return fmt.Errorf("cannot write a project to %s: %w", dir, ErrNotEmpty)
	}
	return nil
}

// Create writes a new project, its files and what gen remembers of them, to dir, which must be absent
// or empty. When it fails, or ctx ends, dir is as it was before.
func Create(ctx context.Context, dir string, files []project.Output, state State) error {
	if err := CheckEmpty(dir); err != nil {
		return err
	}
	all, err := withState(files, state)
	if err != nil {
		return err
	}
	dir, err = filepath.Abs(dir)
	if err != nil {
		return err
	}
	place := inPlace
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		place = beside
	}
	if err := place(ctx, dir, all); err != nil {
		return fmt.Errorf("cannot write a project to %s: %w", dir, cause(err))
	}
	return nil
}

// beside writes a folder that does not exist yet: under another name, then renamed.
func beside(ctx context.Context, dir string, files []project.Output) (err error) {
	made, err := makeParents(filepath.Dir(dir))
	defer func() {
		if err != nil {
			remove(made)
		}
	}()
	if err != nil {
		return err
	}
	return stage(ctx, filepath.Dir(dir), files, func(staged string) error { return os.Rename(staged, dir) })
}

// inPlace fills a folder that is there and empty. It may be the working directory or a mount, so it
// is not replaced: the staged entries move into it, and out again should one of them fail.
func inPlace(ctx context.Context, dir string, files []project.Output) error {
	return stage(ctx, dir, files, func(staged string) (err error) {
		entries, err := os.ReadDir(staged)
		if err != nil {
			return err
		}
		var moved []string
		defer func() {
			if err != nil {
				for _, path := range moved {
					err = errors.Join(err, os.RemoveAll(path))
				}
			}
		}()
		for _, entry := range entries {
			to := filepath.Join(dir, entry.Name())
			if err := os.Rename(filepath.Join(staged, entry.Name()), to); err != nil {
				return err
			}
			moved = append(moved, to)
		}
		return nil
	})
}

// stage writes the files to a new folder in parent, gives it to commit, and removes what is left of it.
func stage(ctx context.Context, parent string, files []project.Output, commit func(staged string) error) (err error) {
	temporary, err := os.MkdirTemp(parent, ".gen-new-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temporary)) }()
	staged := filepath.Join(temporary, "project") // MkdirTemp's own folder is private, a project is not
	if err := writeAll(ctx, staged, files); err != nil {
		return err
	}
	return commit(staged)
}

func writeAll(ctx context.Context, root string, files []project.Output) error {
	made := map[string]bool{}
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		path := filepath.Join(root, filepath.FromSlash(file.Path))
		if dir := filepath.Dir(path); !made[dir] {
			if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // source code is for everybody, less the umask
				return err
			}
			made[dir] = true
		}
		if err := os.WriteFile(path, file.Data, 0o644); err != nil { //nolint:gosec // likewise
			return err
		}
	}
	return ctx.Err()
}

// makeParents creates dir and the folders above it, and returns those it made, the outermost first.
func makeParents(dir string) (made []string, err error) {
	if _, err := os.Stat(dir); err == nil {
		return nil, nil
	}
	if parent := filepath.Dir(dir); parent != dir {
		if made, err = makeParents(parent); err != nil {
			return made, err
		}
	}
	if err := os.Mkdir(dir, 0o755); err != nil { //nolint:gosec // likewise
		return made, err
	}
	return append(made, dir), nil
}

// remove takes away empty folders, the innermost first.
func remove(made []string) {
	for _, dir := range slices.Backward(made) {
		if os.Remove(dir) != nil {
			return // somebody else uses it by now
		}
	}
}

// cause drops the path of a temporary folder from an error, which would tell the user nothing.
func cause(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
