package api

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
)

// writer writes one JSON text, without the white space that JSON allows. What it writes is what
// encoding/json writes with SetEscapeHTML(false).
type writer struct {
	buf   []byte
	depth int
	// keys are the names of the maps that are being written, one map behind the other.
	keys []string
	// err is the first error. What is written after it is never sent.
	err error
}

const (
	// keptBuffer is the largest buffer that waits for the next answer.
	keptBuffer = 64 << 10
	// deepestValue is how deep values may hold one another. Those that hold themselves are deeper.
	deepestValue = 10_000
)

var writers = sync.Pool{New: func() any { return &writer{buf: make([]byte, 0, 1<<10)} }}

// newWriter returns a writer that has nothing yet. Whoever asks for one sends or releases it.
func newWriter() *writer { return writers.Get().(*writer) }

// release gives the writer back: nobody may use it, or its buffer, from here on.
func (w *writer) release() {
	if cap(w.buf) > keptBuffer {
		w.buf = nil
	}
	w.buf, w.depth, w.err = w.buf[:0], 0, nil
	writers.Put(w)
}

// send answers with what was written, and releases the writer. Nothing is sent after an error.
func (w *writer) send(rw http.ResponseWriter, status int, contentType string) error {
	defer w.release()
	if w.err != nil {
		return fmt.Errorf("encoding the answer: %w", w.err)
	}
	w.buf = append(w.buf, '\n')
	header, values := rw.Header(), []string{contentType, strconv.Itoa(len(w.buf))}
	header["Content-Type"], header["Content-Length"] = values[:1:1], values[1:]
	rw.WriteHeader(status)
	_, err := rw.Write(w.buf)
	return err
}

// fail keeps the first error.
func (w *writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// begin opens an object or an array.
func (w *writer) begin(bracket byte) {
	w.depth++
	w.buf = append(w.buf, bracket)
}

// end closes what begin opened last.
func (w *writer) end(bracket byte) {
	w.depth--
	w.buf = append(w.buf, bracket)
}

// tooDeep stops what would never end: a value that holds itself.
func (w *writer) tooDeep() bool {
	if w.depth < deepestValue {
		return false
	}
	w.fail(fmt.Errorf("the value is more than %d levels deep, or holds itself", deepestValue))
	return true
}

// name begins a member of an object. The name has nothing to escape.
func (w *writer) name(name string) *writer {
	buf := w.buf
	if buf[len(buf)-1] != '{' {
		buf = append(buf, ',')
	}
	buf = append(buf, '"')
	buf = append(buf, name...)
	buf = append(buf, '"', ':')
	w.buf = buf
	return w
}

// key begins a member of any name.
func (w *writer) key(name string) *writer {
	w.next()
	w.string(name)
	w.buf = append(w.buf, ':')
	return w
}

// next parts what comes from what stands before it. No value ends with an opening bracket.
func (w *writer) next() {
	switch w.buf[len(w.buf)-1] {
	case '{', '[':
	default:
		w.buf = append(w.buf, ',')
	}
}
