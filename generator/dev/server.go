package dev

import (
	"os"
	"os/exec"
	"time"
)

// grace is how long a server may take to end.
const grace = 5 * time.Second

// server is a running program.
type server struct {
	cmd   *exec.Cmd
	ended chan struct{} // closed when it is gone
}

// hurry are settings of a server that nobody waits for. What the user has set stays.
var hurry = map[string]string{"LAME_DUCK": "0s", "DRAIN_TIMEOUT": "1s"}

// start starts a program in the project's folder.
func start(program string, o Options) (*server, error) {
	cmd := exec.Command(program)
	cmd.Dir, cmd.Stdout, cmd.Stderr = o.Dir, o.Stdout, o.Stderr
	cmd.WaitDelay = time.Second // for what its workers still have to say
	cmd.Env = os.Environ()
	for name, value := range hurry {
		if _, set := os.LookupEnv(name); !set {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	ownGroup(cmd)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, ended: make(chan struct{})}
	go func() {
		_ = cmd.Wait() // how it ended is in ProcessState
		kill(cmd)      // workers that it left behind
		close(s.ended)
	}()
	return s, nil
}

// done is closed when the server has ended. No server never ends.
func (s *server) done() <-chan struct{} {
	if s == nil {
		return nil
	}
	return s.ended
}

// stop ends the server and all processes that it started, and waits until they are gone.
func (s *server) stop() {
	interrupt(s.cmd)
	select {
	case <-s.ended:
	case <-time.After(grace):
		kill(s.cmd)
		<-s.ended
	}
}
