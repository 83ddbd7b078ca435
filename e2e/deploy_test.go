//go:build unix

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const deployed = "../generated/board/deploy"

// unit is a systemd unit as its text, with the program that was built for tests.
func unit(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(deployed, name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "/usr/local/bin/board ", boardProgram(t)+" ")
}

// values are those of a setting in a unit.
func values(unit, setting string) (all []string) {
	for line := range strings.Lines(unit) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), setting+"="); ok {
			all = append(all, value)
		}
	}
	return all
}

// TestUnitsAreValid has systemd read the units.
func TestUnitsAreValid(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not installed")
	}
	version := 0
	if text, err := exec.Command("systemd-analyze", "--version").Output(); err != nil {
		t.Fatal(err)
	} else if _, err := fmt.Sscanf(string(text), "systemd %d", &version); err != nil {
		t.Fatalf("its version is %s: %v", text, err)
	}
	dir := t.TempDir()
	args := []string{"--man=no", "--recursive-errors=no", "verify"}
	for _, name := range []string{"board.service", "board.socket"} {
		text := unit(t, name)
		if version < 253 {
			text = strings.ReplaceAll(text, "notify-reload", "notify") // all else is known to it
		}
		writeFile(t, filepath.Join(dir, name), text)
		args = append(args, filepath.Join(dir, name))
	}
	text, err := exec.Command("systemd-analyze", args...).CombinedOutput()
	if err != nil || len(text) > 0 {
		t.Errorf("systemd says %v: %s", err, text)
	}
	service := filepath.Join(dir, "board.service")
	text, err = exec.Command("systemd-analyze", "security", "--offline=yes", "--threshold=15", service).CombinedOutput()
	if err != nil {
		t.Errorf("the server may do too much: %v\n%s", err, text)
	}
}

// TestUnitServes runs what the unit says, as systemd does: it is started on an open port, reloaded, watched, stopped.
func TestUnitServes(t *testing.T) {
	t.Parallel()
	service := unit(t, "board.service")
	port, file := passedPort(t)
	news := notifySocket(t)
	cmd := exec.Command("sh", "-c", "LISTEN_PID=$$ exec "+values(service, "ExecStart")[0])
	cmd.Dir, cmd.ExtraFiles = t.TempDir(), []*os.File{file}
	cmd.Env = append(environment(), "LISTEN_FDS=1", "LAME_DUCK=0s", "NOTIFY_SOCKET="+news.LocalAddr().String(), "WATCHDOG_USEC=200000")
	for variable := range strings.FieldsSeq(values(service, "Environment")[0]) {
		cmd.Env = append(cmd.Env, strings.ReplaceAll(variable, "%t", filepath.Join(cmd.Dir, "run")))
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // fails where it is gone already
	if values(service, "Type")[0] != "notify-reload" || len(values(service, "ExecReload")) > 0 {
		t.Fatal("this test reloads otherwise than the unit")
	}
	awaitNews(t, news, "READY=1")
	signalTo(t, cmd.Process.Pid, syscall.SIGHUP)
	awaitNews(t, news, "RELOADING=1\nMONOTONIC_USEC=")
	awaitNews(t, news, "READY=1")
	awaitNews(t, news, "WATCHDOG=1")
	answersOn(t, port)
	patience, err := time.ParseDuration(values(service, "TimeoutStopSec")[0])
	if err != nil || patience <= 32*time.Second {
		t.Errorf("systemd waits for %v (%v), and the server for 32s", patience, err)
	}
	signalTo(t, cmd.Process.Pid, syscall.SIGTERM)
	awaitNews(t, news, "STOPPING=1")
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}
