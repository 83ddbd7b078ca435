//go:build !unix

package signals

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// Until returns a context that ends with parent, on an interrupt, and when the console closes.
func Until(parent context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM)
}

// Handle does nothing: there are no such signals.
func Handle(context.Context, Tasks) (stop func()) { return func() {} }
