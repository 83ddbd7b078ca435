//go:build unix

package cluster

import (
	"errors"
	"fmt"
	"net"
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

// inherit takes a descriptor over. It blocks nobody, and goes no further.
func inherit(fd int, name string) *os.File {
	unix.CloseOnExec(fd)
	_ = unix.SetNonblock(fd, true) // the page's file has nothing to block
	return os.NewFile(uintptr(fd), name)
}

func inheritListener(fd int) (*net.TCPListener, error) {
	file := inherit(fd, "listener")
	listener, err := net.FileListener(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("the listener of the launcher: %w", err)
	}
	tcp, ok := listener.(*net.TCPListener)
	if !ok {
		return nil, errors.New("the listener of the launcher is none of TCP")
	}
	return tcp, nil
}

func inheritOutboxes(n int) []*os.File {
	files := make([]*os.File, n)
	for slot := range files {
		files[slot] = inherit(outboxFD+slot, "outbox")
	}
	return files
}

// closedOnce is a listener that may be closed again.
type closedOnce struct {
	net.Listener

	once sync.Once
	err  error
}

// Close closes the listener the first time.
func (l *closedOnce) Close() error {
	l.once.Do(func() { l.err = l.Listener.Close() })
	return l.err
}
