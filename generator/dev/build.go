package dev

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// builder compiles a project's program, each time to a new file, because the last one may be running.
type builder struct {
	dir, name, scratch string
	out                io.Writer
	number             int
	// program is the last that was built, digest that of its bytes.
	program string
	digest  [sha256.Size]byte
}

// build returns the path of the program, "" if it is the same as before. What the compiler says goes to
// out, with the paths of files as they are in the project.
func (b *builder) build(ctx context.Context) (string, error) {
	b.number++
	program := filepath.Join(b.scratch, fmt.Sprintf("%s-%d", b.name, b.number))
	cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", program, "./cmd/"+b.name) //nolint:gosec // the user's own project
	cmd.Dir, cmd.Stdout, cmd.Stderr = b.dir, b.out, b.out
	if err := cmd.Run(); err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.Exited() {
			return "", errors.New("the code does not compile")
		}
		return "", err
	}
	data, err := os.ReadFile(program) //nolint:gosec // it was just built
	if err != nil {
		return "", err
	}
	digest := sha256.Sum256(data)
	if digest == b.digest {
		return "", os.Remove(program)
	}
	if b.program != "" {
		_ = os.Remove(b.program) // with the folder at the latest
	}
	b.program, b.digest = program, digest
	return program, nil
}
