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
	// deadline kills it when it takes too long to leave.
	deadline *time.Timer
	// shot says why the launcher killed it; "" where it did not.
	shot string
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

// program is the name of this program: a reload starts what is there then.
func program() (string, error) {
	path, err := exec.LookPath(os.Args[0])
	if err != nil {
		return os.Executable()
	}
	return filepath.Abs(path)
}

// start starts a process of a release in a slot. With probe it asks its stores before it is ready.
func (l *launcher) start(s *slot, from *release, probe bool) (*process, error) {
	l.lastID++
	entry, err := l.page.take(s.number, l.lastID)
	if err != nil {
		return nil, err
	}
	p := &process{slot: s, entry: entry, id: l.lastID, started: time.Now(), build: from.build, ready: make(chan struct{}), gone: make(chan struct{})}
	if err := l.exec(p, from, probe); err != nil {
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
		select {
		case <-said: // its last report may still be on its way
		case <-time.After(lastWords): // what it started and left behind holds the channel
		}
		l.do(func() { l.ended(p, err) })
	}()
	return p, nil
}

// exec starts a release with what a worker inherits.
func (l *launcher) exec(p *process, from *release, probe bool) error {
	mine, theirs, err := socketPair(unix.SOCK_STREAM)
	if err != nil {
		return err
	}
	defer func() { _ = theirs.Close() }()
	p.channel = newChannel(mine)
	inherited := l.inherited(p.slot.number, theirs)
	program := firstFD + len(inherited)
	who := identity{Slot: p.slot.number, Entry: p.entry, ID: p.id, Slots: len(l.mailboxes), Probe: probe, Redirect: l.redirect != nil, Admin: l.adminOf(p), Secret: l.secret()}
	if from.file != nil {
		inherited, who.Program = append(inherited, from.file), program
	}
	p.cmd = exec.Command(from.nameFor(program), os.Args[1:]...) //nolint:gosec // the program itself
	p.cmd.Args[0] = from.path
	p.cmd.Env = append(environment(max(1, len(l.slots))), workerVariable+"="+strconv.Itoa(p.slot.number))
	p.cmd.Stdout, p.cmd.Stderr = os.Stdout, os.Stderr
	p.cmd.ExtraFiles = inherited
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // an interrupt at the terminal is the launcher's
	if err := p.channel.introduce(who); err != nil {
		return errors.Join(err, mine.Close())
	}
	if err := p.cmd.Start(); err != nil {
		return errors.Join(err, mine.Close())
	}
	return nil
}

// inherited are the files that the worker of a slot gets, in the order of their descriptors.
func (l *launcher) inherited(slot int, channel *os.File) []*os.File {
	files := []*os.File{l.listener, channel, l.pageFile, l.mailboxes[slot].inbox}
	for _, box := range l.mailboxes {
		files = append(files, box.outbox)
	}
	if l.redirect != nil {
		files = append(files, l.redirect)
	}
	return files
}

// kill ends it at once, with all that it has started.
func (p *process) kill() {
	if p.cmd.Process.Kill() == nil { // else its number may be another's already
		_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	}
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
