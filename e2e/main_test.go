// Package e2e tests generated/board and freshly generated projects from outside: as processes,
// over the wire. It knows the documents and the contract of a generated server, and imports nothing
// of gen.
package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
	"syscall"
	"testing"
)

func TestMain(m *testing.M) {
	// What is caught here is not ignored by programs that start from here, as it would be below nohup.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	os.Exit(run(m))
}

// run gives every build and test one scratch folder and removes it in the end.
func run(m *testing.M) int {
	scratch, err := os.MkdirTemp("", "e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(scratch)
	// 0755 and not 0700: one test runs the program as another user.
	if err := os.Chmod(scratch, 0o755); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := os.Setenv("TMPDIR", scratch); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if _, err := board(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// board is the path of the reference server, gen that of the generator; each is built once.
var (
	board = sync.OnceValues(func() (string, error) {
		return build(filepath.Join("..", "generated", "board"), "board")
	})
	gen = sync.OnceValues(func() (string, error) { return build("..", "gen") })
)

// build compiles cmd/NAME of the module in dir and returns the path of the program.
func build(dir, name string) (string, error) {
	out, err := os.MkdirTemp("", "bin-")
	if err != nil {
		return "", err
	}
	if err := os.Chmod(out, 0o755); err != nil {
		return "", err
	}
	program := filepath.Join(out, name)
	args := []string{"build", "-buildvcs=false", "-o", program}
	if raceEnabled() {
		args = append(args, "-race")
	}
	return program, goCommand(dir, append(args, "./cmd/"+name)...)
}

// goCommand runs the go command in dir without the network.
func goCommand(dir string, args ...string) error {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOWORK=off")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go %s in %s: %w\n%s", args[0], dir, err, out.Bytes())
	}
	return nil
}

// raceEnabled reports whether the tests run under the race detector; what they build does then, too.
func raceEnabled() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.ContainsFunc(info.Settings, func(s debug.BuildSetting) bool {
		return s.Key == "-race" && s.Value == "true"
	})
}
