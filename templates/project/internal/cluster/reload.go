//go:build unix

package cluster

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"gen/templates/project/internal/systemd"
)

var (
	errChanging = errors.New("workers are being replaced already; try again when that has ended")
	errStopping = errors.New("the server is stopping")
)

// reload replaces all workers, unless some are being replaced already. It returns what its operator should know.
func (l *launcher) reload() (note string, err error) {
	err = l.change(func() error {
		note, err = l.replaceAll()
		return err
	})
	return note, err
}

// reloadInTurn is reload for a signal, which nobody would send again: it waits for what is going on. One that comes
// while another one waits is the same.
func (l *launcher) reloadInTurn() {
	if l.reloads {
		return
	}
	l.reloads = true
	l.background(func() error {
		select {
		case l.changing <- struct{}{}:
		case <-l.done:
			return errStopping
		}
		defer func() { <-l.changing }()
		l.do(func() { l.reloads = false })
		_, err := l.replaceAll()
		return err
	})
}

// replaceAll replaces all workers by the program on disk, slot by slot: the new one serves before the old one
// leaves. The first is the canary: if it fails, nothing has changed. It returns when the last old worker has
// gone.
func (l *launcher) replaceAll() (note string, err error) {
	var slots []*slot
	var before *release
	if !l.do(func() { slots, before = append(slots, l.slots...), l.accepted; l.reopen() }) {
		return "", errStopping
	}
	l.log.Info("reloading", "workers", len(slots))
	systemd.Notify(systemd.Reloading, systemd.Monotonic())
	note, err = l.rollOut(slots, before)
	l.do(func() { l.rolledOut(err, note) })
	return note, err
}

// rollOut has all slots get a worker of the program on disk. Once the canary serves, that is what is started where
// a worker dies, too.
func (l *launcher) rollOut(slots []*slot, before *release) (note string, err error) {
	next, err := openRelease(l.program)
	if err != nil {
		return "", fmt.Errorf("the program cannot be read: %w", err)
	}
	if next.is(before) {
		note = fmt.Sprintf("the program on disk is the one that ran already, build %s: all workers were replaced by the same", next.build)
	}
	var olds []*process
	for i, s := range slots {
		old, err := l.replace(s, next, i == 0)
		if err != nil && i == 0 {
			next.close()
		}
		if err != nil {
			return "", fmt.Errorf("%w; %d of %d workers were replaced", err, i, len(slots))
		}
		if old != nil {
			olds = append(olds, old)
		}
	}
	awaitGone(olds)
	return note, nil
}

// rolledOut says what came of a reload. A service manager takes a server for ready whose reload failed, as it is, and
// shows why that failed.
func (l *launcher) rolledOut(err error, note string) {
	status := ""
	if err == nil {
		l.log.Info("reloaded", "workers", len(l.slots), "unchanged", note != "")
	} else {
		l.log.Error("reload failed", "error", err)
		l.failedReloads++
		status = "The last reload failed: " + err.Error()
	}
	if !l.stopping {
		systemd.Notify(systemd.Ready, systemd.Status(status))
	}
}

// change does something with workers that nothing else of that kind may happen beside.
func (l *launcher) change(f func() error) error {
	select {
	case l.changing <- struct{}{}:
		defer func() { <-l.changing }()
		return f()
	default:
		return errChanging
	}
}

// replace starts the next worker of a slot, of a release or what was accepted last, and has the one before leave, which it returns, when that serves.
// A canary asks its stores first, and has to live for a second.
func (l *launcher) replace(s *slot, from *release, canary bool) (old *process, err error) {
	p, err := l.startNext(s, from, canary)
	if err != nil {
		return nil, err
	}
	select {
	case <-p.ready:
	case <-p.gone:
		return nil, fmt.Errorf("the new worker ended: %s", p.exit)
	case <-time.After(readyWithin):
		p.kill()
		<-p.gone
		return nil, fmt.Errorf("the new worker was not ready within %s", readyWithin)
	}
	if canary {
		select {
		case <-p.gone:
			return nil, fmt.Errorf("the new worker ended after %s: %s", p.lived().Round(time.Millisecond), p.exit)
		case <-time.After(settled):
		}
	}
	ok := l.do(func() {
		if old, err = l.promote(p); err == nil && canary {
			l.accept(from)
		}
	})
	if !ok {
		err = errStopping
	}
	return old, err
}

// startNext starts the worker that is to take the place of a slot's.
func (l *launcher) startNext(s *slot, from *release, probe bool) (p *process, err error) {
	ok := l.do(func() {
		if l.stopping || !l.has(s) {
			err = errStopping
			return
		}
		if p, err = l.start(s, cmp.Or(from, l.accepted), probe); err == nil {
			s.next = p
		}
	})
	if !ok {
		err = errStopping
	}
	return p, err
}

// promote makes the next worker of a slot its worker.
func (l *launcher) promote(p *process) (old *process, err error) {
	s := p.slot
	if s.next != p {
		return nil, fmt.Errorf("the new worker ended: %s", p.exit)
	}
	old = s.worker
	s.patience()
	s.worker, s.next = p, nil
	s.generation++
	if old != nil {
		l.dismiss(old)
	}
	return old, nil
}

// relieve replaces the worker of a slot that holds too much memory.
func (l *launcher) relieve(s *slot) {
	go func() {
		_ = l.change(func() error {
			l.log.Warn("worker holds too much memory, and is replaced", "slot", s.number)
			_, err := l.replace(s, nil, false)
			if err != nil {
				l.log.Error("it was not replaced", "slot", s.number, "error", err)
			}
			return err
		})
	}()
}
