//go:build unix

package cluster

import (
	"errors"
	"net"
	"os"
	"sync"
	"syscall"
	"testing"
	"time"
)

// post is a launcher without processes: workers of slots 0 and 1, and their mailboxes.
func post(t *testing.T) *launcher {
	t.Helper()
	l := &launcher{page: &page{make([]entry, 4)}}
	t.Cleanup(l.release)
	for slot := range 2 {
		box, err := newMailbox()
		if err != nil {
			t.Fatal(err)
		}
		l.mailboxes = append(l.mailboxes, box)
		if _, err := l.page.take(slot, uint32(slot+1)); err != nil {
			t.Fatal(err)
		}
		l.page.entries[slot].state.Store(active)
	}
	return l
}

// connect returns both ends of a connection.
func connect(t *testing.T) (client net.Conn, server *net.TCPConn) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	client, err = net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	accepted, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { accepted.Close() })
	return client, accepted.(*net.TCPConn)
}

// TestRedeliver puts a connection in the mailbox of slot 1 and looks which mailbox it is in then.
func TestRedeliver(t *testing.T) {
	for name, test := range map[string]struct {
		happens func(*launcher)
		want    int
	}{
		"its worker serves":      {func(*launcher) {}, 1},
		"its worker drains":      {func(l *launcher) { l.page.entries[1].state.Store(draining) }, 0},
		"its worker has gone":    {func(l *launcher) { l.page.free(1) }, 0},
		"its worker hangs":       {func(l *launcher) { l.page.entries[1].beat.Store(time.Now().Add(-time.Minute).UnixNano()) }, 0},
		"its worker just starts": {func(l *launcher) { l.page.entries[1].state.Store(starting) }, 0},
		"nobody serves":          {func(l *launcher) { l.page.free(0); l.page.free(1) }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			l := post(t)
			client, server := connect(t)
			if err := pass(l.mailboxes[1].to, server, addressee{1, 2}); err != nil {
				t.Fatal(err)
			}
			test.happens(l)
			l.redeliver()
			conn, to, err := collect(l.mailboxes[test.want].from)
			if err != nil || to != (addressee{1, 2}) {
				t.Fatalf("in mailbox %d is one for %v: %v", test.want, to, err)
			}
			if _, err := conn.Write([]byte("a")); err != nil {
				t.Fatal(err)
			}
			if n, err := client.Read(make([]byte, 1)); n != 1 || err != nil {
				t.Errorf("its client reads %d bytes: %v", n, err)
			}
			if err := conn.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestCollectDoesNotWait asks for a connection where there is none.
func TestCollectDoesNotWait(t *testing.T) {
	l := post(t)
	if _, _, err := collect(l.mailboxes[0].from); !errors.Is(err, net.ErrClosed) {
		t.Errorf("an empty mailbox has %v", err)
	}
}

// TestPassedToTheBusy fills a mailbox: who passes a connection on does not wait for it to be emptied.
func TestPassedToTheBusy(t *testing.T) {
	l := post(t)
	_, server := connect(t)
	for range 100_000 {
		if err := pass(l.mailboxes[0].to, server, addressee{}); err != nil {
			if !errors.Is(err, syscall.EAGAIN) && !errors.Is(err, syscall.ETOOMANYREFS) && !errors.Is(err, syscall.ENOBUFS) {
				t.Errorf("it fails with %v", err)
			}
			return
		}
	}
	t.Error("there is no end to it")
}

// TestWhoTakesNothingGetsNoMore: a worker may hang long before its heart tells.
func TestWhoTakesNothingGetsNoMore(t *testing.T) {
	l := post(t)
	shared, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b, err := newBalanced(shared.(*net.TCPListener), l.page, 1, l.mailboxes[1].inbox, []*os.File{l.mailboxes[0].outbox, l.mailboxes[1].outbox})
	if err != nil {
		t.Fatal(err)
	}
	l.page.entries[1].connections.Store(10)
	_, first := connect(t)
	_, second := connect(t)
	go func() { _, _ = b.Accept() }()
	b.place(first)
	b.place(second)
	if _, to, err := collect(l.mailboxes[0].from); err != nil || to != (addressee{0, 1}) {
		t.Errorf("the first is for %v, %v", to, err)
	}
	if _, _, err := collect(l.mailboxes[0].from); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a second one was passed on, too: %v", err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}

// TestRest holds that a worker that rests serves what was passed to it, and leaves what comes then.
func TestRest(t *testing.T) {
	l := post(t)
	shared, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b, err := newBalanced(shared.(*net.TCPListener), l.page, 1, l.mailboxes[1].inbox, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, first := connect(t)
	_, second := connect(t)
	for _, conn := range []*net.TCPConn{first, first} {
		if err := pass(l.mailboxes[1].to, conn, addressee{1, 2}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.rest(); err != nil {
		t.Fatal(err)
	}
	var passed sync.WaitGroup
	passed.Go(b.acceptPassed)
	for range 2 {
		conn, err := b.Accept()
		if err != nil {
			t.Fatal(err)
		}
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}
	passed.Wait()
	if err := pass(l.mailboxes[1].to, second, addressee{1, 2}); err != nil {
		t.Fatal(err)
	}
	l.redeliver()
	conn, _, err := collect(l.mailboxes[0].from)
	if err != nil {
		t.Fatalf("what came later was not given to another: %v", err)
	}
	if err := errors.Join(conn.Close(), b.Close()); err != nil {
		t.Error(err)
	}
}
