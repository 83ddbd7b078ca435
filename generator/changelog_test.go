package generator

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/semver"

	"gen/generator/project"
)

// TestChangelog holds that there are the sections that reports of updates refer to, the newest first, each with parts
// as Keep a Changelog has them.
func TestChangelog(t *testing.T) {
	text, err := os.ReadFile("../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	release := regexp.MustCompile(`^## \[([0-9]+\.[0-9]+\.[0-9]+)\] - [0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	parts := []string{"### Added", "### Changed", "### Deprecated", "### Removed", "### Fixed", "### Security"}
	sections, releases := 0, []string{}
	for line := range strings.SplitSeq(string(text), "\n") {
		switch found := release.FindStringSubmatch(line); {
		case strings.HasPrefix(line, "### ") && !slices.Contains(parts, line):
			t.Errorf("%q is no part of a section", line)
		case !strings.HasPrefix(line, "## "):
		case sections == 0 && line == "## [Unreleased]":
			sections++
		case found == nil || sections == 0:
			t.Errorf("%q is no section, or stands before what is not released", line)
		default:
			releases = append(releases, "v"+found[1])
		}
	}
	if newestFirst := func(a, b string) int { return semver.Compare(b, a) }; sections == 0 || !slices.IsSortedFunc(releases, newestFirst) {
		t.Errorf("the sections are of %v", releases)
	}
	for _, fix := range project.Fixes() {
		if !slices.Contains(releases, fix.Since) {
			t.Errorf("no section is of %s, which mends %s", fix.Since, fix.Folder)
		}
	}
}
