package api

import (
	"bytes"
	"errors"
	"io"
	"slices"
)

// unbroken is a multipart body that ends with io.ErrUnexpectedEOF unless its last delimiter came (RFC 2046 §5.1.1).
// A multipart.Reader takes a body that breaks off in the header of a part for one that has no more parts.
type unbroken struct {
	rest io.Reader
	// last is the last delimiter, at the beginning of a line.
	last []byte
	// tail is the end of what was read, where last may begin.
	tail  []byte
	ended bool
}

func newUnbroken(rest io.Reader, boundary string) *unbroken {
	return &unbroken{rest: rest, last: []byte("\n--" + boundary + "--"), tail: []byte("\n")}
}

// Read reads on.
func (u *unbroken) Read(p []byte) (int, error) {
	n, err := u.rest.Read(p)
	u.look(p[:n])
	if errors.Is(err, io.EOF) && !u.ended {
		return n, io.ErrUnexpectedEOF
	}
	return n, err
}

func (u *unbroken) look(read []byte) {
	if u.ended {
		return
	}
	overlap := len(u.last) - 1
	seam := slices.Concat(u.tail, read[:min(len(read), overlap)])
	u.ended = bytes.Contains(seam, u.last) || bytes.Contains(read, u.last)
	end := read
	if len(read) < overlap {
		end = seam
	}
	u.tail = append(u.tail[:0], end[max(0, len(end)-overlap):]...)
}
