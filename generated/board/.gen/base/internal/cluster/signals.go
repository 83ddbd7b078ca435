//go:build unix

package cluster

import (
	"os"
	"os/signal"
	"runtime/pprof"
	"syscall"
)

// signals are those that an operator sends to the launcher, beside those that end ctx.
func (l *launcher) signals() (<-chan os.Signal, func()) {
	received := make(chan os.Signal, 8)
	signal.Notify(received, syscall.SIGHUP, syscall.SIGTTIN, syscall.SIGTTOU, syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGINT, syscall.SIGTERM)
	return received, func() { signal.Stop(received) }
}

// signalled does what a signal asks for.
func (l *launcher) signalled(sig os.Signal) {
	switch sig {
	case syscall.SIGHUP:
		l.background(l.reload)
	case syscall.SIGTTIN, syscall.SIGTTOU:
		n := len(l.slots) + map[os.Signal]int{syscall.SIGTTIN: 1, syscall.SIGTTOU: -1}[sig]
		l.background(func() error { return l.scale(n) })
	case syscall.SIGQUIT:
		_ = pprof.Lookup("goroutine").WriteTo(os.Stderr, 2)
	case syscall.SIGUSR1: // the log goes to where the launcher was started, so that there is nothing to open anew
	default:
		if l.interrupts++; l.interrupts > 1 { // the first one ends ctx
			l.hurry()
		}
	}
}

// background does what an operator asked for who is not there for the answer.
func (l *launcher) background(f func() error) {
	go func() {
		if err := f(); err != nil {
			l.log.Error("it was not done", "error", err)
		}
	}()
}
