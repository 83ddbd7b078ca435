package config

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"strings"
	"time"

	"gen/templates/project/internal/cluster"
)

func (o *operation) status(ctx context.Context, control *cluster.Control, stdout io.Writer) error {
	status, err := control.Status(ctx)
	switch {
	case err != nil:
		return err
	case o.Status.JSON:
		encoder := json.NewEncoder(stdout)
		encoder.SetIndent("", "  ")
		return encoder.Encode(status)
	case o.Status.Watch:
		return watch(ctx, control.Status, stdout)
	}
	return status.Print(stdout, time.Now(), colourful(stdout))
}

// interactive says whether out is a terminal.
func interactive(out io.Writer) bool {
	file, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// terminal says whether out is one that can do more than print.
func terminal(out io.Writer) bool { return interactive(out) && os.Getenv("TERM") != "dumb" }

// colourful says whether out shows colours to somebody who wants them; see no-color.org.
func colourful(out io.Writer) bool { return terminal(out) && os.Getenv("NO_COLOR") == "" }

// What terminals make of these: they show another screen, without a cursor, that cuts long lines off; and the first one
// as it was.
const (
	otherScreen = "\x1b[?1049h\x1b[?25l\x1b[?7l"
	firstScreen = "\x1b[?7h\x1b[?25h\x1b[?1049l"

	home, restOfLine, restOfScreen = "\x1b[H", "\x1b[K", "\x1b[J"
)

// watch draws the status each second until ctx ends: on a terminal on a screen of its own, each time over the one
// before, and in the end once more where it stays.
func watch(ctx context.Context, ask func(context.Context) (cluster.Status, error), stdout io.Writer) error {
	before, after, end := "", "\n", ""
	eachLine := "\n"
	if terminal(stdout) {
		before, after, eachLine = home, restOfScreen, restOfLine+"\n"
		if _, err := io.WriteString(stdout, otherScreen); err != nil {
			return err
		}
		defer func() { _, _ = io.WriteString(stdout, firstScreen+end) }()
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		status, err := ask(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		var drawn strings.Builder
		if err := status.Print(&drawn, time.Now(), colourful(stdout)); err != nil {
			return err
		}
		end = drawn.String()
		if _, err := io.WriteString(stdout, before+strings.ReplaceAll(end, "\n", eachLine)+after); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
