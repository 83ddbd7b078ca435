package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"gen/generator/model"
)

// seed is a request that the fuzzer begins with.
type seed struct {
	Operation, Query, Path, ContentType, Body string
}

// fuzzed feeds the template of the fuzz target.
type fuzzed struct {
	*model.API

	Seeds []seed
}

// fuzz has go test -fuzz put to both sides of one document what it thinks of.
func fuzz(ctx context.Context, file string, patience time.Duration, number uint64, stdout io.Writer) error {
	subjects, err := load(ctx, []string{file})
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "differ-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if _, err := build(ctx, dir, subjects); err != nil {
		return err
	}
	s := subjects[0]
	test, err := source("fuzz_test.go.tmpl", fuzzed{s.api, s.seeds(number)})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "fuzz_test.go"), test, 0o600); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", "test", "-trimpath", "-run", "^$", "-fuzz", "FuzzCodecs", "-fuzztime", patience.String(), ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off")
	cmd.Stdout, cmd.Stderr = stdout, stdout
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	return nil
}

// seeds are some requests of each operation.
func (s *subject) seeds(number uint64) []seed {
	const each = 5
	var out []seed
	for i, t := range s.targets(0) {
		for n := range uint64(each) {
			r := t.attempt(random(number, 0, uint64(i)*each+n)).Request
			if r.Answer != "" {
				continue
			}
			path := ""
			for _, value := range r.Path {
				path = max(path, value)
			}
			out = append(out, seed{r.Operation, r.Query, path, r.Header.Get("Content-Type"), string(r.Body)})
		}
	}
	return out
}
