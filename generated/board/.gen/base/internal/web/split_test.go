package web

import (
	"errors"
	"net"
	"sync/atomic"
	"testing"
)

func TestSplit(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var choose atomic.Bool
	of, others := split(listener, func(string) bool { return choose.Load() })
	for _, chosen := range []bool{true, false, true} {
		choose.Store(chosen)
		client, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		from := others
		if chosen {
			from = of
		}
		conn, err := from.Accept()
		if err != nil {
			t.Fatal(err)
		}
		if conn.RemoteAddr().String() != client.LocalAddr().String() {
			t.Errorf("got the connection of %s, want that of %s", conn.RemoteAddr(), client.LocalAddr())
		}
		_, _ = conn.Close(), client.Close()
	}
	if err := others.Close(); err != nil {
		t.Fatal(err)
	}
	for _, half := range []net.Listener{of, others} {
		if _, err := half.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("a closed listener accepts: %v", err)
		}
	}
	if err := of.Close(); err != nil {
		t.Errorf("closing the other one: %v", err)
	}
	if conn, err := net.Dial("tcp", listener.Addr().String()); err == nil {
		_ = conn.Close()
		t.Error("the listener is open")
	}
}
