//go:build unix

package logfile

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// messages are two ends of a socket that keeps writes apart.
func messages(t *testing.T) (written func() string, out *os.File) {
	t.Helper()
	ends, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_DGRAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.SetNonblock(ends[0], true); err != nil {
		t.Fatal(err)
	}
	in, out := os.NewFile(uintptr(ends[0]), "in"), os.NewFile(uintptr(ends[1]), "out")
	t.Cleanup(func() { _, _ = in.Close(), out.Close() })
	if err := in.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	return func() string {
		text := make([]byte, 1<<16)
		n, err := in.Read(text)
		if err != nil {
			t.Error(err)
		}
		return string(text[:n])
	}, out
}

// TestLinesTogether writes as a busy server does: lines are written whole, in their order, and as many at once as a pipe takes.
func TestLinesTogether(t *testing.T) {
	const lines = 2000
	var want strings.Builder
	for n := range lines {
		fmt.Fprintf(&want, "%d %s\n", n, strings.Repeat("x", n*7%300))
		if n%500 == 0 {
			want.WriteString(strings.Repeat("y", 2*together) + "\n")
		}
	}
	written, out := messages(t)
	l := To(out)
	go func() {
		for line := range strings.Lines(want.String()) {
			if _, err := l.Write([]byte(line)); err != nil {
				t.Error(err)
			}
		}
		l.Flush()
	}()
	var got strings.Builder
	writes := 0
	for ; got.Len() < want.Len() && !t.Failed(); writes++ {
		text := written()
		if many := strings.Count(text, "\n"); !strings.HasSuffix(text, "\n") || len(text) > together && many > 1 {
			t.Errorf("a write has %d bytes and %d lines", len(text), many)
		}
		got.WriteString(text)
	}
	if got.String() != want.String() {
		t.Error("lines are not in their order")
	}
	if writes > lines/4 {
		t.Errorf("%d lines took %d writes", lines, writes)
	}
}

// TestLinesAreNotKept holds that lines are written without others behind them, the first of all at once.
func TestLinesAreNotKept(t *testing.T) {
	written, out := messages(t)
	l := To(out)
	for round := range 3 {
		for _, line := range []string{"one\n", "two\n", "three\n"} {
			if _, err := l.Write([]byte(line)); err != nil {
				t.Fatal(err)
			}
		}
		got := written()
		if round == 0 && got != "one\n" {
			t.Errorf("at first it writes %q", got)
		}
		for !strings.HasSuffix(got, "three\n") && !t.Failed() {
			got += written()
		}
		if got != "one\ntwo\nthree\n" {
			t.Errorf("it writes %q", got)
		}
	}
}
