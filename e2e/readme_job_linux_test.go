package e2e

import (
	"bytes"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// job is a command at work, and all that it has printed.
type job struct {
	command string
	cmd     *exec.Cmd
	ended   chan struct{}

	mu      sync.Mutex
	changed *sync.Cond // it printed, ended, or was waited for long enough
	text    bytes.Buffer
}

func (j *job) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	defer j.changed.Broadcast()
	j.text.Write(bytes.ReplaceAll(p, []byte("\r"), nil))
	return len(p), nil
}

func (j *job) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func (j *job) wake() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.changed.Broadcast()
}

func (j *job) signal(sig syscall.Signal) { _ = syscall.Kill(-j.cmd.Process.Pid, sig) } // fails where all are gone

func (j *job) over() bool {
	select {
	case <-j.ended:
		return true
	default:
		return false
	}
}

// end waits until the command has ended, as its page says.
func (j *job) end(t *testing.T, at string, want []string) {
	t.Helper()
	select {
	case <-j.ended:
	case <-time.After(compiling):
		t.Fatalf("%s: %s does not end:\n%s", at, j.command, j)
	}
	got := strings.TrimRight(j.String(), "\n")
	if got != "" {
		got += "\n"
	}
	// A command without output on its page may print what it likes as long as it does its work.
	if want != nil && !regexp.MustCompile(`\A`+pattern(want)+`\z`).MatchString(got) {
		t.Fatalf("%s: $ %s\nprints\n%s\nand not\n%s", at, j.command, got, strings.Join(want, "\n"))
	}
	if code := j.cmd.ProcessState.ExitCode(); code != 0 && !ownWords.MatchString(strings.Join(want, "\n")) {
		t.Fatalf("%s: $ %s\nends with %d:\n%s", at, j.command, code, got)
	}
}

// ownWords is how a page shows that a command fails: with the program's own words.
var ownWords = regexp.MustCompile(`(?m)^(?:curl|board|shop|gen):? `)

// shows waits until the command has printed what its page says, or has ended, and reports whether it goes on.
func (j *job) shows(t *testing.T, at string, want []string) bool {
	t.Helper()
	expr := regexp.MustCompile(`\A` + pattern(want))
	late := time.AfterFunc(compiling, func() { j.signal(syscall.SIGQUIT) })
	defer late.Stop()
	j.mu.Lock()
	for !j.over() && !expr.Match(j.text.Bytes()) {
		j.changed.Wait()
	}
	j.mu.Unlock()
	if j.over() {
		j.end(t, at, want)
		return false
	}
	return true
}
