package store

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// limited dials connections on which the server has that long to answer: one that is gone without a
// word keeps nobody waiting.
func limited(dial pgconn.DialFunc, limit time.Duration) pgconn.DialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &limitedConn{Conn: conn, limit: limit}, nil
	}
}

// limitedConn has a deadline for each read, unless its user has set one.
type limitedConn struct {
	net.Conn

	limit time.Duration
	mu    sync.Mutex
	set   bool
}

func (c *limitedConn) Read(into []byte) (int, error) {
	if err := c.begin(); err != nil {
		return 0, err
	}
	return c.Conn.Read(into)
}

func (c *limitedConn) begin() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.set {
		return nil
	}
	return c.Conn.SetReadDeadline(time.Now().Add(c.limit))
}

// SetDeadline is called by the driver when the context of a query ends.
func (c *limitedConn) SetDeadline(at time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set = !at.IsZero()
	return c.Conn.SetDeadline(at)
}
