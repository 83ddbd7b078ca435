package cluster

import (
	"debug/buildinfo"
	"os"
	"time"
)

// buildOf names the program in a file: its version, its revision, or the time that it was written.
func buildOf(program string) string {
	if info, err := buildinfo.ReadFile(program); err == nil {
		if version := info.Main.Version; version != "" && version != "(devel)" {
			return version
		}
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				return setting.Value[:min(12, len(setting.Value))]
			}
		}
	}
	if info, err := os.Stat(program); err == nil {
		return info.ModTime().UTC().Format(time.DateTime)
	}
	return "unknown"
}
