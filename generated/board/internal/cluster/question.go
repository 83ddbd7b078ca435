//go:build unix

package cluster

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"time"
)

// adminSuffix ends the names of the sockets on which workers serve what is for their operator.
const adminSuffix = ".sock"

// answerWithin is how long workers may take to say what they have measured.
const answerWithin = time.Second

// question waits for the reports of workers.
type question struct {
	open     map[*process]bool
	answered chan struct{}
}

// told takes what a worker says.
func (l *launcher) told(p *process, m message) {
	switch m.Kind {
	case ready:
		l.serves(p)
	case report:
		if l.config.Metrics != nil {
			l.config.Metrics.Report(p.id, m.Body)
		}
		l.answered(p)
	}
}

// ask has all workers report, and waits until they have: those that hang are left out.
func (l *launcher) ask(ctx context.Context) {
	q := &question{open: map[*process]bool{}, answered: make(chan struct{})}
	if !l.do(func() { l.pose(q) }) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	select {
	case <-q.answered:
	case <-ctx.Done():
		l.do(func() { delete(l.questions, q) })
	}
}

func (l *launcher) pose(q *question) {
	for _, p := range l.processes() {
		if !p.served.IsZero() && p.channel.send(gather) == nil {
			q.open[p] = true
		}
	}
	l.questions[q] = true
	l.settle(q)
}

// answered says that nothing more will come from a worker.
func (l *launcher) answered(p *process) {
	for q := range l.questions {
		delete(q.open, p)
		l.settle(q)
	}
}

func (l *launcher) settle(q *question) {
	if len(q.open) == 0 {
		delete(l.questions, q)
		close(q.answered)
	}
}

// adminOf is the socket on which a worker serves what is for its operator, "" where nobody asks for that.
func (l *launcher) adminOf(p *process) string {
	if l.config.Metrics == nil {
		return ""
	}
	return filepath.Join(l.config.RunDir, strconv.FormatUint(uint64(p.id), 10)+adminSuffix)
}

// dial connects to the socket of the worker of a slot.
func (l *launcher) dial(ctx context.Context, slot int) (net.Conn, error) {
	path := ""
	l.do(func() {
		if slot < len(l.slots) {
			if p := l.slots[slot].worker; p != nil && !p.served.IsZero() {
				path = l.adminOf(p)
			}
		}
	})
	if path == "" {
		return nil, fmt.Errorf("worker %d %w", slot, ErrNotRunning)
	}
	return new(net.Dialer).DialContext(ctx, "unix", path)
}

// count is what there is to count of workers.
func (l *launcher) count() (ready, restarts, failedReloads int) {
	l.do(func() { ready, restarts, failedReloads = l.status().ready(), l.restarts, l.failedReloads })
	return ready, restarts, failedReloads
}

// processes are all that there are: those that serve, are about to, or leave.
func (l *launcher) processes() (all []*process) {
	for p := range l.leaving {
		all = append(all, p)
	}
	for _, s := range l.slots {
		for _, p := range []*process{s.worker, s.next} {
			if p != nil {
				all = append(all, p)
			}
		}
	}
	return all
}
