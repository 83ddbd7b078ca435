//go:build unix

package cluster

import (
	"encoding/json"
	"os"
	"sync"
	"time"
)

// The messages between a launcher and a worker.
const (
	// ready says that the worker serves.
	ready = "ready"
	// leave tells a worker to leave, as others stay: to accept nothing more, and to end when all is answered.
	leave = "leave"
	// closeDown tells a worker to leave with all others: to accept until its lame duck is over.
	closeDown = "close"
	// reopen tells a worker to open its log anew, dump to write what its goroutines do. Signals would end a worker that
	// has only just begun.
	reopen = "reopen"
	dump   = "dump"
	// news tells a worker that there is something new of the launcher's duty.
	news = "news"
	// gather asks a worker what it has measured, and report is the answer.
	gather = "gather"
	report = "report"
)

// lastWords is how long a channel may stay open when the process at its other end has ended.
const lastWords = time.Second

// sendWithin is how long a message may wait for a process that reads none.
const sendWithin = time.Second

// channel carries messages in both directions. That it ends says that the other process did.
type channel struct {
	file    *os.File
	decoder *json.Decoder
	mu      sync.Mutex
}

func newChannel(file *os.File) *channel { return &channel{file: file, decoder: json.NewDecoder(file)} }

type message struct {
	Kind string `json:"kind"`
	Body []byte `json:"body,omitempty"`
}

// introduce is what a launcher says first: who its worker is.
func (c *channel) introduce(who identity) error { return c.encode(who) }

func (c *channel) send(kind string) error { return c.encode(message{Kind: kind}) }

func (c *channel) encode(v any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.file.SetWriteDeadline(time.Now().Add(sendWithin)); err != nil {
		return err
	}
	return json.NewEncoder(c.file).Encode(v)
}

// receive calls on with each message until the other process has gone.
func (c *channel) receive(on func(message)) {
	for {
		var m message
		if err := c.decoder.Decode(&m); err != nil {
			return
		}
		on(m)
	}
}
