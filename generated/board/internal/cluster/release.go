//go:build unix

package cluster

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// release is a program that workers are started from. Where the system can start one from an open file it stays what it
// was, whatever becomes of the file on disk; scripts, and the programs of other systems, are what is there under their
// name.
type release struct {
	path  string
	build string
	info  os.FileInfo
	file  *os.File // nil for what is started by its name
}

// ownProgram is what the launcher itself runs.
const ownProgram = "/proc/self/exe"

// openOwn opens the program of this process, which is to be found at path.
func openOwn(path string) (*release, error) {
	if file, err := os.Open(ownProgram); err == nil {
		return newRelease(path, file)
	}
	return openRelease(path)
}

// openRelease opens the program that is on disk now.
func openRelease(path string) (*release, error) {
	file, err := os.Open(path) //nolint:gosec // the program itself
	if err != nil {
		return nil, err
	}
	return newRelease(path, file)
}

func newRelease(path string, file *os.File) (*release, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	r := &release{path: path, build: buildOf(file), info: info}
	if startsFromFile(file) {
		r.file = file
		return r, nil
	}
	return r, file.Close()
}

// startsFromFile says that a program needs no name to be started: an interpreter would look for its script in vain.
func startsFromFile(file *os.File) bool {
	if _, err := os.Stat(ownProgram); err != nil || runtime.GOOS != "linux" {
		return false
	}
	magic := make([]byte, 4)
	_, err := file.ReadAt(magic, 0)
	return err == nil && bytes.Equal(magic, []byte("\x7fELF"))
}

// nameFor is how a process calls the program that finds its file behind a descriptor.
func (r *release) nameFor(descriptor int) string {
	if r.file == nil {
		return r.path
	}
	return "/proc/self/fd/" + strconv.Itoa(descriptor)
}

// is says that two releases are the same program: that of one file, or of two that hold the same.
func (r *release) is(other *release) bool {
	if r.info.Size() != other.info.Size() {
		return false
	}
	if os.SameFile(r.info, other.info) && r.info.ModTime().Equal(other.info.ModTime()) {
		return true
	}
	a, b := r.digest(), other.digest()
	return a != nil && bytes.Equal(a, b)
}

// digest is nil for what is started by its name, which nobody holds open.
func (r *release) digest() []byte {
	if r.file == nil {
		return nil
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(r.file, 0, r.info.Size())); err != nil {
		return nil
	}
	return sum.Sum(nil)
}

func (r *release) close() {
	if r != nil && r.file != nil {
		_ = r.file.Close()
	}
}

// buildOf names a program: its version, its revision, or the time that it was written.
func buildOf(program *os.File) string {
	if info, err := buildinfo.Read(program); err == nil {
		if version := info.Main.Version; version != "" && version != "(devel)" {
			return version
		}
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				return setting.Value[:min(12, len(setting.Value))]
			}
		}
	}
	if info, err := program.Stat(); err == nil {
		return info.ModTime().UTC().Format(time.DateTime)
	}
	return "unknown"
}

// accept makes a release that of all workers that start from now on.
func (l *launcher) accept(r *release) {
	l.accepted.close()
	l.accepted = r
}

// forgetProgram closes what this process was started from, and gives it the name that it would have otherwise.
func (w *Worker) forgetProgram() {
	if w.Program == 0 {
		return
	}
	_ = unix.Close(w.Program)
	_ = os.WriteFile("/proc/self/comm", []byte(filepath.Base(os.Args[0])), 0) // for ps and top
}
