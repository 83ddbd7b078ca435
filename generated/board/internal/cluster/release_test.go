//go:build unix

package cluster

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestRelease holds which programs are started from their file, whatever becomes of its name.
func TestRelease(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		held bool
	}{
		"script":  {"#!/bin/sh\n", false},
		"nothing": {"", false},
		"program": {"\x7fELF and more", runtime.GOOS == "linux"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "program")
			write(t, path, test.text)
			r, err := openRelease(path)
			if err != nil {
				t.Fatal(err)
			}
			defer r.close()
			want := path
			if test.held {
				want = "/proc/self/fd/7"
			}
			if got := r.nameFor(7); got != want || r.build == "" || r.build == "unknown" {
				t.Errorf("it is called %s and is of build %q", got, r.build)
			}
		})
	}
	if _, err := openRelease(filepath.Join(t.TempDir(), "none")); !os.IsNotExist(err) {
		t.Errorf("a program that is not there: %v", err)
	}
}

// TestSameRelease holds when a program is the one that ran already.
func TestSameRelease(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux starts programs from an open file")
	}
	path := filepath.Join(t.TempDir(), "program")
	write(t, path, "\x7fELF one")
	before := opened(t, path)
	if !opened(t, path).is(before) {
		t.Error("a file is another program than itself")
	}
	for text, same := range map[string]bool{"\x7fELF one": true, "\x7fELF two": false, "\x7fELF three": false} {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		write(t, path, text)
		if got := opened(t, path).is(before); got != same {
			t.Errorf("%q is the same: %t", text, got)
		}
	}
}

func opened(t *testing.T, path string) *release {
	t.Helper()
	r, err := openRelease(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.close)
	return r
}
