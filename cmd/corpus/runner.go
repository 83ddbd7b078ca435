package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
)

// runner tries several documents at once, as many as memory and jobs allow.
type runner struct {
	jobs int

	mu   sync.Mutex
	more *sync.Cond
	// free is what nobody has claimed of the memory, in bytes.
	free, running int64
}

func newRunner(jobs int) (*runner, error) {
	available, err := availableMemory()
	if err != nil {
		return nil, err
	}
	r := &runner{jobs: jobs, free: available}
	r.more = sync.NewCond(&r.mu)
	return r, nil
}

// run tries the documents, the largest first so that none is left alone at the end, and returns their
// rows in that order.
func (r *runner) run(ctx context.Context, documents []document, t *table) []row {
	rows := make([]row, len(documents))
	slots := make(chan struct{}, r.jobs)
	var wg sync.WaitGroup
	for i := range documents {
		d := documents[len(documents)-1-i]
		slots <- struct{}{}
		need := r.claim(d)
		wg.Go(func() {
			defer func() { <-slots }()
			defer r.release(need)
			if ctx.Err() == nil {
				rows[i] = try(ctx, d)
				t.add(rows[i])
			}
		})
	}
	wg.Wait()
	return rows
}

// claim waits until there is memory for a document. One that needs more than there is runs alone.
func (r *runner) claim(d document) int64 {
	need := 1<<30 + 1500*d.size
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.free < need && r.running > 0 {
		r.more.Wait()
	}
	r.free -= need
	r.running++
	return need
}

func (r *runner) release(need int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.free += need
	r.running--
	r.more.Broadcast()
}

// availableMemory is what the system could give to programs without swapping, in bytes.
func availableMemory() (int64, error) {
	file, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if value, ok := strings.CutPrefix(lines.Text(), "MemAvailable:"); ok {
			var kilobytes int64
			_, err := fmt.Sscan(value, &kilobytes)
			return kilobytes << 10, err
		}
	}
	return 0, fmt.Errorf("/proc/meminfo does not say how much memory is available: %w", lines.Err())
}
