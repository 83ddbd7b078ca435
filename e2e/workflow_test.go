package e2e

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestWorkflowsArePinned: who moves a tag of an action does not decide what runs, and a project is held to the rules of the
// linter that it was written with.
func TestWorkflowsArePinned(t *testing.T) {
	t.Parallel()
	read := func(file string) string {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	uses := regexp.MustCompile(`uses: (\S+)`)
	pinned := regexp.MustCompile(`^[\w-]+/[\w-]+@[0-9a-f]{40}$`)
	for _, file := range []string{"../.github/workflows/ci.yml", "../generated/board/.github/workflows/ci.yml"} {
		all := uses.FindAllStringSubmatch(read(file), -1)
		if len(all) == 0 {
			t.Errorf("%s uses no action", file)
		}
		for _, action := range all {
			if !pinned.MatchString(action[1]) {
				t.Errorf("%s uses %s", file, action[1])
			}
		}
	}
	version := regexp.MustCompile(`(?m)^LINT_VERSION := (\S+)$`).FindStringSubmatch(read("../Makefile"))[1]
	if !strings.Contains(read("../generated/board/.github/workflows/ci.yml"), "version: v"+version+"\n") {
		t.Errorf("the project's linter is not %s", version)
	}
}
