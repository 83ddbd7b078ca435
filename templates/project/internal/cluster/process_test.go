//go:build unix

package cluster

import (
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestAReleaseThatLeavesAChild: what a canary started holds its channel, and is ended with it.
func TestAReleaseThatLeavesAChild(t *testing.T) {
	r := launch(t, 1)
	r.serving()
	r.fail("leave a child")
	began := time.Now()
	_, err := r.control.Reload(t.Context())
	if err == nil || !strings.Contains(err.Error(), "exit status 5") {
		t.Errorf("reload says %v", err)
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it says so after %v", took)
	}
}

// TestKill holds that what a process has started ends with it.
func TestKill(t *testing.T) {
	p := &process{cmd: exec.Command("sh", "-c", "sleep 60 & echo; wait")}
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	p.kill()
	if _, err := io.ReadAll(out); err != nil { // to the end of the last one that could write
		t.Error(err)
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("all have ended after %v", took)
	}
	_ = p.cmd.Wait()
}

// TestAFailedReloadIsNoted holds that a service manager hears why, and that the server is ready all the same.
func TestAFailedReloadIsNoted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notify")
	news, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Skip("no such sockets here:", err)
	}
	defer news.Close()
	t.Setenv("NOTIFY_SOCKET", path)
	r := launch(t, 1)
	r.serving()
	r.fail("crash")
	if _, err := r.control.Reload(t.Context()); err == nil {
		t.Error("it did not fail")
	}
	if err := news.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	const want = "READY=1\nSTATUS=The last reload failed: the new worker ended: exit status 1; 0 of 1 workers were replaced"
	for text := make([]byte, 500); ; {
		n, err := news.Read(text)
		if err != nil {
			t.Fatal(err)
		}
		if string(text[:n]) == want {
			return
		}
	}
}
