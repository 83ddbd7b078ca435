package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pages are those whose commands are run, each in the folder that it is about. A Korean page beside
// one has the same commands.
var pages = []string{"../README.md", "../generated/board/README.md"}

// notRun are commands of pages that are not run, and why.
var notRun = map[string]string{
	"make test": "gen's own runs this test, and that of the reference before it",
}

// step is what a reader of a page does next: type a command, or press Ctrl-C where the server runs.
type step struct {
	line      int    // of the page
	command   string // "" for Ctrl-C
	want      []string
	transient bool // a server among commands without output: it ends before the next one
}

// interrupt is how prose says that the server which was started last is to end.
const interrupt = "<kbd>Ctrl-C</kbd>"

var fence = regexp.MustCompile("^```(\\w*)")

// steps reads a page: ```console has commands behind "$ " and what they print, ```sh only commands.
func steps(t *testing.T, page string) (list []step) {
	t.Helper()
	language, fenced := "", false
	for i, text := range readLines(t, page) {
		mark := fence.FindStringSubmatch(text)
		command, prompted := strings.CutPrefix(text, "$ ")
		switch last := len(list) - 1; {
		case mark != nil:
			if fenced = !fenced; fenced && mark[1] == "" {
				t.Errorf("%s:%d: a block without a language", page, i+1)
			}
			language = mark[1]
		case !fenced && strings.Contains(text, interrupt):
			list = append(list, step{line: i + 1})
		case !fenced || text == "" && language == "sh" || strings.HasPrefix(text, "#") && language == "sh":
		case language == "console" && prompted:
			list = append(list, step{line: i + 1, command: command})
		case (language == "console" || language == "sh") && last >= 0 && strings.HasSuffix(list[last].command, `\`):
			list[last].command += "\n" + text
		case language == "console":
			list[last].want = append(list[last].want, text)
		case language == "sh":
			list = append(list, step{line: i + 1, command: text, transient: true})
		}
	}
	return list
}

func readLines(t *testing.T, page string) []string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(text), "\n")
}

// pattern is a regular expression for output as a page shows it: "…" in a line is any text, and as a
// line of its own any lines.
func pattern(want []string) string {
	var expr strings.Builder
	for _, line := range want {
		if line == "…" {
			expr.WriteString(`(?:[^\n]*\n)*?`)
			continue
		}
		fmt.Fprintf(&expr, "%s[ \t]*\n", strings.ReplaceAll(regexp.QuoteMeta(line), "…", `[^\n]*`))
	}
	return expr.String()
}

// translated is the Korean page beside page.
func translated(page string) string { return strings.TrimSuffix(page, ".md") + ".ko.md" }

// TestKoreanReadmes has no server: the Korean pages have the commands and answers of the English ones, which are run.
func TestKoreanReadmes(t *testing.T) {
	t.Parallel()
	for _, page := range pages {
		english, korean := steps(t, page), steps(t, translated(page))
		for i := range min(len(english), len(korean)) {
			if e, k := english[i], korean[i]; e.command != k.command || !slices.Equal(e.want, k.want) {
				t.Fatalf("line %d of %s and %d of its translation differ:\n%s\n%q\n%s\n%q", e.line, page, k.line, e.command, e.want, k.command, k.want)
			}
		}
		if len(english) != len(korean) {
			t.Errorf("%s has %d commands, its translation %d", page, len(english), len(korean))
		}
	}
}

// link is a link of Markdown to a place in the repository.
var link = regexp.MustCompile(`\]\(([^)\s:#]+)(#[^)\s]*)?\)`)

// TestReadmeLinks looks for the files that the pages name.
func TestReadmeLinks(t *testing.T) {
	t.Parallel()
	for _, page := range pages {
		for _, page := range []string{page, translated(page)} {
			for i, text := range readLines(t, page) {
				for _, match := range link.FindAllStringSubmatch(text, -1) {
					if _, err := os.Stat(filepath.Join(filepath.Dir(page), match[1])); err != nil {
						t.Errorf("%s:%d: %v", page, i+1, err)
					}
				}
			}
		}
	}
}

// TestPattern holds what the pages' own marks mean.
func TestPattern(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		want, got string
		match     bool
	}{
		{"", "", true},
		{"", "a\n", false},
		{"a.", "a.\n", true},
		{"a.", "ab\n", false},
		{"…b…", "abc\n", true},
		{"…b…", "a\nb\n", false},
		{"a\n…\nc", "a\nb\nb\nc\n", true},
		{"a\n…\nc", "a\nc\n", true},
		{"a\n…\nc", "a\nb\n", false},
		{"a\n…", "a\nb\n", true},
	} {
		want := strings.Split(tt.want, "\n")
		if tt.want == "" {
			want = nil
		}
		if match := regexp.MustCompile(`\A` + pattern(want) + `\z`).MatchString(tt.got); match != tt.match {
			t.Errorf("%q is %q: %t", tt.got, tt.want, match)
		}
	}
}
