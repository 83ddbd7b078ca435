//go:build unix

package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// lock takes the run folder for this process. A launcher that was killed holds it until the system has cleared it
// away, which takes longer than whoever killed it may think: that is waited for. Its error matches ErrRunning where another one has it.
func lock(ctx context.Context, dir string) (unlock func() error, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("cannot make the run folder: %w", err)
	}
	file, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the operator's folder
	if err != nil {
		return nil, fmt.Errorf("cannot lock the run folder: %w", err)
	}
	err = patiently(ctx, func() error { return unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB) }, unix.EWOULDBLOCK)
	if err != nil {
		err = errors.Join(err, file.Close())
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, fmt.Errorf("the server %w in %s: stop it, or choose another RUN_DIR", ErrRunning, dir)
		}
		return nil, fmt.Errorf("cannot lock the run folder: %w", err)
	}
	return file.Close, nil
}

// patiently tries again for two seconds, as long as ctx, what fails with an error that will pass.
func patiently(ctx context.Context, try func() error, passes error) error {
	err := try()
	for wait := 20 * time.Millisecond; err != nil && errors.Is(err, passes) && wait < 2*time.Second; wait *= 2 {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
		err = try()
	}
	return err
}
