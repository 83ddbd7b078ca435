//go:build unix

package cluster

import (
	"errors"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// balanced is a worker's listener. It yields what it accepts from the shared socket, less what it passes on
// to workers that are less busy, and what others pass on to it.
type balanced struct {
	shared *net.TCPListener
	page   *page
	self   int
	inbox  *os.File
	from   syscall.RawConn
	// outboxes lead to the workers of each slot.
	outboxes []syscall.RawConn
	accepted chan accepted
	closed   chan struct{}
	once     sync.Once
}

type accepted struct {
	conn net.Conn
	err  error
}

// newBalanced is a listener that does not accept yet.
func newBalanced(shared *net.TCPListener, p *page, self int, inbox *os.File, outboxes []*os.File) (*balanced, error) {
	l := &balanced{shared: shared, page: p, self: self, inbox: inbox, accepted: make(chan accepted), closed: make(chan struct{})}
	var err error
	if l.from, err = inbox.SyscallConn(); err != nil {
		return nil, err
	}
	for _, file := range outboxes {
		raw, err := file.SyscallConn()
		if err != nil {
			return nil, err
		}
		l.outboxes = append(l.outboxes, raw)
	}
	return l, nil
}

// begin begins to accept.
func (l *balanced) begin() {
	go l.acceptShared()
	go l.acceptPassed()
}

// Accept waits for a connection.
func (l *balanced) Accept() (net.Conn, error) {
	select {
	case a := <-l.accepted:
		return a.conn, a.err
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Addr is the address of the shared socket.
func (l *balanced) Addr() net.Addr { return l.shared.Addr() }

// Close ends Accept. The socket stays open in the other processes, and so does the queue of what was passed:
// the next worker of the slot takes it up.
func (l *balanced) Close() (err error) {
	l.once.Do(func() {
		close(l.closed)
		err = errors.Join(l.rest(), l.inbox.Close())
	})
	return err
}

// rest stops to accept from the shared socket, and tells the others to pass nothing on any more. What they have
// passed is still served. What comes even so is for the next worker of the slot, or the launcher finds another one:
// http.Server.Shutdown forgets connections that are accepted at its last moment.
func (l *balanced) rest() error {
	l.page.entries[l.self].state.Store(draining)
	_ = l.inbox.SetReadDeadline(time.Now()) // fails where it is closed already
	if err := l.shared.Close(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// acceptShared accepts at once whatever comes, and serves it or passes it on.
func (l *balanced) acceptShared() {
	for {
		conn, err := l.shared.AcceptTCP()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			l.deliver(nil, err)
		default:
			l.place(conn)
		}
	}
}

// place serves a connection, or passes it on to the least busy worker. Whatever goes wrong with that, it is
// served here.
func (l *balanced) place(conn *net.TCPConn) {
	mine := &l.page.entries[l.self]
	c := &counted{TCPConn: conn, entry: mine}
	n := mine.connections.Add(1)
	other := l.page.idlest(l.self, time.Now())
	if other >= 0 && l.page.entries[other].takes(n) && l.passTo(other, c) {
		return
	}
	l.deliver(c, nil)
}

// passTo counts a connection for another worker, and passes it on to that.
func (l *balanced) passTo(other int, conn *counted) bool {
	theirs := &l.page.entries[other]
	to, slot := addressee{uint32(other), theirs.id.Load()}, int(theirs.slot.Load()) //nolint:gosec // an index
	if slot >= len(l.outboxes) {
		return false
	}
	theirs.connections.Add(1)
	theirs.unread.Add(1)
	if err := pass(l.outboxes[slot], conn.TCPConn, to); err != nil {
		theirs.connections.Add(-1)
		theirs.unread.Add(-1)
		return false
	}
	_ = conn.Close() // this descriptor of it
	return true
}

// acceptPassed serves what others pass on, until rest, and then what is left of that.
func (l *balanced) acceptPassed() {
	for l.servePassed(receive(l.from)) {
	}
	for l.servePassed(collect(l.from)) {
	}
}

// servePassed serves a connection, also one that was meant for a worker that has gone. It returns false where there
// is none.
func (l *balanced) servePassed(conn *net.TCPConn, to addressee, err error) bool {
	switch {
	case errors.Is(err, net.ErrClosed):
		return false
	case err != nil: // this process has no descriptor left for it
		l.counting(to).connections.Add(-1)
	default:
		l.deliver(&counted{TCPConn: conn, entry: l.counting(to)}, nil)
	}
	return true
}

// counting counts a connection here that the sender counted for whom it was meant.
func (l *balanced) counting(to addressee) *entry {
	mine := &l.page.entries[l.self]
	if int(to.entry) == l.self && to.id == mine.id.Load() {
		mine.unread.Add(-1)
		return mine
	}
	mine.connections.Add(1)
	if int(to.entry) < len(l.page.entries) {
		if theirs := &l.page.entries[to.entry]; theirs.id.Load() == to.id {
			theirs.connections.Add(-1)
			theirs.unread.Add(-1)
		}
	}
	return mine
}

// deliver yields a connection to Accept. One that comes when that has ended is for another worker, if there is one.
func (l *balanced) deliver(conn *counted, err error) {
	a := accepted{err: err}
	if conn != nil {
		a.conn = conn
	}
	select {
	case l.accepted <- a:
	case <-l.closed:
		if other := l.page.idlest(l.self, time.Now()); conn != nil && (other < 0 || !l.passTo(other, conn)) {
			_ = conn.Close()
		}
	}
}

// counted is a connection that its worker counts.
type counted struct {
	*net.TCPConn

	entry *entry
	once  sync.Once
}

// Close closes the connection, and counts it no more.
func (c *counted) Close() error {
	c.once.Do(func() { c.entry.connections.Add(-1) })
	return c.TCPConn.Close()
}
