//go:build unix

package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Control speaks to the launcher that has a run folder.
type Control struct {
	runDir string
	client http.Client
}

// Dial returns the control of the launcher in a run folder. The errors of what it does match ErrNotRunning if
// there is none.
func Dial(runDir string) *Control {
	path := filepath.Join(runDir, controlName)
	return &Control{runDir, http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", path)
		},
	}}}
}

// Status asks for the state of the launcher and its workers.
func (c *Control) Status(ctx context.Context) (Status, error) {
	var status Status
	data, err := c.ask(ctx, http.MethodGet, "/status")
	if err != nil {
		return status, err
	}
	return status, json.Unmarshal(data, &status)
}

// Reload replaces all workers by the program on disk, and returns when the last old one has gone, with what an
// operator should know of it: that this is the program that ran already. It is "" for nothing.
func (c *Control) Reload(ctx context.Context) (note string, err error) {
	data, err := c.ask(ctx, http.MethodPost, "/reload")
	return string(data), err
}

// Stop ends the launcher, and returns when all workers have gone.
func (c *Control) Stop(ctx context.Context) error {
	_, err := c.ask(ctx, http.MethodPost, "/stop")
	return err
}

// Scale makes the workers as many as n, and returns when they are.
func (c *Control) Scale(ctx context.Context, n int) error {
	_, err := c.ask(ctx, http.MethodPost, "/scale/"+strconv.Itoa(n))
	return err
}

func (c *Control) ask(ctx context.Context, method, path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://launcher"+path, nil)
	if err != nil {
		return nil, err
	}
	res, err := c.client.Do(req)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED):
		return nil, fmt.Errorf("a server with several workers %w in %s: go where it was started, or set RUN_DIR", ErrNotRunning, c.runDir)
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return nil, errors.New("the server ended before that was done")
	case err != nil:
		return nil, err
	}
	data, err := io.ReadAll(res.Body)
	err = errors.Join(err, res.Body.Close())
	if err == nil && res.StatusCode != http.StatusOK {
		err = errors.New(strings.TrimSpace(string(data)))
	}
	return data, err
}
