package web

import (
	"compress/gzip"
	"io"
	"sync"
)

// gzipPool lends out so many writers at a time.
type gzipPool struct {
	slots   chan struct{}
	writers sync.Pool
}

func newGzipPool(size int) *gzipPool {
	return &gzipPool{
		slots:   make(chan struct{}, size),
		writers: sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }},
	}
}

// get returns nil if all writers are in use, or the client has gone.
func (p *gzipPool) get(gone <-chan struct{}, w io.Writer) *gzip.Writer {
	select {
	case <-gone:
		return nil
	default:
	}
	select {
	case p.slots <- struct{}{}:
		writer := p.writers.Get().(*gzip.Writer)
		writer.Reset(w)
		return writer
	default:
		return nil
	}
}

func (p *gzipPool) put(writer *gzip.Writer) {
	p.writers.Put(writer)
	<-p.slots
}
