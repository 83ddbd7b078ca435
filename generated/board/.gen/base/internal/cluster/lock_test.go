//go:build unix

package cluster

import (
	"errors"
	"testing"
	"time"
)

// TestLockIsWaitedFor: a launcher that was killed may hold it for a moment.
func TestLockIsWaitedFor(t *testing.T) {
	dir := t.TempDir()
	unlock, err := lock(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lock(t.Context(), dir); !errors.Is(err, ErrRunning) {
		t.Errorf("while another one has it the error is %v", err)
	}
	time.AfterFunc(100*time.Millisecond, func() { _ = unlock() })
	again, err := lock(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := again(); err != nil {
		t.Error(err)
	}
}
