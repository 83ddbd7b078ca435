//go:build unix

package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestClusterCommands goes through what an operator does with a server of several processes.
func TestClusterCommands(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2")
	table := c.must(t, "status")
	for _, want := range []string{c.url, "2 of 2 workers", "SLOT", "PID", "ready"} {
		if !strings.Contains(table, want) {
			t.Errorf("the status lacks %s:\n%s", want, table)
		}
	}
	if strings.Contains(table, "\x1b") {
		t.Errorf("there are colours where there is no terminal: %q", table)
	}
	for _, n := range []string{"3", "1"} {
		c.must(t, "scale", n)
		if s := c.status(t); !s.allReady() || s.Launcher.Slots != int(n[0]-'0') {
			t.Errorf("after scale %s it is %+v", n, s)
		}
	}
	if text, err := c.command("scale", "1000"); err == nil || !strings.Contains(text, "has to be between 1 and") {
		t.Errorf("scale 1000 says %q (%v)", text, err)
	}
	c.must(t, "stop")
	if code := c.exitCode(t); code != 0 {
		t.Errorf("exit code %d; want 0", code)
	}
	if n := strings.Count(c.log.String(), "listening"); n != 1 {
		t.Errorf("%d lines say listening; want 1:\n%s", n, c.log)
	}
	if text, err := c.command("status"); err == nil || !strings.Contains(text, "is not running in .run") || strings.Count(text, "\n") != 1 {
		t.Errorf("without a server the status is %q (%v)", text, err)
	}
}

// TestWatch: the status is drawn again and again, until the operator has seen enough.
func TestWatch(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2")
	cmd := exec.Command(c.commands, "status", "--watch")
	cmd.Dir, cmd.Env = c.dir, environment()
	drawn, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	lines := bufio.NewScanner(drawn)
	for n := 0; n < 2 && lines.Scan(); {
		if strings.Contains(lines.Text(), "2 of 2 workers") {
			n++
		}
	}
	signalTo(t, cmd.Process.Pid, syscall.SIGINT)
	for lines.Scan() {
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ends with %v", err)
	}
}

// TestClusterSignals: one worker more, one fewer; others are for the launcher too, and harm nobody.
func TestClusterSignals(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2")
	was := c.ready(t)
	for _, step := range []struct {
		sig  syscall.Signal
		want int
	}{{syscall.SIGTTIN, 3}, {syscall.SIGTTOU, 2}} {
		signalTo(t, was.Launcher.PID, step.sig)
		c.awaitStatus(t, step.sig.String(), func(s clusterStatus) bool { return s.allReady() && s.Launcher.Slots == step.want })
	}
	for _, pid := range append(was.pids(), was.Launcher.PID) {
		signalTo(t, pid, syscall.SIGUSR1)
	}
	for _, worker := range was.pids() {
		signalTo(t, worker, syscall.SIGHUP)
		signalTo(t, worker, syscall.SIGTERM)
	}
	signalTo(t, was.Launcher.PID, syscall.SIGQUIT)
	for _, pid := range append(was.pids(), was.Launcher.PID) {
		c.awaitLog(t, fmt.Sprintf("process %d does this:\ngoroutine ", pid), deadline)
	}
	if is := c.ready(t); is.pids()[0] != was.pids()[0] || is.pids()[1] != was.pids()[1] {
		t.Errorf("the workers were %v, and are %v", was.pids(), is.pids())
	}
}

// TestClusterLeaves: whoever comes in the lame duck is answered, what is in flight too, and then nobody listens.
func TestClusterLeaves(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2", "LAME_DUCK=2s")
	c.logInOnce(t)
	body := `{"title": "In flight", "body": "when all were told to go"}`
	conn, _ := half(t, c.server, body)
	for _, pid := range append(c.status(t).pids(), c.cmd.Process.Pid) {
		signalTo(t, pid, syscall.SIGTERM) // as systemd does
	}
	told := time.Now()
	client := &http.Client{Transport: newConnections.client(), Timeout: deadline}
	for time.Since(told) < time.Second {
		if why := newConnections.ask(client, c.url); why != "" {
			t.Fatalf("after %v: %s", time.Since(told), why)
		}
	}
	refusesConnections(t, c.server)
	if _, err := io.WriteString(conn, body[len(body)/2:]); err != nil {
		t.Fatal(err)
	}
	if code := c.exitCode(t); code != 0 {
		t.Errorf("exit code %d; want 0", code)
	}
}

// TestClusterLeavesNow: the second signal ends all waiting.
func TestClusterLeavesNow(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2", "LAME_DUCK=0s", "DRAIN_TIMEOUT=300s")
	c.logInOnce(t)
	half(t, c.server, `{"title": "In flight", "body": "for ever"}`)
	signalTo(t, c.cmd.Process.Pid, syscall.SIGTERM)
	refusesConnections(t, c.server)
	select {
	case <-c.ended:
		t.Fatal("it did not wait")
	default:
	}
	if code := c.stop(t, syscall.SIGTERM); code != 1 {
		t.Errorf("exit code %d; want 1", code)
	}
}

// TestClusterSettings starts programs that end with one sentence.
func TestClusterSettings(t *testing.T) {
	t.Parallel()
	c := startCluster(t, "2")
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"a second launcher": {[]string{"--run-dir=" + c.dir + "/.run"}, "is running already"},
		"memory":            {[]string{"--session-store=memory"}, "SESSION_STORE memory is of one process, and 2 workers share none"},
		"acme":              {[]string{"--tls=acme"}, "needs ACME_DOMAINS"},
		"a certificate":     {[]string{"--tls-cert=x"}, "for --tls files, not for --tls off"},
		"a port in use":     {[]string{"--addr=" + strings.TrimPrefix(c.url, "http://")}, "is in use by another process"},
		"a long run folder": {[]string{"--run-dir=" + strings.Repeat("long/", 30)}, "choose a shorter RUN_DIR"},
		"no number":         {[]string{"--workers=some"}, "want 1 or more, or auto"},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(boardProgram(t), append([]string{"--workers=2", "--addr=127.0.0.1:0"}, test.args...)...)
			cmd.Dir, cmd.Env = t.TempDir(), environment()
			text, err := cmd.CombinedOutput()
			if err == nil || cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(text), test.want) || strings.Count(string(text), "\n") != 1 {
				t.Errorf("it ends with %v and says %s", err, text)
			}
		})
	}
}
