//go:build unix

package cluster

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"syscall"
)

// prepare opens all that workers inherit.
func (l *launcher) prepare(ctx context.Context) (err error) {
	if l.program, err = program(); err != nil {
		return err
	}
	if l.accepted, err = openOwn(l.program); err != nil {
		return err
	}
	if err := l.listen(ctx); err != nil {
		return err
	}
	if err := l.removeLeftovers(); err != nil {
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

// removeLeftovers removes the sockets of workers that were killed with their launcher.
func (l *launcher) removeLeftovers() error {
	left, err := filepath.Glob(filepath.Join(l.config.RunDir, "[0-9]*"+adminSuffix))
	for _, path := range left {
		if gone := os.Remove(path); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}

// listen opens the port. Workers of a launcher that was killed may still hold it for a moment.
func (l *launcher) listen(ctx context.Context) error {
	var listener net.Listener
	var passes error // none
	if l.crashed() {
		passes = syscall.EADDRINUSE
	}
	err := patiently(ctx, func() (err error) {
		listener, l.url, err = l.config.Listen()
		return err
	}, passes)
	if err != nil {
		return err
	}
	l.addr = listener.Addr()
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
