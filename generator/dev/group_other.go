//go:build !unix

package dev

import "os/exec"

func ownGroup(*exec.Cmd) {}

// interrupt kills: there is no signal that asks.
func interrupt(cmd *exec.Cmd) { kill(cmd) }

func kill(cmd *exec.Cmd) { _ = cmd.Process.Kill() }
