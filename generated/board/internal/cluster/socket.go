//go:build unix

package cluster

import (
	"encoding/binary"
	"errors"
	"net"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// socketPair makes two sockets that are connected with each other. They don't block, and programs that this
// one starts get them only if it says so.
func socketPair(kind int) (a, b *os.File, err error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fds, err := unix.Socketpair(unix.AF_UNIX, kind, 0)
	if err != nil {
		return nil, nil, os.NewSyscallError("socketpair", err)
	}
	for _, fd := range fds {
		unix.CloseOnExec(fd)
		err = errors.Join(err, unix.SetNonblock(fd, true))
	}
	return os.NewFile(uintptr(fds[0]), "socketpair"), os.NewFile(uintptr(fds[1]), "socketpair"), err
}

// share closes a listener, and leaves a descriptor of its socket for workers to inherit.
func share(listener net.Listener) (*os.File, error) {
	tcp, ok := listener.(*net.TCPListener)
	if !ok {
		return nil, errors.Join(errors.New("workers can share a TCP port only"), listener.Close())
	}
	file, err := duplicate(tcp)
	return file, errors.Join(err, tcp.Close())
}

// duplicate is another descriptor of a listener's socket. TCPListener.File would not do: it makes the socket,
// which all processes share, a blocking one.
func duplicate(listener *net.TCPListener) (*os.File, error) {
	raw, err := listener.SyscallConn()
	if err != nil {
		return nil, err
	}
	fd := -1
	controlled := raw.Control(func(of uintptr) {
		fd, err = unix.FcntlInt(of, unix.F_DUPFD_CLOEXEC, 0)
	})
	if err := errors.Join(controlled, err); err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), "listener"), nil
}

// addressee is the worker that a connection is passed to.
type addressee struct{ entry, id uint32 }

// pass sends a connection through a socket, and says whom it is for. It never waits: it fails where the
// other side has fallen behind.
func pass(through syscall.RawConn, conn *net.TCPConn, to addressee) error {
	raw, err := conn.SyscallConn()
	if err != nil {
		return err
	}
	var sent error
	controlled := through.Control(func(socket uintptr) {
		sent = raw.Control(func(fd uintptr) {
			text := binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, to.entry), to.id)
			err = unix.Sendmsg(int(socket), text, unix.UnixRights(int(fd)), nil, unix.MSG_DONTWAIT|unix.MSG_NOSIGNAL)
		})
	})
	return errors.Join(controlled, sent, err)
}

// parcel is a message with a connection.
type parcel struct {
	text      [8]byte
	rights    [64]byte
	n, length int
	err       error
}

// take receives the next one from a socket. It returns false if there is none yet.
func (p *parcel) take(socket uintptr) bool {
	for {
		p.n, p.length, _, _, p.err = unix.Recvmsg(int(socket), p.text[:], p.rights[:unix.CmsgSpace(4)], receiveFlags)
		if !errors.Is(p.err, unix.EINTR) {
			return !errors.Is(p.err, unix.EAGAIN)
		}
	}
}

// open returns what is in it.
func (p *parcel) open() (*net.TCPConn, addressee, error) {
	if p.err != nil || p.n != len(p.text) {
		return nil, addressee{}, net.ErrClosed
	}
	conn, err := received(p.rights[:p.length])
	return conn, addressee{binary.LittleEndian.Uint32(p.text[:]), binary.LittleEndian.Uint32(p.text[4:])}, err
}

// receive waits for a connection that was passed. Its error is net.ErrClosed when there will be no more.
func receive(from syscall.RawConn) (*net.TCPConn, addressee, error) {
	var p parcel
	if err := from.Read(p.take); err != nil {
		return nil, addressee{}, net.ErrClosed
	}
	return p.open()
}

// collect is receive for who does not wait: the error is net.ErrClosed where there is none.
func collect(from syscall.RawConn) (*net.TCPConn, addressee, error) {
	var p parcel
	if err := from.Control(func(socket uintptr) { p.take(socket) }); err != nil {
		return nil, addressee{}, net.ErrClosed
	}
	return p.open()
}

// received makes a connection of the descriptor in a message.
func received(rights []byte) (*net.TCPConn, error) {
	messages, err := unix.ParseSocketControlMessage(rights)
	if err != nil || len(messages) != 1 {
		return nil, errors.Join(errors.New("a connection was passed without its descriptor"), err)
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil || len(fds) != 1 {
		return nil, errors.Join(errors.New("a connection was passed without its descriptor"), err)
	}
	unix.CloseOnExec(fds[0])
	if err := unix.SetNonblock(fds[0], true); err != nil {
		return nil, errors.Join(err, unix.Close(fds[0]))
	}
	file := os.NewFile(uintptr(fds[0]), "connection")
	conn, err := net.FileConn(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return nil, errors.Join(errors.New("what was passed is no TCP connection"), conn.Close())
	}
	return tcp, nil
}
