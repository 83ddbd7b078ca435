//go:build unix

package cluster

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"example.com/board/internal/logfile"
)

// identity is what a launcher tells a worker of itself, in the first message. It is not in the environment, as there is
// a secret in it.
type identity struct {
	Slot  int    `json:"slot"`
	Entry int    `json:"entry"`
	ID    uint32 `json:"id"`
	// Slots is how many outboxes it inherits.
	Slots int `json:"slots"`
	// Probe says that the worker is to ask its stores before it says that it is ready.
	Probe bool `json:"probe"`
	// Redirect says that a second listener comes last.
	Redirect bool `json:"redirect,omitempty"`
	// Admin is the socket to serve on what is for the operator, "" for none.
	Admin string `json:"admin,omitempty"`
	// Program is the descriptor that it was started from, 0 for none.
	Program int    `json:"program,omitempty"`
	Secret  []byte `json:"secret,omitempty"`
}

// firstFD is where what a process inherits begins, after standard input, output and error.
const firstFD = 3

// The descriptors that a worker inherits: then come the outboxes to all slots.
const (
	listenerFD = firstFD + iota
	channelFD
	pageFD
	inboxFD
	outboxFD
)

// Worker is this process as one of several.
type Worker struct {
	identity

	page     *page
	channel  *channel
	listener *balanced
	redirect net.Listener
	output   *logfile.Log
	closing  atomic.Bool // all others leave, too
	measure  atomic.Pointer[func() ([]byte, error)]
	news     chan struct{} // has one in it when there is something new
	told     chan struct{} // closed when it is to leave
	orphaned chan struct{} // closed when its launcher has gone
	once     sync.Once
}

// Join makes this process the worker that its launcher started it as; see InWorker. Its log goes to output. It returns
// nil for a process that no launcher started.
func Join(output *logfile.Log) (*Worker, error) {
	if !InWorker() {
		return nil, nil
	}
	w := &Worker{output: output, news: make(chan struct{}, 1), told: make(chan struct{}), orphaned: make(chan struct{})}
	if err := os.Unsetenv(workerVariable); err != nil { // programs started from here are no workers
		return nil, err
	}
	w.channel = newChannel(inherit(channelFD, "launcher"))
	if err := w.channel.decoder.Decode(&w.identity); err != nil {
		return nil, fmt.Errorf("%s is set, and not by a launcher: %w", workerVariable, err)
	}
	w.forgetProgram()
	// They are for the launcher, also where somebody sends them to all processes at once, as systemd does.
	signal.Ignore(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGUSR1, syscall.SIGTTIN, syscall.SIGTTOU)
	shared, err := inheritListener(listenerFD)
	if err != nil {
		return nil, err
	}
	if w.identity.Redirect {
		redirect, err := inheritListener(outboxFD + w.Slots)
		if err != nil {
			return nil, err
		}
		w.redirect = &closedOnce{Listener: redirect}
	}
	if w.page, err = openPage(inherit(pageFD, "page")); err != nil {
		return nil, err
	}
	if w.listener, err = newBalanced(shared, w.page, w.Entry, inherit(inboxFD, "inbox"), inheritOutboxes(w.Slots)); err != nil {
		return nil, err
	}
	go w.listen()
	return w, nil
}

// listen hears what the launcher says, and notices when it has gone.
func (w *Worker) listen() {
	w.channel.receive(func(m message) {
		switch m.Kind {
		case news:
			select {
			case w.news <- struct{}{}:
			default: // it will look anyway
			}
		case gather:
			w.report()
		case reopen:
			_ = w.output.Reopen() // the launcher, which opens the same file, says what is wrong with it
		case dump:
			w.output.Dump()
		case closeDown:
			w.closing.Store(true)
			w.tell()
		case leave:
			w.tell()
		}
	})
	close(w.orphaned)
	w.tell()
}

func (w *Worker) tell() { w.once.Do(func() { close(w.told) }) }

// Report has this worker answer with what it measures when its launcher asks, and once more in the end.
func (w *Worker) Report(measure func() ([]byte, error)) { w.measure.Store(&measure) }

// report sends what this worker has measured. What goes wrong costs an answer, not the worker: the launcher goes on
// with the report before.
func (w *Worker) report() {
	measure := w.measure.Load()
	if measure == nil {
		return
	}
	if text, err := (*measure)(); err == nil {
		_ = w.channel.encode(message{report, text})
	}
}

// Context ends with parent, or when this worker is to leave. Without a worker it is parent. Whoever cancels it has
// done all that this worker will do.
func (w *Worker) Context(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	if w == nil {
		return ctx, cancel
	}
	go func() {
		select {
		case <-w.told:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, func() { w.report(); cancel() }
}

// First says that this process does what is done once for all workers: it is that of slot 0, or there are no others.
func (w *Worker) First() bool { return w == nil || w.Slot == 0 }

// Number is the slot of this worker, 0 where there are no others.
func (w *Worker) Number() int {
	if w == nil {
		return 0
	}
	return w.Slot
}

// Probes says that this process ends when what it depends on does not answer: nobody is served by another one like it
// yet. One that takes the place of a worker that died starts without.
func (w *Worker) Probes() bool { return w == nil || w.Probe }

// Listener yields the connections of this worker.
func (w *Worker) Listener() net.Listener { return w.listener }

// Redirects yields the connections that are to be redirected, nil where there is no port for that.
func (w *Worker) Redirects() net.Listener { return w.redirect }

// Operator opens the socket on which this worker serves what is for its operator alone. It returns nil where nobody
// asks for that.
func (w *Worker) Operator() (net.Listener, error) {
	if w.Admin == "" {
		return nil, nil
	}
	listener, err := net.Listen("unix", w.Admin)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(w.Admin, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return listener, nil
}

// Known is the secret of the launcher and its workers, nil where there is none.
func (w *Worker) Known() []byte {
	if w == nil {
		return nil
	}
	return w.Secret
}

// News yields something whenever the launcher has done something for its workers. It is nil where there are none.
func (w *Worker) News() <-chan struct{} {
	if w == nil {
		return nil
	}
	return w.news
}

// Rest accepts nothing more but what other workers have passed on already. Where the others leave as well, it does
// nothing: nobody else would accept.
func (w *Worker) Rest() error {
	if w.closing.Load() {
		return nil
	}
	err := w.listener.rest()
	if w.redirect != nil {
		err = errors.Join(err, w.redirect.Close())
	}
	return err
}

// Orphaned is closed when the launcher has gone: there is nobody to wait for.
func (w *Worker) Orphaned() <-chan struct{} { return w.orphaned }

// Requests counts the requests of this worker.
func (w *Worker) Requests() *atomic.Int64 { return &w.page.entries[w.Entry].requests }

// Ready tells the launcher that this worker serves. It asks the checks first if the launcher wants it to.
// From then on alive is asked each second; a worker that has not answered for ten is killed.
func (w *Worker) Ready(ctx context.Context, alive func(context.Context) error, checks ...func(context.Context) error) error {
	if w.Probe {
		for _, check := range checks {
			if err := check(ctx); err != nil {
				return err
			}
		}
	}
	mine := &w.page.entries[w.Entry]
	mine.beat.Store(time.Now().UnixNano())
	mine.state.CompareAndSwap(starting, active)
	w.listener.begin()
	go w.beat(ctx, alive)
	return w.channel.send(ready)
}

// beat says each second that this worker is alive, as long as it is.
func (w *Worker) beat(ctx context.Context, alive func(context.Context) error) {
	ticker := time.NewTicker(beatEvery)
	defer ticker.Stop()
	mine := &w.page.entries[w.Entry]
	for range ticker.C {
		mine.memory.Store(residentMemory())
		asked, cancel := context.WithTimeout(context.WithoutCancel(ctx), stuckAfter)
		if err := alive(asked); err == nil {
			mine.beat.Store(time.Now().UnixNano())
		}
		cancel()
	}
}
