package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// patience bounds each command. The largest documents take a minute or two on two cores.
const patience = 20 * time.Minute

// command runs a program in a folder and returns the peak memory, in bytes, of it or of the largest
// program that it ran.
func command(ctx context.Context, dir, name string, args ...string) (memory int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // the go command, or this program once more
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off")
	// What a go command starts ends with it.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	err = cmd.Run()
	if cmd.ProcessState != nil {
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			memory = usage.Maxrss << 10
		}
	}
	switch {
	case ctx.Err() != nil:
		return memory, fmt.Errorf("%s: %w", name, ctx.Err())
	case err != nil:
		return memory, fmt.Errorf("%s: %w\n%s", name, err, firstLines(output.String(), 20))
	}
	return memory, nil
}

func firstLines(text string, most int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) > most {
		lines = append(lines[:most], fmt.Sprintf("… and %d more lines", len(lines)-most))
	}
	return strings.Join(lines, "\n")
}
