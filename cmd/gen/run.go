package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gen/generator"
	"gen/generator/spec"
)

// Exit codes.
const (
	exitDone      = 0
	exitDrift     = 1 // the project is not what gen would write
	exitError     = 2 // nothing was written
	exitUnsettled = 3 // written, and something is left to mend
)

// run is the whole program: it returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := rootCommand()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	failed, err := root.ExecuteContextC(ctx)
	var outcome outcome
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &outcome):
		return int(outcome)
	case slices.Contains(args, "--json"):
		err = printErrorJSON(stdout, err)
	default:
		err = printError(stderr, failed, err)
	}
	if err != nil {
		fmt.Fprintln(stderr, "gen:", err)
	}
	return exitError
}

// outcome is an exit code of a command that has said all there is to say.
type outcome int

func (o outcome) Error() string { return fmt.Sprintf("exit code %d", int(o)) }

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "gen",
		Short: "Make a Go server project of an OpenAPI document",
		Long: `gen makes a Go server project of an OpenAPI document: typed API, working handlers on a
real database, a program that starts at once and that you keep.`,
		Example: `  gen new shop                              a project of a small document of gen's own
  gen new shop --spec openapi.yaml          a project of yours
  gen inspect openapi.yaml                  what gen makes of it, without writing anything
  gen update                                the project after a change of its document`,
		SilenceErrors:      true,
		SilenceUsage:       true,
		DisableSuggestions: true,
		CompletionOptions:  cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(newCommand(), inspectCommand(), diffCommand(), updateCommand(), checkCommand(), devCommand(), completionCommand(), versionCommand())
	return root
}

// usageError is a command line that gen does not understand.
type usageError struct{ error }

// usage makes usage errors of those of a check of arguments.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}

// printError writes an error for people: each issue of a document on a line of its own.
func printError(w io.Writer, failed *cobra.Command, err error) error {
	var issues spec.Issues
	var misuse usageError
	switch {
	case errors.As(err, &issues):
		_, err = fmt.Fprintln(w, issues.Error())
	case errors.Is(err, context.Canceled):
		_, err = fmt.Fprintln(w, "gen: interrupted; nothing was written")
	case errors.As(err, &misuse), failed.Parent() == nil:
		_, err = fmt.Fprintf(w, "gen: %s\nSee %s --help.\n", strings.TrimSpace(err.Error()), failed.CommandPath())
	default:
		_, err = fmt.Fprintln(w, "gen:", err)
	}
	return err
}

// printErrorJSON writes an error for programs.
func printErrorJSON(w io.Writer, err error) error {
	report := struct {
		Error  string            `json:"error"`
		Issues []generator.Issue `json:"issues"`
	}{Error: strings.TrimSpace(err.Error()), Issues: []generator.Issue{}}
	if issues, ok := errors.AsType[spec.Issues](err); ok {
		report.Issues = generator.Issues(issues)
	}
	return printJSON(w, report)
}

func printJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}
