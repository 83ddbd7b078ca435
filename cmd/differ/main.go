// Command differ holds compiled codecs against the ones that ask kin-openapi: of each document it makes
// a server package with and one without them, and puts the same requests to both, valid ones and nearly
// valid ones. It prints each kind of difference once, with the simplest request that shows it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"time"
)

const usage = "usage: differ [flags] FILE|FOLDER[:N]…  (of a folder N documents, spread over all sizes)"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "differ:", err)
		os.Exit(1)
	}
}

// options are what the command line says.
type options struct {
	time  time.Duration
	seed  uint64
	fuzz  string
	files []string
}

func parse(args []string, stdout io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("differ", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.DurationVar(&o.time, "time", 10*time.Minute, "how long to ask, all documents together")
	flags.Uint64Var(&o.seed, "seed", 1, "other requests; the same ones for the same seed")
	flags.StringVar(&o.fuzz, "fuzz", "", "for a tenth of the time, let go test -fuzz think of the requests about this document")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintln(stdout, usage)
		flags.SetOutput(stdout)
		flags.PrintDefaults()
		return o, err
	case err != nil:
		return o, fmt.Errorf("%w; %s", err, usage)
	}
	for _, arg := range flags.Args() {
		files, err := find(arg)
		if err != nil {
			return o, err
		}
		o.files = append(o.files, files...)
	}
	if len(o.files) == 0 {
		return o, errors.New(usage)
	}
	return o, nil
}

func run(ctx context.Context, args []string, stdout io.Writer) error {
	o, err := parse(args, stdout)
	if err != nil {
		return err
	}
	if o.fuzz == "" {
		return compete(ctx, o, stdout)
	}
	tenth := o.time / 10
	o.time -= tenth
	return errors.Join(compete(ctx, o, stdout), fuzz(ctx, o.fuzz, tenth, o.seed, stdout))
}

// compete asks about all documents in turn.
func compete(ctx context.Context, o options, stdout io.Writer) error {
	subjects, err := load(ctx, o.files)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "differ-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	begun := time.Now()
	t, err := newTournament(ctx, dir, o.seed, subjects)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "built %d documents in %s\n", len(subjects), time.Since(begun).Round(time.Second))
	if err := t.play(o.time); err != nil {
		return err
	}
	t.print(stdout)
	if err := t.stop(); err != nil {
		return err
	}
	if len(t.found) > 0 {
		return fmt.Errorf("%d kinds of difference, seed %d", len(t.found), o.seed)
	}
	return nil
}

// play asks for some time.
func (t *tournament) play(patience time.Duration) error {
	const atOnce = 200
	for end := time.Now().Add(patience); time.Now().Before(end); {
		for i := range t.targets {
			if err := t.round(i, atOnce); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tournament) print(w io.Writer) {
	for _, f := range t.found {
		f.print(w)
	}
	for i, name := range t.names {
		different := 0
		for key, n := range t.seen {
			if strings.Contains(key, " "+name+" ") {
				different += n
			}
		}
		fmt.Fprintf(w, "%-30s %3d operations %8d asked %8d accepted %6d differ\n", name, len(t.targets[i]), t.asked[i], t.accepted[i], different)
	}
}
