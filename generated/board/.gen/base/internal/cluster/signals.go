//go:build unix

package cluster

import (
	"os"
	"os/signal"
	"syscall"

	"example.com/board/internal/signals"
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
		if signals.Reloads() { // else ctx ends
			l.reloadInTurn()
		}
	case syscall.SIGTTIN, syscall.SIGTTOU:
		n := len(l.slots) + map[os.Signal]int{syscall.SIGTTIN: 1, syscall.SIGTTOU: -1}[sig]
		l.background(func() error { return l.scale(n) })
	case syscall.SIGQUIT:
		l.config.Output.Dump()
		l.tell(dump)
	case syscall.SIGUSR1:
		l.reopen()
	default:
		if l.interrupts++; l.interrupts > 1 { // the first one ends ctx
			l.hurry()
		}
	}
}

// reopen begins the log anew in all processes.
func (l *launcher) reopen() {
	if err := l.config.Output.Reopen(); err != nil {
		l.log.Error("the log goes on where it was", "error", err)
	}
	l.tell(reopen)
}

// tell says something to all workers. One that hears nothing any more has other worries.
func (l *launcher) tell(what string) {
	for _, p := range l.processes() {
		_ = p.channel.send(what)
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
