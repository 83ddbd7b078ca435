package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// patience bounds each command. The largest documents take a minute or two on two cores.
const patience = 20 * time.Minute

// measureCommand makes this program run another one and write its peak memory to a file. Linux counts
// as a process's own what its parent had when it was started, so that the parent has to be small.
const measureCommand = "measure"

func measure(ctx context.Context, result, name string, args []string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	runErr := cmd.Run()
	if cmd.ProcessState != nil {
		if peak, ok := peakMemory(cmd.ProcessState); ok {
			if err := os.WriteFile(result, []byte(strconv.FormatInt(peak, 10)), 0o600); err != nil {
				return err
			}
		}
	}
	return runErr
}

// command runs a program in a folder and returns the peak memory, in bytes, of it or of the largest
// program that it ran.
func (t *trial) command(ctx context.Context, dir, name string, args ...string) (memory int64, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	result := filepath.Join(t.dir, "memory")
	cmd := exec.CommandContext(ctx, self, append([]string{measureCommand, result, name}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off")
	endTogether(cmd)
	cmd.WaitDelay = time.Second
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	err = cmd.Run()
	switch {
	case ctx.Err() != nil:
		return 0, fmt.Errorf("%s: %w", name, ctx.Err())
	case err != nil:
		return 0, fmt.Errorf("%s: %w\n%s", filepath.Base(name), err, firstLines(output.String(), 20))
	}
	kilobytes, err := os.ReadFile(result)
	if err != nil {
		return 0, err
	}
	memory, err = strconv.ParseInt(string(kilobytes), 10, 64)
	return memory << 10, err
}

func firstLines(text string, most int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) > most {
		lines = append(lines[:most], fmt.Sprintf("… and %d more lines", len(lines)-most))
	}
	return strings.Join(lines, "\n")
}
