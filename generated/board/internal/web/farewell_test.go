package web

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// frame is one of HTTP/2.
func frame(kind, flags byte, stream uint32, payload string) string {
	header := binary.BigEndian.AppendUint32(nil, uint32(len(payload))<<8|uint32(kind))
	header = append(header, flags)
	return string(binary.BigEndian.AppendUint32(header, stream)) + payload
}

// written is a connection that keeps what is written on it.
type written struct {
	net.Conn
	bytes.Buffer
}

func (w *written) Write(data []byte) (int, error)   { return w.Buffer.Write(data) }
func (w *written) Read([]byte) (int, error)         { return 0, io.EOF }
func (w *written) SetWriteDeadline(time.Time) error { return nil }

func TestFarewell(t *testing.T) {
	var (
		settings = frame(frameSettings, 0, 0, "\x00\x03\x00\x00\x00\x64")
		data     = frame(0, 0, 1, strings.Repeat("x", 300))
		headers  = frame(frameHeaders, flagEndHeaders, 1, "\x88")
		begin    = frame(frameHeaders, 0, 1, "\x88")
		end      = frame(frameContinuation, flagEndHeaders, 1, "\x84")
		last     = frame(frameGoAway, 0, 0, "\x00\x00\x00\x05\x00\x00\x00\x00")
		http1    = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
	)
	const leaves = "the server leaves"
	for name, test := range map[string]struct {
		late   bool
		events []string
		want   string
	}{
		"while nothing is written":    {false, []string{settings, leaves}, settings + goAway},
		"before the first frame":      {false, []string{leaves, settings, data}, settings + goAway + data},
		"in a frame's payload":        {false, []string{settings + data[:100], leaves, data[100:] + data}, settings + data + data + goAway},
		"in a frame's first bytes":    {false, []string{settings + data[:5], leaves, data[5:]}, settings + data + goAway},
		"at the end of a part of one": {false, []string{settings + data[:9], leaves, data[9:]}, settings + data + goAway},
		"in a header":                 {false, []string{settings + begin, leaves, end, data}, settings + begin + end + goAway + data},
		"after net/http said so":      {false, []string{settings + last, leaves, data}, settings + last + data},
		"before net/http says so":     {false, []string{settings, leaves, last}, settings + goAway + last},
		"on HTTP/1.1":                 {false, []string{http1, leaves, http1}, http1 + http1},
		"before the connection came":  {true, []string{leaves, settings, data, headers, data}, settings + data + headers + goAway + data},
	} {
		t.Run(name, func(t *testing.T) {
			out := &written{}
			leaving, cancel := context.WithCancel(t.Context())
			c := newFarewell(leaving, out)
			c.forget()
			cancel()
			c.late = test.late
			for _, event := range test.events {
				if event == leaves {
					c.bid()
				} else if n, err := io.WriteString(c, event); n != len(event) || err != nil {
					t.Fatalf("Write: %d of %d, %v", n, len(event), err)
				}
			}
			if got := out.String(); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// peer is a client of HTTP/2 that reads frames one by one.
type peer struct{ net.Conn }

// connect is a peer that has said what a client says first.
func (r *running) connect(t *testing.T) peer {
	t.Helper()
	conn, err := net.Dial("tcp", r.url[strings.Index(r.url, "://")+3:])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if r.roots != nil {
		conn = tls.Client(conn, &tls.Config{RootCAs: r.roots, ServerName: "example.com", NextProtos: []string{"h2"}, MinVersion: tls.VersionTLS12})
	}
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	p := peer{conn}
	p.send(t, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"+frame(frameSettings, 0, 0, ""))
	return p
}

func (p peer) send(t *testing.T, data string) {
	t.Helper()
	if _, err := io.WriteString(p, data); err != nil {
		t.Fatal(err)
	}
}

// get asks for a path on a stream: GET, http, path and authority in the form of RFC 7541 §6.
func (p peer) get(t *testing.T, stream uint32, path string) {
	t.Helper()
	const endStream = 0x1
	fields := "\x82\x86" + "\x04" + string(rune(len(path))) + path + "\x01\x09localhost"
	p.send(t, frame(frameHeaders, flagEndHeaders|endStream, stream, fields))
}

// await reads frames up to one of a kind on a stream.
func (p peer) await(t *testing.T, kind byte, stream uint32) (payload string) {
	t.Helper()
	for {
		var header [9]byte
		if _, err := io.ReadFull(p, header[:]); err != nil {
			t.Fatalf("no frame of kind %d on stream %d: %v", kind, stream, err)
		}
		data := make([]byte, binary.BigEndian.Uint32(header[:])>>8)
		if _, err := io.ReadFull(p, data); err != nil {
			t.Fatal(err)
		}
		if header[3] == kind && binary.BigEndian.Uint32(header[5:]) == stream {
			return string(data)
		}
	}
}

// wantOK wants an answer on a stream.
func (p peer) wantOK(t *testing.T, stream uint32) {
	t.Helper()
	if got := p.await(t, frameHeaders, stream); !strings.Contains(got, "\x88") { // :status 200 in RFC 7541
		t.Errorf("the request on stream %d is answered %q, want 200", stream, got)
	}
}

// wantGoAway wants to hear that the server leaves, and that last is the last stream that it takes.
func (p peer) wantGoAway(t *testing.T, last string) {
	t.Helper()
	if got := p.await(t, frameGoAway, 0); got != last+"\x00\x00\x00\x00" {
		t.Errorf("GOAWAY says %x, want %x and no error", got, last)
	}
}

// TestGoAway has a request come after the server has said that it leaves: it may have been on its way.
func TestGoAway(t *testing.T) {
	for name, secure := range map[string]bool{"over TLS": true, "of a trusted proxy": false} {
		t.Run(name, func(t *testing.T) {
			var certificates TLS
			if secure {
				certificates, _ = testTLS(t)
			}
			server, started, release := heldSecure(t, certificates, Config{LameDuck: time.Second, DrainTimeout: time.Minute, TrustedProxies: loopback})
			client := server.connect(t)
			client.get(t, 1, "/slow")
			<-started
			server.cancel()
			client.wantGoAway(t, "\x7f\xff\xff\xff")
			client.get(t, 3, "/healthz")
			client.wantOK(t, 3)

			server.logged(t, "leaving")
			late := server.connect(t)
			late.get(t, 1, "/healthz")
			late.wantOK(t, 1)
			late.wantGoAway(t, "\x7f\xff\xff\xff")

			client.wantGoAway(t, "\x00\x00\x00\x03")
			late.wantGoAway(t, "\x00\x00\x00\x01")
			close(release)
			client.wantOK(t, 1)
			if err := <-server.done; err != nil {
				t.Errorf("Serve: %v", err)
			}
			server.done <- nil
		})
	}
}
