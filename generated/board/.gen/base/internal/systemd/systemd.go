// Package systemd tells a service manager how the server is, and takes the port that it has opened, as sd_notify(3),
// sd_watchdog_enabled(3) and sd_listen_fds(3) describe. Where no service manager asks for it, nothing happens.
package systemd

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// What Notify can say.
const (
	Ready     = "READY=1"
	Reloading = "RELOADING=1"
	Stopping  = "STOPPING=1"
	alive     = "WATCHDOG=1"
)

// Status is a state, too: a sentence for the operator, "" for none.
func Status(text string) string {
	return "STATUS=" + strings.ReplaceAll(text, "\n", " ")
}

// variables are what a service manager tells its own process, and none that this one starts.
var variables = []string{"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"}

// Without returns an environment without what a service manager told this process.
func Without(environment []string) []string {
	return slices.DeleteFunc(environment, func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains(variables, name)
	})
}

// Notify tells the service manager what has become of this process. What it does not hear harms the server less than
// an error here would.
func Notify(states ...string) {
	path := os.Getenv("NOTIFY_SOCKET")
	if path == "" {
		return
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		return
	}
	_, _ = conn.Write([]byte(strings.Join(states, "\n")))
	_ = conn.Close()
}

// Watch tells the service manager that this process is alive, as often as that wants to hear it, as long as check
// returns no error, until ctx ends.
func Watch(ctx context.Context, check func(context.Context) error) {
	every, ok := watchdog()
	if !ok {
		return
	}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			asked, cancel := context.WithTimeout(ctx, every)
			if check(asked) == nil {
				Notify(alive)
			}
			cancel()
		}
	}
}

// watchdog is half of the time after which the service manager takes this process for dead.
func watchdog() (time.Duration, bool) {
	if pid := os.Getenv("WATCHDOG_PID"); pid != "" && pid != strconv.Itoa(os.Getpid()) {
		return 0, false
	}
	n, err := strconv.ParseInt(os.Getenv("WATCHDOG_USEC"), 10, 64)
	return time.Duration(n) * time.Microsecond / 2, err == nil && n > 1
}

// Listener is the port that the service manager has opened, nil where it has opened none.
func Listener() (net.Listener, error) {
	const first = 3
	if os.Getenv("LISTEN_PID") != strconv.Itoa(os.Getpid()) {
		return nil, nil
	}
	if n := os.Getenv("LISTEN_FDS"); n != "1" {
		return nil, fmt.Errorf("%s sockets were passed to this server: name one in its .socket unit", n)
	}
	file := os.NewFile(first, "systemd")
	listener, err := net.FileListener(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("the socket that was passed to this server: %w", err)
	}
	return listener, nil
}
