//go:build !unix

package cluster

import (
	"context"
	"errors"
	"net"
	"runtime"
	"sync/atomic"

	"example.com/board/internal/logfile"
)

// ErrUnsupported says that this system has one process only.
var ErrUnsupported = errors.New("several workers need Unix; on " + runtime.GOOS + " one process serves with all cores: --workers 1")

// Launch fails with ErrUnsupported.
func Launch(context.Context, Config) error { return ErrUnsupported }

// Cores is how many workers make sense.
func Cores() int { return 1 }

// Worker is none.
type Worker struct{}

// Join returns nil.
func Join(*logfile.Log) (*Worker, error) { return nil, nil }

// Context is parent.
func (*Worker) Context(parent context.Context) (context.Context, context.CancelFunc) {
	return context.WithCancel(parent)
}

// First is true.
func (*Worker) First() bool { return true }

// Number is 0.
func (*Worker) Number() int { return 0 }

// Probes is true.
func (*Worker) Probes() bool { return true }

// Listener returns nil.
func (*Worker) Listener() net.Listener { return nil }

// Redirects returns nil.
func (*Worker) Redirects() net.Listener { return nil }

// Operator returns nil.
func (*Worker) Operator() (net.Listener, error) { return nil, nil }

// Known returns nil.
func (*Worker) Known() []byte { return nil }

// News returns nil.
func (*Worker) News() <-chan struct{} { return nil }

// Rest does nothing.
func (*Worker) Rest() error { return nil }

// Orphaned never happens.
func (*Worker) Orphaned() <-chan struct{} { return nil }

// Report does nothing.
func (*Worker) Report(func() ([]byte, error)) {}

// Requests counts for nobody.
func (*Worker) Requests() *atomic.Int64 { return new(atomic.Int64) }

// Ready fails with ErrUnsupported.
func (*Worker) Ready(context.Context, func(context.Context) error, ...func(context.Context) error) error {
	return ErrUnsupported
}

// Control speaks to nobody.
type Control struct{}

// Dial returns a control whose commands fail with ErrUnsupported.
func Dial(string) *Control { return &Control{} }

// Status fails with ErrUnsupported.
func (*Control) Status(context.Context) (Status, error) { return Status{}, ErrUnsupported }

// Reload fails with ErrUnsupported.
func (*Control) Reload(context.Context) (string, error) { return "", ErrUnsupported }

// Stop fails with ErrUnsupported.
func (*Control) Stop(context.Context) error { return ErrUnsupported }

// Scale fails with ErrUnsupported.
func (*Control) Scale(context.Context, int) error { return ErrUnsupported }
