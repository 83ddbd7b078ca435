// Command corpus tries gen on published OpenAPI documents: it makes a project of each, builds, vets
// and starts it, calls every operation, and holds every answer against the document.
//
// It prints a row a document, and says why where an operation was not reached, where one that works
// did not answer as documented, and where any answer violates its document.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
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

func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("corpus", flag.ContinueOnError)
	flags.StringVar(&o.only, "only", "", "try this document alone")
	flags.StringVar(&o.findings, "findings", "", "write all findings to this file, not just the first of each kind")
	flags.BoolVar(&o.third, "third", false, "try every third document by size")
	flags.IntVar(&o.jobs, "jobs", runtime.NumCPU(), "how many documents to try at once, memory permitting")
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "usage: corpus [--only NAME] [--third] [--jobs N] [--findings FILE] DIR")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() != 1 || o.jobs < 1 {
		return o, errors.New("usage: corpus [--only NAME] [--third] [--jobs N] [--findings FILE] DIR")
	}
	o.dir = flags.Arg(0)
	return o, nil
}
