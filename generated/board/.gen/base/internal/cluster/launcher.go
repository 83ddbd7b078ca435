//go:build unix

package cluster

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"example.com/board/internal/systemd"
)

// launcher runs workers. Its fields belong to its loop: what others want done goes through do.
type launcher struct {
	config    Config
	log       *slog.Logger
	program   string
	listener  *os.File
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
	questions     map[*question]bool
	interrupts    int // how often it was told to end by a signal
	todo          chan func()
	done          chan struct{}
	// changing is held by what replaces workers: one at a time.
	changing chan struct{}
}

// Launch runs workers until ctx ends and all of them have gone. A second interrupt or SIGTERM ends all waiting.
// Its error matches ErrRunning if another launcher has the run folder.
func Launch(ctx context.Context, config Config) (err error) {
	l := &launcher{
		config: config, log: cmp.Or(config.Log, slog.Default()), started: time.Now(), leaving: map[*process]bool{},
		questions: map[*question]bool{},
		todo:      make(chan func()), done: make(chan struct{}), changing: make(chan struct{}, 1),
	}
	unlock, err := lock(config.RunDir)
	if err != nil {
		return fmt.Errorf("%s %w", config.Name, err)
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
	go systemd.Watch(context.WithoutCancel(ctx), l.alive)
	if config.Metrics != nil {
		shown, err := config.Metrics.Serve(l.ask)
		if err != nil {
			return err
		}
		defer func() { _ = shown.Close() }()
	}
	return l.run(ctx)
}

// prepare opens all that workers inherit.
func (l *launcher) prepare(ctx context.Context) (err error) {
	if l.program, err = program(); err != nil {
		return err
	}
	if err := l.listen(ctx); err != nil {
		return err
	}
	n := max(2*l.config.Workers, 16)
	if l.page, l.pageFile, err = newPage(l.config.RunDir, 4*n); err != nil {
		return err
	}
	for range n {
		box, err := newMailbox()
		if err != nil {
			return err
		}
		l.mailboxes = append(l.mailboxes, box)
	}
	for i := range l.config.Workers {
		l.slots = append(l.slots, &slot{number: i})
	}
	return nil
}

// listen opens the port. Workers of a launcher that was killed may still hold it for a moment.
func (l *launcher) listen(ctx context.Context) error {
	listener, url, err := l.config.Listen()
	for wait := 20 * time.Millisecond; errors.Is(err, syscall.EADDRINUSE) && l.crashed() && wait < 2*time.Second; wait *= 2 {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
		listener, url, err = l.config.Listen()
	}
	if err != nil {
		return err
	}
	l.url = url
	if l.listener, err = share(listener); err != nil || l.config.Redirect == nil {
		return err
	}
	if listener, err = l.config.Redirect(); err != nil {
		return err
	}
	l.redirect, err = share(listener)
	return err
}

// secret is what a worker gets to know.
func (l *launcher) secret() []byte {
	if l.config.Secret == nil {
		return nil
	}
	return l.config.Secret()
}

// crashed says that the launcher before this one did not end well: its control socket is still there.
func (l *launcher) crashed() bool {
	_, err := os.Stat(filepath.Join(l.config.RunDir, controlName))
	return err == nil
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

// alive says whether the loop goes on.
func (l *launcher) alive(ctx context.Context) error {
	select {
	case l.todo <- func() {}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
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
	p, err := l.start(s, !l.serving)
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
		l.log.Info("listening", "url", l.url, "workers", len(l.slots))
		systemd.Notify(systemd.Ready)
	}
}

// ended notes that a process has ended, and starts another where it served.
func (l *launcher) ended(p *process, err error) {
	p.exit = end(err)
	l.answered(p)
	if l.config.Metrics != nil {
		l.config.Metrics.Gone(p.id)
	}
	_ = p.channel.file.Close()
	l.page.free(p.entry)
	if p.kill != nil {
		p.kill.Stop()
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
		s.worker = nil
	}
	s.lastExit = p.exit
	l.log.Warn("worker ended", "slot", s.number, "pid", p.cmd.Process.Pid, "exit", p.exit, "after", time.Since(p.started).Round(time.Millisecond))
	if !l.some && !l.stopping {
		l.abandon(fmt.Errorf("no worker became ready: %s", p.exit))
	}
	if s.worker == nil && !l.stopping && l.has(s) {
		s.restarts++
		l.wait(s, p.lived())
	}
}

// has says that a slot is still one of this launcher's: it may have gone, and another one have its number.
func (l *launcher) has(s *slot) bool { return s.number < len(l.slots) && l.slots[s.number] == s }

// abandon stops because of an error.
func (l *launcher) abandon(err error) {
	l.failed = err
	l.stop()
}

// stop has all workers leave. The port closes with the last of them.
func (l *launcher) stop() {
	l.stopping = true
	systemd.Notify(systemd.Stopping)
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
	p.kill = time.AfterFunc(patience, func() { _ = p.cmd.Process.Kill() })
}

// release closes what workers inherited.
func (l *launcher) release() {
	l.closeListeners()
	for _, box := range l.mailboxes {
		_ = box.inbox.Close()
		_ = box.outbox.Close()
	}
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
		_ = p.cmd.Process.Kill()
	}
}

// watch looks after workers that are silent, or hold too much memory.
func (l *launcher) watch() {
	l.redeliver()
	for _, s := range l.slots {
		p := s.worker
		if p == nil {
			continue
		}
		if p.served.IsZero() {
			if took := time.Since(p.started); took > readyWithin && p.kill == nil {
				l.log.Error("worker does not get ready", "slot", s.number, "pid", p.cmd.Process.Pid, "after", took.Round(time.Second))
				l.shoot(p)
			}
			continue
		}
		e := &l.page.entries[p.entry]
		p.rate.note(e.requests.Load(), time.Now())
		if silent := time.Since(time.Unix(0, e.beat.Load())); silent > stuckAfter {
			l.log.Error("worker is stuck", "slot", s.number, "pid", p.cmd.Process.Pid, "silent", silent.Round(time.Second))
			l.shoot(p)
		} else if l.config.MaxMemory > 0 && e.memory.Load() > l.config.MaxMemory && p.lived() > relieveAfter {
			l.relieve(s)
		}
	}
}

// shoot has a process that is stuck say what it was doing, and ends it. The beat is renewed so that this
// happens once.
func (l *launcher) shoot(p *process) {
	l.page.entries[p.entry].beat.Store(time.Now().UnixNano())
	l.page.entries[p.entry].state.Store(draining)
	_ = p.cmd.Process.Signal(syscall.SIGQUIT)
	p.kill = time.AfterFunc(time.Second, func() { _ = p.cmd.Process.Kill() })
}
