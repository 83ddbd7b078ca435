package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gen/generator"
	"gen/generator/dev"
	"gen/generator/reconcile"
)

// devInterval is how often gen dev looks at the files.
const devInterval = 200 * time.Millisecond

func devCommand() *cobra.Command {
	var o generator.UpdateOptions
	cmd := &cobra.Command{
		Use:   "dev",
		Short: "Run a project's server, and follow the document and the code",
		Long: `Run the server of a project. When the document changes, the project is updated, and when that or
anybody else changes the code, the server is built and started again. What was updated is said, and
nothing else. While the document is wrong or the code does not compile, the last server goes on.

The server takes its settings from the environment. Ctrl-C ends it.`,
		Example: `  gen dev
  gen dev --spec ../api/openapi.yaml
  ADDR=localhost:9000 gen dev --dir ../shop`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Version, o.NoVet = release(), true
			return runDev(cmd, o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Dir, "dir", ".", "the project's folder, a `PATH`")
	flags.StringVar(&o.Spec, "spec", "", "a document to follow in place of the project's, a `FILE`")
	readingFlags(cmd, &o.Reading)
	complete(cmd, nil)
	return cmd
}

func runDev(cmd *cobra.Command, o generator.UpdateOptions) error {
	if strings.Contains(o.Spec, "://") {
		return errors.New("gen dev follows a file; fetch the document, and name the file with --spec")
	}
	watched, err := generator.Watch(o)
	if err != nil {
		return err
	}
	stderr := cmd.ErrOrStderr()
	fmt.Fprintf(stderr, "gen: following %s and the code; Ctrl-C ends the server\n", filepath.ToSlash(watched.Document))
	return dev.Run(cmd.Context(), dev.Options{
		Dir: o.Dir, Name: watched.Name, Interval: devInterval,
		Stdout: cmd.OutOrStdout(), Stderr: stderr,
		Document: watched.Files,
		Update: func(ctx context.Context) error {
			report, err := watched.Update(ctx)
			if err == nil {
				err = printDev(stderr, report)
			}
			return err
		},
		Failed: func(err error) { _ = printError(stderr, cmd, explained(stderr, false, err)) },
	})
}

// printDev says what an update did. Files that stayed as they were are left out.
func printDev(w io.Writer, r generator.UpdateReport) error {
	if !r.Drift {
		return nil
	}
	out := newPage(w)
	printChanges(out, slices.DeleteFunc(slices.Clone(r.Files), func(f reconcile.FileChange) bool {
		return f.Action == reconcile.Identical || f.Action == reconcile.Kept
	}))
	printOrphans(out, r.Orphans)
	printToWrite(out, r.ToWrite)
	return out.show()
}
