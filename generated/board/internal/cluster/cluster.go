// Package cluster runs a server as several processes that share one port, as Node's cluster does: a
// launcher starts the workers, watches them, starts one again that died, and replaces them one by one
// when the program on disk is a new one. No request is dropped when a worker is replaced.
//
// The launcher opens the listener, and every worker inherits it: whoever is free accepts. A worker that
// holds clearly more connections than another passes a new one on to it. The launcher itself never
// touches a connection.
//
// A Go process uses all cores by itself. What several buy is isolation, for a crash ends one of them, and
// releases that nobody notices.
package cluster

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"time"

	"example.com/board/internal/logfile"
)

// Config is what an operator decides about the cluster.
type Config struct {
	// Listen opens the port, and says how clients call it: https://example.com:8443.
	Listen func() (listener net.Listener, url string, err error)
	// Redirect opens the port that redirects to the other; nil for none.
	Redirect func() (net.Listener, error)
	// Secret is what a worker that starts now is to know and no other process; nil for nothing.
	Secret func() []byte
	// Duty is what the launcher does for all workers, nil for nothing. It is called before the first one starts, with
	// the address that they serve. What it returns is run from when one serves until the launcher stops. tell has
	// all workers hear of it, by Worker.News.
	Duty func(addr net.Addr, tell func()) (run func(context.Context), err error)
	// Metrics sums what workers measure; nil for nobody.
	Metrics Metrics
	// Workers is how many processes serve.
	Workers int
	// RunDir is the folder of the lock and the control socket. It is made if it is absent.
	RunDir string
	// LameDuck is how long a leaving worker keeps answering, DrainTimeout how long it waits then for what
	// is in flight.
	LameDuck, DrainTimeout time.Duration
	// MaxMemory is the resident memory in bytes from which on a worker is replaced; 0 means no limit.
	MaxMemory int64
	// Log takes what happens to workers; nil means slog.Default().
	Log *slog.Logger
	// Output is what Log and those of the workers are written to; nil means standard error.
	Output *logfile.Log
}

func (c Config) complete() Config {
	c.Output = cmp.Or(c.Output, logfile.To(os.Stderr))
	c.Log = cmp.Or(c.Log, slog.Default())
	return c
}

// Metrics takes what workers measure, in their own words.
type Metrics interface {
	// Serve begins to show it, until it is closed. ask has all workers report, and waits for that; dial connects to what
	// the worker of a slot serves for its operator; count is how many workers are ready, and how often since the start
	// one was started because one had died, and a reload failed.
	Serve(ask func(context.Context), dial func(ctx context.Context, slot int) (net.Conn, error), count func() (ready, restarts, failedReloads int)) (io.Closer, error)
	// Report takes what a worker has measured until now.
	Report(worker uint32, report []byte)
	// Gone says that there will be no more reports of a worker.
	Gone(worker uint32)
}

var (
	// ErrRunning says that another launcher has the run folder.
	ErrRunning = errors.New("is running already")
	// ErrNotRunning says that no launcher has the run folder.
	ErrNotRunning = errors.New("is not running")

	errUnanswered = errors.New("stopped before every request was answered")
)

// workerVariable tells a worker from a launcher, and who it is.
const workerVariable = "CLUSTER_WORKER"

// InWorker says that this process is a worker of a launcher.
func InWorker() bool { return os.Getenv(workerVariable) != "" }

const (
	// beatEvery is how often a worker says that it is alive. One that was silent for quietAfter gets no
	// connections from others, and one that was for stuckAfter is killed.
	beatEvery  = time.Second
	quietAfter = 2500 * time.Millisecond
	stuckAfter = 10 * time.Second
	// readyWithin is how long a new worker may take until it serves.
	readyWithin = 30 * time.Second
	// settled is how long a worker has to live after that to be no failure.
	settled = time.Second
	// relieveAfter is how long a worker serves at least, however much memory it holds: the next may hold as much.
	relieveAfter = 30 * time.Second
)
