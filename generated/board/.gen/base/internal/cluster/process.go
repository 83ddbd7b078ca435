//go:build unix

package cluster

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// process is one worker, from its start to its end. Only the launcher's loop touches its fields.
type process struct {
	slot    *slot
	entry   int
	id      uint32
	cmd     *exec.Cmd
	channel *channel
	build   string
	started time.Time
	served  time.Time // when it became ready; zero until then
	leaving bool
	rate    rate
	// kill ends it for good when it takes too long to leave.
	kill *time.Timer
	// ready and gone are closed when it is; exit says how it ended, from then on.
	ready, gone chan struct{}
	exit        string
}

// lived is how long it has been ready.
func (p *process) lived() time.Duration {
	if p.served.IsZero() {
		return 0
	}
	return time.Since(p.served)
}

// program is the file to start workers from: what is there under that name when they are started.
func program() (string, error) {
	path, err := exec.LookPath(os.Args[0])
	if err != nil {
		return os.Executable()
	}
	return filepath.Abs(path)
}

// start starts a process in a slot. With probe it asks its stores before it is ready.
func (l *launcher) start(s *slot, probe bool) (*process, error) {
	l.lastID++
	entry, err := l.page.take(s.number, l.lastID)
	if err != nil {
		return nil, err
	}
	p := &process{slot: s, entry: entry, id: l.lastID, started: time.Now(), build: buildOf(l.program), ready: make(chan struct{}), gone: make(chan struct{})}
	if err := l.exec(p, probe); err != nil {
		l.page.free(entry)
		return nil, err
	}
	l.log.Debug("worker started", "slot", s.number, "pid", p.cmd.Process.Pid)
	said := make(chan struct{})
	go func() {
		defer close(said)
		p.channel.receive(func(m message) { l.do(func() { l.told(p, m) }) })
	}()
	go func() {
		err := p.cmd.Wait()
		<-said // its last report may still be on its way
		l.do(func() { l.ended(p, err) })
	}()
	return p, nil
}

// exec starts the program with what a worker inherits.
func (l *launcher) exec(p *process, probe bool) error {
	mine, theirs, err := socketPair(unix.SOCK_STREAM)
	if err != nil {
		return err
	}
	defer func() { _ = theirs.Close() }()
	p.channel = newChannel(mine)
	who := identity{Slot: p.slot.number, Entry: p.entry, ID: p.id, Slots: len(l.mailboxes), Probe: probe, Redirect: l.redirect != nil, Admin: l.adminOf(p), Secret: l.secret()}
	p.cmd = exec.Command(l.program, os.Args[1:]...) //nolint:gosec // the program itself
	p.cmd.Env = append(environment(max(1, len(l.slots))), workerVariable+"="+strconv.Itoa(p.slot.number))
	p.cmd.Stdout, p.cmd.Stderr = os.Stdout, os.Stderr
	p.cmd.ExtraFiles = []*os.File{l.listener, theirs, l.pageFile, l.mailboxes[p.slot.number].inbox}
	for _, box := range l.mailboxes {
		p.cmd.ExtraFiles = append(p.cmd.ExtraFiles, box.outbox)
	}
	if l.redirect != nil {
		p.cmd.ExtraFiles = append(p.cmd.ExtraFiles, l.redirect)
	}
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // an interrupt at the terminal is the launcher's
	if err := p.channel.introduce(who); err != nil {
		return errors.Join(err, mine.Close())
	}
	if err := p.cmd.Start(); err != nil {
		return errors.Join(err, mine.Close())
	}
	return nil
}

// end describes how a process ended.
func end(err error) string {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		if err != nil {
			return err.Error()
		}
		return "exit status 0"
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	if ok && status.Signaled() && status.Signal() == syscall.SIGKILL {
		return "killed, out of memory?"
	}
	return strings.TrimPrefix(exit.Error(), "signal: ")
}
