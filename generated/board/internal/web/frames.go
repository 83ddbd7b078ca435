package web

// The frames of HTTP/2 that matter to where another one may stand between them (RFC 9113 §6).
const (
	frameHeaders      = 0x1
	frameSettings     = 0x4
	frameGoAway       = 0x7
	frameContinuation = 0x9

	flagEndHeaders = 0x4
)

// frames follows what a server writes on a connection from its first byte on.
type frames struct {
	// header is that of the frame that is being written: read bytes of it, and left of what follows it, are known.
	header [9]byte
	read   int
	left   int

	begun    bool // the first frame has been seen
	open     bool // a header is not complete: nothing may stand before the rest of it
	answered bool // there has been a header
	// ended says that there is nothing to follow any more: this is not HTTP/2, or the server has said that it leaves.
	ended bool
}

// between says that a frame may be written now.
func (f *frames) between() bool {
	return f.begun && !f.ended && !f.open && f.read == 0 && f.left == 0
}

func (f *frames) follow(data []byte) {
	for len(data) > 0 && !f.ended {
		if f.left > 0 {
			n := min(f.left, len(data))
			f.left -= n
			data = data[n:]
			continue
		}
		n := copy(f.header[f.read:], data)
		f.read += n
		data = data[n:]
		if f.read == len(f.header) {
			f.read = 0
			f.next()
		}
	}
}

// next reads the header of a frame.
func (f *frames) next() {
	length, kind, flags := f.header[:3], f.header[3], f.header[4]
	f.left = int(length[0])<<16 | int(length[1])<<8 | int(length[2])
	switch {
	case !f.begun:
		f.begun, f.ended = true, kind != frameSettings // "HTTP/1.1 " has a P there
	case kind == frameHeaders, kind == frameContinuation:
		f.answered, f.open = true, flags&flagEndHeaders == 0
	case kind == frameGoAway:
		f.ended = true
	}
}
