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
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

const controlName = "control.sock"

// serveControl answers the commands of an operator on a socket in the run folder, which only its owner may use.
func (l *launcher) serveControl() (io.Closer, error) {
	path := filepath.Join(l.config.RunDir, controlName)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	listener, err := net.Listen("unix", path)
	if errors.Is(err, syscall.EINVAL) {
		return nil, fmt.Errorf("%s is too long for a socket's name: choose a shorter RUN_DIR", path)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot open its control socket: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /status", l.answerStatus)
	mux.HandleFunc("POST /reload", l.answerReload)
	mux.HandleFunc("POST /stop", answer(l.quit))
	mux.HandleFunc("POST /scale/{n}", func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.PathValue("n"))
		answer(func() error { return errors.Join(err, l.scale(n)) })(w, r)
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Second}
	go func() { _ = server.Serve(listener) }()
	return controlServer{server}, nil
}

// controlServer closes when it has answered.
type controlServer struct{ *http.Server }

func (s controlServer) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return errors.Join(s.Shutdown(ctx), s.Server.Close())
}

// answer does something and answers what came of it.
func answer(do func() error) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if err := do(); err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
		}
	}
}

func (l *launcher) answerReload(w http.ResponseWriter, _ *http.Request) {
	note, err := l.reload()
	if err != nil {
		http.Error(w, err.Error(), http.StatusConflict)
		return
	}
	_, _ = io.WriteString(w, note)
}

func (l *launcher) answerStatus(w http.ResponseWriter, _ *http.Request) {
	var status Status
	if !l.do(func() { status = l.status() }) {
		http.Error(w, errStopping.Error(), http.StatusConflict)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(status) //nolint:errchkjson // every time of a launcher can be written
}

// quit stops, and returns when all workers have gone, with what the launcher ends with.
func (l *launcher) quit() error {
	l.do(l.stop)
	<-l.done
	return l.failed
}

// status is what there is to say at this moment.
func (l *launcher) status() Status {
	status := Status{
		Launcher: LauncherStatus{PID: os.Getpid(), URL: l.url, Started: l.started, Slots: len(l.slots), Serving: l.serving, Stopping: l.stopping},
		Workers:  []WorkerStatus{}, Starting: []WorkerStatus{}, Draining: []WorkerStatus{}, Waiting: []WaitingSlot{},
	}
	for _, s := range l.slots {
		if s.next != nil {
			status.Starting = append(status.Starting, l.describe(s.next))
		}
		switch {
		case s.worker != nil:
			status.Workers = append(status.Workers, l.describe(s.worker))
		case !l.stopping:
			status.Waiting = append(status.Waiting, WaitingSlot{s.number, s.restarts, s.lastExit, s.begins})
		}
	}
	for p := range l.leaving {
		status.Draining = append(status.Draining, l.describe(p))
	}
	return status
}

func (l *launcher) describe(p *process) WorkerStatus {
	e, s := &l.page.entries[p.entry], p.slot
	state := "starting"
	switch {
	case p.leaving, e.state.Load() == draining: // it may have been told by others, too
		state = "draining"
	case !p.served.IsZero() && s.next != p:
		state = "ready"
	}
	return WorkerStatus{
		Slot: s.number, PID: p.cmd.Process.Pid, State: state, Generation: s.generation, Restarts: s.restarts, Build: p.build,
		Started: p.started, Memory: e.memory.Load(), Connections: int(e.connections.Load()), Requests: e.requests.Load(),
		Rate: p.rate.average, LastExit: s.lastExit,
	}
}
