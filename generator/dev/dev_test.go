package dev_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gen/generator/dev"
)

// deadline bounds every wait; nothing here takes half of it on a busy machine.
const deadline = 60 * time.Second

// program is a server with a worker. Both hold a connection to the test until they end; the worker does
// not end when it is asked to.
const program = `package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

func main() {
	if text == "crash" {
		os.Exit(7)
	}
	conn, err := net.Dial("tcp", os.Getenv("TEST_HOME"))
	if err != nil {
		panic(err)
	}
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGTERM)
	if len(os.Args) > 1 {
		fmt.Fprintln(conn, "worker")
		select {}
	}
	worker := exec.Command(os.Args[0], "worker")
	if err := worker.Start(); err != nil {
		panic(err)
	}
	fmt.Fprintln(conn, "server "+text)
	fmt.Println("serving " + text)
	<-asked
}
`

// project is a program whose text is its document's.
type project struct {
	t        *testing.T
	dir      string
	document string
	lines    chan string
	home     net.Listener
	end      context.CancelFunc
	result   chan error
}

func start(t *testing.T, text string) *project {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command")
	}
	home, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TEST_HOME", home.Addr().String())
	ctx, end := context.WithCancel(t.Context())
	p := &project{t: t, dir: t.TempDir(), home: home, lines: make(chan string, 100), end: end, result: make(chan error, 1)}
	p.document = filepath.Join(t.TempDir(), "document")
	p.write(filepath.Join(p.dir, "go.mod"), "module example.com/tiny\n\ngo 1.26\n")
	p.write(filepath.Join(p.dir, "cmd", "tiny", "main.go"), program)
	p.write(p.document, text)
	out, in := io.Pipe()
	go p.read(out)
	go func() {
		p.result <- dev.Run(ctx, dev.Options{
			Dir: p.dir, Name: "tiny", Interval: 10 * time.Millisecond, Stdout: in, Stderr: in,
			Document: func() []string { return []string{p.document} },
			Update:   p.update,
			Failed:   func(err error) { fmt.Fprintln(in, "failed:", err) },
		})
		in.Close()
	}()
	t.Cleanup(func() {
		end()
		home.Close()
	})
	return p
}

// update puts the document into the code.
func (p *project) update(context.Context) error {
	text, err := os.ReadFile(p.document)
	if err != nil {
		return err
	}
	if strings.Contains(string(text), "broken") {
		return errors.New("broken")
	}
	if _, err := os.Stat(p.obstacle()); err == nil {
		return errors.New("there is an obstacle")
	}
	return os.WriteFile(filepath.Join(p.dir, "cmd", "tiny", "text.go"), fmt.Appendf(nil, "package main\n\nconst text = %q\n", text), 0o644)
}

// obstacle is a file of code that keeps updates from being made.
func (p *project) obstacle() string { return filepath.Join(p.dir, "obstacle.go") }

func (p *project) read(out io.Reader) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		p.lines <- lines.Text()
	}
	close(p.lines)
}

func (p *project) write(path, text string) {
	p.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// await reads lines up to one with a text, and returns it with those before it.
func (p *project) await(text string) string {
	p.t.Helper()
	var seen strings.Builder
	timeout := time.After(deadline)
	for {
		select {
		case line, ok := <-p.lines:
			fmt.Fprintln(&seen, line)
			switch {
			case strings.Contains(line, text):
				return seen.String()
			case !ok:
				p.t.Fatalf("it ended without %q:\n%s", text, &seen)
			}
		case <-timeout:
			p.t.Fatalf("it does not say %q:\n%s", text, &seen)
		}
	}
}

// accept waits for the server and its worker to call home.
func (p *project) accept() (calls [2]*bufio.Reader) {
	p.t.Helper()
	for i := range calls {
		conn, err := p.home.Accept()
		if err != nil {
			p.t.Fatal(err)
		}
		p.t.Cleanup(func() { conn.Close() })
		if err := conn.SetDeadline(time.Now().Add(deadline)); err != nil {
			p.t.Fatal(err)
		}
		calls[i] = bufio.NewReader(conn)
		if _, err := calls[i].ReadString('\n'); err != nil {
			p.t.Fatal(err)
		}
	}
	return calls
}

// gone waits for the end of both. Their connections end with them.
func (p *project) gone(calls [2]*bufio.Reader) {
	p.t.Helper()
	for _, call := range calls {
		if _, err := call.ReadByte(); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
			p.t.Errorf("a process goes on: %v", err)
		}
	}
}

func (p *project) stop() {
	p.t.Helper()
	p.end()
	select {
	case err := <-p.result:
		if err != nil {
			p.t.Error(err)
		}
	case <-time.After(deadline):
		p.t.Fatal("it does not end")
	}
}

func TestTheServerFollowsTheDocument(t *testing.T) {
	p := start(t, "one")
	p.await("serving one")
	first := p.accept()

	p.write(p.document, "two")
	p.await("serving two")
	p.gone(first)
	second := p.accept()

	p.write(p.document, "broken")
	if said := p.await("the server goes on as it was"); !strings.Contains(said, "failed: broken") {
		t.Errorf("it says %q", said)
	}
	p.write(p.document, "three")
	p.await("serving three") // and no other server in between
	p.gone(second)
	third := p.accept()

	p.stop()
	p.gone(third)
}

func TestCodeThatDoesNotCompileKeepsTheServer(t *testing.T) {
	p := start(t, "one")
	p.await("serving one")
	calls := p.accept()
	more := filepath.Join(p.dir, "cmd", "tiny", "more.go")
	p.write(more, "package main\n\nvar x int = \"\"\n")
	if said := p.await("the code does not compile; the server goes on as it was"); !strings.Contains(said, "cmd/tiny/more.go:3:13:") {
		t.Errorf("it says %q", said)
	}
	p.write(more, "package main\n\nfunc init() { println(\"more\") }\n")
	p.await("serving one")
	p.gone(calls)
	p.stop()
}

// TestTheDocumentMayBeReplaced is how editors and Kubernetes write: another file takes the name.
func TestTheDocumentMayBeReplaced(t *testing.T) {
	p := start(t, "one")
	p.await("serving one")
	p.write(p.document+".new", "two")
	if err := os.Rename(p.document+".new", p.document); err != nil {
		t.Fatal(err)
	}
	p.await("serving two")

	versions := t.TempDir()
	p.write(filepath.Join(versions, "3", "document"), "three")
	p.write(filepath.Join(versions, "4", "document"), "four")
	current := filepath.Join(versions, "data")
	if err := errors.Join(os.Symlink("3", current), os.Remove(p.document), os.Symlink(filepath.Join(current, "document"), p.document)); err != nil {
		t.Fatal(err)
	}
	p.await("serving three")
	if err := errors.Join(os.Symlink("4", current+".new"), os.Rename(current+".new", current)); err != nil {
		t.Fatal(err)
	}
	p.await("serving four")
	p.stop()
}

func TestAServerThatEndsIsStartedAfterAChange(t *testing.T) {
	p := start(t, "crash")
	p.await("the server ended (exit status 7); it starts again after a change")
	p.write(p.document, "one")
	p.await("serving one")
	p.stop()
}

func TestABrokenDocumentInTheBeginning(t *testing.T) {
	p := start(t, "broken")
	p.await("the code does not compile")
	p.write(p.document, "one")
	p.await("serving one")
	p.stop()
}

func TestNothingIsBuiltForTheSameBytes(t *testing.T) {
	p := start(t, "one")
	p.await("serving one")
	calls := p.accept()
	p.write(p.document, "one")
	p.write(filepath.Join(p.dir, "cmd", "tiny", "doc.go"), "package main\n")
	p.write(p.document, "two")
	if said := p.await("serving"); !strings.Contains(said, "two") {
		t.Errorf("it says %q", said)
	}
	p.gone(calls)
	p.stop()
}

func TestWithoutAGoCommand(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	update := func(context.Context) error {
		t.Error("it updates a project that it cannot build")
		return nil
	}
	if err := dev.Run(t.Context(), dev.Options{Dir: t.TempDir(), Name: "tiny", Update: update}); !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("got %v, want %v", err, exec.ErrNotFound)
	}
}
