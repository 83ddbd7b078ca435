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
)

// Log takes lines, each in one write.
type Log struct {
	path string // "" where there is nothing to open

	mu  sync.Mutex
	out io.Writer
}

// To returns a log that goes to a writer.
func To(out io.Writer) *Log { return &Log{out: out} }

// Open returns a log that is appended to a file. What the program says when it crashes goes there, too. The error is a
// sentence for the operator.
func Open(path string) (*Log, error) {
	l := &Log{path: path}
	return l, l.Reopen()
}

// Write writes a line. Lines of other processes come before it or behind it.
func (l *Log) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.Write(line)
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
}
