//go:build unix

package cluster

import (
	"encoding/json"
	"os"
	"sync"
)

// The messages between a launcher and a worker.
const (
	// ready says that the worker serves.
	ready = "ready"
	// leave tells a worker to leave: to accept nothing more, and to end when all is answered.
	leave = "leave"
	// reopen tells a worker to open its log anew.
	reopen = "reopen"
)

// channel carries messages in both directions. That it ends says that the other process did.
type channel struct {
	file *os.File
	mu   sync.Mutex
}

type message struct {
	Kind string `json:"kind"`
}

func (c *channel) send(kind string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return json.NewEncoder(c.file).Encode(message{kind})
}

// receive calls on with each message until the other process has gone.
func (c *channel) receive(on func(kind string)) {
	decoder := json.NewDecoder(c.file)
	for {
		var m message
		if err := decoder.Decode(&m); err != nil {
			return
		}
		on(m.Kind)
	}
}
