package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"time"
)

// startPatience bounds how long a server may take until it listens.
const startPatience = time.Minute

// server is a project's program as a process.
type server struct {
	// url is scheme://host:port.
	url   string
	cmd   *exec.Cmd
	log   *serverLog
	ended chan struct{}
}

func (t *trial) start(ctx context.Context) error {
	log := &serverLog{url: make(chan string, 1)}
	cmd := exec.CommandContext(ctx, t.program(), "--addr", "127.0.0.1:0")
	cmd.Dir = t.dir
	cmd.Stdout, cmd.Stderr = log, log
	cmd.Env = append([]string{
		"HOME=" + os.Getenv("HOME"),
		"DATABASE_URL=sqlite:" + filepath.Join(t.dir, "data.db"),
		"LOG_FORMAT=json",
		"VALIDATE_RESPONSES=true",
		"TRACE_OPERATIONS=true",
	}, credentialsOf(t.api).environment()...)
	if err := cmd.Start(); err != nil {
		return err
	}
	t.server = &server{cmd: cmd, log: log, ended: make(chan struct{})}
	go func() {
		_ = cmd.Wait() // how it ended is in its log
		close(t.server.ended)
	}()
	select {
	case t.server.url = <-log.url:
		return nil
	case <-t.server.ended:
		return fmt.Errorf("the server ended instead of listening:\n%s", log)
	case <-time.After(startPatience):
		return errors.New("the server did not say that it is listening")
	}
}

func (t *trial) stop() {
	if t.server != nil {
		_ = t.server.cmd.Process.Kill() // fails only where it has ended
		<-t.server.ended
	}
}

var listening = regexp.MustCompile(`\blistening\b.*?(https?://[^\s"/]+)`)

// serverLog keeps what a server prints.
type serverLog struct {
	url chan string // receives the URL that the server listens on

	mu        sync.Mutex
	text      bytes.Buffer
	announced bool
}

func (l *serverLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Write(p)
	if !l.announced {
		if match := listening.FindSubmatch(l.text.Bytes()); match != nil {
			l.announced = true
			l.url <- string(match[1])
		}
	}
	return len(p), nil
}

func (l *serverLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return firstLines(l.text.String(), 20)
}

// reasons are the errors that the server logged, by the ids of their requests.
func (l *serverLog) reasons() map[string]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	reasons := map[string]string{}
	for line := range bytes.Lines(l.text.Bytes()) {
		var entry struct{ ID, Error, Stack string }
		if json.Unmarshal(line, &entry) == nil && entry.Error != "" {
			reasons[entry.ID] = entry.Error
		}
	}
	return reasons
}
