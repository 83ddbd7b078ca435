package api

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
)

// writer writes one JSON text, without the white space that JSON allows. What it writes is what
// encoding/json writes with SetEscapeHTML(false), and no MarshalJSON with it set.
type writer struct {
	buf   []byte
	depth int
	// keys are the names of the maps that are being written, one map behind the other.
	keys []string
	// value is a pointer to what the last map held, for the next one of its type.
	value any
	// lines are the values of headers.
	lines lines
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

// counted is the length up to which net/http counts an answer itself. A header less keeps the map of them small.
const counted = 2048

// send answers with what was written, and releases the writer. Nothing is sent after an error.
func (w *writer) send(rw http.ResponseWriter, status int, contentType string) error {
	defer w.release()
	if w.err != nil {
		return fmt.Errorf("encoding the answer: %w", w.err)
	}
	w.buf = append(w.buf, '\n')
	header := rw.Header()
	header["Content-Type"] = w.lines.text(contentType)
	if len(w.buf) > counted {
		header["Content-Length"] = w.lines.number(len(w.buf))
	}
	rw.WriteHeader(status)
	_, err := rw.Write(w.buf)
	return err
}

// lines are values of headers, those of several answers in one piece of memory.
type lines struct {
	values []string
	digits arena
}

// text is the value of a header. What is added to it does not get into the next one.
func (l *lines) text(value string) []string {
	const piece = 64
	if len(l.values) == cap(l.values) {
		l.values = make([]string, 0, piece)
	}
	n := len(l.values)
	l.values = append(l.values, value)
	return l.values[n : n+1 : n+1]
}

func (l *lines) number(n int) []string {
	const piece = 256
	var digits [20]byte
	return l.text(l.digits.string(strconv.AppendInt(digits[:0], int64(n), 10), piece))
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
	// Kept in w.buf throughout: storing a slice costs more than appending to what is stored.
	if w.buf[len(w.buf)-1] != '{' {
		w.buf = append(w.buf, ',')
	}
	w.buf = append(w.buf, '"')
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, '"', ':')
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
