//go:build unix

package e2e

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// TestHeaderSizeOverHTTP2 sends more than the 32 KiB that the server says it takes: what is a little
// over gets an answer, much more and a single field that is too large end the connection.
func TestHeaderSizeOverHTTP2(t *testing.T) {
	t.Parallel()
	s := start(t, "TRUSTED_PROXIES=127.0.0.1")
	for _, test := range []struct {
		fields, size int
		want         string
	}{
		{30, 1 << 10, "200"},
		{1, 30 << 10, "200"},
		{35, 1 << 10, "431"},
		{200, 1 << 10, "GOAWAY PROTOCOL_ERROR"},
		{1, 40 << 10, "GOAWAY COMPRESSION_ERROR"},
	} {
		h, err := connect(t.Context(), strings.TrimPrefix(s.url, "http://"), true)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { h.conn.Close() })
		if err := h.largeRequest("/healthz", test.fields, test.size); err != nil {
			t.Fatal(err)
		}
		if got, err := h.outcome(); err != nil || got != test.want {
			t.Errorf("%d fields of %d bytes: %s %v, want %s", test.fields, test.size, got, err, test.want)
		}
	}
}

// largeRequest sends a header with so many large fields, in frames of 64 KiB.
func (h *hostile) largeRequest(path string, fields, size int) error {
	h.fields.Reset()
	all := []hpack.HeaderField{
		{Name: ":method", Value: "GET"},
		{Name: ":scheme", Value: "http"},
		{Name: ":authority", Value: "board"},
		{Name: ":path", Value: path},
	}
	large := hpack.HeaderField{Name: "x-large", Value: strings.Repeat("&", size), Sensitive: true}
	for _, field := range append(all, slices.Repeat([]hpack.HeaderField{large}, fields)...) {
		if err := h.encode.WriteField(field); err != nil {
			return err
		}
	}
	const frame = 64 << 10
	block := h.fields.Next(frame)
	err := h.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: block, EndStream: true, EndHeaders: h.fields.Len() == 0})
	for h.fields.Len() > 0 && err == nil {
		block = h.fields.Next(frame)
		err = h.WriteContinuation(1, h.fields.Len() == 0, block)
	}
	return errors.Join(err, h.out.Flush())
}

// outcome is the status of the first answer, or why the connection is to end.
func (h *hostile) outcome() (string, error) {
	_ = h.conn.SetReadDeadline(time.Now().Add(deadline))
	h.ReadMetaHeaders = hpack.NewDecoder(4<<10, nil)
	for {
		frame, err := h.ReadFrame()
		if err != nil {
			return "", err
		}
		switch f := frame.(type) {
		case *http2.MetaHeadersFrame:
			return f.PseudoValue("status"), nil
		case *http2.GoAwayFrame:
			return "GOAWAY " + f.ErrCode.String(), nil
		}
	}
}
