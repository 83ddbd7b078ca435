//go:build unix

package systemd

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// Monotonic is the time that a service manager wants with the news of a reload.
func Monotonic() string {
	var now unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_MONOTONIC, &now) // there is such a clock
	return fmt.Sprintf("MONOTONIC_USEC=%d", now.Nano()/int64(time.Microsecond))
}
