package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gen/e2e/bench/suite"
)

// reference is the project of the first document, as gen wrote it.
const reference = "../../generated/board"

// serve is the other side of start: this program as one of the servers, until it is killed.
func serve(document suite.Document, number string, out io.Writer) error {
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i >= len(document.Servers) {
		return fmt.Errorf("there is no server %s", number)
	}
	handler, err := document.Servers[i].New(time.Now)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "listening url=http://%s\n", listener.Addr())
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	server := &http.Server{Handler: suite.Limit(handler), ReadHeaderTimeout: 5 * time.Second, Protocols: protocols}
	return server.Serve(listener)
}

// process is a server that runs for itself.
type process struct {
	name, url string
	cmd       *exec.Cmd
	// headers are sent with each request.
	headers http.Header
}

// start runs the document's server of that number.
func start(ctx context.Context, name string, number int, env ...string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "serve", strconv.Itoa(number))
	cmd.Env = append(os.Environ(), env...)
	return launch(name, cmd)
}

// launch starts a server, and waits until it says where it listens.
func launch(name string, cmd *exec.Cmd) (*process, error) {
	logged, log, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd.Stdout, cmd.Stderr = log, log
	err = cmd.Start()
	_ = log.Close() // The process has it now.
	if err != nil {
		return nil, err
	}
	p := &process{name: name, cmd: cmd}
	lines := bufio.NewReader(logged)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			p.stop()
			return nil, fmt.Errorf("%s does not start: %s", name, line)
		}
		if _, url, ok := strings.Cut(line, "listening url="); ok {
			p.url = strings.TrimSpace(url)
			// Nobody reads it, but it must not wait.
			go func() { _, _ = io.Copy(io.Discard, lines) }()
			return p, nil
		}
	}
}

func (p *process) stop() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait() // It was killed.
}

// startReference builds and runs the reference server as an operator would: SQLite, sessions in it, a log and
// metrics. There is one post, and whoever asks is logged in.
func startReference(ctx context.Context, folder string) (*process, error) {
	program := filepath.Join(folder, "board")
	build := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/board")
	build.Dir = reference
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building %s: %w\n%s", reference, err, out)
	}
	cmd := exec.CommandContext(ctx, program)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "ADDR=localhost:0", "ADMIN_ADDR=localhost:0", "DATABASE_URL=sqlite:"+filepath.Join(folder, "board.db"),
		"SESSION_STORE=database", "LOG_LEVEL=info", "LOG_FORMAT=text", "TLS=off", "WORKERS=1", "VALIDATE_RESPONSES=false")
	p, err := launch("the whole of generated/board", cmd)
	if err != nil {
		return nil, err
	}
	if p.headers, err = settle(p.url); err != nil {
		p.stop()
		return nil, err
	}
	return p, nil
}

// settle signs somebody up who writes a post, and returns the header that is logged in.
func settle(url string) (http.Header, error) {
	const credentials = `{"name": "ann", "password": "correct horse battery"}`
	header := http.Header{"Content-Type": {"application/json"}}
	for _, request := range []struct{ path, body string }{
		{"/v1/users", credentials},
		{"/v1/session", credentials},
		{"/v1/posts", `{"title": "What a port is", "body": "` + suite.Text(250) + `", "tags": ["http", "go", "sessions"], "rating": 4.5}`},
	} {
		body := strings.ReplaceAll(request.body, `"server"`, `\"server\"`)
		asked, err := http.NewRequest(http.MethodPost, url+request.path, strings.NewReader(body))
		if err != nil {
			return nil, err
		}
		asked.Header = header.Clone()
		answer, err := http.DefaultClient.Do(asked)
		if err != nil {
			return nil, err
		}
		_ = answer.Body.Close()
		if answer.StatusCode >= http.StatusBadRequest {
			return nil, fmt.Errorf("POST %s answers %s", request.path, answer.Status)
		}
		for _, cookie := range answer.Cookies() {
			header.Set("Cookie", cookie.Name+"="+cookie.Value)
		}
	}
	if header.Get("Cookie") == "" {
		return nil, errors.New("logging in gives no cookie")
	}
	return header, nil
}
