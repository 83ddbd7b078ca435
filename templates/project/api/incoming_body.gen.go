package api

import (
	"errors"
	"io"
	"net/http"
)

// body finds out what the body is. It is read by what is asked of it next.
func (in *incoming) body() {
	in.settle()
	if in.failure != nil {
		return
	}
	req := in.context.Request()
	doc := in.op.body
	if doc.contents == nil {
		doc.contents = in.documented().contents
	}
	sent := req.Header.Get("Content-Type")
	if m, ok := findMedia(doc.contents, sent); ok && m.compiled && m.kind == jsonBody && !isCoded(req) {
		in.sent, in.media = sent, m.name
		in.failure = in.readJSON(req, doc.required)
		return
	}
	in.slow.media, in.failure = in.input.read(req, doc.contents, doc.required)
	in.slow.unchecked = in.raw != nil
	if sent := in.slow.media; sent.compiled && sent.isAny() && in.raw != nil { // a form or a text, where JSON is meant
		in.failure = unread(sent.sent, "application/json")
	}
}

// readJSON reads the body into the buffer.
func (in *incoming) readJSON(req *http.Request, required bool) error {
	if err := in.fill(req); err != nil {
		return unreadable(err)
	}
	switch {
	case len(in.buffer) > 0:
		in.kind = jsonBody
	case required:
		in.reject(Invalid{Detail: "a body is required"})
	}
	return nil
}

// firstPiece is how much of a body is expected where nothing is said of its length.
const firstPiece = 2 << 10

func (in *incoming) fill(req *http.Request) error {
	size := firstPiece
	if n := req.ContentLength; n >= 0 {
		size = int(min(n, largestKept-1)) + 1 // one more byte tells the end
	}
	if cap(in.buffer) < size {
		in.buffer = make([]byte, 0, size)
	}
	for {
		n, err := req.Body.Read(in.buffer[len(in.buffer):cap(in.buffer)])
		in.buffer = in.buffer[:len(in.buffer)+n]
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case len(in.buffer) == cap(in.buffer):
			in.buffer = append(in.buffer, 0)[:len(in.buffer)]
		}
	}
}

// json returns a reader of the body in any JSON media type, nil if there is none.
func (in *incoming) json() *reader {
	if in.kind != jsonBody || in.failure != nil {
		return nil
	}
	return in.read("", in.buffer)
}

// checkedJSON decodes what was not compiled: the body in any JSON media type into dst, a pointer to a
// pointer to the body's type, which stays nil without a body and for null.
func (in *incoming) checkedJSON(dst any) {
	if in.check() {
		in.input.json(dst)
	}
}

// form decodes application/x-www-form-urlencoded, and multipart/form-data without files, likewise.
func (in *incoming) form(dst any) {
	if in.check() {
		in.input.form(dst)
	}
}

// text sets dst, a pointer to a pointer to a string type.
func (in *incoming) text(dst any) {
	if in.check() {
		in.input.text(dst)
	}
}

// check holds a body against the document, once. It says whether there is any use in decoding it.
func (in *incoming) check() bool {
	if in.failure != nil {
		return false
	}
	if in.slow.unchecked {
		before := len(in.invalid)
		in.from.validator.checkContent(in.slowMedia(), &in.input)
		in.slow.unchecked, in.slow.failed = false, len(in.invalid) > before
	}
	return !in.slow.failed
}

// slowMedia is the body's media type with its schema, if that was not compiled.
func (in *incoming) slowMedia() media {
	m := in.slow.media
	if !m.compiled {
		for _, c := range in.documented().contents {
			if c.name == m.name {
				m.content = c
			}
		}
	}
	return m
}

// unread refuses a body of a documented media type that this server cannot read.
func (in *incoming) unread(mediaType string, instead ...string) {
	if in.failure == nil && len(in.invalid) == 0 && in.is(mediaType) {
		in.failure = unread(mediaType, instead...)
	}
}
