//go:build unix

package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// logTo runs the reference server with a log file, and waits until that says where it listens.
func logTo(t *testing.T, path string, env ...string) *server {
	t.Helper()
	s := spawn(t, boardProgram(t), t.TempDir(), append([]string{"LOG_FILE=" + path, "LOG_LEVEL=info", "LAME_DUCK=0s"}, env...)...)
	s.awaitListening(t, path)
	return s
}

// awaitListening waits until a log file says where the server listens.
func (s *server) awaitListening(t *testing.T, path string) {
	t.Helper()
	s.awaitThat(t, "the line that says listening", deadline, func() bool {
		text, _ := os.ReadFile(path) // there may be none yet
		match := listening.FindSubmatch(text)
		if match != nil {
			s.url = string(match[1])
		}
		return match != nil
	})
}

// TestLogFile moves the log away as logrotate does, under load: every request has its line, in one piece.
func TestLogFile(t *testing.T) {
	t.Parallel()
	const rotations = 5
	for _, workers := range []string{"1", "3"} {
		t.Run(workers, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "log")
			s := logTo(t, path, "WORKERS="+workers)
			tr := startTraffic(s.url, 300, newConnections, keptPOST)
			for n := range rotations {
				tr.awaitAsked(t, 20*(n+1))
				s.rotate(t, path, fmt.Sprintf("%s.%d", path, n))
			}
			if failed := tr.stop(t); failed > 0 {
				t.Errorf("%d requests failed", failed)
			}
			if code := s.stop(t, syscall.SIGTERM); code != 0 {
				t.Errorf("exit code %d; want 0", code)
			}
			asked, logged := 0, requestsIn(t, path)
			for _, o := range tr.outcomes {
				asked += o.asked
			}
			for n := range rotations {
				logged += requestsIn(t, fmt.Sprintf("%s.%d", path, n))
			}
			if logged != asked {
				t.Errorf("%d requests have %d lines", asked, logged)
			}
			if text := s.log.String(); text != "" {
				t.Errorf("beside the log file it says %s", text)
			}
		})
	}
}

// rotate moves a log file away, and waits until there is another one.
func (s *server) rotate(t *testing.T, path, to string) {
	t.Helper()
	if err := os.Rename(path, to); err != nil {
		t.Fatal(err)
	}
	signalTo(t, s.cmd.Process.Pid, syscall.SIGUSR1)
	s.awaitThat(t, "another log", deadline, func() bool { return requestsIn(t, path) > 0 })
}

// requestsIn counts the lines about requests in a log, and wants all lines to be whole.
func requestsIn(t *testing.T, path string) (n int) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "time=") || strings.Count(line, "time=") != 1 || !strings.HasSuffix(line, "\n") {
			t.Errorf("%s has the line %q", path, line)
		}
		if strings.Contains(line, "msg=request ") && strings.HasSuffix(line, "client=127.0.0.1\n") {
			n++
		}
	}
	return n
}

// TestLogFileThatCannotBe starts programs that end with one sentence.
func TestLogFileThatCannotBe(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"absent/log": "no such file or directory", ".": "is a directory"} {
		s := spawn(t, boardProgram(t), t.TempDir(), "LOG_FILE="+path)
		want = "board: LOG_FILE " + path + " cannot be written: " + want + "\n"
		if code := s.exitCode(t); code != 1 || s.log.String() != want {
			t.Errorf("with %s it ends with %d and says %q", path, code, s.log)
		}
	}
}

// TestACrashIsInTheLogFile: what the runtime says of a worker that hangs is where all else is.
func TestACrashIsInTheLogFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log")
	s := logTo(t, path, "WORKERS=2")
	c := &cluster{server: s, dir: s.cmd.Dir, commands: boardProgram(t)}
	signalTo(t, c.ready(t).Workers[1].PID, syscall.SIGABRT)
	s.awaitThat(t, "the crash", deadline, func() bool {
		text, err := os.ReadFile(path)
		return err == nil && strings.Contains(string(text), "SIGABRT: abort") && strings.Contains(string(text), "goroutine ")
	})
}

// TestOneProcessSaysWhatItDoes, and goes on.
func TestOneProcessSaysWhatItDoes(t *testing.T) {
	t.Parallel()
	s := start(t, "LAME_DUCK=0s")
	for range 2 {
		signalTo(t, s.cmd.Process.Pid, syscall.SIGQUIT)
		s.awaitLog(t, fmt.Sprintf("process %d does this:\ngoroutine ", s.cmd.Process.Pid), deadline)
	}
	s.do(t, "GET", "/healthz", nil).want(t, http.StatusOK)
}

// TestHangupIsNoEnd: without a terminal that could have closed it asks to reload, also where there is nothing to do.
func TestHangupIsNoEnd(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log")
	s := logTo(t, path)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	signalTo(t, s.cmd.Process.Pid, syscall.SIGHUP)
	s.awaitThat(t, "another log", deadline, func() bool { _, err := os.Stat(path); return err == nil })
	s.do(t, "GET", "/healthz", nil).want(t, http.StatusOK)
	began := time.Now()
	if code := s.stop(t, syscall.SIGTERM); code != 0 {
		t.Errorf("exit code %d after %v; want 0", code, time.Since(began))
	}
}
