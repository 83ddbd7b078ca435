package api

import (
	"bytes"
	"strconv"
)

// reader takes one JSON text apart. Generated decoders ask it for what their schema has; each of its
// methods leaves behind the value that it was asked for, whatever that is. What is wrong goes to
// found, with its place. A text that is no JSON, or that readers disagree on, is broken: nothing is
// found in it any more, and done says why.
type reader struct {
	data []byte
	pos  int
	// kept are the texts of a small body. A parameter that is a single text is sent. Those of source, which data is a copy
	// of, are parts of it.
	kept   arena
	sent   string
	source string
	// path leads to where the reader is.
	path []step
	// name is that of the member at hand, until the next text is read.
	name    []byte
	unnamed [][]byte
	scratch []byte

	// ignored says that a member was left behind that the Go type has no field for.
	ignored, broken bool
	found           []Invalid
	// said is the length of the pointers in found, left says that what was found later is not there.
	said int
	left bool
	// trials is how many alternatives are being tried: what is wrong with them only counts.
	trials, failures int
	// tried are alternatives of values within these, reread is how many bytes were gone back for all.
	tried  map[trial]bool
	reread int
}

// step is an object or an array that the reader is in.
type step struct {
	array bool
	// read is how many members or items were begun.
	read int
	// start and end are those of the member's name in data.
	start, end int
	// first is where the names of this object begin in unnamed; seen has them where they are many.
	first int
	seen  map[string]struct{}
}

// smallBody is the length in bytes up to which the texts of a body share a piece of memory.
const smallBody = 4096

// reset makes the reader read data, which must not change before done.
func (r *reader) reset(data []byte) {
	*r = reader{data: data, path: r.path[:0], unnamed: r.unnamed[:0], scratch: r.scratch[:0]}
}

// done says what is wrong, in the order of the pointers. Broken texts have one fault, which comes alone.
func (r *reader) done() (found []Invalid, broken bool) {
	if r.peek() != 0 || r.pos < len(r.data) {
		r.breakOff()
	}
	if r.broken {
		if r.reread > r.patience() {
			return []Invalid{{Detail: tangled}}, true
		}
		_, fault := parseJSON(r.data)
		if fault == nil {
			fault = &Invalid{Detail: "is not JSON"}
		}
		return []Invalid{*fault}, true
	}
	return firstOf(inOrder(r.found), r.left), false
}

func (r *reader) breakOff() {
	r.broken, r.pos = true, len(r.data)
}

// fault notes what is wrong with the value at hand.
func (r *reader) fault(detail string) {
	if r.notes() {
		r.note(r.pointer(), detail)
	}
}

// faultIn notes what is wrong with a member of the object at hand that may not be there.
func (r *reader) faultIn(name, detail string) {
	if r.notes() {
		r.note(r.pointer()+pointerTo([]string{name}), detail)
	}
}

// notes says that a fault has a place in found. One that has none still counts.
func (r *reader) notes() bool {
	full := len(r.found) >= mostFaults || r.said > mostSaid
	switch {
	case r.broken:
		return false
	case r.trials > 0 || full:
		r.failures++
		r.left = r.left || r.trials == 0
		return false
	}
	return true
}

func (r *reader) note(pointer, detail string) {
	r.found = append(r.found, Invalid{Pointer: pointer, Detail: detail})
	r.said += len(pointer)
}

// mostSaid is how long the pointers get: a text may have a fault every few bytes, each as far down as its longest
// names lead.
const mostSaid = 64 << 10

func (r *reader) pointer() string {
	steps := make([]string, len(r.path))
	for i, s := range r.path {
		if s.array {
			steps[i] = strconv.Itoa(s.read - 1)
		} else {
			name := r.data[s.start:s.end]
			if bytes.IndexByte(name, '\\') >= 0 {
				name = appendUnescaped(nil, name)
			}
			steps[i] = string(name)
		}
	}
	return pointerTo(steps)
}

// peek skips white space and returns the byte that follows, 0 at the end.
func (r *reader) peek() byte {
	for r.pos < len(r.data) {
		switch c := r.data[r.pos]; c {
		case ' ', '\t', '\n', '\r':
			r.pos++
		default:
			return c
		}
	}
	return 0
}

// take skips white space and the byte c, or breaks off.
func (r *reader) take(c byte) bool {
	if r.peek() != c {
		r.breakOff()
		return false
	}
	r.pos++
	return true
}

func (r *reader) open(array bool) {
	if len(r.path) >= deepestJSON {
		r.breakOff()
		return
	}
	r.pos++
	r.path = append(r.path, step{array: array, first: len(r.unnamed)})
}

// object enters an object. Anything else is a fault and is left behind.
func (r *reader) object() bool {
	if r.peek() != '{' {
		r.mismatch("must be an object")
		return false
	}
	r.open(false)
	return !r.broken
}

// next goes to the next member of the object, whose name is in r.name then. Behind the last one it
// leaves the object.
func (r *reader) next() bool {
	if !r.more('}') {
		return false
	}
	s := &r.path[len(r.path)-1]
	if r.peek() != '"' {
		r.breakOff()
		return false
	}
	s.start = r.pos + 1
	r.name = r.text()
	s.end = r.pos - 1
	return r.take(':') && !r.broken
}

// array enters an array. Anything else is a fault and is left behind.
func (r *reader) array() bool {
	if r.peek() != '[' {
		r.mismatch("must be an array")
		return false
	}
	r.open(true)
	return !r.broken
}

// item goes to the next item of the array. Behind the last one it leaves the array.
func (r *reader) item() bool { return r.more(']') }

// more says that another member or item follows, and leaves the object or array where none does.
func (r *reader) more(end byte) bool {
	c := r.peek()
	if r.broken {
		return false
	}
	s := &r.path[len(r.path)-1]
	if c == end {
		r.pos++
		r.unnamed = r.unnamed[:s.first]
		r.path = r.path[:len(r.path)-1]
		return false
	}
	if s.read > 0 && !r.take(',') {
		return false
	}
	s.read++
	return true
}

// once notes in seen that a member is there. One that comes twice breaks the text.
func (r *reader) once(seen *uint64, member int) {
	if *seen&(1<<member) != 0 {
		r.breakOff()
	}
	*seen |= 1 << member
}

// unlisted is once for a member that the schema does not name.
func (r *reader) unlisted() {
	const few = 16
	s := &r.path[len(r.path)-1]
	if s.seen != nil {
		before := len(s.seen)
		if s.seen[string(r.name)] = struct{}{}; len(s.seen) == before {
			r.breakOff()
		}
		return
	}
	others := r.unnamed[s.first:]
	for _, other := range others {
		if bytes.Equal(other, r.name) {
			r.breakOff()
			return
		}
	}
	name := r.name
	if s.end-s.start != len(name) { // it had escapes, and stands in scratch
		name = bytes.Clone(name)
	}
	r.unnamed = append(r.unnamed, name)
	if len(others) < few {
		return
	}
	s.seen = map[string]struct{}{}
	for _, name := range r.unnamed[s.first:] {
		s.seen[string(name)] = struct{}{}
	}
}
