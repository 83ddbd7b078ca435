//go:build unix

package cluster

import (
	"errors"
	"fmt"
	"time"

	"example.com/board/internal/systemd"
)

var (
	errChanging = errors.New("workers are being replaced already; try again when that has ended")
	errStopping = errors.New("it is stopping")
)

// reload replaces all workers, unless some are being replaced already.
func (l *launcher) reload() error { return l.change(l.replaceAll) }

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
		return l.replaceAll()
	})
}

// replaceAll replaces all workers by the program on disk, slot by slot: the new one serves before the old one
// leaves. The first is the canary: if it fails, nothing has changed. It returns when the last old worker has
// gone.
func (l *launcher) replaceAll() error {
	var slots []*slot
	if !l.do(func() { slots = append(slots, l.slots...); l.reopen() }) {
		return errStopping
	}
	l.log.Info("reloading", "workers", len(slots))
	systemd.Notify(systemd.Reloading, systemd.Monotonic())
	defer l.do(func() {
		if !l.stopping {
			systemd.Notify(systemd.Ready)
		}
	})
	var olds []*process
	for i, s := range slots {
		old, err := l.replace(s, i == 0)
		if err != nil {
			l.log.Error("reload failed", "slot", s.number, "error", err)
			return fmt.Errorf("%w; %d of %d workers were replaced", err, i, len(slots))
		}
		if old != nil {
			olds = append(olds, old)
		}
	}
	for _, old := range olds {
		<-old.gone
	}
	l.log.Info("reloaded", "workers", len(slots))
	return nil
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

// replace starts the next worker of a slot, and has the one before leave, which it returns, when that serves.
// A canary asks its stores first, and has to live for a second.
func (l *launcher) replace(s *slot, canary bool) (old *process, err error) {
	p, err := l.startNext(s, canary)
	if err != nil {
		return nil, err
	}
	select {
	case <-p.ready:
	case <-p.gone:
		return nil, fmt.Errorf("the new worker ended: %s", p.exit)
	case <-time.After(readyWithin):
		_ = p.cmd.Process.Kill()
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
	ok := l.do(func() { old, err = l.promote(p) })
	if !ok {
		err = errStopping
	}
	return old, err
}

// startNext starts the worker that is to take the place of a slot's.
func (l *launcher) startNext(s *slot, probe bool) (p *process, err error) {
	ok := l.do(func() {
		if l.stopping || !l.has(s) {
			err = errStopping
			return
		}
		if p, err = l.start(s, probe); err == nil {
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
			_, err := l.replace(s, false)
			if err != nil {
				l.log.Error("it was not replaced", "slot", s.number, "error", err)
			}
			return err
		})
	}()
}

// scale makes the workers as many as n: those with the highest numbers come and go. It returns when the new ones
// are ready and the others have gone.
func (l *launcher) scale(n int) error {
	if n < 1 || n > len(l.mailboxes) {
		return fmt.Errorf("the number of workers has to be between 1 and %d", len(l.mailboxes))
	}
	return l.change(func() error {
		var come, gone []*process
		if !l.do(func() { come, gone = l.resize(n) }) {
			return errStopping
		}
		for _, p := range come {
			select {
			case <-p.ready:
			case <-p.gone:
				return fmt.Errorf("a new worker ended: %s", p.exit)
			case <-time.After(readyWithin):
				return fmt.Errorf("a new worker was not ready within %s", readyWithin)
			}
		}
		for _, p := range gone {
			<-p.gone
		}
		return nil
	})
}

// resize begins what scale waits for.
func (l *launcher) resize(n int) (come, leave []*process) {
	l.log.Info("scaling", "from", len(l.slots), "to", n)
	for len(l.slots) > n {
		s := l.slots[len(l.slots)-1]
		l.slots = l.slots[:len(l.slots)-1]
		s.patience()
		if p := s.worker; p != nil {
			s.worker = nil
			l.dismiss(p)
			leave = append(leave, p)
		}
	}
	was := len(l.slots)
	for len(l.slots) < n {
		l.slots = append(l.slots, &slot{number: len(l.slots)})
	}
	for _, s := range l.slots[was:] { // all there, as each worker gets its part of the machine
		if l.restart(s); s.worker != nil {
			come = append(come, s.worker)
		}
	}
	return come, leave
}
