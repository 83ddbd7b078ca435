//go:build unix

package cluster

import (
	"errors"
	"fmt"
	"time"
)

// scale makes the workers as many as n: those with the highest numbers come and go. It returns when the new ones
// are ready and the others have gone. If a new one fails, there are as many as before.
func (l *launcher) scale(n int) error {
	if n < 1 || n > len(l.mailboxes) {
		return fmt.Errorf("the number of workers has to be between 1 and %d, twice what WORKERS was at the start or 16", len(l.mailboxes))
	}
	return l.change(func() error {
		var was int
		var come, gone []*process
		err := errStopping
		l.do(func() {
			was = len(l.slots)
			come, gone, err = l.resize(n)
		})
		if err == nil {
			err = awaitReady(come)
		}
		if err != nil {
			return l.scaleBack(was, err)
		}
		awaitGone(gone)
		return nil
	})
}

// scaleBack makes the workers as many as they were, and says why.
func (l *launcher) scaleBack(was int, why error) error {
	var gone []*process
	err := errStopping
	l.do(func() { _, gone, err = l.resize(was) })
	if err != nil {
		return err
	}
	awaitGone(gone)
	return fmt.Errorf("%w; the number of workers is %d as before", why, was)
}

func awaitReady(come []*process) error {
	late := time.After(readyWithin)
	for _, p := range come {
		select {
		case <-p.ready:
		case <-p.gone:
			return fmt.Errorf("a new worker ended: %s", p.exit)
		case <-late:
			return fmt.Errorf("a new worker was not ready within %s", readyWithin)
		}
	}
	return nil
}

func awaitGone(leave []*process) {
	for _, p := range leave {
		<-p.gone
	}
}

// resize begins what scale waits for.
func (l *launcher) resize(n int) (come, leave []*process, err error) {
	if l.stopping {
		return nil, nil, errStopping
	}
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
		if l.restart(s); s.worker == nil {
			return come, leave, errors.New("a new worker cannot be started; the log says why")
		}
		come = append(come, s.worker)
	}
	return come, leave, nil
}
