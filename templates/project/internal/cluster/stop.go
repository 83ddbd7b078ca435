//go:build unix

package cluster

import (
	"os"
	"time"

	"gen/templates/project/internal/systemd"
)

// abandon stops because of an error.
func (l *launcher) abandon(err error) {
	l.failed = err
	l.stop()
}

// stop has all workers leave. The port closes with the last of them.
func (l *launcher) stop() {
	if l.stopping {
		return
	}
	l.stopping = true
	systemd.Notify(systemd.Stopping)
	l.duty.cancel()
	l.closeListeners()
	if l.some {
		l.log.Info("leaving", "lameDuck", l.config.LameDuck, "drainTimeout", l.config.DrainTimeout)
	}
	for _, s := range l.slots {
		s.patience()
		for _, p := range []*process{s.worker, s.next} {
			if p != nil {
				l.dismiss(p)
			}
		}
		s.worker, s.next = nil, nil
	}
}

// dismiss has a worker leave, and kills it when it takes too long.
func (l *launcher) dismiss(p *process) {
	p.leaving = true
	l.leaving[p] = true
	patience := l.config.LameDuck + l.config.DrainTimeout + 2*time.Second
	how := leave
	if l.stopping {
		how = closeDown
	}
	if p.served.IsZero() || p.channel.send(how) != nil {
		patience = 0
	}
	p.deadline = time.AfterFunc(patience, p.kill)
}

// release closes what workers inherited.
func (l *launcher) release() {
	l.closeListeners()
	for _, box := range l.mailboxes {
		_ = box.inbox.Close()
		_ = box.outbox.Close()
	}
	l.accepted.close()
	if l.pageFile != nil {
		_ = l.pageFile.Close()
	}
}

func (l *launcher) closeListeners() {
	for _, file := range []*os.File{l.listener, l.redirect} {
		if file != nil {
			_ = file.Close() // again where it was closed already
		}
	}
}

// hurry ends all waiting.
func (l *launcher) hurry() {
	l.failed = errUnanswered
	for p := range l.leaving {
		p.kill()
	}
}
