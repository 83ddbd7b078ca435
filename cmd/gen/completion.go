package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gen/generator"
)

func completionCommand() *cobra.Command {
	shells := map[string]func(*cobra.Command, io.Writer) error{
		"bash":       func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) },
		"zsh":        (*cobra.Command).GenZshCompletion,
		"fish":       func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) },
		"powershell": (*cobra.Command).GenPowerShellCompletionWithDesc,
	}
	names := []cobra.Completion{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print what has a shell complete gen's commands and flags",
		Long: `Print what has a shell complete gen's commands, flags and the files that they take. SHELL is bash,
zsh, fish or powershell.`,
		Example: `  source <(gen completion bash)                  for this shell
  gen completion bash > /etc/bash_completion.d/gen
  gen completion zsh > "${fpath[1]}/_gen"
  gen completion fish > ~/.config/fish/completions/gen.fish
  gen completion powershell | Out-String | Invoke-Expression`,
		ValidArgs: names,
		Args: usage(func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || !slices.Contains(names, args[0]) {
				return fmt.Errorf("gen completion takes the name of a shell, one of %s", strings.Join(names, ", "))
			}
			return nil
		}),
		RunE: func(cmd *cobra.Command, args []string) error { return shells[args[0]](cmd.Root(), cmd.OutOrStdout()) },
	}
}

// documents completes OpenAPI documents.
var documents = cobra.FixedCompletions([]cobra.Completion{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt)

// complete says what shells complete: arguments is nil where there is nothing to choose from.
func complete(cmd *cobra.Command, arguments cobra.CompletionFunc) {
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	if arguments != nil {
		cmd.ValidArgsFunction = arguments
	}
	flags := map[string]cobra.CompletionFunc{
		"spec":    documents,
		"dir":     cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs),
		"restore": restorable,
		"module":  cobra.FixedCompletions([]cobra.Completion{"example.com/", "github.com/"}, cobra.ShellCompDirectiveNoSpace|cobra.ShellCompDirectiveNoFileComp),
	}
	for name, values := range flags {
		if cmd.Flags().Lookup(name) != nil {
			_ = cmd.RegisterFlagCompletionFunc(name, values) // the flag is there, and nobody else did
		}
	}
}

// restorable completes files of the project that gen update --restore can bring back.
func restorable(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	dir, err := cmd.Flags().GetString("dir")
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return generator.Restorable(dir, release()), cobra.ShellCompDirectiveNoFileComp
}
