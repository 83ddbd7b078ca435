package main

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
	"golang.org/x/mod/semver"
)

// buildInfo is what a build knows of itself.
type buildInfo struct {
	// Version is that of the module, "(devel)" where it has none.
	Version string `json:"version"`
	Go      string `json:"go"`
	// Platform is the system and the processor that it is for.
	Platform string `json:"platform"`
	// Revision is the commit that it was built from, Time when that was made; both "" where nobody knows. Modified says
	// that there was more in the working tree than that.
	Revision string `json:"revision,omitempty"`
	Time     string `json:"time,omitempty"`
	Modified bool   `json:"modified"`
}

func versionCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Say which gen this is",
		Long: `Say which gen this is: its version, the Go that it was built with and for which system, and the
commit that it was built from.`,
		Example: `  gen version
  gen version --json | jq -r .revision`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if asJSON {
				return printJSON(cmd.OutOrStdout(), thisBuild())
			}
			return printVersion(cmd.OutOrStdout(), thisBuild())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	complete(cmd, nil)
	return cmd
}

func thisBuild() buildInfo {
	b := buildInfo{Version: version(), Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			b.Revision = setting.Value
		case "vcs.time":
			b.Time = setting.Value
		case "vcs.modified":
			b.Modified = setting.Value == "true"
		}
	}
	return b
}

func printVersion(w io.Writer, b buildInfo) error {
	commit := cmp.Or(b.Revision, "unknown")
	if b.Time != "" {
		commit += " of " + b.Time
	}
	if b.Modified {
		commit += ", modified"
	}
	_, err := fmt.Fprintf(w, "gen %s\nbuilt with %s for %s\ncommit %s\n", b.Version, b.Go, b.Platform, commit)
	return err
}

// version is that of the build, "(devel)" where it has none.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// release is the version where it is that of a release: builds of a commit are none.
func release() string {
	if v := version(); semver.IsValid(v) && semver.Prerelease(v) == "" && semver.Build(v) == "" {
		return v
	}
	return ""
}
