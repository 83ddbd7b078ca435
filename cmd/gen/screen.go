package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"time"
)

// screen is what an output can show.
type screen struct {
	io.Writer

	// people says that it is a terminal, live that the terminal can write a line anew, colours that somebody wants some.
	people, live, colours bool
}

func screenOf(w io.Writer) screen {
	s := screen{Writer: w}
	if file, ok := w.(*os.File); ok {
		info, err := file.Stat()
		s.people = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	s.live = s.people && os.Getenv("TERM") != "dumb"
	s.colours = s.live && os.Getenv("NO_COLOR") == "" // see no-color.org
	return s
}

// What terminals make of these.
const (
	bold, faint, red, green, blue = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[34m"
	plain                         = "\x1b[0m"
	lineAnew                      = "\r\x1b[K"
)

// in is text in a style, where there are any.
func (s screen) in(style, text string) string {
	if !s.colours {
		return text
	}
	return style + text + plain
}

// page is a report that is shown as a whole.
type page struct {
	bytes.Buffer

	screen screen
}

func newPage(w io.Writer) *page { return &page{screen: screenOf(w)} }

// heading begins a part of the report.
func (p *page) heading(text string) {
	p.gap()
	fmt.Fprintln(p, p.screen.in(bold, text))
}

// gap parts what comes from what is there.
func (p *page) gap() {
	if p.Len() > 0 {
		fmt.Fprintln(p)
	}
}

func (p *page) show() error {
	_, err := p.WriteTo(p.screen)
	return err
}

// progress says on a terminal what gen is doing, a line a step, and nothing anywhere else.
type progress struct {
	screen screen
	step   string
	began  time.Time
}

// progressOn returns a progress that is shown on w, or to nobody.
func progressOn(w io.Writer, silent bool) *progress {
	p := &progress{screen: screenOf(w)}
	p.screen.people = p.screen.people && !silent
	return p
}

// begin ends the step before, and begins another one.
func (p *progress) begin(step string) {
	p.end(nil)
	p.step, p.began = step, time.Now()
	if p.screen.people && p.screen.live {
		fmt.Fprint(p.screen, p.screen.in(faint, "… "+step))
	}
}

// finish ends all steps: well, or with an error that is told elsewhere.
func (p *progress) finish(err error) {
	steps := p.step != ""
	p.end(err)
	if steps && p.screen.people {
		fmt.Fprintln(p.screen)
	}
}

func (p *progress) end(err error) {
	if p.step == "" || !p.screen.people {
		return
	}
	sign, anew := p.screen.in(green, "✓"), ""
	if err != nil {
		sign = p.screen.in(red, "✗")
	}
	if p.screen.live {
		anew = lineAnew
	}
	took := time.Since(p.began).Round(time.Millisecond).String()
	fmt.Fprintf(p.screen, "%s%s %s %s\n", anew, sign, p.step, p.screen.in(faint, took))
	p.step = ""
}
