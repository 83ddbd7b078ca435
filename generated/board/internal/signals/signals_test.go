//go:build unix

package signals

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.com/board/internal/logfile"
)

const patience = 10 * time.Second

func send(t *testing.T, sig syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(os.Getpid(), sig); err != nil {
		t.Fatal(err)
	}
}

// TestHangupReloads: a service manager hears when it begins and when it is done, and nothing ends.
func TestHangupReloads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "notify")
	manager, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Skip("no such sockets here:", err)
	}
	defer manager.Close()
	t.Setenv("NOTIFY_SOCKET", path)
	ctx, cancel := Until(t.Context())
	defer cancel()
	reloaded := make(chan struct{}, 1)
	defer Handle(ctx, Tasks{Log: logfile.To(t.Output()), Reload: func() { reloaded <- struct{}{} }})()
	send(t, syscall.SIGHUP)
	text := make([]byte, 100)
	for _, want := range []string{"RELOADING=1\nMONOTONIC_USEC=", "READY=1"} {
		if err := manager.SetReadDeadline(time.Now().Add(patience)); err != nil {
			t.Fatal(err)
		}
		n, err := manager.Read(text)
		if err != nil || !strings.HasPrefix(string(text[:n]), want) {
			t.Fatalf("it says %q (%v), want %s", text[:n], err, want)
		}
	}
	<-reloaded
	if ctx.Err() != nil {
		t.Error("the server is to leave")
	}
}

// TestALeavingServerReloadsNothing, and no hangup ends what it has in flight.
func TestALeavingServerReloadsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var text strings.Builder
	tasks := Tasks{Log: logfile.To(&text), Reload: func() { t.Error("it reloads") }}
	tasks.do(ctx, syscall.SIGHUP)
	tasks.do(ctx, syscall.SIGQUIT)
	if !strings.Contains(text.String(), "goroutine ") {
		t.Errorf("it says %q of what it is waiting for", text.String())
	}
}

func TestTermEnds(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		ctx, stop := Until(t.Context())
		send(t, sig)
		select {
		case <-ctx.Done():
		case <-time.After(patience):
			t.Errorf("%v does not end it", sig)
		}
		stop()
	}
}

// TestReopen moves the log away, and waits until there is one again.
func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	log, err := logfile.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	failed := make(chan error, 1)
	defer Handle(t.Context(), Tasks{Log: log, Failed: func(err error) { failed <- err }})()
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	send(t, syscall.SIGUSR1)
	select {
	case err := <-failed:
		if !strings.HasSuffix(err.Error(), "cannot be written: is a directory") {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Fatal("SIGUSR1 opens nothing")
	}
	if _, err := log.Write([]byte("on\n")); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(path + ".1"); string(text) != "on\n" {
		t.Errorf("it has %q, %v", text, err)
	}
}
