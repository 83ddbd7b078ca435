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
