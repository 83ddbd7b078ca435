//go:build unix

package cluster

import (
	"context"
	"syscall"
	"time"
)

// alive says whether the loop goes on.
func (l *launcher) alive(ctx context.Context) error {
	select {
	case l.todo <- func() {}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// watch looks after workers that are silent, or hold too much memory.
func (l *launcher) watch() {
	l.redeliver()
	l.wake(time.Now().Round(0))
	for _, s := range l.slots {
		p := s.worker
		if p == nil {
			continue
		}
		if p.served.IsZero() {
			if took := time.Since(p.started); took > readyWithin && p.deadline == nil {
				l.log.Error("worker does not get ready", "slot", s.number, "pid", p.cmd.Process.Pid, "after", took.Round(time.Second))
				l.shoot(p, "killed: it did not get ready")
			}
			continue
		}
		e := &l.page.entries[p.entry]
		p.rate.note(e.requests.Load(), time.Now())
		if silent := l.silent(e); silent > stuckAfter {
			l.log.Error("worker is stuck", "slot", s.number, "pid", p.cmd.Process.Pid, "silent", silent.Round(time.Second))
			l.shoot(p, "killed: it was stuck")
		} else if l.holdsTooMuch(p) {
			l.relieve(s)
		}
	}
}

// wake notes that the launcher looks after its workers now. When it could not for a while, they could not say either
// that they live: the machine slept, or had no time for them, or its clock was set.
func (l *launcher) wake(now time.Time) {
	if gap := now.Sub(l.watched); gap < 0 || gap > 2*beatEvery {
		l.awake = now
	}
	l.watched = now
}

// silent is for how long a worker has not said that it is alive, while it could.
func (l *launcher) silent(e *entry) time.Duration {
	last := time.Unix(0, e.beat.Load())
	if last.Before(l.awake) {
		last = l.awake
	}
	return l.watched.Sub(last)
}

// holdsTooMuch says that a worker is to be replaced because of its memory.
func (l *launcher) holdsTooMuch(p *process) bool {
	return l.config.MaxMemory > 0 && l.page.entries[p.entry].memory.Load() > l.config.MaxMemory && p.lived() > relieveAfter
}

// shoot has a process that is stuck say what it was doing, and ends it. The beat is renewed so that this
// happens once.
func (l *launcher) shoot(p *process, why string) {
	p.shot = why
	l.page.entries[p.entry].beat.Store(time.Now().UnixNano())
	l.page.entries[p.entry].state.Store(draining)
	_ = p.cmd.Process.Signal(syscall.SIGQUIT)
	p.deadline = time.AfterFunc(time.Second, p.kill)
}
