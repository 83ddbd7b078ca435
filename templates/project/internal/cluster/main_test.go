//go:build unix

package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"gen/templates/project/internal/logfile"
)

// TestMain is also the program that tests launch, as its launcher knows no other.
func TestMain(m *testing.M) {
	if InWorker() {
		if err := serve(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// serve is a worker: it says its number, dies and hangs when it is asked to.
func serve() error {
	w, err := Join(logfile.To(os.Stderr))
	if err != nil {
		return err
	}
	if err := fails(w); err != nil {
		return err
	}
	ctx, stop := w.Context(context.Background())
	defer stop()
	mux := http.NewServeMux()
	mux.HandleFunc("/slot", func(rw http.ResponseWriter, _ *http.Request) {
		w.Requests().Add(1)
		if ctx.Err() != nil {
			rw.Header().Set("Connection", "close")
		}
		fmt.Fprintf(rw, "%d %d", w.Slot, os.Getpid())
	})
	var told atomic.Int64
	go func() {
		for range w.News() {
			told.Add(1)
		}
	}()
	mux.HandleFunc("/news", func(rw http.ResponseWriter, _ *http.Request) { fmt.Fprintf(rw, "%d %d", w.Slot, told.Load()) })
	mux.HandleFunc("/die", func(http.ResponseWriter, *http.Request) { os.Exit(3) })
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Second}
	go func() { _ = server.Serve(w.Listener()) }()
	if err := w.Ready(ctx, func(context.Context) error { return nil }); err != nil {
		return err
	}
	<-ctx.Done()
	if err := w.Rest(); err != nil {
		return err
	}
	select {
	case <-time.After(lameDuck):
	case <-w.Orphaned():
	}
	return server.Shutdown(context.Background())
}

const lameDuck = 200 * time.Millisecond

// fails reads from a file what the next workers are to do wrong.
func fails(w *Worker) error {
	data, err := os.ReadFile(os.Getenv("TEST_FAILS"))
	if err != nil {
		return nil //nolint:nilerr // nothing
	}
	switch what := strings.TrimSpace(string(data)); {
	case what == "crash", what == "crash "+strconv.Itoa(w.Slot):
		return errors.New("as it was told")
	case what == "crash soon":
		time.AfterFunc(settled/4, func() { os.Exit(7) })
	case what == "leave a child":
		child := exec.Command("sleep", "60")
		child.ExtraFiles = []*os.File{w.channel.file}
		if err := child.Start(); err != nil {
			return err
		}
		os.Exit(5)
	case what == "sleep":
		time.Sleep(time.Hour)
	}
	return nil
}

// running is a launcher in this process with workers of their own.
type running struct {
	t       *testing.T
	dir     string
	url     string
	control *Control
	stop    context.CancelFunc
	ended   chan error
}

func launch(t *testing.T, workers int) *running {
	t.Helper()
	return launchFailing(t, workers, "")
}

// launchFailing is launch with workers that do something wrong from the beginning.
func launchFailing(t *testing.T, workers int, how string) *running {
	t.Helper()
	return launchWith(t, workers, how, func(*Config) {})
}

// launchWith is launchFailing with other settings.
func launchWith(t *testing.T, workers int, how string, change func(*Config)) *running {
	t.Helper()
	r := &running{t: t, dir: t.TempDir(), ended: make(chan error, 1)}
	r.fail(how)
	t.Setenv("TEST_FAILS", filepath.Join(r.dir, "fails"))
	urls := make(chan string, 1)
	ctx, stop := context.WithCancel(t.Context())
	r.stop = stop
	config := Config{
		Workers: workers, RunDir: r.dir, LameDuck: lameDuck, DrainTimeout: 5 * time.Second,
		Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug})),
		Listen: func() (net.Listener, string, error) {
			l, err := net.Listen("tcp", "localhost:0")
			if err != nil {
				return nil, "", err
			}
			url := "http://" + l.Addr().String()
			urls <- url
			return l, url, nil
		},
	}
	change(&config)
	go func() { r.ended <- Launch(ctx, config) }()
	t.Cleanup(func() {
		r.stop()
		if r.ended != nil {
			<-r.ended
		}
	})
	r.url = <-urls
	r.control = Dial(r.dir)
	return r
}

// fail tells workers that start from now on what to do wrong.
func (r *running) fail(how string) {
	r.t.Helper()
	if err := os.WriteFile(filepath.Join(r.dir, "fails"), []byte(how), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// await asks for the status until it is as it should be.
func (r *running) await(what string, ok func(Status) bool) Status {
	r.t.Helper()
	var status Status
	var err error
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if status, err = r.control.Status(r.t.Context()); err == nil && ok(status) {
			return status
		}
	}
	r.t.Fatalf("%s did not come: %+v, %v", what, status, err)
	return status
}

func (r *running) serving() Status {
	r.t.Helper()
	return r.await("a cluster that serves", func(s Status) bool { return s.ready() == s.Launcher.Slots && len(s.Draining) == 0 })
}

// get asks on a connection of its own which slot and which process answers.
func (r *running) get() (slot, pid int, err error) { return r.ask("/slot") }

// ask returns the two numbers that a worker answers with.
func (r *running) ask(path string) (slot, number int, err error) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 5 * time.Second}
	res, err := client.Get(r.url + path)
	if err != nil {
		return 0, 0, err
	}
	data, err := io.ReadAll(res.Body)
	if err = errors.Join(err, res.Body.Close()); err == nil {
		_, err = fmt.Sscan(string(data), &slot, &number)
	}
	return slot, number, err
}

func kill(t *testing.T, pid int, sig syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(pid, sig); err != nil {
		t.Fatal(err)
	}
}
