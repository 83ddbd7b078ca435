//go:build unix

package signals

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// Until returns a context that ends with parent, on an interrupt, on SIGTERM, and when the terminal closes that the
// server was started from. A process that ignores SIGHUP goes on without a terminal.
func Until(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM)
	if signal.Ignored(syscall.SIGHUP) {
		return ctx, cancel
	}
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	go func() {
		for {
			select {
			case <-hangups:
				if !Reloads() {
					cancel()
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return ctx, func() { signal.Stop(hangups); cancel() }
}

// Reloads says that a SIGHUP asks to reload: that it does not come from a terminal that has closed.
func Reloads() bool {
	for _, file := range []int{0, 1, 2} {
		// The system does not answer for a terminal that has closed, and has another error for what is none.
		if _, err := unix.IoctlGetWinsize(file, unix.TIOCGWINSZ); errors.Is(err, unix.EIO) || errors.Is(err, unix.ENXIO) {
			return false
		}
	}
	return true
}

// Handle does what signals ask for, until stop is called. After ctx has ended nothing is reloaded any more.
func Handle(ctx context.Context, tasks Tasks) (stop func()) {
	received := make(chan os.Signal, 8)
	signal.Notify(received, syscall.SIGHUP, syscall.SIGUSR1, syscall.SIGQUIT)
	stopped := make(chan struct{})
	go func() {
		for {
			select {
			case sig := <-received:
				tasks.do(ctx, sig)
			case <-stopped:
				return
			}
		}
	}()
	return func() { signal.Stop(received); close(stopped) }
}

func (t Tasks) do(ctx context.Context, sig os.Signal) {
	switch sig {
	case syscall.SIGQUIT:
		t.Log.Dump()
	case syscall.SIGUSR1:
		t.reopen()
	case syscall.SIGHUP:
		if Reloads() {
			t.reload(ctx)
		}
	}
}
