//go:build unix

package cluster

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"example.com/board/internal/logfile"
	"example.com/board/internal/systemd"
)

// launcher runs workers. Its fields belong to its loop: what others want done goes through do.
type launcher struct {
	config    Config
	log       *slog.Logger
	program   string   // the name of what a reload starts
	accepted  *release // what workers are started from otherwise
	listener  *os.File
	addr      net.Addr
	url       string
	page      *page
	pageFile  *os.File
	mailboxes []mailbox
	slots     []*slot
	leaving   map[*process]bool
	redirect  *os.File // nil for none
	lastID    uint32
	started   time.Time
	// serving says that all workers have been ready once, some that one has.
	serving, some bool
	stopping      bool
	failed        error
	duty          duty
	questions     map[*question]bool
	interrupts    int  // how often it was told to end by a signal
	reloads       bool // one waits for its turn
	restarts      int  // of workers that died
	failedReloads int
	todo          chan func()
	done          chan struct{}
	// watched is when the workers were looked after last, by the clock on the wall as their beats are; awake is since
	// when that was done each second.
	watched, awake time.Time
	// changing is held by what replaces workers: one at a time.
	changing chan struct{}
}

// Launch runs workers until ctx ends and all of them have gone. A second interrupt or SIGTERM ends all waiting.
// Its error matches ErrRunning if another launcher has the run folder.
func Launch(ctx context.Context, config Config) (err error) {
	config = config.complete()
	l := &launcher{
		config: config, log: config.Log, started: time.Now(), leaving: map[*process]bool{},
		questions: map[*question]bool{},
		todo:      make(chan func()), done: make(chan struct{}), changing: make(chan struct{}, 1),
	}
	unlock, err := lock(ctx, config.RunDir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	defer l.release()
	if err := l.prepare(ctx); err != nil {
		return err
	}
	control, err := l.serveControl()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, control.Close()) }()
	if err := l.takeDuty(ctx); err != nil {
		return err
	}
	defer l.duty.end()
	go systemd.Watch(context.WithoutCancel(ctx), l.alive)
	if config.Metrics != nil {
		shown, err := config.Metrics.Serve(l.ask, l.dial, l.count)
		if err != nil {
			return err
		}
		defer func() { _ = shown.Close() }()
	}
	return l.run(ctx)
}

// do has the loop do something, and waits for that. It returns false when the loop has ended.
func (l *launcher) do(f func()) bool {
	did := make(chan struct{})
	select {
	case l.todo <- func() { f(); close(did) }:
		<-did
		return true
	case <-l.done:
		return false
	}
}

// run is the loop: everything happens in it, one thing after the other.
func (l *launcher) run(ctx context.Context) error {
	defer close(l.done)
	signals, stop := l.signals()
	defer stop()
	l.restart(l.slots[0]) // the others follow when it serves: what keeps all from it is said once
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	end, boot := ctx.Done(), time.After(readyWithin)
	for len(l.processes()) > 0 || !l.stopping {
		select {
		case f := <-l.todo:
			f()
		case sig := <-signals:
			l.signalled(sig)
		case <-tick.C:
			l.watch()
		case <-boot:
			if !l.some {
				l.abandon(fmt.Errorf("no worker was ready within %s", readyWithin))
			}
		case <-end:
			end = nil
			l.stop()
		}
	}
	return l.failed
}

// restart starts the worker of a slot that has none.
func (l *launcher) restart(s *slot) {
	s.patience()
	if l.stopping || s.worker != nil || s.next != nil || !l.has(s) {
		return
	}
	p, err := l.start(s, l.accepted, !l.serving)
	if err != nil && !l.some {
		l.abandon(fmt.Errorf("no worker can be started: %w", err))
		return
	}
	if err != nil {
		l.log.Error("a worker cannot be started", "slot", s.number, "error", err)
		l.wait(s, 0)
		return
	}
	s.worker = p
}

// wait starts the worker of a slot in a while.
func (l *launcher) wait(s *slot, lived time.Duration) {
	delay := s.delay(lived)
	if delay == 0 {
		l.restart(s)
		return
	}
	s.begins = time.Now().Add(delay)
	s.again = time.AfterFunc(delay, func() { l.do(func() { l.restart(s) }) })
}

// serves notes that a worker is ready.
func (l *launcher) serves(p *process) {
	if !p.served.IsZero() {
		return
	}
	p.served = time.Now()
	close(p.ready)
	if p.slot.worker == p {
		p.slot.generation++
	}
	l.log.Debug("worker ready", "slot", p.slot.number, "pid", p.cmd.Process.Pid)
	if !l.some {
		l.some = true
		l.duty.begin()
		for _, s := range l.slots {
			l.restart(s)
		}
	}
	for _, s := range l.slots {
		if s.worker == nil || s.worker.served.IsZero() {
			return
		}
	}
	if !l.serving {
		l.serving = true
		logfile.Announce(l.log, "listening", "url", l.url, "workers", len(l.slots))
		systemd.Notify(systemd.Ready)
	}
}

// ended notes that a process has ended, and starts another where it served.
func (l *launcher) ended(p *process, err error) {
	p.exit = cmp.Or(p.shot, end(err))
	l.answered(p)
	if l.config.Metrics != nil {
		l.config.Metrics.Gone(p.id)
	}
	_ = p.channel.file.Close()
	_ = os.Remove(l.adminOf(p)) // where it was killed
	l.page.free(p.entry)
	if p.deadline != nil {
		p.deadline.Stop()
	}
	defer close(p.gone)
	defer l.redeliver()
	s := p.slot
	switch {
	case p.leaving:
		delete(l.leaving, p)
		if l.stopping && err != nil && !p.served.IsZero() {
			l.failed = errUnanswered
		}
		l.log.Debug("worker left", "slot", s.number, "pid", p.cmd.Process.Pid, "exit", p.exit)
		return
	case s.next == p:
		s.next = nil
	case s.worker == p:
		s.worker, s.lastExit = nil, p.exit
	}
	l.log.Warn("worker ended", "slot", s.number, "pid", p.cmd.Process.Pid, "exit", p.exit, "after", time.Since(p.started).Round(time.Millisecond))
	if !l.some && !l.stopping {
		l.abandon(fmt.Errorf("no worker became ready: %s", p.exit))
	}
	if s.worker == nil && !l.stopping && l.has(s) {
		s.restarts++
		l.restarts++
		l.wait(s, p.lived())
	}
}

// has says that a slot is still one of this launcher's: it may have gone, and another one have its number.
func (l *launcher) has(s *slot) bool { return s.number < len(l.slots) && l.slots[s.number] == s }
