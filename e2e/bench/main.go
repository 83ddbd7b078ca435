// Command bench measures what a request costs a server that gen made, beside a server by hand and beside
// what people put together.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"gen/e2e/bench/board"
	"gen/e2e/bench/depot"
	"gen/e2e/bench/suite"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// documents are the reference and one of another shape.
func documents() []suite.Document { return []suite.Document{board.Document(), depot.Document()} }

// run measures all, or what the only argument says: in-process or wire. With serve NUMBER it is one of the
// servers that are measured over the wire.
func run(ctx context.Context, args []string, out io.Writer) error {
	reference := documents()[0]
	switch {
	case len(args) == 2 && args[0] == "serve":
		return serve(reference, args[1], out)
	case len(args) == 1 && args[0] == "wire":
		return overWire(ctx, out, reference)
	case len(args) == 1 && args[0] == "in-process":
		_, err := allInProcess(out)
		return err
	case len(args) > 0:
		return errors.New("usage: bench [in-process|wire]")
	}
	last, err := allInProcess(out)
	if err != nil {
		return err
	}
	if err := overWire(ctx, out, reference); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "\n%s\n", last)
	return err
}

// allInProcess measures all documents, and returns the ratios of the first.
func allInProcess(out io.Writer) (string, error) {
	ratios := ""
	for _, document := range documents() {
		if err := agree(document); err != nil {
			return "", err
		}
		costs, err := inProcess(document)
		if err != nil {
			return "", err
		}
		if err := printInProcess(out, document, costs); err != nil {
			return "", err
		}
		ratios = cmp.Or(ratios, summary(document, costs))
	}
	return ratios, nil
}
