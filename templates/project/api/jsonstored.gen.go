package api

import "sync"

var storedReaders = sync.Pool{New: func() any { return new(storedReader) }}

// storedReader is a reader with a buffer of its own.
type storedReader struct {
	reader

	buffer []byte
}

// readStored reads into v what encoding/json made of such a value, and does it faster. It is false for a
// text with anything that the type has no field for or cannot hold, as those of an older document may have:
// encoding/json reads what can be read of it, into another value.
func readStored[T any](data string, v *T, read func(*reader, *T)) bool {
	r, _ := storedReaders.Get().(*storedReader)
	r.buffer = append(r.buffer[:0], data...)
	r.reset(r.buffer)
	if len(data) <= smallBody {
		r.source = data
	}
	read(&r.reader, v)
	whole := r.peek() == 0 && r.pos == len(r.data) && !r.broken && !r.ignored && len(r.found) == 0
	r.reset(nil)
	if cap(r.buffer) > keptBuffer {
		r.buffer = nil
	}
	storedReaders.Put(r)
	return whole
}
