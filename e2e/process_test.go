package e2e

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// deadline bounds every wait; nothing here takes half of it on a busy machine.
const deadline = 30 * time.Second

// server is a process that serves, or is about to.
type server struct {
	url    string // scheme://host:port, known once ready
	cmd    *exec.Cmd
	log    *processLog
	ended  chan struct{} // closed when the process is gone
	client *http.Client
	cookie string // of the session that requests belong to, "" for none
}

// start runs board in a folder of its own on a free port and waits until it is ready.
// env is added to an otherwise fixed environment, as KEY=value.
func start(tb testing.TB, env ...string) *server {
	tb.Helper()
	return startIn(tb, tb.TempDir(), env...)
}

// startIn is start in a given working directory, where the database is by default.
func startIn(tb testing.TB, dir string, env ...string) *server {
	tb.Helper()
	s := spawn(tb, boardProgram(tb), dir, env...)
	s.await(tb)
	return s
}

// boardProgram is the path of the reference server.
func boardProgram(tb testing.TB) string {
	tb.Helper()
	program, err := board()
	if err != nil {
		tb.Fatal(err)
	}
	return program
}

// spawn starts program in dir and does not wait. The process is killed when the test ends, and
// fails it if it ever panicked or raced.
func spawn(tb testing.TB, program, dir string, env ...string) *server {
	tb.Helper()
	cmd := exec.Command(program)
	cmd.Dir = dir
	cmd.Env = append(append(environment(), "ADDR=127.0.0.1:0"), env...)
	return launch(tb, cmd)
}

// launch is spawn for a command that says all but where its output goes.
func launch(tb testing.TB, cmd *exec.Cmd) *server {
	tb.Helper()
	s := &server{
		cmd:    cmd,
		log:    &processLog{url: make(chan string, 1)},
		ended:  make(chan struct{}),
		client: &http.Client{Transport: &http.Transport{}, CheckRedirect: noRedirect, Timeout: deadline},
	}
	s.cmd.Stdout, s.cmd.Stderr = s.log, s.log
	if err := s.cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	go func() {
		_ = s.cmd.Wait() // the tests that care for the exit code read it from ProcessState
		close(s.ended)
	}()
	tb.Cleanup(func() { s.cleanUp(tb) })
	return s
}

// environment is what every process starts with: nothing of the developer's own settings, and
// answers that the document does not allow are errors. Under the race detector a program that has ended
// stays for a second, in case a goroutine has still a race to show; less is enough for that.
func environment() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + os.Getenv("HOME"),
		"TMPDIR=" + os.TempDir(),
		"VALIDATE_RESPONSES=true",
		"LOG_LEVEL=debug",
		"LOG_FORMAT=text",
		"GORACE=atexit_sleep_ms=50",
	}
}

func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// await waits for the line that says where the server listens.
func (s *server) await(tb testing.TB) {
	tb.Helper()
	select {
	case s.url = <-s.log.url:
	case <-s.ended:
		tb.Fatalf("the server ended instead of listening:\n%s", s.log)
	case <-time.After(deadline):
		tb.Fatalf("the server did not say that it is listening:\n%s", s.log)
	}
}

// stop sends sig, waits for the end of the process and returns its exit code, -1 if a signal ended it.
func (s *server) stop(t *testing.T, sig syscall.Signal) int {
	t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
	return s.exitCode(t)
}

// exitCode waits for the end of the process.
func (s *server) exitCode(t *testing.T) int {
	t.Helper()
	select {
	case <-s.ended:
	case <-time.After(deadline):
		t.Fatalf("the server did not end:\n%s", s.log)
	}
	return s.cmd.ProcessState.ExitCode()
}

func (s *server) cleanUp(tb testing.TB) {
	tb.Helper()
	_ = s.cmd.Process.Kill() // fails only where the process is gone already
	<-s.ended
	s.client.CloseIdleConnections()
	log := s.log.String()
	_, key, _ := strings.Cut(s.cookie, "=")
	s.wantNoSecrets(tb, password, key)
	switch {
	case strings.Contains(log, "DATA RACE"):
		tb.Errorf("the server had a data race:\n%s", log)
	case panicked.MatchString(log):
		tb.Errorf("the server panicked:\n%s", log)
	case tb.Failed():
		tb.Logf("the server's log:\n%s", log)
	}
}

// panicked finds what the runtime, net/http and the server itself say of a panic. The id of a request may have these
// letters, too, as part of others.
var panicked = regexp.MustCompile(`(?i)\bpanic\b`)

// listening finds the URL in the line that announces it.
var listening = regexp.MustCompile(`(?m)^.*\blistening\b.*?(https?://[^\s"/]+).*\n`)

// processLog keeps all that a process prints.
type processLog struct {
	url chan string // receives the URL that the process listens on

	mu        sync.Mutex
	text      bytes.Buffer
	searched  int // how much of the text are lines that do not announce anything
	announced bool
}

var _ io.Writer = (*processLog)(nil)

func (l *processLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Write(p)
	if l.announced {
		return len(p), nil
	}
	more := l.text.Bytes()[l.searched:]
	l.searched += bytes.LastIndexByte(more, '\n') + 1
	if match := listening.FindSubmatch(more); match != nil {
		l.announced = true
		l.url <- string(match[1])
	}
	return len(p), nil
}

func (l *processLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
