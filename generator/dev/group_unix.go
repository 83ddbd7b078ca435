//go:build unix

package dev

import (
	"os/exec"
	"syscall"
)

// ownGroup keeps a terminal's Ctrl-C from the server, which is told to end once, by gen.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func interrupt(cmd *exec.Cmd) { _ = syscall.Kill(cmd.Process.Pid, syscall.SIGTERM) }

// kill ends whatever is left of the group. There is nothing to do about an error: the group is gone.
func kill(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
