// Package logfile is where a server logs to: a file that others may move away while it is written, as logrotate does,
// and that several processes may write at once.
package logfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"sync"
	"time"
)

// Log takes lines. No write ends within one.
type Log struct {
	path string // "" where there is nothing to open

	mu  sync.Mutex
	out io.Writer
	// pending are lines that later will write, wrote is when lines were written.
	pending []byte
	later   *time.Timer
	wrote   time.Time
}

const (
	// pause is how long lines of a busy server wait for others: a write of its own took longer than to make a line.
	pause = 2 * time.Millisecond
	// together is how many bytes a pipe takes at once, whoever else writes to it (PIPE_BUF).
	together = 4096
)

// To returns a log that goes to a writer.
func To(out io.Writer) *Log { return &Log{out: out} }

// Open returns a log that is appended to a file. What the program says when it crashes goes there, too. The error is a
// sentence for the operator.
func Open(path string) (*Log, error) {
	l := &Log{path: path}
	return l, l.Reopen()
}

// Write writes a line, to a file or a pipe within 2 ms and with those that come meanwhile: at once where there was none
// in the last 2 ms. Lines of other processes come before it or behind it.
func (l *Log) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.pending)+len(line) > together {
		l.flush()
	}
	now := time.Now()
	_, isFile := l.out.(*os.File)
	if !isFile || len(line) > together || len(l.pending) == 0 && now.Sub(l.wrote) >= pause {
		l.wrote = now
		return l.out.Write(line)
	}
	if len(l.pending) == 0 {
		l.wait()
	}
	l.pending = append(l.pending, line...)
	return len(line), nil
}

// wait has what is pending written soon.
func (l *Log) wait() {
	if l.later == nil {
		l.later = time.AfterFunc(pause, l.Flush)
		return
	}
	l.later.Reset(pause)
}

// Flush writes the lines that wait for others. A program calls it before it ends.
func (l *Log) Flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.flush()
}

func (l *Log) flush() {
	if len(l.pending) > 0 {
		_, _ = l.out.Write(l.pending) // nobody waits for it any more
		l.pending, l.wrote = l.pending[:0], time.Now()
	}
}

// Reopen begins the file anew if the one before was moved away; a log that goes to a writer stays as it is. After an
// error lines go where they went before, so that none is lost.
func (l *Log) Reopen() error {
	if l.path == "" {
		return nil
	}
	file, err := os.OpenFile(l.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		err = debug.SetCrashOutput(file, debug.CrashOptions{})
	}
	if because, ok := errors.AsType[*fs.PathError](err); ok {
		err = because.Err
	}
	if err != nil {
		return fmt.Errorf("LOG_FILE %s cannot be written: %w", l.path, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.flush()
	before := l.out
	l.out = file
	if file, ok := before.(*os.File); ok {
		return file.Close()
	}
	return nil
}

// Dump writes what the goroutines of this process do, all at once.
func (l *Log) Dump() {
	text := bytes.NewBufferString(fmt.Sprintf("process %d does this:\n", os.Getpid()))
	_ = pprof.Lookup("goroutine").WriteTo(text, 2) // a buffer takes everything
	_, _ = l.Write(text.Bytes())
	l.Flush()
}
