//go:build unix

package cluster

import (
	"errors"
	"net"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// mailbox is how connections get to the worker of a slot. The launcher keeps both ends, so that what a
// worker left in it is there for the next.
type mailbox struct {
	inbox, outbox *os.File

	from, to syscall.RawConn
}

func newMailbox() (box mailbox, err error) {
	if box.inbox, box.outbox, err = socketPair(unix.SOCK_DGRAM); err != nil {
		return box, err
	}
	from, err := box.inbox.SyscallConn()
	if err != nil {
		return box, err
	}
	to, err := box.outbox.SyscallConn()
	box.from, box.to = from, to
	return box, err
}

// redeliver gives the connections in mailboxes that nobody empties to workers who serve: those of a worker that
// died, hangs, or will have no successor.
func (l *launcher) redeliver() {
	now := time.Now()
	for slot, box := range l.mailboxes {
		if !l.page.attended(slot, now) {
			l.empty(box, now)
		}
	}
}

// empty gives what is in a mailbox to others, as long as there are any.
func (l *launcher) empty(box mailbox, now time.Time) {
	for {
		idlest := l.page.idlest(-1, now)
		if idlest < 0 {
			return
		}
		conn, to, err := collect(box.from)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue
		}
		slot := l.page.entries[idlest].slot.Load()
		err = pass(l.mailboxes[slot].to, conn, to)
		if err != nil {
			err = pass(box.to, conn, to)
		}
		_ = conn.Close() // this descriptor of it
		if err != nil {
			return
		}
	}
}
