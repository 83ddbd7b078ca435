//go:build unix

package cluster

import (
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The states of a worker.
const (
	absent uint32 = iota
	starting
	active
	draining
)

// entry is what all processes know of one worker. It fills two cache lines, so that workers who count don't
// slow each other down.
type entry struct {
	state       atomic.Uint32
	slot        atomic.Int32
	connections atomic.Int32
	// id tells the worker from those that had the entry before.
	id       atomic.Uint32
	beat     atomic.Int64 // Unix time in nanoseconds
	requests atomic.Int64
	memory   atomic.Int64 // resident bytes
	// unread are connections that were passed to the worker, and that it has not taken yet.
	unread atomic.Int32
	_      [128 - 44]byte
}

// page is memory that the launcher and its workers share.
type page struct{ entries []entry }

const entrySize = int(unsafe.Sizeof(entry{}))

// newPage makes a page for n workers in a file of dir that has no name any more.
func newPage(dir string, n int) (*page, *os.File, error) {
	file, err := os.CreateTemp(dir, "page-")
	if err != nil {
		return nil, nil, err
	}
	if err := errors.Join(os.Remove(file.Name()), file.Truncate(int64(n*entrySize))); err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	p, err := openPage(file)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return p, file, nil
}

// openPage maps the page that a file holds.
func openPage(file *os.File) (*page, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	size := int(info.Size())
	data, err := unix.Mmap(int(file.Fd()), 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("sharing memory with the workers: %w", err)
	}
	return &page{unsafe.Slice((*entry)(unsafe.Pointer(unsafe.SliceData(data))), size/entrySize)}, nil //nolint:gosec // memory that was mapped for entries
}

// take finds an entry for a worker of a slot. ids are never used twice.
func (p *page) take(slot int, id uint32) (int, error) {
	for i := range p.entries {
		e := &p.entries[i]
		if e.state.Load() == absent {
			e.slot.Store(int32(slot)) //nolint:gosec // as many as there are workers
			e.id.Store(id)
			e.beat.Store(time.Now().UnixNano())
			e.state.Store(starting)
			return i, nil
		}
	}
	return 0, errors.New("too many workers are leaving at once; wait until some have gone")
}

// free makes an entry nobody's.
func (p *page) free(i int) {
	e := &p.entries[i]
	e.state.Store(absent)
	e.id.Store(0)
	for _, n := range []*atomic.Int64{&e.beat, &e.requests, &e.memory} {
		n.Store(0)
	}
	e.connections.Store(0)
	e.unread.Store(0)
}

// idlest is the worker with the fewest connections of those that serve and are not silent, -1 where there
// is none but self.
func (p *page) idlest(self int, now time.Time) int {
	best, fewest := -1, int32(0)
	alive := now.Add(-quietAfter).UnixNano()
	for i := range p.entries {
		e := &p.entries[i]
		if i == self || e.state.Load() != active || e.beat.Load() < alive {
			continue
		}
		if n := e.connections.Load(); best < 0 || n < fewest {
			best, fewest = i, n
		}
	}
	return best
}

// attended says that somebody takes out what is in the mailbox of a slot.
func (p *page) attended(slot int, now time.Time) bool {
	alive := now.Add(-quietAfter).UnixNano()
	for i := range p.entries {
		e := &p.entries[i]
		if e.state.Load() == active && int(e.slot.Load()) == slot && e.beat.Load() >= alive {
			return true
		}
	}
	return false
}

// takes says that a worker should get a new connection of one that has so many. Who has not taken the one before may
// hang, which its heart tells late.
func (e *entry) takes(connections int32) bool {
	return e.unread.Load() == 0 && busier(connections, e.connections.Load())
}

// busier says that a worker with that many connections should pass a new one on to one with fewest.
func busier(mine, fewest int32) bool { return mine > fewest+1+fewest/8 }
