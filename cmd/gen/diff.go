package main

import (
	"github.com/spf13/cobra"

	"gen/generator"
)

func diffCommand() *cobra.Command {
	var o generator.DiffOptions
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "diff",
		Short: "Say what a changed document means for clients and for your code",
		Long: `Compare the document that a project was built from with the one that it has now, or with the one
that --spec names: operations, types and their fields that were added, removed or changed, what clients
notice of it, where the code of the project uses what changed, and what gen update would leave to you:
what you and gen both changed, and files that cannot be brought along. Nothing is written.

Code that is still as gen wrote it is only counted: gen update brings it along.
Where the type of something is not known without compiling, a use is guessed by its name, and marked so.

gen exits with 0 when code and clients notice nothing, with 1 when there are changes.`,
		Example: `  gen diff
  gen diff --spec ../api/openapi.yaml
  gen diff --json | jq '.left[], (.code[].uses[] | select(.edited))'`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Version = release()
			report, err := generator.Diff(cmd.Context(), o)
			if err != nil {
				return err
			}
			if asJSON {
				err = printJSON(cmd.OutOrStdout(), report)
			} else {
				err = printDiff(cmd.OutOrStdout(), report)
			}
			if err == nil && !report.Same() {
				return outcome(exitDrift)
			}
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Dir, "dir", "", "the project's folder, a `PATH` (default: the working directory)")
	flags.StringVar(&o.Spec, "spec", "", "the new document, a `FILE or URL` (default: the project's own)")
	flags.BoolVar(&asJSON, "json", false, "print the report as JSON")
	readingFlags(cmd, &o.Reading)
	complete(cmd, nil)
	return cmd
}
