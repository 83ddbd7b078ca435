//go:build unix

package e2e

import (
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

// TestServiceManager starts servers as systemd does: on a port that it has opened, and with a socket on which they
// say how they are.
func TestServiceManager(t *testing.T) {
	t.Parallel()
	for _, workers := range []string{"1", "2"} {
		t.Run(workers, func(t *testing.T) {
			t.Parallel()
			port, file := passedPort(t)
			news := notifySocket(t)
			dir := t.TempDir()
			cmd := exec.Command("sh", "-c", `LISTEN_PID=$$ exec "$BOARD"`)
			cmd.Dir, cmd.ExtraFiles = dir, []*os.File{file}
			cmd.Env = append(environment(), "BOARD="+boardProgram(t), "WORKERS="+workers, "LAME_DUCK=0s", "LISTEN_FDS=1",
				"NOTIFY_SOCKET="+news.LocalAddr().String(), "WATCHDOG_USEC=200000")
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = cmd.Process.Kill() })
			awaitNews(t, news, "READY=1")
			answersOn(t, port)
			awaitNews(t, news, "WATCHDOG=1")
			signalTo(t, cmd.Process.Pid, syscall.SIGHUP)
			awaitNews(t, news, "RELOADING=1\nMONOTONIC_USEC=")
			awaitNews(t, news, "READY=1")
			signalTo(t, cmd.Process.Pid, syscall.SIGTERM)
			awaitNews(t, news, "STOPPING=1")
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
}

func notifySocket(t *testing.T) *net.UnixConn {
	t.Helper()
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: filepath.Join(t.TempDir(), "s"), Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// awaitNews waits until something is said that begins like this.
func awaitNews(t *testing.T, news *net.UnixConn, want string) {
	t.Helper()
	if err := news.SetReadDeadline(time.Now().Add(deadline)); err != nil {
		t.Fatal(err)
	}
	text := make([]byte, 200)
	for {
		n, err := news.Read(text)
		if err != nil {
			t.Fatalf("nobody says %s: %v", want, err)
		}
		if strings.HasPrefix(string(text[:n]), want) {
			return
		}
	}
}

// passedPort is a port that is open before its server starts, and the descriptor of it that the server inherits.
func passedPort(t *testing.T) (net.Addr, *os.File) {
	t.Helper()
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = port.Close() })
	file, err := port.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return port.Addr(), file
}

func answersOn(t *testing.T, port net.Addr) {
	t.Helper()
	answer, err := http.Get("http://" + port.String() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	if r, err := read("GET /healthz", answer); err != nil || r.status != http.StatusOK {
		t.Errorf("%v, %v", r, err)
	}
}
