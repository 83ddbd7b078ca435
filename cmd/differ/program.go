package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"

	"gen/cmd/differ/contest"
)

// program is a contest that was built, as a process.
type program struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	enc  *json.Encoder
	dec  *json.Decoder
	said bytes.Buffer
}

func start(ctx context.Context, path string) (*program, error) {
	p := &program{cmd: exec.CommandContext(ctx, path)}
	p.cmd.Stderr = &p.said
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.in, p.enc, p.dec = in, json.NewEncoder(in), json.NewDecoder(out)
	return p, p.cmd.Start()
}

// ask puts requests to both sides.
func (p *program) ask(requests []contest.Request) ([]contest.Reply, error) {
	var replies []contest.Reply
	err := p.enc.Encode(requests)
	if err == nil {
		err = p.dec.Decode(&replies)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the contest ended: %w", err), p.stop())
	}
	return replies, nil
}

// stop ends the process; its error has what the process said.
func (p *program) stop() error {
	_ = p.in.Close() // the process may have ended
	if err := p.cmd.Wait(); err != nil {
		return fmt.Errorf("%w: %s", err, p.said.Bytes())
	}
	return nil
}
