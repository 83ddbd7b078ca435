package e2e

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal is one that nobody looks at; shown is what a program started in it says.
type terminal struct {
	master *os.File
	shown  *processLog
}

// inTerminal starts a program in a terminal of its own.
func inTerminal(t *testing.T, cmd *exec.Cmd) terminal {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no terminals here:", err)
	}
	raw, err := master.SyscallConn() // Fd would have Close wait for Read
	if err != nil {
		t.Fatal(err)
	}
	number := 0
	controlled := raw.Control(func(fd uintptr) {
		if err = unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0); err == nil {
			number, err = unix.IoctlGetInt(int(fd), unix.TIOCGPTN)
		}
	})
	if err := errors.Join(controlled, err); err != nil {
		t.Fatal(err)
	}
	slave, err := os.OpenFile("/dev/pts/"+strconv.Itoa(number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer slave.Close()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // fails where it is gone already
	tty := terminal{master, &processLog{url: make(chan string, 1)}}
	go func() { _, _ = io.Copy(tty.shown, master) }() // until the terminal closes
	return tty
}

// TestAClosedTerminalEndsTheServer: launcher and workers leave as if they were told to, with nobody left behind.
func TestAClosedTerminalEndsTheServer(t *testing.T) {
	t.Parallel()
	for _, workers := range []string{"1", "2"} {
		t.Run(workers, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(boardProgram(t))
			cmd.Dir = t.TempDir()
			cmd.Env = append(environment(), "ADDR=127.0.0.1:0", "LAME_DUCK=0s", "WORKERS="+workers)
			tty := inTerminal(t, cmd)
			c := &cluster{server: &server{cmd: cmd, log: tty.shown}, dir: cmd.Dir, commands: boardProgram(t)}
			select {
			case c.url = <-tty.shown.url:
			case <-time.After(deadline):
				t.Fatalf("it does not listen: %s", tty.shown)
			}
			var others []int
			if workers != "1" {
				others = c.ready(t).pids()
			}
			if err := tty.master.Close(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			select {
			case err := <-ended:
				if err != nil {
					t.Errorf("it ends with %v", err)
				}
			case <-time.After(deadline):
				t.Fatal("it goes on without a terminal")
			}
			if slices.ContainsFunc(others, alive) {
				t.Error("a worker goes on without a launcher")
			}
			refusesConnections(t, c.server)
		})
	}
}

// TestNohup: a server that was told not to mind goes on without its terminal, with all of its workers.
func TestNohup(t *testing.T) {
	t.Parallel()
	for _, workers := range []string{"1", "2"} {
		t.Run(workers, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := dir + "/log"
			cmd := exec.Command("sh", "-c", `trap '' HUP; exec "$BOARD"`)
			cmd.Dir = dir
			cmd.Env = append(environment(), "BOARD="+boardProgram(t), "ADDR=127.0.0.1:0", "LAME_DUCK=0s", "LOG_FILE="+path, "WORKERS="+workers)
			tty := inTerminal(t, cmd)
			s := &server{cmd: cmd, log: tty.shown}
			s.awaitListening(t, path)
			if err := tty.master.Close(); err != nil {
				t.Fatal(err)
			}
			signalTo(t, cmd.Process.Pid, syscall.SIGQUIT) // comes behind the hangup
			s.awaitThat(t, "what it does", deadline, func() bool {
				text, err := os.ReadFile(path)
				return err == nil && strings.Contains(string(text), fmt.Sprintf("process %d does this:", cmd.Process.Pid))
			})
			signalTo(t, cmd.Process.Pid, syscall.SIGTERM)
			if err := cmd.Wait(); err != nil {
				t.Errorf("it ends with %v", err)
			}
		})
	}
}

// TestLogInATerminal: people get colours if they want them, and lines to read in any case; programs get JSON.
func TestLogInATerminal(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		env           []string
		colours, json bool
	}{
		"colours":  {[]string{"TERM=xterm"}, true, false},
		"NO_COLOR": {[]string{"TERM=xterm", "NO_COLOR=1"}, false, false},
		"dumb":     {[]string{"TERM=dumb"}, false, false},
		"file":     {[]string{"TERM=xterm", "LOG_FILE=log"}, false, true},
		"JSON":     {[]string{"TERM=xterm", "LOG_FORMAT=json"}, false, true},
		"workers":  {[]string{"TERM=xterm", "WORKERS=2"}, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(boardProgram(t))
			cmd.Dir = t.TempDir()
			cmd.Env = append(append(environment(), "ADDR=127.0.0.1:0", "LAME_DUCK=0s", "LOG_LEVEL=info", "LOG_FORMAT=auto"), test.env...)
			tty := inTerminal(t, cmd)
			s := &server{cmd: cmd, log: tty.shown, client: http.DefaultClient}
			shown := tty.shown.String
			if name == "file" {
				s.awaitListening(t, cmd.Dir+"/log")
				shown = func() string { text, _ := os.ReadFile(cmd.Dir + "/log"); return string(text) }
			} else {
				s.url = <-tty.shown.url
			}
			s.do(t, "GET", "/v1/posts", nil).want(t, http.StatusOK)
			s.awaitThat(t, "the request", deadline, func() bool { return strings.Contains(shown(), "/v1/posts") })
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("it ends with %v", err)
			}
			text := shown()
			if strings.Contains(text, "\x1b[") != test.colours || strings.Contains(text, `"msg":"request"`) != test.json ||
				!test.json && !strings.Contains(text, "INF") {
				t.Errorf("it shows %q", text)
			}
		})
	}
}

// TestWatchInATerminal: it draws on another screen, and leaves the first one as it was, with the last table on it.
func TestWatchInATerminal(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2")
	for name, test := range map[string]struct {
		env     []string
		colours bool
	}{
		"colours":  {[]string{"TERM=xterm"}, true},
		"NO_COLOR": {[]string{"TERM=xterm", "NO_COLOR=1"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(c.commands, "status", "--watch")
			cmd.Dir, cmd.Env = c.dir, append(environment(), test.env...)
			tty := inTerminal(t, cmd)
			s := &server{cmd: cmd, log: tty.shown}
			const home, hidden, shown, first = "\x1b[H", "\x1b[?25l", "\x1b[?25h", "\x1b[?1049l"
			s.awaitThat(t, "two tables", deadline, func() bool { return strings.Count(tty.shown.String(), home) > 1 })
			if _, err := tty.master.WriteString("\x03"); err != nil { // ctrl-C
				t.Fatal(err)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("it ends with %v", err)
			}
			s.awaitThat(t, "the first screen", deadline, func() bool {
				_, last, found := strings.Cut(tty.shown.String(), first)
				return found && strings.Contains(last, "2 of 2 workers")
			})
			text := tty.shown.String()
			if strings.Count(text, hidden) != 1 || strings.LastIndex(text, shown) < strings.LastIndex(text, hidden) {
				t.Errorf("the cursor is not as it was: %q", text)
			}
			if strings.Contains(text, "\x1b[32m") != test.colours || strings.Contains(text, "\x1b[2J") {
				t.Errorf("it shows %q", text)
			}
		})
	}
}
