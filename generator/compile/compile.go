// Package compile asks the go command whether a project would compile with some of its files replaced.
// It changes nothing on disk.
package compile

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ErrUnchecked says that the go command could not look at the code: it is not there, or modules are missing.
var ErrUnchecked = errors.New("not compiled")

// Error is a place that does not compile, in a path below the project's folder.
type Error struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Text   string `json:"text"`
}

// Check vets all packages of the project in dir, tests included, with the given files in place of
// those on disk; nil stands for a file that is gone. An error matches ErrUnchecked.
func Check(ctx context.Context, dir string, replaced map[string][]byte) (found []Error, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	command, err := exec.LookPath("go")
	if err != nil {
		return nil, fmt.Errorf("%w: there is no go command", ErrUnchecked)
	}
	overlay, originals, err := writeOverlay(dir, replaced)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Dir(overlay))) }()
	cmd := exec.CommandContext(ctx, command, "vet", "-buildtag", "-overlay="+overlay, "./...") //nolint:gosec // the user's own go command
	cmd.Dir = dir
	output, failure := cmd.CombinedOutput()
	found = read(dir, output, originals)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case failure == nil, len(found) > 0:
		return found, nil
	}
	return nil, fmt.Errorf("%w: go vet: %s", ErrUnchecked, firstLine(output))
}

// writeOverlay writes what go's -overlay asks for to a folder of its own, and says which file stands
// for which.
func writeOverlay(dir string, replaced map[string][]byte) (string, map[string]string, error) {
	folder, err := os.MkdirTemp("", "gen-vet-")
	if err != nil {
		return "", nil, err
	}
	replace, originals := map[string]string{}, map[string]string{}
	for name, data := range replaced {
		if !compiled(name) {
			continue
		}
		at, stand := filepath.Join(dir, filepath.FromSlash(name)), ""
		if data != nil {
			stand = filepath.Join(folder, strconv.Itoa(len(replace))+"-"+filepath.Base(name))
			originals[stand] = at
			err = errors.Join(err, os.WriteFile(stand, data, 0o600))
		}
		replace[at] = stand
	}
	text, encodeErr := json.Marshal(map[string]any{"Replace": replace})
	overlay := filepath.Join(folder, "overlay.json")
	err = errors.Join(err, encodeErr, os.WriteFile(overlay, text, 0o600))
	return overlay, originals, err
}

// compiled says that the go command may read a file: as Go, as a module's, or to embed it.
func compiled(name string) bool {
	switch filepath.Ext(name) {
	case ".go", ".mod", ".sum", ".sql", ".css", ".html", ".js", ".svg":
		return true
	}
	return false
}

var (
	place = regexp.MustCompile(`^(?:vet: )?(\S.*\.go):(\d+):(\d+): (.*)$`)
	// more is a line that belongs to the error above it: "other declaration of Post".
	more = regexp.MustCompile(`^\t(\S.*\.go:\d+:\d+): (.*)$`)
	// other is a place within a text.
	other = regexp.MustCompile(`(\S+\.go)(:\d+:\d+)`)
)

// read finds the errors in what go vet says, each once.
func read(dir string, output []byte, originals map[string]string) []Error {
	var found []Error
	news := false // the last line was an error that is not there yet
	for line := range strings.Lines(string(output)) {
		line = strings.TrimRight(line, "\r\n")
		if match := more.FindStringSubmatch(line); match != nil && news {
			found[len(found)-1].Text += fmt.Sprintf(" (%s at %s)", match[2], inProject(dir, match[1], originals))
		}
		match := place.FindStringSubmatch(line)
		if match == nil {
			continue
		}
		e := Error{File: relative(dir, match[1], originals), Text: inProject(dir, match[4], originals)}
		e.Line, _ = strconv.Atoi(match[2])
		e.Column, _ = strconv.Atoi(match[3])
		same := func(other Error) bool { return other.File == e.File && other.Line == e.Line }
		if news = !slices.ContainsFunc(found, same); news {
			found = append(found, e)
		}
	}
	return found
}

// inProject is a text whose places in the project's files are paths below its folder.
func inProject(dir, text string, originals map[string]string) string {
	return other.ReplaceAllStringFunc(text, func(at string) string {
		match := other.FindStringSubmatch(at)
		if file := relative(dir, match[1], originals); filepath.IsLocal(file) {
			return file + match[2]
		}
		return at
	})
}

func relative(dir, name string, originals map[string]string) string {
	if !filepath.IsAbs(name) {
		name = filepath.Join(dir, name)
	}
	if original := originals[name]; original != "" {
		name = original
	}
	if rel, err := filepath.Rel(dir, name); err == nil {
		name = rel
	}
	return filepath.ToSlash(name)
}

func firstLine(output []byte) string {
	for line := range bytes.Lines(output) {
		if text := strings.TrimSpace(string(line)); text != "" && !strings.HasPrefix(text, "#") {
			return text
		}
	}
	return "it failed without a word"
}
