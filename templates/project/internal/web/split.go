package web

import (
	"net"
	"sync"
)

// half is a listener that gets some of the connections of another one.
type half struct {
	net.Listener

	arrivals chan arrival
	closed   chan struct{}
	close    func() error
}

type arrival struct {
	conn net.Conn
	err  error
}

// split gives the connections whose peers are chosen to one listener and all others to the other.
// Closing either closes both, and listener.
func split(listener net.Listener, chosen func(remote string) bool) (of, others net.Listener) {
	closed := make(chan struct{})
	stop := sync.OnceValue(func() error {
		close(closed)
		return listener.Close()
	})
	first := &half{listener, make(chan arrival), closed, stop}
	second := &half{listener, make(chan arrival), closed, stop}
	go func() {
		for {
			conn, err := listener.Accept()
			to := second
			if err == nil && chosen(conn.RemoteAddr().String()) {
				to = first
			}
			if !to.take(arrival{conn, err}) {
				return
			}
		}
	}()
	return first, second
}

// take hands over what listener accepted. An error goes there too: http.Server waits after one before
// it accepts again, and so this waits with it.
func (h *half) take(a arrival) bool {
	select {
	case h.arrivals <- a:
		return true
	case <-h.closed:
		if a.conn != nil {
			_ = a.conn.Close()
		}
		return false
	}
}

func (h *half) Accept() (net.Conn, error) {
	select {
	case a := <-h.arrivals:
		return a.conn, a.err
	case <-h.closed:
		return nil, net.ErrClosed
	}
}

func (h *half) Close() error { return h.close() }
