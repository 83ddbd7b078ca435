//go:build unix

package e2e

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestPortZeroPicksAFreePort(t *testing.T) {
	t.Parallel()
	first, second := start(t), start(t)
	if first.url == second.url {
		t.Fatalf("both servers say that they listen on %s", first.url)
	}
	for _, s := range []*server{first, second} {
		if strings.HasSuffix(s.url, ":0") {
			t.Errorf("the log names %s; want the port that was picked", s.url)
		}
		s.do(t, "GET", "/healthz", nil).want(t, http.StatusOK)
	}
}

func TestAddressesThatCannotBeHad(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { taken.Close() })
	tests := []struct{ name, addr, says string }{
		{"taken", taken.Addr().String(), "in use"},
		{"not a number", "localhost:http-ish", "localhost:http-ish"},
		{"no such port", "localhost:99999", "99999"},
		{"no port", "localhost", "localhost"},
		{"not of this machine", "192.0.2.1:8080", "192.0.2.1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(boardProgram(t), "--addr", test.addr)
			cmd.Dir, cmd.Env = t.TempDir(), environment()
			refuses(t, cmd, test.says)
		})
	}
}

func TestSettingsThatAreWrong(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, flag, env, says string }{
		{name: "unknown flag", flag: "--no-such-flag", says: "--no-such-flag"},
		{name: "body limit", env: "MAX_BODY=lots", says: "lots"},
		{name: "database", env: "DATABASE_URL=sqlite:/no/such/folder/board.db", says: "/no/such/folder"},
		{name: "kind of database", env: "DATABASE_URL=oracle://db", says: "sqlite:"},
		{name: "session store", env: "SESSION_STORE=postgres://:hush@db", says: "redis://"},
		{name: "Redis", env: "SESSION_STORE=redis://127.0.0.1:1", says: "SESSION_STORE does not answer"},
		{name: "idle time", env: "SESSION_IDLE=13h", says: "SESSION_LIFETIME"},
		{name: "origin", env: "TRUSTED_ORIGINS=shop.example", says: "https://shop.example"},
		{name: "log level", env: "LOG_LEVEL=loud", says: "loud"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(boardProgram(t), "--addr", "127.0.0.1:0")
			if test.flag != "" {
				cmd.Args = append(cmd.Args, test.flag)
			}
			cmd.Dir, cmd.Env = t.TempDir(), append(environment(), test.env)
			refuses(t, cmd, test.says)
		})
	}
}

// TestPrivilegedPort runs the server as a user who may not listen on port 80.
func TestPrivilegedPort(t *testing.T) {
	t.Parallel()
	start, err := os.ReadFile("/proc/sys/net/ipv4/ip_unprivileged_port_start")
	if first, _ := strconv.Atoi(strings.TrimSpace(string(start))); err != nil || first <= 80 {
		t.Skip("every user may listen on port 80 here")
	}
	dir := t.TempDir()
	cmd := exec.Command(boardProgram(t), "--addr", "127.0.0.1:80")
	cmd.Dir, cmd.Env = dir, environment()
	if os.Getuid() == 0 {
		const nobody = 65534
		cmd.Dir = "/"
		cmd.Env = append(cmd.Env, "DATABASE_URL=sqlite:"+publicFolder(t, nobody)+"/board.db")
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	refuses(t, cmd, "127.0.0.1:80")
}

// publicFolder makes a folder that belongs to uid and that uid can reach.
func publicFolder(t *testing.T, uid int) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "public-") //nolint:usetesting // t.TempDir lies in a folder that is closed to others
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(dir, uid, uid); err != nil {
		t.Fatal(err)
	}
	return dir
}

// refuses checks that the command fails at once with one sentence that says what is wrong.
func refuses(t *testing.T, cmd *exec.Cmd, says string) {
	t.Helper()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// One that starts in spite of it would never end.
	limit := time.AfterFunc(deadline, func() { _ = cmd.Process.Kill() })
	err := cmd.Wait()
	limit.Stop()
	text := strings.TrimSpace(out.String())
	if err == nil {
		t.Fatalf("%v ended without an error:\n%s", cmd.Args[1:], text)
	}
	if code := cmd.ProcessState.ExitCode(); code <= 0 {
		t.Errorf("%v: exit code %d; want an ordinary failure:\n%s", cmd.Args[1:], code, text)
	}
	if !strings.Contains(text, says) || strings.Count(text, "\n") > 0 || strings.Contains(text, "goroutine ") {
		t.Errorf("%v says:\n%s\nwant one line that names %q", cmd.Args[1:], text, says)
	}
}
