// Package dev keeps the server of a project running while its document and its code change.
//
// It knows neither documents nor projects: what an update is, and which files it depends on, is told
// to it.
package dev

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// Options say what to watch, and what to do.
type Options struct {
	// Dir is the project's folder, Name its program in the folder cmd.
	Dir, Name string
	// Document lists the files that an update depends on. It is asked again after each update, those that
	// failed too.
	Document func() []string
	// Update brings the project along and says itself what it did. After an error the project is as it was.
	Update func(context.Context) error
	// Failed says why an update failed. Of the same document it is told the same once.
	Failed func(error)
	// Stdout and Stderr are those of the server, and Stderr is for what Run says.
	Stdout, Stderr io.Writer
	// Interval is how often the files are looked at. They are polled and their bytes compared, because
	// neither mounted volumes nor editors that replace a file tell reliably that it changed.
	Interval time.Duration
}

// Run updates, builds and serves until ctx ends, and does so again whenever the document or the code
// changes. While either is broken, the last server that could be built goes on. When Run returns, the
// server has ended and nothing is left of it.
func Run(ctx context.Context, o Options) error {
	if _, err := exec.LookPath("go"); err != nil {
		return fmt.Errorf("the server is built with the go command, which is not found: %w", err)
	}
	scratch, err := os.MkdirTemp("", "gen-dev-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch) //nolint:errcheck // a program in a temporary folder
	s := &session{Options: o, builder: builder{dir: o.Dir, name: o.Name, scratch: scratch, out: o.Stderr}}
	defer s.stop()
	s.update(ctx)
	s.rebuild(ctx)
	return s.loop(ctx)
}

// session is one run.
type session struct {
	Options

	builder builder
	server  *server
	// document and code are what was last made use of, pending is what the last tick found.
	document, code, pending string
	// wrong is why the last update failed, "" when it did not. Uncompiled says that the code did not compile.
	wrong      string
	uncompiled bool
}

func (s *session) sayf(format string, args ...any) {
	fmt.Fprintf(s.Stderr, "gen: "+format+"\n", args...)
}

// loop looks at the files at every tick. What changed is made use of once it has stayed the same from one
// tick to the next: an editor may be in the middle of writing it.
func (s *session) loop(ctx context.Context) error {
	ticker := time.NewTicker(s.Interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.server.done():
			s.sayf("the server ended (%v); it starts again after a change", s.server.cmd.ProcessState)
			s.server = nil
		case <-ticker.C:
			s.tick(ctx)
		}
	}
}

func (s *session) tick(ctx context.Context) {
	document, code := fingerprint(s.Document()), stamps(s.Dir)
	now := document + code
	settled := now == s.pending
	s.pending = now
	switch {
	case !settled:
	case document != s.document, s.wrong != "" && code != s.code: // what was wrong may have been the code
		if s.update(ctx) || code != s.code {
			s.rebuild(ctx)
		}
	case code != s.code:
		s.rebuild(ctx)
	}
}

// update reports whether the project is that of the document now.
func (s *session) update(ctx context.Context) bool {
	files := s.Document()
	document := fingerprint(files)
	same := document == s.document
	err := s.Update(ctx)
	if s.document = document; document == fingerprint(files) { // else the next tick finds out
		s.document = fingerprint(s.Document())
	}
	wrong := ""
	if err != nil {
		wrong = err.Error()
	}
	switch {
	case ctx.Err() != nil, same && wrong == s.wrong, wrong == "" && s.wrong == "":
	case err == nil:
		s.sayf("that is mended")
	default:
		s.Failed(err)
		if s.server != nil {
			s.sayf("the server goes on as it was")
		}
	}
	s.wrong = wrong
	return err == nil
}

// rebuild builds the code as it is and puts the new server in the place of the old one. A server is not
// restarted for a program that is the same.
func (s *session) rebuild(ctx context.Context) {
	s.code = stamps(s.Dir)
	program, err := s.builder.build(ctx)
	mended := s.uncompiled && err == nil
	s.uncompiled = err != nil
	switch {
	case ctx.Err() != nil:
		return
	case err != nil && s.server != nil:
		s.sayf("%v; the server goes on as it was", err)
		return
	case err != nil:
		s.sayf("%v", err)
		return
	case program == "" && s.server != nil:
		if mended {
			s.sayf("the code compiles again")
		}
		return
	}
	s.stop()
	if s.server, err = start(s.builder.program, s.Options); err != nil {
		s.sayf("the server does not start: %v", err)
	}
}

func (s *session) stop() {
	if s.server != nil {
		s.server.stop()
	}
	s.server = nil
}
