package systemd

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// manager is a service manager for a test: it hears what this process says.
func manager(t *testing.T) *net.UnixConn {
	t.Helper()
	path := filepath.Join(t.TempDir(), "notify")
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Skip("no such sockets here:", err)
	}
	t.Cleanup(func() { conn.Close() })
	t.Setenv("NOTIFY_SOCKET", path)
	return conn
}

func hear(t *testing.T, conn *net.UnixConn) string {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	text := make([]byte, 100)
	n, err := conn.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(text[:n])
}

func TestNotify(t *testing.T) {
	conn := manager(t)
	Notify(Reloading, "MONOTONIC_USEC=1")
	if got := hear(t, conn); got != "RELOADING=1\nMONOTONIC_USEC=1" {
		t.Errorf("it says %q", got)
	}
}

// TestWatch holds that a process says that it is alive as long as it is.
func TestWatch(t *testing.T) {
	conn := manager(t)
	t.Setenv("WATCHDOG_USEC", "2000")
	t.Setenv("WATCHDOG_PID", strconv.Itoa(os.Getpid()))
	ctx, cancel := context.WithCancel(t.Context())
	checks := 0
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		Watch(ctx, func(context.Context) error {
			if checks++; checks < 3 {
				return errors.New("it hangs")
			}
			return nil
		})
	}()
	if got := hear(t, conn); got != "WATCHDOG=1" {
		t.Errorf("it says %q", got)
	}
	cancel()
	<-ended
	if checks < 3 {
		t.Errorf("it says so after %d checks", checks)
	}
}

// TestNobodyWatches: what was meant for another process, or is nonsense, starts nothing.
func TestNobodyWatches(t *testing.T) {
	for _, variables := range []map[string]string{
		{"WATCHDOG_USEC": ""},
		{"WATCHDOG_USEC": "soon"},
		{"WATCHDOG_USEC": "-1"},
		{"WATCHDOG_USEC": "2000", "WATCHDOG_PID": "1"},
	} {
		for name, value := range variables {
			t.Setenv(name, value)
		}
		Watch(t.Context(), func(context.Context) error {
			t.Errorf("%v: it is asked", variables)
			return nil
		})
	}
}

func TestNoListener(t *testing.T) {
	t.Setenv("LISTEN_FDS", "1")
	t.Setenv("LISTEN_PID", "1")
	if listener, err := Listener(); listener != nil || err != nil {
		t.Errorf("for another process it is %v, %v", listener, err)
	}
	t.Setenv("LISTEN_FDS", "2")
	t.Setenv("LISTEN_PID", strconv.Itoa(os.Getpid()))
	if _, err := Listener(); err == nil {
		t.Error("of two sockets one is taken")
	}
}

func TestWithout(t *testing.T) {
	got := Without([]string{"PATH=/bin", "NOTIFY_SOCKET=/run/notify", "LISTEN_FDS=1", "LISTEN=x", "WATCHDOG_USEC=1"})
	if !slices.Equal(got, []string{"PATH=/bin", "LISTEN=x"}) {
		t.Errorf("it is %v", got)
	}
}
