package e2e

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// building bounds a wait in which a project may be compiled from nothing.
const building = 5 * time.Minute

// devProcess is gen dev in a project of its own.
type devProcess struct {
	dir   string
	cmd   *exec.Cmd
	lines chan string
}

func startDev(t *testing.T, name string, args ...string) *devProcess {
	t.Helper()
	program, err := gen()
	if err != nil {
		t.Fatal(err)
	}
	d := &devProcess{dir: filepath.Join(t.TempDir(), name), cmd: exec.Command(program, "dev"), lines: make(chan string, 1000)}
	generate(t, name, append(args, "--dir", d.dir)...)
	d.cmd.Dir = d.dir
	d.cmd.Env = append(environment(), "GOPROXY=off", "GOWORK=off", "ADDR=127.0.0.1:0")
	out, in := io.Pipe()
	d.cmd.Stdout, d.cmd.Stderr = in, in
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		for text := bufio.NewScanner(out); text.Scan(); {
			d.lines <- text.Text()
		}
		close(d.lines)
	}()
	go func() {
		_ = d.cmd.Wait() // the exit code is read from ProcessState
		in.Close()
	}()
	t.Cleanup(func() {
		_ = d.cmd.Process.Signal(syscall.SIGTERM) // fails only where it is gone already
		for range d.lines {
		}
	})
	return d
}

// await returns all lines up to one with a text.
func (d *devProcess) await(t *testing.T, text string) string {
	t.Helper()
	var seen strings.Builder
	timeout := time.After(building)
	for {
		select {
		case line, ok := <-d.lines:
			fmt.Fprintln(&seen, line)
			switch {
			case strings.Contains(line, text):
				return seen.String()
			case !ok:
				t.Fatalf("gen dev ended without %q:\n%s", text, &seen)
			}
		case <-timeout:
			t.Fatalf("gen dev does not say %q:\n%s", text, &seen)
		}
	}
}

// serving waits for the server and returns it with what was said before.
func (d *devProcess) serving(t *testing.T) (*server, string) {
	t.Helper()
	said := d.await(t, "listening")
	client := &http.Client{Transport: &http.Transport{}, CheckRedirect: noRedirect, Timeout: deadline}
	t.Cleanup(client.CloseIdleConnections)
	return &server{url: listening.FindStringSubmatch(said)[1], client: client, log: &processLog{}}, said
}

// TestDev is a session with gen dev: the document grows, breaks and is mended, the author writes code, and
// Ctrl-C leaves nothing behind.
func TestDev(t *testing.T) {
	t.Parallel()
	d := startDev(t, "users", "--spec", filepath.Join("..", "specs", "users.yaml"))
	document := filepath.Join(d.dir, "openapi.yaml")
	first, _ := d.serving(t)
	first.do(t, "GET", "/users", nil).want(t, http.StatusOK)
	first.do(t, "GET", "/status", nil).want(t, http.StatusNotFound)

	before, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	const status = "\n  /status:\n    get:\n      operationId: getStatus\n      responses: { \"204\": { description: Fine. } }\n"
	after := strings.Replace(string(before), "\npaths:\n", "\npaths:"+status, 1)
	writeFile(t, document, after)
	second, said := d.serving(t)
	second.do(t, "GET", "/status", nil).want(t, http.StatusNotImplemented)
	if !strings.Contains(said, "getStatus") || strings.Contains(said, "identical") {
		t.Errorf("gen dev says what it should not, or not what changed:\n%s", said)
	}

	writeFile(t, document, "openapi: [")
	if said := d.await(t, "the server goes on as it was"); !strings.Contains(said, "openapi.yaml:1:") {
		t.Errorf("gen dev does not say where the document is broken:\n%s", said)
	}
	second.do(t, "GET", "/status", nil).want(t, http.StatusNotImplemented)

	writeFile(t, document, string(before))
	third, _ := d.serving(t)
	third.do(t, "GET", "/status", nil).want(t, http.StatusNotFound)

	if err := d.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	for range d.lines { // until gen has ended
	}
	if code := d.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("gen dev exits with %d", code)
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(third.url, "http://"))
	if err == nil {
		conn.Close()
	}
	if !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("the server goes on after gen dev has ended: %v", err)
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
