package main

import (
	"strings"
	"testing"
)

// TestEveryCommandIsExplained holds that --help of each says what it does, and shows it.
func TestEveryCommandIsExplained(t *testing.T) {
	for _, cmd := range rootCommand().Commands() {
		if cmd.Short == "" || cmd.Long == "" || !strings.Contains(cmd.Example, cmd.CommandPath()) {
			t.Errorf("%s --help has no example, or does not say what it does", cmd.CommandPath())
		}
		if cmd.ValidArgsFunction == nil && cmd.ValidArgs == nil {
			t.Errorf("shells do not know what %s takes", cmd.CommandPath())
		}
	}
}
