package logfile

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func open(t *testing.T, path string) *Log {
	t.Helper()
	l, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestWhatIsThereStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	for _, line := range []string{"one\n", "two\n"} {
		if _, err := open(t, path).Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	if got := read(t, path); got != "one\ntwo\n" {
		t.Errorf("it has %q", got)
	}
}

// TestNoLineIsLost moves the file away again and again while two logs, as of two processes, write it.
func TestNoLineIsLost(t *testing.T) {
	const lines, moves = 2000, 20
	dir := t.TempDir()
	path := filepath.Join(dir, "log")
	logs := []*Log{open(t, path), open(t, path)}
	var all sync.WaitGroup
	for i, l := range logs {
		all.Go(func() {
			for n := range lines {
				if _, err := fmt.Fprintf(l, "%d %04d %s\n", i, n, strings.Repeat("x", n%300)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for n := range moves {
		if err := os.Rename(path, fmt.Sprintf("%s.%d", path, n)); err != nil {
			t.Fatal(err)
		}
		for _, l := range logs {
			if err := l.Reopen(); err != nil {
				t.Fatal(err)
			}
		}
	}
	all.Wait()
	for _, l := range logs {
		l.Flush()
	}
	files, err := filepath.Glob(path + "*")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range files {
		got = append(got, strings.Split(strings.TrimSuffix(read(t, file), "\n"), "\n")...)
	}
	got = slices.DeleteFunc(got, func(line string) bool { return line == "" }) // of files that nothing was written to
	slices.Sort(got)
	for i := range logs {
		for n := range lines {
			if want := fmt.Sprintf("%d %04d %s", i, n, strings.Repeat("x", n%300)); got[i*lines+n] != want {
				t.Fatalf("line %d of log %d is %q", n, i, got[i*lines+n])
			}
		}
	}
}

// TestAFolderThatHasGone: what cannot be opened anew is written on.
func TestAFolderThatHasGone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "logs")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	l := open(t, filepath.Join(dir, "log"))
	moved := dir + ".old"
	if err := os.Rename(dir, moved); err != nil {
		t.Fatal(err)
	}
	want := "LOG_FILE " + filepath.Join(dir, "log") + " cannot be written: no such file or directory"
	if err := l.Reopen(); err == nil || err.Error() != want {
		t.Errorf("it says %v", err)
	}
	if _, err := l.Write([]byte("line\n")); err != nil {
		t.Fatal(err)
	}
	if got := read(t, filepath.Join(moved, "log")); got != "line\n" {
		t.Errorf("it has %q", got)
	}
}

func TestDump(t *testing.T) {
	var text bytes.Buffer
	l := To(&text)
	if err := l.Reopen(); err != nil {
		t.Fatal(err)
	}
	l.Dump()
	if got := text.String(); !strings.HasPrefix(got, fmt.Sprintf("process %d does this:\ngoroutine ", os.Getpid())) || !strings.Contains(got, "TestDump") {
		t.Errorf("it says %s", got)
	}
}
