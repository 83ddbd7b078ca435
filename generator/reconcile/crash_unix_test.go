//go:build unix

package reconcile

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gen/generator/project"
)

// next are the files of the project after a change of the document: some change, one comes, one goes.
func next() []project.Output {
	return []project.Output{
		{Path: "api/server.gen.go", Class: project.Owned, Data: []byte("package api\n\nvar server = 1\n")},
		{Path: "cmd/shop/main.go", Class: project.Merged, Data: []byte("package main\n\nfunc main() {}\n")},
		{Path: "internal/handlers/tags.go", Class: project.Merged, Data: []byte("package handlers\n\nvar tags = 1\n")},
		{Path: "openapi.yaml", Class: project.Once, Data: []byte("openapi: 3.1.0\ninfo: {}\n")},
	}
}

// started is a project in a folder of its own, with the document that next is about.
func started(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "shop")
	if err := Create(t.Context(), dir, files(), state()); err != nil {
		t.Fatal(err)
	}
	return dir
}

func planned(t *testing.T, dir string) *Changes {
	t.Helper()
	p, err := Load(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	changes, err := p.Plan(next(), state(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// faulty is the file system until its last step: then it fails, or ends the process in the middle.
type faulty struct {
	onDisk

	left *int
	die  bool
	err  error
}

func (f faulty) step(half func()) error {
	if *f.left--; *f.left != 0 {
		return nil
	}
	if f.die {
		half()
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
	return f.err
}

func (f faulty) WriteFile(name string, data []byte, perm fs.FileMode) error {
	half := func() { _ = f.onDisk.WriteFile(name, data[:len(data)/2], perm) }
	if err := f.step(half); err != nil {
		half()
		return &fs.PathError{Op: "write", Path: name, Err: err}
	}
	return f.onDisk.WriteFile(name, data, perm)
}

func (f faulty) Rename(from, to string) error {
	if err := f.step(func() {}); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return f.onDisk.Rename(from, to)
}

func (f faulty) Remove(name string) error {
	if err := f.step(func() {}); err != nil {
		return &fs.PathError{Op: "remove", Path: name, Err: err}
	}
	return f.onDisk.Remove(name)
}

func (f faulty) RemoveAll(name string) error {
	if err := f.step(func() {}); err != nil {
		return &fs.PathError{Op: "remove", Path: name, Err: err}
	}
	return f.onDisk.RemoveAll(name)
}

func (f faulty) MkdirAll(name string, perm fs.FileMode) error {
	if err := f.step(func() {}); err != nil {
		return &fs.PathError{Op: "mkdir", Path: name, Err: err}
	}
	return f.onDisk.MkdirAll(name, perm)
}

// steps counts what a whole update does to the file system.
func steps(t *testing.T) int {
	t.Helper()
	left := 0
	if err := planned(t, started(t)).write(t.Context(), faulty{left: &left}); err != nil {
		t.Fatal(err)
	}
	return -left
}

// TestWriteWholeOrNotAtAll has each step fail once, of a full disk and of a folder that nobody may change.
// Then the project is as it was, or as it shall be; what remains is mended by the next run.
func TestWriteWholeOrNotAtAll(t *testing.T) {
	before, after := wholeTrees(t)
	for _, reason := range []error{syscall.ENOSPC, syscall.EROFS} {
		for n := 1; n <= steps(t); n++ {
			dir := started(t)
			left := n
			err := planned(t, dir).write(t.Context(), faulty{left: &left, err: reason})
			if err == nil && cmp.Diff(after, list(t, dir)) != "" {
				t.Errorf("step %d failed and nobody says so", n)
			}
			if err != nil && !errors.Is(err, reason) && !strings.Contains(err.Error(), reason.Error()) {
				t.Errorf("step %d: the error is %v", n, err)
			}
			if _, err := Recover(dir); err != nil {
				t.Errorf("step %d: %v", n, err)
			}
			if got := list(t, dir); cmp.Diff(before, got) != "" && cmp.Diff(after, got) != "" {
				t.Errorf("step %d leaves a project that is neither as before nor as after:\n%s", n, cmp.Diff(before, got))
			}
		}
	}
}

// wholeTrees are the project before and after its update.
func wholeTrees(t *testing.T) (before, after map[string]string) {
	t.Helper()
	dir := started(t)
	before = list(t, dir)
	if err := planned(t, dir).Write(t.Context()); err != nil {
		t.Fatal(err)
	}
	after = list(t, dir)
	if after["internal/handlers/tags.go"] == "" || after["api/types.gen.go"] != "" {
		t.Fatalf("the update did something else: %v", after)
	}
	return before, after
}

// TestKilled ends the process at each step of an update, in the middle of what it writes. The next
// run finishes or undoes it. What the author edited in between stays.
func TestKilled(t *testing.T) {
	if dir := os.Getenv("UPDATE_AND_DIE"); dir != "" {
		left, _ := strconv.Atoi(os.Getenv("AT_STEP"))
		_ = planned(t, dir).write(t.Context(), faulty{left: &left, die: true})
		return
	}
	before, after := wholeTrees(t)
	stride := 1
	if testing.Short() {
		stride = 7
	}
	for n := 1; n <= steps(t); n += stride {
		dir := started(t)
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilled$")
		child.Env = append(os.Environ(), "UPDATE_AND_DIE="+dir, "AT_STEP="+strconv.Itoa(n))
		if err := child.Run(); err == nil {
			t.Fatalf("step %d: the process lived on", n)
		}
		written, err := Recover(dir)
		if err != nil {
			t.Errorf("step %d: %v", n, err)
		}
		switch got := list(t, dir); {
		case cmp.Diff(after, got) == "":
		case cmp.Diff(before, got) == "" && len(written) == 0:
		default:
			t.Errorf("step %d leaves (-before +got):\n%s", n, cmp.Diff(before, got))
		}
	}
}

func TestRecoverKeepsWhatWasEditedSince(t *testing.T) {
	dir := started(t)
	left := 0
	dying := faulty{left: &left}
	changes := planned(t, dir)
	tr := &transaction{disk: changes.project.disk, files: dying}
	if err := tr.prepare(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(dir, "cmd/shop/main.go")
	if err := os.WriteFile(mine, []byte("package main // mine\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Recover(dir); err != nil {
		t.Fatal(err)
	}
	got := list(t, dir)
	if got["cmd/shop/main.go"] != "package main // mine\n" || got["cmd/shop/main.go.gen-new"] != "package main\n\nfunc main() {}\n" {
		t.Errorf("the edit is %q, gen's version %q", got["cmd/shop/main.go"], got["cmd/shop/main.go.gen-new"])
	}
}

// TestFullDisk runs an update in a process that may write no file beyond a size.
func TestFullDisk(t *testing.T) {
	if dir := os.Getenv("UPDATE_ON_FULL_DISK"); dir != "" {
		changes := planned(t, dir)
		limit := syscall.Rlimit{Cur: 20, Max: 20}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			t.Skip(err)
		}
		if changes.Write(t.Context()) == nil {
			os.Exit(0)
		}
		os.Exit(7)
	}
	dir := started(t)
	before := list(t, dir)
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestFullDisk$")
	child.Env = append(os.Environ(), "UPDATE_ON_FULL_DISK="+dir)
	var exit *exec.ExitError
	if err := child.Run(); !errors.As(err, &exit) || exit.ExitCode() != 7 {
		t.Fatalf("the update went on: %v", err)
	}
	if diff := cmp.Diff(before, list(t, dir)); diff != "" {
		t.Errorf("it changed (-before +after):\n%s", diff)
	}
}

// TestStopped ends the context at each of the places where an update asks for it.
func TestStopped(t *testing.T) {
	for n := range 30 {
		dir := started(t)
		before := list(t, dir)
		patience := n
		if err := planned(t, dir).Write(endedAfter{t.Context(), &patience}); err == nil {
			return
		}
		if diff := cmp.Diff(before, list(t, dir)); diff != "" {
			t.Errorf("stopped after %d: it changed (-before +after):\n%s", n, diff)
		}
	}
	t.Error("an update never ends")
}
