//go:build unix

package reconcile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestLock(t *testing.T) {
	dir := t.TempDir()
	if unlock, err := Lock(dir, false); err != nil {
		t.Errorf("a folder that is no project: %v", err)
	} else {
		unlock()
	}
	if err := os.Mkdir(filepath.Join(dir, stateFolder), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ first, second, busy bool }{
		{false, false, true},
		{false, true, true},
		{true, false, true},
		{true, true, false},
	} {
		unlock, err := Lock(dir, test.first)
		if err != nil {
			t.Fatal(err)
		}
		second, err := Lock(dir, test.second)
		if errors.Is(err, ErrBusy) != test.busy {
			t.Errorf("%+v: %v", test, err)
		}
		if err == nil {
			second()
		}
		unlock()
	}
}
