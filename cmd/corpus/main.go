// Command corpus tries gen on published OpenAPI documents: it makes a project of each, builds, vets
// and starts it, calls every operation, and holds every answer against the document. What the
// document's schemas allow must come back unchanged from the Go types that stand for them.
//
// It prints a row a document, and says why where an operation was not reached, where one that works
// did not answer as documented, where any answer violates its document, and where a type lost a value.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(1)
	}
}

// options are what the command line asks for.
type options struct {
	dir, only, findings string
	third               bool
	jobs                int
}

func run(ctx context.Context, args []string) error {
	switch {
	case len(args) == 3 && args[0] == generateCommand:
		return generate(ctx, args[1], args[2])
	case len(args) > 2 && args[0] == measureCommand:
		return measure(ctx, args[1], args[2], args[3:])
	}
	o, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	documents, err := find(o.dir)
	if err != nil {
		return err
	}
	if o.third {
		documents = everyThird(documents)
	}
	if o.only != "" {
		if documents, err = named(documents, o.only); err != nil {
			return err
		}
	}
	readAnything()
	r, err := newRunner(o.jobs)
	if err != nil {
		return err
	}
	rows := r.run(ctx, documents, newTable(os.Stdout))
	if o.findings != "" {
		if err := writeFindings(o.findings, rows); err != nil {
			return err
		}
	}
	return errors.Join(ctx.Err(), summarise(os.Stdout, rows))
}

const usage = "usage: corpus [--only NAME] [--third] [--jobs N] [--findings FILE] DIR"

// parse reads the command line. Its error is flag.ErrHelp where help was asked for, which it prints.
func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("corpus", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.only, "only", "", "try this document alone")
	flags.StringVar(&o.findings, "findings", "", "write all findings to this file, not just the first of each kind")
	flags.BoolVar(&o.third, "third", false, "try every third document by size")
	flags.IntVar(&o.jobs, "jobs", runtime.NumCPU(), "how many documents to try at once, memory permitting")
	flags.Usage = func() {}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Println(usage)
		flags.SetOutput(os.Stdout)
		flags.PrintDefaults()
		return o, err
	case err != nil:
		return o, fmt.Errorf("%w; %s", err, usage)
	case flags.NArg() != 1 || o.jobs < 1:
		return o, errors.New(usage)
	}
	o.dir = flags.Arg(0)
	return o, nil
}
