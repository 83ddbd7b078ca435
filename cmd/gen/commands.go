package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gen/generator"
	"gen/generator/spec"
)

func newCommand() *cobra.Command {
	var o generator.Options
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "new NAME",
		Short: "Write a new project",
		Long: `Write a new project. NAME names its program: lower-case letters, digits and hyphens, a
letter first. The folder it goes to must be absent or empty.

A gen.yaml beside the document, with choices about it, is heeded and becomes the project's own.
A document of several files keeps them, in the folder openapi/. Where some are outside of the
document's folder, the project gets one file, openapi.json, with all of it.

With an error in the document, nothing is written and gen exits with 2.`,
		Example: `  gen new shop
  gen new shop --spec openapi.yaml --module github.com/me/shop
  gen new shop --spec https://example.com/openapi.json --dir ../shop
  gen new shop --spec api/openapi.yaml --allow-refs-outside`,
		Args: usage(one("a name for the project", "gen new shop")),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Name, o.Version = args[0], release()
			steps := progressOn(cmd.ErrOrStderr(), asJSON)
			o.Step = steps.begin
			report, err := generator.New(cmd.Context(), o)
			steps.finish(err)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), report)
			}
			return printNew(cmd.OutOrStdout(), report)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Spec, "spec", "", "the OpenAPI document, a `FILE or URL` (default: a small shop)")
	flags.StringVar(&o.Module, "module", "", "the module `PATH` (default: example.com/NAME)")
	flags.StringVar(&o.Dir, "dir", "", "the folder to write to, a `PATH` (default: ./NAME)")
	flags.BoolVar(&asJSON, "json", false, "print the report as JSON")
	readingFlags(cmd, &o.Reading)
	complete(cmd, nil)
	return cmd
}

// readingFlags are those that say how a document is read.
func readingFlags(cmd *cobra.Command, o *spec.Options) {
	flags := cmd.Flags()
	flags.BoolVar(&o.Strict, "strict", false, "make an error of whatever gen would repair in the document")
	flags.BoolVar(&o.RefsOutside, strings.TrimPrefix(spec.FlagOutside, "--"), false, "let references lead to files outside of the document's folder")
	flags.BoolVar(&o.RefsRemote, strings.TrimPrefix(spec.FlagRemote, "--"), false, "let references lead to URLs, those of a remote document to other hosts")
}

func inspectCommand() *cobra.Command {
	var o generator.Options
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "inspect FILE",
		Short: "Say how gen understands a document",
		Long: `Say how gen understands a document, a file or a URL: its resources, what each operation does to
them and why gen thinks so, and what would be left to write by hand. Nothing is written.

A gen.yaml beside the document, with choices about it, is heeded.`,
		Example: `  gen inspect openapi.yaml
  gen inspect openapi.yaml --json | jq '.operations[] | select(.live | not)'`,
		Args: usage(one("a document", "gen inspect openapi.yaml")),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Spec = args[0]
			report, err := generator.Inspect(cmd.Context(), o)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), report)
			}
			return printInspect(cmd.OutOrStdout(), report)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	readingFlags(cmd, &o.Reading)
	complete(cmd, documents)
	return cmd
}

// one asks for exactly one argument.
func one(what, example string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return fmt.Errorf("%s takes %s and nothing else, as in: %s", cmd.CommandPath(), what, example)
		}
		return nil
	}
}
