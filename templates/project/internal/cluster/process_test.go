//go:build unix

package cluster

import (
	"io"
	"os/exec"
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
	err := r.control.Reload(t.Context())
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
