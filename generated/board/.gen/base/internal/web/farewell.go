package web

import (
	"context"
	"io"
	"net"
	"sync"
	"time"
)

// goAway is a frame that asks a client to send its next requests elsewhere, and takes back none that it has sent.
const goAway = "\x00\x00\x08\x07\x00\x00\x00\x00\x00" + "\x7f\xff\xff\xff" + "\x00\x00\x00\x00"

// farewell is a connection on which a server may speak HTTP/2. It says that the server leaves while that still takes
// requests (RFC 9113 §6.8): net/http itself says so only when it stops, and a request on its way just then is lost.
type farewell struct {
	net.Conn

	closed chan struct{}
	once   sync.Once
	forget func() bool

	mu     sync.Mutex
	frames frames
	// due is what is left to say.
	due string
	// late says that the server was leaving before there was the connection: its client learns that with the first
	// answer, as it might come back at once and for ever.
	late bool
}

// newFarewell says it on conn when leaving ends.
func newFarewell(leaving context.Context, conn net.Conn) *farewell {
	c := &farewell{Conn: conn, closed: make(chan struct{}), late: leaving.Err() != nil}
	c.forget = context.AfterFunc(leaving, c.bid)
	return c
}

// Write writes what the server sends.
func (c *farewell) Write(data []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.say(); err != nil {
		return 0, err
	}
	n, err := c.Conn.Write(data)
	c.frames.follow(data[:n])
	if err != nil {
		return n, err
	}
	return n, c.say()
}

func (c *farewell) bid() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.due = goAway
	if c.sayable() {
		_ = c.SetWriteDeadline(time.Now().Add(answerIdle)) // net/http sets its own each time
		_ = c.say()                                        // net/http finds out what is wrong
	}
}

// say says what is due where that is possible, else Write does later.
func (c *farewell) say() error {
	if c.due == "" || !c.sayable() {
		return nil
	}
	n, err := io.WriteString(c.Conn, c.due)
	c.due = c.due[n:]
	return err
}

func (c *farewell) sayable() bool {
	return c.frames.between() && (!c.late || c.frames.answered)
}

// Close closes the connection.
func (c *farewell) Close() error {
	c.once.Do(func() {
		c.forget()
		close(c.closed)
	})
	return c.Conn.Close()
}

// CloseWrite serves net/http: a client that still sends shall read the answer.
func (c *farewell) CloseWrite() error {
	if conn, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return conn.CloseWrite()
	}
	return nil
}

// farewells is a listener whose connections are farewells.
type farewells struct {
	net.Listener

	leaving context.Context //nolint:containedctx // it ends with the listener's use
}

// Accept waits for a connection.
func (l farewells) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return newFarewell(l.leaving, conn), nil
}
