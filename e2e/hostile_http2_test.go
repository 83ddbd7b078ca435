//go:build unix

package e2e

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// hostile is a connection of HTTP/2 whose owner writes what it likes.
type hostile struct {
	*http2.Framer

	conn   net.Conn
	out    *bufio.Writer
	next   uint32 // the stream to open next
	fields bytes.Buffer
	encode *hpack.Encoder
}

// connect opens a connection and says what a client has to say first. A deaf one reads nothing of
// what the server sends.
func connect(ctx context.Context, address string, deaf bool) (*hostile, error) {
	dialer := &net.Dialer{}
	if deaf {
		dialer.Control = smallBuffer
	}
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	h := &hostile{conn: conn, out: bufio.NewWriterSize(conn, 64<<10), next: 1}
	h.Framer = http2.NewFramer(h.out, conn)
	h.AllowIllegalWrites = true
	h.encode = hpack.NewEncoder(&h.fields)
	if !deaf {
		go func() { _, _ = io.Copy(io.Discard, conn) }()
	}
	_, _ = h.out.WriteString(http2.ClientPreface) // Whatever fails here fails in Flush again.
	return h, h.WriteSettings()
}

// smallBuffer leaves what a deaf client does not read with the server.
func smallBuffer(_, _ string, raw syscall.RawConn) error {
	return raw.Control(func(fd uintptr) {
		_ = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 4<<10) // Without, it takes longer.
	})
}

// request begins a GET and returns its stream.
func (h *hostile) request(path string) (uint32, error) {
	h.fields.Reset()
	for _, field := range []hpack.HeaderField{
		{Name: ":method", Value: "GET"},
		{Name: ":scheme", Value: "http"},
		{Name: ":authority", Value: "board"},
		{Name: ":path", Value: path},
		{Name: "accept-encoding", Value: "gzip"},
	} {
		if err := h.encode.WriteField(field); err != nil {
			return 0, err
		}
	}
	stream := h.next
	h.next += 2
	return stream, h.WriteHeaders(http2.HeadersFrameParam{
		StreamID: stream, BlockFragment: h.fields.Bytes(), EndStream: true, EndHeaders: true,
	})
}

// An attack is what is sent over and over on each of some connections.
type attack struct {
	deaf        bool
	connections int
	// times is how often send is called for one flush, every interval.
	times    int
	interval time.Duration
	lasts    time.Duration
	send     func(h *hostile) error
	// memory is what the server may spend on all of it, in bytes.
	memory int64
}

// launch attacks s until ctx ends. Whoever is thrown out comes back after a while.
func (a attack) launch(ctx context.Context, s *server) *sync.WaitGroup {
	var attackers sync.WaitGroup
	for range a.connections {
		attackers.Go(func() {
			for ctx.Err() == nil {
				if h, err := connect(ctx, strings.TrimPrefix(s.url, "http://"), a.deaf); err == nil {
					a.annoy(ctx, h)
					_ = h.conn.Close()
				}
				pause(ctx, 50*time.Millisecond)
			}
		})
	}
	return &attackers
}

func (a attack) annoy(ctx context.Context, h *hostile) {
	for ctx.Err() == nil {
		for range a.times {
			if a.send(h) != nil {
				return
			}
		}
		_ = h.conn.SetWriteDeadline(time.Now().Add(time.Second))
		if h.out.Flush() != nil {
			return
		}
		pause(ctx, a.interval)
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// attacks are what servers of HTTP/2 have fallen for.
var attacks = map[string]attack{
	// CVE-2023-44487: a request that is taken back does not count as a stream, and yet makes work.
	"rapid reset": {connections: 2, times: 15, interval: 10 * time.Millisecond, lasts: time.Second, memory: 64 << 20, send: func(h *hostile) error {
		stream, err := h.request("/openapi.json")
		if err != nil {
			return err
		}
		return h.WriteRSTStream(stream, http2.ErrCodeCancel)
	}},
	// CVE-2025-8671: the same, but it is the server that resets, for a mistake of the client's.
	"MadeYouReset": {connections: 2, times: 15, interval: 10 * time.Millisecond, lasts: time.Second, memory: 64 << 20, send: func(h *hostile) error {
		stream, err := h.request("/openapi.json")
		if err != nil {
			return err
		}
		return h.WriteWindowUpdate(stream, 0)
	}},
	// CVE-2023-45288: a header that never ends.
	"CONTINUATION flood": {connections: 2, times: 4, interval: 2 * time.Millisecond, lasts: 2 * time.Second, memory: 8 << 20, send: endlessHeader},
	// CVE-2019-9512: answers to pings pile up for a client that does not read.
	"ping flood": {deaf: true, connections: 1, times: 1000, interval: 5 * time.Millisecond, lasts: 4 * time.Second, memory: 8 << 20, send: func(h *hostile) error {
		return h.WritePing(false, [8]byte{})
	}},
	// CVE-2019-9515: so do answers to settings.
	"settings flood": {deaf: true, connections: 1, times: 1000, interval: 5 * time.Millisecond, lasts: 5 * time.Second, memory: 8 << 20, send: func(h *hostile) error {
		return h.WriteSettings()
	}},
}

// longField is a header that may not be indexed, without Huffman's code (RFC 7541 §6.2.3).
var longField = "\x10\x06x-long" + "\x7f\x81\x3f" + strings.Repeat("x", 8<<10)

func endlessHeader(h *hostile) error {
	if h.next == 1 {
		h.next += 2
		return h.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: []byte(longField)})
	}
	return h.WriteContinuation(1, false, []byte(longField))
}

// harder is how often an attack is doubled when the machine is too fast for it: what it shows is that the
// server stands what it would not stand without its protections.
const harder = 4

// TestHTTP2Attacks holds the server against itself without its protections.
func TestHTTP2Attacks(t *testing.T) {
	for name, attack := range attacks {
		t.Run(name, func(t *testing.T) {
			bare := endure(t, attack, unprotected, 1)
			for range harder {
				if bare.suffered(attack) {
					break
				}
				attack.times *= 2
				bare = endure(t, attack, unprotected, 1)
			}
			if !bare.suffered(attack) {
				t.Errorf("without protection the server does not suffer, and so this attack shows nothing: %v", bare)
			}
			if here := endure(t, attack, plain, rounds); here.suffered(attack) {
				t.Errorf("the server suffers: %v", here)
			} else {
				t.Logf("without protection: %v; with: %v", bare, here)
			}
		})
	}
}
