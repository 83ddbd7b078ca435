//go:build unix

package main

import (
	"os"
	"os/exec"
	"syscall"
)

// peakMemory is what the system says of a process that has ended, in its own unit.
func peakMemory(state *os.ProcessState) (int64, bool) {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, false
	}
	return int64(usage.Maxrss), true //nolint:unconvert // narrower on some systems
}

// endTogether makes what a command starts end with it, as go commands start others.
func endTogether(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
