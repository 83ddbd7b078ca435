//go:build unix

package reconcile

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// Lock keeps other updates away from the project in dir until unlock is called or the program ends, however
// it ends. Those who only read share it. Its error is ErrBusy while somebody else has it. A folder that is
// no project is not locked.
func Lock(dir string, read bool) (unlock func(), err error) {
	folder, err := os.Open(filepath.Join(dir, filepath.FromSlash(stateFolder))) //nolint:gosec // the folder is the user's choice
	if errors.Is(err, os.ErrNotExist) {
		return func() {}, nil
	}
	if err != nil {
		return nil, err
	}
	how := syscall.LOCK_EX
	if read {
		how = syscall.LOCK_SH
	}
	if err := syscall.Flock(int(folder.Fd()), how|syscall.LOCK_NB); err != nil {
		_ = folder.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = ErrBusy
		}
		return nil, err
	}
	return func() { _ = folder.Close() }, nil
}
