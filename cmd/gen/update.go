package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"gen/generator"
	"gen/generator/reconcile"
)

func updateCommand() *cobra.Command {
	var o generator.UpdateOptions
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "update",
		Short: "Bring a project along with its document",
		Long: `Bring a project along after its document changed, or with a newer gen. What you wrote stays:
declarations that you changed are yours, all others follow the document. Files named *.gen.go are
gen's alone. Where you and gen changed the same, yours stays and gen's is put beside it, in a file
named *.gen-new; it is said again until you delete that file.

What you deleted stays deleted; its operations answer 501.

Exit codes: 0 done, 1 --plan has something to write, 2 an error and nothing was written,
3 written, with a conflict, code without an operation, or code that does not compile.`,
		Example: `  gen update                                     after openapi.yaml was changed
  gen update --spec https://example.com/openapi.yaml
  gen update --plan                              what it would do
  gen update --restore internal/handlers/posts.go`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Version = release()
			steps := progressOn(cmd.ErrOrStderr(), asJSON)
			o.Step = steps.begin
			report, err := generator.Update(cmd.Context(), o)
			steps.finish(err)
			if err != nil {
				return explained(cmd.ErrOrStderr(), asJSON, err)
			}
			if err := printReport(cmd.OutOrStdout(), asJSON, report, o.Plan); err != nil {
				return err
			}
			return outcomeOf(report, o.Plan)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Dir, "dir", "", "the project's folder, a `PATH` (default: the working directory)")
	flags.StringVar(&o.Spec, "spec", "", "a document that takes the place of the project's, a `FILE or URL`")
	flags.BoolVar(&o.Plan, "plan", false, "say what would be written, and write nothing")
	flags.BoolVar(&o.Force, "force", false, "overwrite files of gen's that were edited; the edits are kept in .gen/undo")
	flags.StringSliceVar(&o.Restore, "restore", nil, "bring back what you deleted of one of gen's files, a `PATH` in the project")
	flags.BoolVar(&o.NoVet, "no-vet", false, "don't look whether the project will compile")
	flags.BoolVar(&asJSON, "json", false, "print the report as JSON")
	readingFlags(cmd, &o.Reading)
	complete(cmd, nil)
	return cmd
}

func checkCommand() *cobra.Command {
	var o generator.UpdateOptions
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Fail if a project is not what gen would write",
		Long: `Fail with exit code 1 if gen update would write anything: for continuous integration. Your own
changes are no reason, and nothing is written.`,
		Example: `  gen check
  gen check --dir ../shop`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Version = release()
			report, err := generator.Check(cmd.Context(), o)
			if err != nil {
				return explained(cmd.ErrOrStderr(), asJSON, err)
			}
			if asJSON {
				err = printJSON(cmd.OutOrStdout(), report)
			} else {
				err = printCheck(cmd.OutOrStdout(), report)
			}
			if err != nil {
				return err
			}
			if report.Drift || report.Pending() {
				return outcome(exitDrift)
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Dir, "dir", "", "the project's folder, a `PATH` (default: the working directory)")
	flags.BoolVar(&asJSON, "json", false, "print the report as JSON")
	readingFlags(cmd, &o.Reading)
	complete(cmd, nil)
	return cmd
}

func printReport(w io.Writer, asJSON bool, report generator.UpdateReport, plan bool) error {
	if asJSON {
		return printJSON(w, report)
	}
	return printUpdate(w, report, plan)
}

// outcomeOf is the exit code of an update.
func outcomeOf(report generator.UpdateReport, plan bool) error {
	switch {
	case plan && report.Drift:
		return outcome(exitDrift)
	case !plan && report.Unsettled():
		return outcome(exitUnsettled)
	}
	return nil
}

// explained shows the edits that stopped an update: against what gen wrote last, where that is known, for
// the document's own change is none of them.
func explained(w io.Writer, asJSON bool, err error) error {
	var edited *reconcile.EditedError
	if asJSON || !errors.As(err, &edited) {
		return err
	}
	for _, file := range edited.Files {
		gens := file.Last
		if gens == nil {
			gens = file.Gens
		}
		fmt.Fprintf(w, "%s\n", shortened(diff.Diff("gen's "+file.Path, gens, file.Path, file.Disk)))
	}
	return err
}

// longest is how many characters of a line are shown: nobody reads a document in base64.
const longest = 300

// shortened is a diff without the text of long lines.
func shortened(diff []byte) []byte {
	var out []byte
	for line := range bytes.Lines(diff) {
		text := bytes.TrimSuffix(line, []byte("\n"))
		if n := utf8.RuneCount(text) - 1; n > longest {
			line = fmt.Appendf(nil, "%c(a long line, %d characters)\n", text[0], n)
		}
		out = append(out, line...)
	}
	return out
}
